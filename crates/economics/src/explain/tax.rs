//! Formulas of depreciation, taxable income and tax.

use crate::catalogue::finance;
use crate::explain::case::{Case, Formula};
use crate::explain::expr::{Expr, ONE, TWELVE, ZERO, operand, step};
use crate::explain::operand::Source;
use crate::explain::{debt, own};
use crate::finance::{MACRS_5, MACRS_15, is_tax_month};
use crate::input::{Choice, Input, Number};
use crate::kernel::{Basis, Line, depreciation_schedule};
use crate::scenario::Depreciation;
use crate::units::Unit;

/// A class of depreciation: name of the cost, class, and its inputs.
#[derive(Clone, Copy)]
struct Class {
    name: &'static str,
    depreciation: Depreciation,
    bonus: f64,
    bonus_input: &'static Input<Number>,
    input: &'static Input<Choice>,
    straight_months: &'static Input<Number>,
}

/// The classes of depreciation, each with its cost.
fn classes(case: &Case<'_>) -> [(Formula, Class); 2] {
    let rates = &case.scenario.finance;
    let hardware = Class {
        name: "Hardware",
        depreciation: rates.hardware_depreciation,
        bonus: rates.bonus_depreciation,
        bonus_input: &finance::BONUS_DEPRECIATION,
        input: &finance::HARDWARE_DEPRECIATION,
        straight_months: &finance::HARDWARE_DEPRECIATION_MONTHS,
    };
    let works = Class {
        name: "Own works",
        depreciation: rates.site_depreciation,
        bonus: rates.site_bonus_depreciation,
        bonus_input: &finance::SITE_BONUS_DEPRECIATION,
        input: &finance::SITE_DEPRECIATION,
        straight_months: &finance::SITE_DEPRECIATION_MONTHS,
    };
    [(own(case).hardware(case), hardware), (own(case).works(case), works)]
}

/// Formula of the depreciation of a month.
pub(crate) fn depreciation(case: &Case<'_>, t: usize) -> Formula {
    case.is_live(t)?;
    let month = t - case.live() - 1;
    let parts: Vec<Expr> = classes(case)
        .into_iter()
        .filter_map(|(cost, class)| {
            let cost = cost.ok().filter(|cost| cost.evaluate() > 0.0)?;
            let share =
                (class.depreciation != Depreciation::None).then(|| month_share(case, month, class))?;
            let share = step(format!("{}, share of the month", class.name), Unit::Fraction, share);
            Some(step(class.name, Unit::Usd, cost) * share)
        })
        .collect();
    if parts.is_empty() {
        return Err("Nothing is depreciated before the end of the plan".to_owned());
    }
    Ok(-step("Depreciation", Unit::Usd, Expr::Sum(parts)))
}

/// Share of the cost that is deducted in a month, counted from 0 at live.
fn month_share(case: &Case<'_>, month: usize, class: Class) -> Expr {
    let year = month / 12;
    let of_class = |share: f64| {
        operand(format!("Class share of year {}", year + 1), share, Unit::Fraction, Source::of(class.input))
    };
    let table = |table: &[f64]| of_class(table.get(year).copied().unwrap_or(0.0)) / TWELVE;
    let share = match class.depreciation {
        Depreciation::Macrs5 => table(&MACRS_5),
        Depreciation::Macrs15 => table(&MACRS_15),
        Depreciation::StraightLine { months } if month < months as usize => {
            ONE / case.input(class.straight_months)
        }
        Depreciation::StraightLine { .. } | Depreciation::None => ZERO,
    };
    let bonus = || case.input(class.bonus_input);
    let regular = (ONE - bonus()) * share;
    if year == 0 { bonus() / TWELVE + regular } else { regular }
}

/// Cost that no month deducts; it is deducted against resale.
fn basis_left(case: &Case<'_>) -> Option<Expr> {
    let months = case.horizon() - case.live();
    let parts: Vec<Expr> = classes(case)
        .into_iter()
        .filter_map(|(cost, class)| {
            let deducted: f64 = depreciation_schedule(class.depreciation, class.bonus, months).iter().sum();
            // The shares of a whole class add up to 1 but for rounding.
            let cost = cost.ok().filter(|_| 1.0 - deducted > 1e-12)?;
            let source = Source::Lines(Line::Depreciation, case.live() + 1, case.horizon());
            let name = format!("{}, share deducted", class.name);
            let deducted = operand(name, deducted, Unit::Fraction, source);
            Some(step(class.name, Unit::Usd, cost) * (ONE - deducted))
        })
        .collect();
    (!parts.is_empty()).then(|| step("Cost not yet deducted", Unit::Usd, Expr::Sum(parts)))
}

/// Formula of the taxable income.
pub(crate) fn taxable_income(case: &Case<'_>, t: usize) -> Expr {
    let mut income = case.line(Line::Ebitda, t) + case.line(Line::Depreciation, t);
    if Line::OtherProceeds.belongs_to(case.business()) {
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
    if Line::BtcKeptValue.belongs_to(case.business()) {
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
        let used = case.input(&finance::NOL_LIMIT) * income().at_least(ZERO);
        let left = (losses - used).at_least(ZERO) - income().at_most(ZERO);
        losses = step(format!("Losses after year {}", index + 1), Unit::Usd, left);
    }
    losses
}

/// Formula of the tax of a month.
pub(crate) fn tax(case: &Case<'_>, t: usize) -> Formula {
    if !is_tax_month(t, case.horizon()) {
        return Err("Tax falls due at the end of every twelfth month, and at the end of the plan".to_owned());
    }
    let gain = || year_income(case, t).at_least(ZERO);
    let limit = case.input(&finance::NOL_LIMIT) * gain();
    let used = step("Losses used", Unit::Usd, losses_before(case, t).at_most(limit));
    Ok(-(case.input(&finance::TAX_RATE) * (gain() - used)))
}
