//! Distribution of the simulated bitcoin price at the end of a plan, in closed form.
//!
//! Its logarithm is a normal variable plus a Poisson number of jumps, so that its distribution is a sum over the number
//! of jumps. No path is needed, and the result does not depend on the seed.

use super::factors::volatility;
use crate::number::Real;
use crate::scenario::{Risk, Trajectory, mid_month};

/// Numbers of jumps of a smaller weight, relative to the likeliest, are left out.
const NEGLIGIBLE: f64 = 1e-18;

/// The logarithm of the multiplier on the bitcoin price at the end.
struct LogAtEnd {
    /// Mean without jumps.
    drift: f64,
    /// Variance of the diffusion.
    variance: f64,
    jump_mean: f64,
    jump_sd: f64,
    /// Number of jumps, and its probability.
    jumps: Vec<(f64, f64)>,
}

impl LogAtEnd {
    fn new(risk: &Risk, horizon: usize) -> Self {
        let bitcoin = &risk.bitcoin;
        let years = mid_month(horizon) / 12.0;
        let of_month = |t: usize| volatility(bitcoin, t).powi(2) * (mid_month(t) - mid_month(t - 1)) / 12.0;
        let variance = (1..=horizon).map(of_month).sum::<f64>();
        let kappa = (bitcoin.jump_mean + bitcoin.jump_sd * bitcoin.jump_sd / 2.0).exp_m1();
        let expected = bitcoin.jumps_per_year * years;
        Self {
            drift: -0.5 * variance - expected * kappa,
            variance,
            jump_mean: bitcoin.jump_mean,
            jump_sd: bitcoin.jump_sd,
            jumps: poisson(expected),
        }
    }

    /// Probability of a value below `log`, plus half the probability of `log` itself.
    fn below(&self, log: f64) -> f64 {
        let of_count = |&(count, weight): &(f64, f64)| {
            let sd = (self.variance + count * self.jump_sd * self.jump_sd).sqrt();
            let distance = log - self.drift - count * self.jump_mean;
            let below = if sd > 0.0 {
                (distance / sd).normal_cdf()
            } else if distance.abs() <= 1e-12 {
                0.5
            } else {
                f64::from(u8::from(distance > 0.0))
            };
            weight * below
        };
        self.jumps.iter().map(of_count).sum()
    }
}

/// Poisson probabilities by number of events, from the likeliest outwards, so that none underflows.
fn poisson(expected: f64) -> Vec<(f64, f64)> {
    let likeliest = expected.floor();
    let mut weights = vec![(likeliest, 1.0)];
    let (mut count, mut weight) = (likeliest, 1.0);
    while count > 0.0 && weight > NEGLIGIBLE {
        weight *= count / expected;
        count -= 1.0;
        weights.push((count, weight));
    }
    (count, weight) = (likeliest, 1.0);
    while expected > 0.0 && weight > NEGLIGIBLE {
        count += 1.0;
        weight *= expected / count;
        weights.push((count, weight));
    }
    let sum: f64 = weights.iter().map(|(_, weight)| weight).sum();
    weights.into_iter().map(|(count, weight)| (count, weight / sum)).collect()
}

/// Share of the simulated bitcoin prices at the end that lie below the plan's own, half of those that equal it
/// included.
///
/// The mean of the simulated prices is the plan's, so their median lies below it and this share is above one half.
pub(in crate::risk) fn plan_percentile(risk: &Risk, price_usd: &Trajectory, horizon: usize) -> f64 {
    let level = price_usd.levels_before_floor(horizon).last().unwrap_or(price_usd.value);
    // Every path that would lie below the floor is at the floor.
    let log = (level.max(price_usd.floor) / level).ln();
    LogAtEnd::new(risk, horizon).below(if log.is_finite() { log } else { 0.0 })
}

/// The multiple of its path below which a share of the simulated bitcoin prices of a month lies.
pub(in crate::risk) fn quantile(risk: &Risk, month: usize, share: f64) -> f64 {
    let log = LogAtEnd::new(risk, month);
    // Far beyond any price: a bracket that halves to the last digit of a logarithm.
    let (mut low, mut high) = (-700.0, 700.0);
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        if log.below(middle) < share {
            low = middle;
        } else {
            high = middle;
        }
    }
    (0.5_f64 * (low + high)).exp()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::BitcoinRisk;

    fn risk(volatility: f64, long_volatility: f64, jumps_per_year: f64) -> Risk {
        let bitcoin = BitcoinRisk { volatility, long_volatility, jumps_per_year, ..BitcoinRisk::default() };
        Risk { bitcoin, ..Risk::default() }
    }

    #[test]
    fn without_jumps_it_is_the_normal_distribution() {
        let price = Trajectory::growing(84_700.0, 0.1);
        let found = plan_percentile(&risk(0.5, 0.5, 0.0), &price, 120);
        let sd = 0.5 * (119.5_f64 / 12.0).sqrt();
        assert!((found - (sd / 2.0).normal_cdf()).abs() < 1e-14, "{found}");
        assert_eq!(plan_percentile(&risk(0.0, 0.0, 0.0), &price, 120), 0.5);
        // A plan at its floor: every path that would lie below it is at the floor too.
        let floored = Trajectory { floor: 84_700.0 * 2.0, ..Trajectory::growing(84_700.0, 0.0) };
        let found = plan_percentile(&risk(0.5, 0.5, 0.0), &floored, 120);
        let expected = ((2.0_f64.ln() + sd * sd / 2.0) / sd).normal_cdf();
        assert!((found - expected).abs() < 1e-14, "{found}");
    }

    #[test]
    fn a_quantile_has_its_share_of_the_prices_below_it() {
        let risk = risk(0.5, 0.4, 1.5);
        for share in [0.1, 0.5, 0.9] {
            let multiple = quantile(&risk, 60, share);
            let below = LogAtEnd::new(&risk, 60).below(multiple.ln());
            assert!((below - share).abs() < 1e-9, "{share}: {multiple} {below}");
        }
    }

    #[test]
    fn any_number_of_jumps_has_probabilities_that_add_up() {
        for expected in [0.0, 0.3, 1.0, 29.9, 2_500.0] {
            let weights = poisson(expected);
            let moment = |power: i32| weights.iter().map(|(count, p)| count.powi(power) * p).sum::<f64>();
            assert!(
                (moment(0) - 1.0).abs() < 1e-12 && (moment(1) - expected).abs() < 1e-9 * expected.max(1.0)
            );
            let variance = weights.iter().map(|(count, p)| (count - expected).powi(2) * p).sum::<f64>();
            assert!((variance - expected).abs() < 1e-9 * expected.max(1.0), "{variance}");
        }
    }
}
