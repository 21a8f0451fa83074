//! Formulas of results: EBITDA, net cash, the owner's cash, and running sums.

use crate::explain::case::Case;
use crate::explain::expr::{Expr, ONE, TWELVE, maybe, operand};
use crate::explain::operand::Source;
use crate::kernel::{Absent, Basis, Line, operating_costs};
use crate::results::compare_on;
use crate::units::Unit;

/// The line whose values are the flows of a basis.
pub(crate) const fn net_line(basis: Basis) -> Line {
    match basis {
        Basis::ProjectBeforeTax => Line::NetBeforeTax,
        Basis::ProjectAfterTax => Line::NetAfterTax,
        Basis::EquityAfterTax => Line::Equity,
    }
}

/// Sum of those lines of a month that the business has.
fn sum(case: &Case<'_>, lines: impl IntoIterator<Item = Line>, t: usize) -> Expr {
    let own = lines.into_iter().filter(|line| line.belongs_to(case.business()));
    Expr::Sum(own.map(|line| case.line(line, t)).collect())
}

/// Formula of the EBITDA.
pub(crate) fn ebitda(case: &Case<'_>, t: usize) -> Expr {
    sum(case, [Line::Revenue].into_iter().chain(operating_costs()), t)
}

/// Formula of the net cash flow before tax.
pub(crate) fn net_before_tax(case: &Case<'_>, t: usize) -> Expr {
    let lines = [
        Line::Ebitda,
        Line::OtherProceeds,
        Line::CapexWorks,
        Line::CapexHardware,
        Line::Deposit,
        Line::EndProceeds,
    ];
    let flows = sum(case, lines, t);
    // Kept coins are earnings, but no cash.
    if Line::BtcKeptValue.belongs_to(case.business()) {
        flows - case.line(Line::BtcKeptValue, t)
    } else {
        flows
    }
}

/// Formula of the net cash flow after tax.
pub(crate) fn net_after_tax(case: &Case<'_>, t: usize) -> Expr {
    sum(case, [Line::NetBeforeTax, Line::Tax], t)
}

/// Formula of the running sum of the flow of the basis.
pub(crate) fn cumulative(case: &Case<'_>, t: usize) -> Expr {
    running(case, Line::Cumulative, case.line(net_line(case.evaluation.basis), t), t)
}

/// Formula of the running sum of the discounted flow.
pub(crate) fn discounted_cumulative(case: &Case<'_>, t: usize) -> Expr {
    running(case, Line::DiscountedCumulative, discounted(case, t), t)
}

fn running(case: &Case<'_>, line: Line, flow: Expr, t: usize) -> Expr {
    if t == 0 { flow } else { case.line_before(line, t) + flow }
}

/// The flow of a month, discounted to the start.
fn discounted(case: &Case<'_>, t: usize) -> Expr {
    let flow = case.line(net_line(case.evaluation.basis), t);
    let months = operand("Months", t as f64, Unit::Months, Source::Plan("since the start".to_owned()));
    flow / (ONE + case.discount_rate()).raised_to(months / TWELVE)
}

/// Formula of the owner's flow.
///
/// On the other bases the ledger holds the project's tax, so the owner's is computed here.
pub(crate) fn equity(case: &Case<'_>, t: usize) -> Expr {
    let after_tax = if case.evaluation.basis == Basis::EquityAfterTax {
        case.line(Line::NetAfterTax, t)
    } else {
        let owner = compare_on(case.scenario, Basis::EquityAfterTax);
        let tax = match owner.business(case.business()) {
            Ok(owner) => Ok(owner.ledger.line(Line::Tax)[t]),
            Err(_) => Err(Absent::TooLarge),
        };
        let source = Source::Plan("the line Tax on the basis equity after tax".to_owned());
        case.line(Line::NetBeforeTax, t) + maybe("Owner’s tax", tax, Unit::Usd, source)
    };
    after_tax + case.line(Line::DebtDrawn, t) + case.line(Line::Interest, t) + case.line(Line::Principal, t)
}
