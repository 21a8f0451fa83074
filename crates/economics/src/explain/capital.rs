//! Formulas of capital: works, hardware, deposits, and what the end of the plan brings.

use crate::explain::case::{Case, Formula};
use crate::explain::expr::{Expr, step};
use crate::business::hosting::formulas;
use crate::business::leasing::formulas;
use crate::business::mining::formulas;
use crate::business::Business;
use crate::kernel::Line;
use crate::units::Unit;

/// Formula of a line of capital.
pub(super) fn line(case: &Case<'_>, line: Line, t: usize) -> Formula {
    match line {
        Line::CapexWorks => works_paid(case, t),
        Line::CapexHardware => when_hardware_is_due(case, t).and_then(|()| Ok(-hardware(case)?)),
        Line::Deposit => when_hardware_is_due(case, t).and_then(|()| Ok(-deposit(case)?)),
        Line::OtherProceeds => other_proceeds(case, t),
        _ => Err("It comes only at the end of the plan".to_owned()),
    }
}

/// Works that the business pays itself, USD.
pub(super) fn works(case: &Case<'_>) -> Formula {
    match case.business() {
        Business::Mining => Ok(mining::works(case)),
        Business::Hosting => Ok(hosting::works(case)),
        Business::Leasing => leasing::works(case),
    }
}

/// Hardware, USD.
pub(super) fn hardware(case: &Case<'_>) -> Formula {
    match case.business() {
        Business::Mining => Ok(mining::hardware(case)),
        Business::Hosting => Err("The customers bring their own machines".to_owned()),
        Business::Leasing => Ok(leasing::hardware(case)),
    }
}

/// The deposit, USD.
pub(super) fn deposit(case: &Case<'_>) -> Formula {
    match case.business() {
        Business::Leasing => leasing::deposit(case),
        Business::Mining | Business::Hosting => Err("There is no deposit on the own site".to_owned()),
    }
}

fn works_paid(case: &Case<'_>, t: usize) -> Formula {
    let works = works(case)?;
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
    if case.business() == Business::Mining {
        return Err("Mining does not convert the site".to_owned());
    }
    if case.business() == Business::Leasing && leasing::is_colocated(case) {
        return Err("A fleet elsewhere does not convert the site".to_owned());
    }
    let queue = case.timing().queue;
    if t != queue {
        return Err(format!("Old machines are sold in month {queue}"));
    }
    Ok(case.input("site.legacy_resale_usd"))
}

/// Own capex of a month, positive, from the ledger.
pub(super) fn capex_of_month(case: &Case<'_>, t: usize) -> Expr {
    let works = -case.line(Line::CapexWorks, t);
    if case.business() == Business::Hosting { works } else { works - case.line(Line::CapexHardware, t) }
}

/// Own capex: works and hardware over the plan, positive.
pub(super) fn capex(case: &Case<'_>) -> Expr {
    let end = case.horizon();
    let works = -case.lines("Site works", Line::CapexWorks, 0, end);
    if case.business() == Business::Hosting {
        works
    } else {
        works - case.lines("Hardware", Line::CapexHardware, 0, end)
    }
}
