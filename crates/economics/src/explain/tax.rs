//! Formulas of depreciation, taxable income and tax.

use crate::business::Business;
use crate::explain::case::{Case, Formula};
use crate::explain::expr::{Expr, ONE, TWELVE, ZERO, operand, step};
use crate::explain::operand::Source;
use crate::explain::{debt, own};
use crate::finance::{MACRS_5, MACRS_15, depreciation_schedule, is_tax_month};
use crate::kernel::{Basis, Line};
use crate::scenario::Depreciation;
use crate::units::Unit;

/// Formula of a line of the tax return.
pub(crate) fn line(case: &Case<'_>, line: Line, t: usize) -> Formula {
    match line {
        Line::Depreciation => case.is_live(t).and_then(|()| depreciation(case, t)),
        Line::TaxableIncome => Ok(taxable_income(case, t)),
        _ if is_tax_month(t, case.horizon()) => Ok(tax(case, t)),
        _ => Err("Tax falls due at the end of every twelfth month, and at the end of the plan".to_owned()),
    }
}

/// A depreciated thing: its name, its cost, its class, and the field of the class.
fn classes(case: &Case<'_>) -> Vec<(&'static str, Expr, Depreciation, &'static str)> {
    let finance = &case.scenario.finance;
    let hardware = ("Hardware", own(case).hardware(case), finance.hardware_depreciation, "hardware");
    let works = ("Own works", own(case).works(case), finance.site_depreciation, "site");
    [hardware, works]
        .into_iter()
        .filter_map(|(name, cost, class, field)| {
            let cost = cost.ok().filter(|cost| cost.evaluate() > 0.0)?;
            (class != Depreciation::None).then(|| (name, step(name, Unit::Usd, cost), class, field))
        })
        .collect()
}

fn depreciation(case: &Case<'_>, t: usize) -> Formula {
    let month = t - case.live() - 1;
    let parts = classes(case).into_iter().map(|(name, cost, class, field)| {
        let share = month_share(case, month, class, field);
        cost * step(format!("{name}, share of the month"), Unit::Fraction, share)
    });
    let parts: Vec<Expr> = parts.collect();
    if parts.is_empty() {
        return Err("Nothing is depreciated before the end of the plan".to_owned());
    }
    Ok(-step("Depreciation", Unit::Usd, Expr::Sum(parts)))
}

/// Share of the cost that is deducted in a month, counted from 0 at live.
fn month_share(case: &Case<'_>, month: usize, class: Depreciation, field: &str) -> Expr {
    let year = month / 12;
    let id = format!("finance.{field}_depreciation");
    let source = crate::catalogue::find(&id).map_or(Source::Step, |input| Source::Input(input.id));
    let of_class = |share: f64| {
        operand(format!("Class share of year {}", year + 1), share, Unit::Fraction, source.clone())
    };
    let table = |table: &[f64]| of_class(table.get(year).copied().unwrap_or(0.0)) / TWELVE;
    let class = match class {
        Depreciation::Macrs5 => table(&MACRS_5),
        Depreciation::Macrs15 => table(&MACRS_15),
        Depreciation::StraightLine { months } if month < months as usize => {
            ONE / case.input(&format!("{id}.months"))
        }
        Depreciation::StraightLine { .. } | Depreciation::None => ZERO,
    };
    let bonus = || case.input("finance.bonus_depreciation");
    let regular = (ONE - bonus()) * class;
    if year == 0 { bonus() / TWELVE + regular } else { regular }
}

/// Cost that no month deducts; it is deducted against resale.
fn basis_left(case: &Case<'_>) -> Option<Expr> {
    let finance = &case.scenario.finance;
    let months = case.horizon() - case.live();
    let classes = [
        ("Hardware", own(case).hardware(case), finance.hardware_depreciation),
        ("Own works", own(case).works(case), finance.site_depreciation),
    ];
    let parts: Vec<Expr> = classes
        .into_iter()
        .filter_map(|(name, cost, class)| {
            let deducted: f64 = depreciation_schedule(class, finance.bonus_depreciation, months).iter().sum();
            // The shares of a whole class add up to 1 but for rounding.
            let cost = cost.ok().filter(|_| 1.0 - deducted > 1e-12)?;
            let source = Source::Lines(Line::Depreciation, case.live() + 1, case.horizon());
            let deducted = operand(format!("{name}, share deducted"), deducted, Unit::Fraction, source);
            Some(step(name, Unit::Usd, cost) * (ONE - deducted))
        })
        .collect();
    (!parts.is_empty()).then(|| step("Cost not yet deducted", Unit::Usd, Expr::Sum(parts)))
}

fn taxable_income(case: &Case<'_>, t: usize) -> Expr {
    let mut income = case.line(Line::Ebitda, t) + case.line(Line::Depreciation, t);
    if case.business() != Business::Mining {
        income = income + case.line(Line::OtherProceeds, t);
    }
    let owes = case.evaluation.basis == Basis::EquityAfterTax && t > 0;
    if owes && debt::is_borrowed(case).is_ok() {
        income = income - step("Interest accrued", Unit::Usd, debt::accrued(case, t));
    }
    if t < case.horizon() {
        return income;
    }
    let mut gain = case.line(Line::EndProceeds, t);
    if case.business() == Business::Mining {
        gain = gain - case.lines("Coins’ worth when mined", Line::BtcKeptValue, 0, t);
    }
    if let Ok(deposit) = own(case).deposit(case) {
        gain = gain - step("Deposit", Unit::Usd, deposit);
    }
    if let Some(left) = basis_left(case) {
        gain = gain - left;
    }
    income + step("Gain on end proceeds", Unit::Usd, gain)
}

/// First month of the plan year that ends in month `t`; month 0 belongs to the first.
const fn year_start(t: usize) -> usize {
    let before = (t - 1) / 12 * 12;
    if before == 0 { 0 } else { before + 1 }
}

fn year_income(case: &Case<'_>, t: usize) -> Expr {
    case.lines(&format!("Taxable income of year {}", t.div_ceil(12)), Line::TaxableIncome, year_start(t), t)
}

/// Losses that are carried forward when the year that ends in month `t` begins.
fn losses_before(case: &Case<'_>, t: usize) -> Expr {
    let mut losses = ZERO;
    for (index, end) in (12..t).step_by(12).enumerate() {
        let income = || year_income(case, end);
        let used = case.input("finance.nol_limit") * income().at_least(ZERO);
        let left = (losses - used).at_least(ZERO) - income().at_most(ZERO);
        losses = step(format!("Losses after year {}", index + 1), Unit::Usd, left);
    }
    losses
}

fn tax(case: &Case<'_>, t: usize) -> Expr {
    let gain = || year_income(case, t).at_least(ZERO);
    let limit = case.input("finance.nol_limit") * gain();
    let used = step("Losses used", Unit::Usd, losses_before(case, t).at_most(limit));
    -(case.input("finance.tax_rate") * (gain() - used))
}
