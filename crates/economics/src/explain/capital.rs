//! Formulas of capital: works, hardware, deposits and end proceeds.

use super::case::{Case, Formula};
use super::expr::{Expr, ZERO, step};
use super::own::own;
use crate::catalogue::site;
use crate::kernel::Line;
use crate::units::Unit;

/// Formula of the works paid in a month.
pub(crate) fn works_paid(case: &Case<'_>, t: usize) -> Formula {
    let works = own(case).works_at(case, t)?;
    let timing = case.timing();
    let (first, last) = (timing.queue, timing.queue + timing.build.max(1) - 1);
    if !(first..=last).contains(&t) {
        return Err(format!("Works are paid in the months {first} to {last}"));
    }
    Ok(-(step("Own works", Unit::Usd, works) / case.construction_months()))
}

/// Formula of the hardware paid in a month.
pub(crate) fn hardware_paid(case: &Case<'_>, t: usize) -> Formula {
    when_hardware_is_due(case, t)?;
    Ok(-own(case).hardware(case)?)
}

/// Formula of the deposit paid in a month.
pub(crate) fn deposit_paid(case: &Case<'_>, t: usize) -> Formula {
    when_hardware_is_due(case, t)?;
    Ok(-own(case).deposit(case)?)
}

fn when_hardware_is_due(case: &Case<'_>, t: usize) -> Result<(), String> {
    let due = case.timing().hardware_month();
    if t == due { Ok(()) } else { Err(format!("It is paid in month {due}")) }
}

/// Formula of the old machines sold.
pub(crate) fn other_proceeds(case: &Case<'_>, t: usize) -> Formula {
    own(case).converts_site(case)?;
    let queue = case.timing().queue;
    if t != queue {
        return Err(format!("Old machines are sold in month {queue}"));
    }
    Ok(case.input(&site::LEGACY_RESALE_USD))
}

/// Formula of the end proceeds.
pub(crate) fn end_proceeds(case: &Case<'_>, t: usize) -> Formula {
    if t == case.horizon() {
        Ok(own(case).end_proceeds(case))
    } else {
        Err("It comes only at the end of the plan".to_owned())
    }
}

/// Own capex of a month, positive, from the ledger.
pub(crate) fn capex_of_month(case: &Case<'_>, t: usize) -> Expr {
    spent(case, |line| case.line(line, t))
}

/// Own capex: works and hardware over the plan, positive.
pub(crate) fn capex(case: &Case<'_>) -> Expr {
    spent(case, |line| case.over_the_plan(line.label(), line))
}

/// Cost of works and hardware, positive, as far as the business has them.
fn spent(case: &Case<'_>, value: impl Fn(Line) -> Expr) -> Expr {
    let has = |line: Line| line.belongs_to(case.business());
    match (has(Line::CapexWorks), has(Line::CapexHardware)) {
        (true, true) => -value(Line::CapexWorks) - value(Line::CapexHardware),
        (true, false) => -value(Line::CapexWorks),
        (false, true) => -value(Line::CapexHardware),
        (false, false) => ZERO,
    }
}
