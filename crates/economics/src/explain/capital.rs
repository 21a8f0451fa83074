//! Formulas of capital: works, hardware, deposits, and what the end of the plan brings.

use super::case::{Case, Formula};
use super::expr::{Expr, step};
use super::own::own;
use crate::kernel::Line;
use crate::units::Unit;

/// Formula of a line of capital.
pub(crate) fn line(case: &Case<'_>, line: Line, t: usize) -> Formula {
    match line {
        Line::CapexWorks => works_paid(case, t),
        Line::CapexHardware => when_hardware_is_due(case, t).and_then(|()| Ok(-own(case).hardware(case)?)),
        Line::Deposit => when_hardware_is_due(case, t).and_then(|()| Ok(-own(case).deposit(case)?)),
        Line::OtherProceeds => other_proceeds(case, t),
        _ => Err("It comes only at the end of the plan".to_owned()),
    }
}

fn works_paid(case: &Case<'_>, t: usize) -> Formula {
    let works = own(case).works(case)?;
    let timing = case.timing();
    let (first, last) = (timing.queue, timing.queue + timing.build.max(1) - 1);
    if !(first..=last).contains(&t) {
        return Err(format!("Works are paid in the months {first} to {last}"));
    }
    Ok(-(step("Own works", Unit::Usd, works) / case.construction_months()))
}

fn when_hardware_is_due(case: &Case<'_>, t: usize) -> Result<(), String> {
    let due = case.timing().hardware_month();
    if t == due { Ok(()) } else { Err(format!("It is paid in month {due}")) }
}

fn other_proceeds(case: &Case<'_>, t: usize) -> Formula {
    own(case).converts_site(case)?;
    let queue = case.timing().queue;
    if t != queue {
        return Err(format!("Old machines are sold in month {queue}"));
    }
    Ok(case.input("site.legacy_resale_usd"))
}

/// Own capex of a month, positive, from the ledger.
pub(crate) fn capex_of_month(case: &Case<'_>, t: usize) -> Expr {
    let works = -case.line(Line::CapexWorks, t);
    if has_hardware(case) { works - case.line(Line::CapexHardware, t) } else { works }
}

/// Own capex: works and hardware over the plan, positive.
pub(crate) fn capex(case: &Case<'_>) -> Expr {
    let end = case.horizon();
    let works = -case.lines("Site works", Line::CapexWorks, 0, end);
    if has_hardware(case) { works - case.lines("Hardware", Line::CapexHardware, 0, end) } else { works }
}

fn has_hardware(case: &Case<'_>) -> bool {
    Line::CapexHardware.belongs_to(case.business())
}
