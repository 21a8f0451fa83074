//! Explain a figure: the formula of a ledger line or a measure, with its operands.
//!
//! A formula is one tree that is printed and evaluated ([`Expr`]). Formulas are written a second time here, from the
//! model's document and not from the kernel. A test evaluates every line of every business from its operands and
//! compares it with the ledger: a value that cannot be recomputed has no formula.

pub(crate) mod capital;
pub(crate) mod case;
pub(crate) mod debt;
pub(crate) mod derivation;
pub(crate) mod expr;
mod level;
pub(crate) mod measures;
pub(crate) mod operand;
pub(crate) mod own;
pub(crate) mod payback;
mod period;
pub(crate) mod readouts;
mod subject;
mod sums;
mod tax;
mod written;

pub use expr::{Condition, Expr, Step, Zero};
pub use operand::{Operand, Series, Source};
pub use period::{Period, PeriodLength};
pub use subject::{Figure, NoSubject, Subject, When};

use std::ops::RangeInclusive;

use crate::kernel::{Line, Maybe};
use crate::results::{Comparison, Evaluation, Measure};
use crate::scenario::ValidScenario;
use crate::units::Unit;
use case::{Case, Formula};
use own::own;

/// A figure, its formula and its operands.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Explanation {
    /// Name of the figure.
    pub title: String,
    /// The month, for a line of the ledger.
    pub month: Option<usize>,
    /// The formula; `None` if there is no result, or no operands to recompute it.
    pub expr: Option<Expr>,
    /// Reason for a zero or absent result, or a remark, in a sentence.
    pub note: Option<String>,
    /// Values outside the formula that matter to it: rates, or reasons for an absent result.
    pub context: Vec<Operand>,
    /// The result in the ledger or the measures.
    pub result: Maybe<f64>,
    /// Unit of the result.
    pub unit: Unit,
}

impl Explanation {
    /// The formula by names, in small letters as within a sentence.
    pub fn formula(&self) -> Option<String> {
        Some(self.expr.as_ref()?.write(&|operand| small(&operand.name)))
    }

    /// The result, recomputed from the operands.
    pub fn recompute(&self) -> Option<f64> {
        self.expr.as_ref().map(Expr::evaluate)
    }

    /// The operands of the formula, each once.
    pub fn operands(&self) -> Vec<Operand> {
        self.expr.as_ref().map(Expr::operands).unwrap_or_default()
    }

    /// The sub-sums with formulas of their own, each once, outermost first.
    pub fn steps(&self) -> Vec<std::sync::Arc<Step>> {
        self.expr.as_ref().map(Expr::steps).unwrap_or_default()
    }
}

/// A name within a formula: in lower case, unless it is an abbreviation or a proper name.
pub fn small(name: &str) -> String {
    let mut letters = name.chars();
    let (first, second) = (letters.next(), letters.next());
    match (first, second) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => {
            first.to_lowercase().chain(name.chars().skip(1)).collect()
        }
        _ => name.to_owned(),
    }
}

/// Explains a line of the ledger in month `t`, which is at most the horizon.
///
/// `comparison` must be that of the scenario, and `evaluation` one of its businesses.
///
/// ```
/// use wattfolio_economics::{explain::explain_line, prelude::*};
///
/// let scenario = Scenario::default().validate()?;
/// let comparison = compare(&scenario);
/// let mining = comparison.business(Business::Mining).unwrap();
/// let power = explain_line(&scenario, &comparison, mining, Line::Power, 24);
/// assert_eq!(power.result, Ok(mining.ledger.line(Line::Power)[24]));
/// let (value, again) = (power.result.unwrap(), power.recompute().unwrap());
/// assert!((value - again).abs() <= 1e-12 * value.abs());
/// # Ok::<(), Faults>(())
/// ```
pub fn explain_line(
    scenario: &ValidScenario,
    comparison: &Comparison,
    evaluation: &Evaluation,
    line: Line,
    t: usize,
) -> Explanation {
    let case = Case { scenario, comparison, evaluation };
    let t = t.min(case.horizon());
    let (expr, note) = match line_formula(&case, line, t) {
        Ok(expr) => (expr, None),
        Err(reason) => (expr::ZERO, Some(reason)),
    };
    let result = evaluation.ledger.at(line, t);
    Explanation {
        title: line.label().to_owned(),
        month: Some(t),
        expr: result.is_ok().then_some(expr),
        note,
        context: Vec::new(),
        result,
        unit: line.unit(),
    }
}

