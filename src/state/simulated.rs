//! Results of a simulation, prepared for drawing.

use std::sync::Arc;
use std::time::Duration;

use wattfolio_economics::business::{Business, PerBusiness};
use wattfolio_economics::results::Comparison;
use wattfolio_economics::risk::{BusinessRisk, Histogram, Returns, Simulation};
use wattfolio_economics::scenario::ValidScenario;

/// Bins of a histogram.
const BINS: usize = 90;

/// Results of a simulation, prepared for drawing.
#[derive(Clone, Debug)]
pub struct Simulated {
    /// Which request it answers.
    pub revision: u64,
    /// The scenario it belongs to.
    pub scenario: Arc<ValidScenario>,
    /// The plan of that scenario, on the basis of the simulation.
    pub comparison: Arc<Comparison>,
    /// The figures.
    pub simulation: Simulation,
    /// Net present values over the capital of each business, all between the same edges; none without capital.
    pub histograms: PerBusiness<Option<Histogram>>,
    /// Time it took.
    pub took: Duration,
}

impl Simulated {
    /// Simulation of a plan with its histograms.
    pub fn new(
        revision: u64,
        (scenario, comparison): (Arc<ValidScenario>, Arc<Comparison>),
        simulation: Simulation,
        took: Duration,
    ) -> Self {
        let edges = edges(&simulation, &comparison);
        let histograms = PerBusiness::new(|business| {
            let capital_usd = comparison.capital_usd(business).ok()?;
            let shares = simulation.business(business).ok()?.npv_usd.iter().map(|npv| npv / capital_usd);
            Some(Histogram::new(shares, edges, BINS))
        });
        Self { revision, scenario, comparison, simulation, histograms, took }
    }

    /// The same with internal rates of return.
    #[must_use]
    pub fn with_returns(self, returns: PerBusiness<Option<Returns>>) -> Self {
        Self { simulation: self.simulation.with_returns(returns), ..self }
    }
}

/// Edges between which all businesses but their longest tails fit.
fn edges(simulation: &Simulation, comparison: &Comparison) -> (f64, f64) {
    let (mut low, mut high) = (-0.05_f64, 0.05_f64);
    let of_capital = |business| -> Option<(&BusinessRisk, f64)> {
        Some((simulation.business(business).ok()?, comparison.capital_usd(business).ok()?))
    };
    for (risk, capital) in Business::ALL.into_iter().filter_map(of_capital) {
        let [p5, .., p95] = risk.npv.quantiles.map(|quantile| quantile / capital);
        let least = risk.npv_usd.iter().copied().fold(f64::INFINITY, f64::min) / capital;
        low = low.min(least.max(p5 - (p95 - p5)));
        high = high.max(p95 + 0.1 * (p95 - p5).min(1.0));
    }
    // One long tail must not press the others into a corner.
    (low, high.min((3.0 * -low).max(1.5)))
}
