//! What a simulation found, ready to be drawn.

use std::sync::Arc;
use std::time::Duration;

use wattfolio_economics::business::PerBusiness;
use wattfolio_economics::kernel::{Absent, Maybe};
use wattfolio_economics::results::{Comparison, Evaluation};
use wattfolio_economics::risk::{BusinessRisk, Histogram, Returns, Simulation};
use wattfolio_economics::scenario::ValidScenario;

/// Bins of a histogram.
const BINS: usize = 90;

/// What a simulation found, ready to be drawn.
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
    /// Net present values over the capital of each business, all between the same edges.
    pub histograms: PerBusiness<Option<Histogram>>,
    /// Dollars of capital that the histograms are divided by; without any there is no histogram.
    pub capital_usd: PerBusiness<Maybe<f64>>,
    /// Time it took.
    pub took: Duration,
}

impl Simulated {
    /// What was simulated of a plan, with its histograms.
    pub fn new(
        revision: u64,
        (scenario, comparison): (Arc<ValidScenario>, Arc<Comparison>),
        simulation: Simulation,
        took: Duration,
    ) -> Self {
        let capital_usd = PerBusiness::new(|business| {
            comparison.business(business).map_or(Err(Absent::NotApplicable), Evaluation::capital_usd)
        });
        let edges = edges(&simulation, &capital_usd);
        let histograms = PerBusiness::new(|business| {
            let capital = capital_usd[business].ok()?;
            let shares = simulation.business(business).ok()?.npv_usd.iter().map(|npv| npv / capital);
            Some(Histogram::new(shares, edges, BINS))
        });
        Self { revision, scenario, comparison, simulation, histograms, capital_usd, took }
    }

    /// The same with internal rates of return.
    #[must_use]
    pub fn with_returns(self, returns: PerBusiness<Option<Returns>>) -> Self {
        Self { simulation: self.simulation.with_returns(returns), ..self }
    }
}

/// Edges between which all businesses but their longest tails fit.
fn edges(simulation: &Simulation, capital_usd: &PerBusiness<Maybe<f64>>) -> (f64, f64) {
    let (mut low, mut high) = (-0.05_f64, 0.05_f64);
    let of_capital = |(business, capital): (_, &Maybe<f64>)| -> Option<(&BusinessRisk, f64)> {
        Some((simulation.business(business).ok()?, capital.ok()?))
    };
    for (risk, capital) in capital_usd.iter().filter_map(of_capital) {
        let [p5, .., p95] = risk.npv.quantiles.map(|quantile| quantile / capital);
        let least = risk.npv_usd.iter().copied().fold(f64::INFINITY, f64::min) / capital;
        low = low.min(least.max(p5 - (p95 - p5)));
        high = high.max(p95 + 0.1 * (p95 - p5).min(1.0));
    }
    // One long tail must not press the others into a corner.
    (low, high.min((3.0 * -low).max(1.5)))
}
