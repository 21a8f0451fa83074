//! One mix over all paths.

use crate::business::{Business, PerBusiness};
use crate::results::Blocks;
use crate::risk::{Estimate, Share, Tail};

/// Number of steps of a share from none to the whole site.
pub const STEPS: usize = 20;

/// What value and risk of a mix are counted for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Per {
    /// A dollar of its capital.
    #[default]
    Dollar,
    /// The whole site, USD.
    Site,
}

/// A mix: its shares, and what its paths come to.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Mixed {
    /// Share of the site of each business.
    pub shares: PerBusiness<f64>,
    /// Own capex, USD.
    pub capital_usd: f64,
    /// Expected NPV, USD.
    pub npv_usd: Estimate,
    /// Minus the mean NPV of the worst 5 % of the paths, USD.
    pub cvar_usd: Estimate,
    /// Share of the paths with a negative NPV.
    pub loss: Share,
}

impl Mixed {
    /// A mix from the NPVs of its paths, USD.
    pub(super) fn new(shares: PerBusiness<f64>, capital_usd: f64, npv_usd: &[f64], blocks: Blocks) -> Self {
        let n = npv_usd.len() as f64;
        let mean = npv_usd.iter().sum::<f64>() / n;
        let error = blocks.error_of_mean(npv_usd.iter().map(|npv| npv - mean), n);
        Self {
            shares,
            capital_usd,
            npv_usd: Estimate::new(mean, error),
            cvar_usd: Tail::new(npv_usd, blocks).conditional_value_at_risk,
            loss: Share::of(npv_usd.iter().map(|npv| *npv < 0.0), blocks),
        }
    }

    /// Expected NPV per dollar of capital.
    pub fn npv_per_capital(&self) -> Estimate {
        self.per_capital(self.npv_usd)
    }

    /// CVaR per dollar of capital.
    pub fn cvar_per_capital(&self) -> Estimate {
        self.per_capital(self.cvar_usd)
    }

    /// Expected NPV, per dollar or of the whole site.
    pub fn value(&self, per: Per) -> Estimate {
        match per {
            Per::Dollar => self.npv_per_capital(),
            Per::Site => self.npv_usd,
        }
    }

    /// CVaR, per dollar or of the whole site.
    pub fn risk(&self, per: Per) -> Estimate {
        match per {
            Per::Dollar => self.cvar_per_capital(),
            Per::Site => self.cvar_usd,
        }
    }

    fn per_capital(&self, usd: Estimate) -> Estimate {
        Estimate::new(usd.value / self.capital_usd, usd.standard_error / self.capital_usd)
    }
}

/// A business alone on the whole site, of a grid of mixes.
pub(super) fn alone(grid: &[Mixed], business: Business) -> Option<&Mixed> {
    grid.iter().find(|mixed| mixed.shares[business] == 1.0)
}

/// Every way to divide `steps` steps among `parts` parts, the first part fastest.
pub(super) fn divisions(parts: usize, steps: usize) -> Vec<Vec<usize>> {
    match parts {
        0 => Vec::new(),
        1 => vec![vec![steps]],
        _ => (0..=steps)
            .flat_map(|last| {
                divisions(parts - 1, steps - last).into_iter().map(move |mut shares| {
                    shares.push(last);
                    shares
                })
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_businesses_have_231_mixes_that_add_up() {
        let all = divisions(3, STEPS);
        assert_eq!(all.len(), 231);
        assert!(all.iter().all(|shares| shares.iter().sum::<usize>() == STEPS));
        assert_eq!((divisions(1, STEPS).len(), divisions(0, STEPS).len()), (1, 0));
    }
}
