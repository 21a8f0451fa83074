//! Paths of each business alone on the whole site, of which mixes are made.

use rayon::prelude::*;

use super::mixed::{Mixed, STEPS, divisions};
use crate::business::{Business, PerBusiness};
use crate::kernel::{Absent, Basis, NotEvaluated};
use crate::results::{Blocks, Comparison, compare};
use crate::risk::{Control, Simulation, Simulator, Unfinished};
use crate::scenario::ValidScenario;

/// Why a business is left out of the mixes.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum LeftOut {
    /// It cannot be evaluated.
    #[error(transparent)]
    NotEvaluated(#[from] NotEvaluated),
    /// It has no capital that a value could be per dollar of.
    #[error(transparent)]
    NoCapital(#[from] Absent),
}

/// A business on the whole site.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The business.
    pub business: Business,
    /// Its own capex, USD, above 0.
    pub capital_usd: f64,
    /// Its NPV on each path, USD.
    pub npv_usd: Vec<f64>,
}

/// Every business that can be mixed, over the same paths.
#[derive(Clone, Debug, PartialEq)]
pub struct WholeSite {
    parts: Vec<Part>,
    /// Why the others are left out.
    pub left_out: PerBusiness<Option<LeftOut>>,
    /// Paths that count as one sample.
    pub(super) blocks: Blocks,
}

impl WholeSite {
    /// Simulates a scenario before tax.
    ///
    /// # Errors
    /// If the control ended the run, or there is too little memory.
    pub fn simulate(
        scenario: &ValidScenario,
        simulator: &mut Simulator,
        control: &impl Control,
    ) -> Result<Self, Unfinished> {
        let simulation = simulator.run(scenario, Basis::ProjectBeforeTax, control)?;
        let site = Self::new(&compare(scenario), &simulation);
        simulator.give_back(simulation);
        Ok(site)
    }

    /// The parts of a comparison and a simulation of the same scenario, both before tax.
    pub fn new(comparison: &Comparison, simulation: &Simulation) -> Self {
        let part = |business| -> Result<(Part, Blocks), LeftOut> {
            let risk = simulation.business(business).map_err(Clone::clone)?;
            let evaluation = comparison.business(business).map_err(Clone::clone)?;
            let capital_usd = evaluation.capital_usd()?;
            Ok((Part { business, capital_usd, npv_usd: risk.npv_usd.clone() }, risk.blocks))
        };
        let mut site =
            Self { parts: Vec::new(), left_out: PerBusiness::new(|_| None), blocks: Blocks::default() };
        for business in Business::ALL {
            match part(business) {
                Ok((part, blocks)) => {
                    site.blocks = site.blocks.larger(blocks);
                    site.parts.push(part);
                }
                Err(reason) => site.left_out[business] = Some(reason),
            }
        }
        site
    }

    /// The businesses that can be mixed, in order.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Number of paths.
    pub fn paths(&self) -> usize {
        self.parts.first().map_or(0, |part| part.npv_usd.len())
    }

    /// A mix with these shares of the site; `None` if a business with a share is left out, or if nobody has one.
    pub fn mixed(&self, shares: &PerBusiness<f64>) -> Option<Mixed> {
        let is_left_out =
            |(business, share): (Business, &f64)| *share != 0.0 && self.left_out[business].is_some();
        if shares.iter().any(is_left_out) {
            return None;
        }
        let of_parts: Vec<f64> = self.parts.iter().map(|part| shares[part.business]).collect();
        self.mix(&of_parts, &mut Vec::new())
    }

    /// A mix with the shares of the parts; `None` if it has no capital.
    pub(super) fn mix(&self, of_parts: &[f64], npv_usd: &mut Vec<f64>) -> Option<Mixed> {
        let capital_usd: f64 =
            self.parts.iter().zip(of_parts).map(|(part, share)| part.capital_usd * share).sum();
        if capital_usd.is_nan() || capital_usd <= 0.0 {
            return None;
        }
        npv_usd.clear();
        npv_usd.resize(self.paths(), 0.0);
        for (part, share) in self.parts.iter().zip(of_parts).filter(|(_, share)| **share != 0.0) {
            for (sum, npv) in npv_usd.iter_mut().zip(&part.npv_usd) {
                *sum += npv * share;
            }
        }
        let mut shares = PerBusiness::new(|_| 0.0);
        for (part, share) in self.parts.iter().zip(of_parts) {
            shares[part.business] = *share;
        }
        Some(Mixed::new(shares, capital_usd, npv_usd, self.blocks))
    }

    /// Every mix in steps of 5 %.
    pub fn grid(&self) -> Vec<Mixed> {
        divisions(self.parts.len(), STEPS)
            .into_par_iter()
            .map_init(Vec::new, |npv_usd, steps| {
                let shares: Vec<f64> = steps.iter().map(|steps| *steps as f64 / STEPS as f64).collect();
                self.mix(&shares, npv_usd)
            })
            .flatten()
            .collect()
    }

    /// Correlation of the NPVs of each pair of businesses; 0 where one of them never varies.
    pub(super) fn correlations(&self) -> Vec<(Business, Business, f64)> {
        let mut pairs = Vec::new();
        for (index, first) in self.parts.iter().enumerate() {
            for second in &self.parts[index + 1..] {
                let correlation = correlation(&first.npv_usd, &second.npv_usd);
                pairs.push((first.business, second.business, correlation));
            }
        }
        pairs
    }
}

pub(super) fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len() as f64;
    let (mean_a, mean_b) = (a.iter().sum::<f64>() / n, b.iter().sum::<f64>() / n);
    let (mut both, mut of_a, mut of_b) = (0.0, 0.0, 0.0);
    for (a, b) in a.iter().zip(b) {
        let (a, b) = (a - mean_a, b - mean_b);
        (both, of_a, of_b) = (both + a * b, of_a + a * a, of_b + b * b);
    }
    let size = (of_a * of_b).sqrt();
    if size > 0.0 { both / size } else { 0.0 }
}
