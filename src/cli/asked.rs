//! The quantity of an answer, from its text or from what the verdict goes by.

use wattfolio_economics::answers::{Asked, Quantity};
use wattfolio_economics::business::Business;
use wattfolio_economics::results::compare_on;
use wattfolio_economics::results::measure::{IRR, NPV_PER_CAPEX, NPV_USD, PAYBACK_LAST_MONTHS};
use wattfolio_economics::results::verdict::{Criterion, Verdict};
use wattfolio_economics::scenario::ValidScenario;

use super::Failure;
use crate::format;
use crate::store::PresetView;

/// A quantity alone.
pub(super) fn without_target(text: &str, view: PresetView) -> Result<Asked, Failure> {
    let quantity = Quantity::parse(text.trim()).map_err(|fault| Failure::new(format!("--for {fault}")))?;
    Ok(Asked::new(quantity, view.basis))
}

/// A quantity and, behind `=`, a target in its unit.
pub(super) fn with_target(text: &str, view: PresetView) -> Result<(Asked, f64), Failure> {
    let (name, target) = text.split_once('=').unwrap_or((text, "0"));
    let asked = without_target(name, view)?;
    let target = format::read_stored(target.trim(), asked.quantity.unit())
        .map_err(|why| Failure::new(format!("--for {text}: the target is {target}; {why}")))?;
    Ok((asked, target))
}

/// The measure that the verdict goes by, of the business that is best by it. The chance of loss is no figure of the plan; NPV
/// stands for it.
pub(super) fn usual(scenario: &ValidScenario, view: PresetView) -> Asked {
    let comparison = compare_on(scenario, view.basis);
    let (criterion, measure) = match view.criterion {
        Criterion::Value | Criterion::Loss => (Criterion::Value, &NPV_USD),
        Criterion::ValuePerCapex => (Criterion::ValuePerCapex, &NPV_PER_CAPEX),
        Criterion::Payback => (Criterion::Payback, &PAYBACK_LAST_MONTHS),
        Criterion::Irr => (Criterion::Irr, &IRR),
    };
    let verdict = Verdict::new(scenario, &comparison, None, criterion);
    let best = verdict.winner().map_or(Business::ALL[0], |winner| winner.business);
    Asked::new(Quantity::of(best, measure), view.basis)
}