/// Explains a line of the ledger over months, which lie within the plan: the sum of the months, each with its own
/// formula; over more than 13 months the terms are not named one by one.
pub fn explain_months(
    scenario: &ValidScenario,
    comparison: &Comparison,
    evaluation: &Evaluation,
    line: Line,
    months: RangeInclusive<usize>,
) -> Explanation {
    let case = Case { scenario, comparison, evaluation };
    let (from, to) = (*months.start(), *months.end());
    let expr = if months.clone().count() <= MOST_TERMS {
        Expr::Sum(months.clone().map(|t| case.line_in_month(line, t)).collect())
    } else {
        case.lines(line.label(), line, from, to)
    };
    Explanation {
        title: line.label().to_owned(),
        month: None,
        expr: Some(expr),
        note: None,
        context: Vec::new(),
        result: Ok(months.map(|t| case.value(line, t)).sum()),
        unit: line.unit(),
    }
}

/// Maximum number of months named one by one in a sum: a year and the start before it.
const MOST_TERMS: usize = 13;

/// Explains a measure; `None` if the business does not have it.
///
/// `comparison` must be that of the scenario, and `evaluation` one of its businesses.
///
/// ```
/// use wattfolio_economics::{explain::explain_measure, prelude::*};
///
/// let scenario = Scenario::default().validate()?;
/// let comparison = compare(&scenario);
/// let leasing = comparison.business(Business::Leasing).unwrap();
/// let npv = find_measure(Business::Leasing, "npv_usd").unwrap();
/// let explained = explain_measure(&scenario, &comparison, leasing, npv).unwrap();
/// let (value, again) = (leasing.measures.npv_usd, explained.recompute().unwrap());
/// assert!((value - again).abs() < 1e-9 * value.abs());
/// # Ok::<(), Faults>(())
/// ```
pub fn explain_measure(
    scenario: &ValidScenario,
    comparison: &Comparison,
    evaluation: &Evaluation,
    measure: &Measure,
) -> Option<Explanation> {
    let case = Case { scenario, comparison, evaluation };
    let result = measure.read(evaluation)?;
    let derivation = measure.explain(&case, result);
    Some(Explanation {
        title: measure.label.to_owned(),
        month: None,
        expr: if result.is_ok() { derivation.expr } else { None },
        note: derivation.note,
        context: derivation.context,
        result,
        unit: measure.unit,
    })
}

/// The formula of any line.
fn line_formula(case: &Case<'_>, line: Line, t: usize) -> Formula {
    if !line.belongs_to(case.business()) {
        return Err(case.has_no_line());
    }
    match line {
        Line::Revenue
        | Line::BtcSales
        | Line::BtcKeptValue
        | Line::DemandResponse
        | Line::Fees
        | Line::PowerBilledOn
        | Line::CreditToCustomer
        | Line::Prepayment
        | Line::ContractRental
        | Line::MarketRental
        | Line::Power
        | Line::Opex
        | Line::Maintenance
        | Line::Replacement
        | Line::Colocation
        | Line::EnergyMwh
        | Line::BtcMined
        | Line::TreasuryBtc
        | Line::TreasuryValue
        | Line::FleetHashrate
        | Line::ShutdownPower
        | Line::ShutdownPrice
        | Line::RunShare
        | Line::Idle
        | Line::KwMonthsLet
        | Line::GpuHoursSold => own(case).operations(case, line, t),
        Line::Ebitda => Ok(sums::ebitda(case, t)),
        Line::OtherProceeds => capital::other_proceeds(case, t),
        Line::CapexWorks => capital::works_paid(case, t),
        Line::CapexHardware => capital::hardware_paid(case, t),
        Line::Deposit => capital::deposit_paid(case, t),
        Line::EndProceeds => capital::end_proceeds(case, t),
        Line::NetBeforeTax => Ok(sums::net_before_tax(case, t)),
        Line::Depreciation => tax::depreciation(case, t),
        Line::TaxableIncome => Ok(tax::taxable_income(case, t)),
        Line::Tax => tax::tax(case, t),
        Line::NetAfterTax => Ok(sums::net_after_tax(case, t)),
        Line::DebtDrawn => debt::drawn(case, t),
        Line::Interest => debt::interest(case, t),
        Line::Principal => debt::principal(case, t),
        Line::Equity => Ok(sums::equity(case, t)),
        Line::Cumulative => Ok(sums::cumulative(case, t)),
        Line::DiscountedCumulative => Ok(sums::discounted_cumulative(case, t)),
        Line::DebtBalance => debt::balance(case, t),
    }
}
