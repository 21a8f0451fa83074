//! A verdict with the simulation that its criterion needs.

use std::sync::Arc;

use super::Markets;
use super::control::ToTheEnd;
use super::markets::resampled::Resampled;
use super::simulate::{NotSimulated, Simulator};
use crate::results::Comparison;
use crate::results::verdict::{Criterion, Verdict};
use crate::scenario::ValidScenario;

/// Number of paths that a verdict by chance of loss simulates if there is no simulation.
pub const FEW_PATHS: u32 = 2_000;

/// The verdict of a comparison. For chance of loss, [`FEW_PATHS`] paths are simulated; every other criterion needs only
/// the plan. `record` are the recorded months that bitcoin and the network are drawn from, if they are.
///
/// # Errors
/// If the system gives no threads or too little memory.
///
/// ```
/// use wattfolio_economics::{prelude::*, results::verdict::Criterion, risk::{FEW_PATHS, verdict}};
///
/// let scenario = Scenario::default().validate()?;
/// let by_loss = verdict(&scenario, &compare(&scenario), Criterion::Loss, None)?;
/// let odds = by_loss.winner().unwrap().odds.unwrap();
/// assert_eq!(odds.paths, FEW_PATHS as usize);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn verdict(
    scenario: &ValidScenario,
    comparison: &Comparison,
    criterion: Criterion,
    record: Option<&Arc<Resampled>>,
) -> Result<Verdict, NotSimulated> {
    if criterion != Criterion::Loss {
        return Ok(Verdict::new(scenario, comparison, None, criterion));
    }
    by_loss(&few(scenario), comparison, &mut simulator(record)?)
}

/// A verdict, and the markets that its simulation rests on.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// Where the simulated markets go; `None` where the plan alone was read.
    pub markets: Option<Markets>,
}

impl From<Verdict> for Judgement {
    /// A verdict whose markets nobody asks for.
    fn from(verdict: Verdict) -> Self {
        Self { verdict, markets: None }
    }
}

/// The same as [`verdict`], with the markets of its simulation, for a report that says what a chance of loss rests on.
///
/// # Errors
/// If the system gives no threads or too little memory.
///
/// ```
/// use wattfolio_economics::{kernel::MarketSeries, prelude::*, results::verdict::Criterion, risk::judgement};
///
/// let scenario = Scenario::default().validate()?;
/// let by_loss = judgement(&scenario, &compare(&scenario), Criterion::Loss, None)?;
/// let markets = by_loss.markets.unwrap();
/// let bitcoin = markets.end_of(MarketSeries::BtcPrice).unwrap();
/// assert!(bitcoin.quantiles[2] < bitcoin.planned && markets.plan_percentile > 0.5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn judgement(
    scenario: &ValidScenario,
    comparison: &Comparison,
    criterion: Criterion,
    record: Option<&Arc<Resampled>>,
) -> Result<Judgement, NotSimulated> {
    if criterion != Criterion::Loss {
        return Ok(verdict(scenario, comparison, criterion, record)?.into());
    }
    let (few, mut simulator) = (few(scenario), simulator(record)?);
    let verdict = by_loss(&few, comparison, &mut simulator)?;
    let markets = simulator.markets(&few, &ToTheEnd)?;
    Ok(Judgement { verdict, markets: Some(markets) })
}

/// A simulator that draws from recorded months, or from the scenario's risks.
fn simulator(record: Option<&Arc<Resampled>>) -> Result<Simulator, NotSimulated> {
    let mut simulator = Simulator::new(0)?;
    simulator.set_record(record.map(Arc::clone));
    Ok(simulator)
}

/// The scenario with few paths, which any scenario may have.
fn few(scenario: &ValidScenario) -> ValidScenario {
    let few = scenario.edit(|scenario| scenario.risk.paths = FEW_PATHS);
    few.unwrap_or_else(|_| scenario.clone())
}

fn by_loss(
    few: &ValidScenario,
    comparison: &Comparison,
    simulator: &mut Simulator,
) -> Result<Verdict, NotSimulated> {
    let simulation = simulator.run(few, comparison.basis, &ToTheEnd)?;
    Ok(Verdict::new(few, comparison, Some(&simulation.npvs()), Criterion::Loss))
}
