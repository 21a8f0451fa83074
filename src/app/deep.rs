//! Deeper analysis after the figures of a simulation: IRRs, single paths, other volatilities.

use std::sync::Arc;

use wattfolio_economics::business::PerBusiness;
use wattfolio_economics::results::Comparison;
use wattfolio_economics::risk::{BusinessRisk, Control, Simulation, Simulator, Unfinished};
use wattfolio_economics::scenario::{Faults, ValidScenario};

use crate::state::{Deep, Outcome, SCALES};

/// Number of paths that are drawn one by one.
pub const SAMPLED: usize = 16;
/// Largest number of paths of a run with other volatilities.
const MOST_PATHS: u32 = 10_000;

/// Figures that the deeper analysis needs, copied before the simulation is handed to the window.
#[derive(Debug)]
pub struct Glance {
    /// For each business: its worst path, and the path at the 5 % quantile.
    worst: PerBusiness<Option<[usize; 2]>>,
    outcomes: PerBusiness<Option<Outcome>>,
}

impl Glance {
    /// Reads the figures of a simulation.
    pub fn new(simulation: &Simulation) -> Self {
        let worst = |business| simulation.business(business).ok().and_then(worst_paths);
        Self { worst: PerBusiness::new(worst), outcomes: outcomes(simulation) }
    }
}

fn worst_paths(risk: &BusinessRisk) -> Option<[usize; 2]> {
    let by_distance = |from: f64| {
        let paths = risk.npv_usd.iter().enumerate();
        paths.min_by(|a, b| (a.1 - from).abs().total_cmp(&(b.1 - from).abs())).map(|(path, _)| path)
    };
    let least = risk.npv_usd.iter().copied().fold(f64::INFINITY, f64::min);
    Some([by_distance(least)?, by_distance(risk.npv.quantiles[0])?])
}

/// Runs the deeper analysis.
///
/// # Errors
/// If the control cancelled it, or its memory cannot be allocated.
pub fn look(
    simulator: &mut Simulator,
    (scenario, comparison): (&Arc<ValidScenario>, &Arc<Comparison>),
    (revision, glance): (u64, Glance),
    control: &impl Control,
) -> Result<Deep, Unfinished> {
    let basis = comparison.basis;
    let first: Vec<usize> = (0..SAMPLED.min(scenario.risk.paths as usize)).collect();
    let sampled = simulator.stories(scenario, basis, &first);
    let worst = PerBusiness::new(|business| {
        simulator.stories(scenario, basis, glance.worst[business].as_ref()?).try_into().ok()
    });
    let mut what_if = Vec::new();
    for scale in SCALES {
        what_if.push(match scaled(scenario, scale) {
            // Scale 1 is the scenario itself, which has been simulated already.
            _ if scale == 1.0 => Some(glance.outcomes),
            Ok(scaled) => Some(outcomes(&simulator.run(&scaled, basis, control)?)),
            Err(_) => None,
        });
    }
    let outlook = Arc::new(simulator.outlook(scenario, basis, control)?);
    let returns = simulator.returns(scenario, basis, control)?;
    let (scenario, comparison) = (Arc::clone(scenario), Arc::clone(comparison));
    Ok(Deep { revision, scenario, comparison, outlook, returns, sampled, worst, what_if })
}

/// The scenario with all volatilities and jump sizes multiplied by `scale`.
fn scaled(scenario: &ValidScenario, scale: f64) -> Result<ValidScenario, Faults> {
    scenario.edit(|scenario| {
        let risk = &mut scenario.risk;
        risk.paths = risk.paths.min(MOST_PATHS);
        let volatilities = [
            &mut risk.bitcoin.volatility,
            &mut risk.bitcoin.long_volatility,
            &mut risk.bitcoin.jump_mean,
            &mut risk.bitcoin.jump_sd,
            &mut risk.network.volatility,
            &mut risk.rental.volatility,
            &mut risk.rental.trend_sd,
            &mut risk.power.volatility,
        ];
        for volatility in volatilities {
            *volatility *= scale;
        }
    })
}

fn outcomes(simulation: &Simulation) -> PerBusiness<Option<Outcome>> {
    PerBusiness::new(|business| {
        let risk = simulation.business(business).ok()?;
        let [p5_usd, _, median_usd, ..] = risk.npv.quantiles;
        Some(Outcome { p5_usd, median_usd, loss: risk.loss })
    })
}
