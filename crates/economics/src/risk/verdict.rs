//! A verdict with the simulation that its criterion needs.

use super::simulate::{NotSimulated, simulate};
use crate::results::Comparison;
use crate::results::verdict::{Criterion, Verdict};
use crate::scenario::ValidScenario;

/// Number of paths that a verdict by chance of loss simulates if there is no simulation.
pub const FEW_PATHS: u32 = 2_000;

/// The verdict of a comparison. For chance of loss, [`FEW_PATHS`] paths are simulated; every other criterion needs only
/// the plan.
///
/// # Errors
/// If the system gives no threads or too little memory.
///
/// ```
/// use wattfolio_economics::{prelude::*, results::verdict::Criterion, risk::{FEW_PATHS, verdict}};
///
/// let scenario = Scenario::default().validate()?;
/// let by_loss = verdict(&scenario, &compare(&scenario), Criterion::Loss)?;
/// let odds = by_loss.winner().unwrap().odds.unwrap();
/// assert_eq!(odds.paths, FEW_PATHS as usize);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn verdict(
    scenario: &ValidScenario,
    comparison: &Comparison,
    criterion: Criterion,
) -> Result<Verdict, NotSimulated> {
    if criterion != Criterion::Loss {
        return Ok(Verdict::new(scenario, comparison, None, criterion));
    }
    // Valid in any scenario: `FEW_PATHS` is allowed.
    let few = scenario.edit(|scenario| scenario.risk.paths = FEW_PATHS);
    let simulation = simulate(few.as_ref().unwrap_or(scenario), comparison.basis)?;
    Ok(Verdict::new(scenario, comparison, Some(&simulation.npvs()), criterion))
}
