//! A mix evaluated exactly: each business on its share of the capacity.

use super::mixed::Mixed;
use crate::business::leasing::Fleet;
use crate::business::{Business, PerBusiness};
use crate::kernel::{Basis, NotEvaluated, whole_machines};
use crate::results::{Blocks, compare};
use crate::risk::{Control, Simulator, Unfinished};
use crate::scenario::ValidScenario;

/// A business on its share of the capacity.
#[derive(Clone, Debug, PartialEq)]
pub struct ExactPart {
    /// The business.
    pub business: Business,
    /// Its share of the site, above 0.
    pub share: f64,
    /// Its NPV in the plan, with its part of the mix's tax, USD; the reason where nothing fits on its share.
    pub npv_usd: Result<f64, NotEvaluated>,
    /// Its own capex, USD.
    pub capex_usd: f64,
}

/// A scenario whose site has a share of the capacity: of counted GPUs the whole ones of that share, and that share of what
/// the old machines fetch.
///
/// ```
/// use wattfolio_economics::{answers::mix::on_share, prelude::*};
///
/// let scenario = Scenario::default().with("leasing.fleet", "Count(816)")?.validate()?;
/// let half = on_share(&scenario, 0.5);
/// assert_eq!((half.site.capacity_mw, half.leasing.fleet), (10.0, wattfolio_economics::business::leasing::Fleet::Count(408)));
/// assert_eq!(on_share(&scenario, 1.0), scenario);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn on_share(scenario: &ValidScenario, share: f64) -> ValidScenario {
    let mut scaled = scenario.clone().into_inner();
    scaled.site.capacity_mw *= share;
    scaled.site.legacy_resale_usd *= share;
    if let Fleet::Count(count) = &mut scaled.leasing.fleet {
        *count = whole_machines(f64::from(*count) * share) as u32;
    }
    // A share of a valid site is valid but for the least capacity of the input, below which plans say that nothing fits.
    ValidScenario(scaled)
}

/// The paths of a scenario's own mix, each business simulated on its share of the capacity, before tax.
pub(super) struct ExactPaths {
    /// Own capex, USD.
    pub capital_usd: f64,
    /// NPV of each path, USD.
    pub npv_usd: Vec<f64>,
    /// Paths that count as one sample.
    pub blocks: Blocks,
}

impl ExactPaths {
    /// Paths on which nothing is earned or lost.
    pub(super) fn none(paths: usize) -> Self {
        Self { capital_usd: 0.0, npv_usd: vec![0.0; paths], blocks: Blocks::default() }
    }

    /// Simulates a scenario's own mix; `None` if no part of it can be.
    pub(super) fn simulate(
        scenario: &ValidScenario,
        simulator: &mut Simulator,
        control: &impl Control,
    ) -> Result<Option<Self>, Unfinished> {
        let mut found = None;
        for (business, share) in scenario.mix.shares().iter().filter(|(_, share)| **share > 0.0) {
            let part = on_share(scenario, *share);
            let simulation = simulator.run(&part, Basis::ProjectBeforeTax, control)?;
            if let Ok(risk) = simulation.business(business) {
                let capital_usd = compare(&part).capital_usd(business).unwrap_or(0.0);
                let sum = found.get_or_insert_with(|| Self::none(risk.npv_usd.len()));
                sum.add(capital_usd, &risk.npv_usd, risk.blocks);
            }
            simulator.give_back(simulation);
        }
        Ok(found)
    }

    /// Adds paths in the same markets.
    pub(super) fn add(&mut self, capital_usd: f64, npv_usd: &[f64], blocks: Blocks) {
        self.capital_usd += capital_usd;
        self.npv_usd.iter_mut().zip(npv_usd).for_each(|(sum, npv)| *sum += npv);
        self.blocks = self.blocks.larger(blocks);
    }

    /// The figures of these paths, for a mix with some shares.
    pub(super) fn mixed(&self, shares: PerBusiness<f64>) -> Mixed {
        Mixed::new(shares, self.capital_usd, &self.npv_usd, self.blocks)
    }
}
