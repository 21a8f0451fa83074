//! Months of the record in the place of drawn ones: blocks of them, each market with the other's month.
//!
//! Bitcoin and the network take what a recorded month did, one after the other until a new block begins (stationary
//! bootstrap). Rental and power are drawn as ever: too few of their months are recorded.

use fearless_simd::{Simd, SimdBase, f64x8};

use crate::risk::engine::lanes::LANES;

/// Source of the simulated bitcoin price and network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FactorSource {
    /// The scenario's volatilities, jumps and correlations.
    #[default]
    Parametric,
    /// Blocks of recorded months; rental and power by the scenario's risks.
    Bootstrap,
}

impl FactorSource {
    /// Both, in order.
    pub const ALL: [Self; 2] = [Self::Parametric, Self::Bootstrap];

    /// The stable name, in options and in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Parametric => "parametric",
            Self::Bootstrap => "bootstrap",
        }
    }

    /// Meaning in one line.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Parametric => "The volatilities, jumps and correlations of the scenario",
            Self::Bootstrap => {
                "Bitcoin and network from blocks of recorded months, twelve on average; rental and power by the risks \
                 of the scenario"
            }
        }
    }
}

/// Mean length of a block, months.
const MEAN_BLOCK: f64 = 12.0;
/// Fewest months: of less there are hardly two blocks.
pub const FEWEST_MONTHS: usize = 24;

/// What the recorded months did to bitcoin and to the network.
///
/// ```
/// use wattfolio_economics::risk::Resampled;
///
/// // A price that doubles and halves in turn has the mean 1.25 a month, which is taken out of it.
/// let months: Vec<[f64; 2]> = (0..24).map(|t| [if t % 2 == 0 { 2.0_f64.ln() } else { 0.5_f64.ln() }, 0.0]).collect();
/// let resampled = Resampled::new(&months).unwrap();
/// assert!((resampled.mean_at(1) - 1.0).abs() < 1e-12);
/// // What is left is the order of the months: after a double there is mostly a half.
/// assert!(resampled.mean_at(13) < 1.0);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Resampled {
    /// By recorded month: the logarithm of bitcoin's change, and what is added to that of the network. The mean of the
    /// exponential of each is 1.
    months: Vec<[f64; 2]>,
    /// The same for month 1, which is half a month.
    halves: Vec<[f64; 2]>,
}

/// The recorded month at which each path of a group stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Walk {
    at: [usize; LANES],
    /// Logarithm of the bitcoin multiplier.
    bitcoin: [f64; LANES],
}

impl Resampled {
    /// Recorded months in their order; `None` if there are too few, or one of them is no number.
    pub fn new(months: &[[f64; 2]]) -> Option<Self> {
        let is_enough =
            months.len() >= FEWEST_MONTHS && months.iter().flatten().all(|value| value.is_finite());
        is_enough.then(|| Self { months: shifted(months, 1.0), halves: shifted(months, 0.5_f64.sqrt()) })
    }

    /// Number of recorded months.
    pub fn months(&self) -> usize {
        self.months.len()
    }

    /// Mean of the bitcoin multiplier in month `t`. It is 1 in the first month; after it the order of the months within a
    /// block, which is that of the record, leaves something of it.
    pub fn mean_at(&self, t: usize) -> f64 {
        let count = self.months.len();
        let begin = 1.0 / count as f64;
        // Mean of the multiplier on the paths that stand at each month.
        let mut means: Vec<f64> = self.halves.iter().map(|[bitcoin, _]| begin * bitcoin.exp()).collect();
        for _ in 1..t {
            let sum: f64 = means.iter().sum();
            let before = means.clone();
            for (at, mean) in means.iter_mut().enumerate() {
                let goes_on = before[(at + count - 1) % count] * (1.0 - 1.0 / MEAN_BLOCK);
                *mean = (goes_on + sum * begin / MEAN_BLOCK) * self.months[at][0].exp();
            }
        }
        if t == 0 { 1.0 } else { means.iter().sum() }
    }

    /// Moves a group of paths on by month `t ≥ 1`, by a uniform number each: the bitcoin multiplier, and what is added to
    /// the logarithm of the network.
    #[inline(always)]
    pub(super) fn step<S: Simd>(
        &self,
        simd: S,
        t: usize,
        uniform: f64x8<S>,
        walk: &mut Walk,
    ) -> (f64x8<S>, f64x8<S>) {
        let mut uniforms = [0.0; LANES];
        uniform.store_slice(&mut uniforms);
        let (mut bitcoin, mut network) = ([0.0; LANES], [0.0; LANES]);
        let of_month = if t == 1 { &self.halves } else { &self.months };
        for lane in 0..LANES {
            walk.at[lane] = self.next(t == 1, walk.at[lane], uniforms[lane]);
            let [change, shock] = of_month[walk.at[lane]];
            walk.bitcoin[lane] += change;
            (bitcoin[lane], network[lane]) = (walk.bitcoin[lane].exp(), shock);
        }
        (f64x8::from_slice(simd, &bitcoin), f64x8::from_slice(simd, &network))
    }

    /// The month after `at`, or the first of a new block: what is left of the uniform number that begins it says which.
    fn next(&self, is_first: bool, at: usize, uniform: f64) -> usize {
        let count = self.months.len();
        let share = if is_first { 1.0 } else { 1.0 / MEAN_BLOCK };
        if uniform < share {
            ((uniform / share * count as f64) as usize).min(count - 1)
        } else {
            (at + 1) % count
        }
    }
}

/// The changes times a factor, each market shifted so that the mean of its exponential is 1.
fn shifted(months: &[[f64; 2]], factor: f64) -> Vec<[f64; 2]> {
    let shift: [f64; 2] = std::array::from_fn(|market| {
        let sum: f64 = months.iter().map(|month| (month[market] * factor).exp()).sum();
        (sum / months.len() as f64).ln()
    });
    months.iter().map(|month| std::array::from_fn(|market| month[market] * factor - shift[market])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(months: usize) -> Vec<[f64; 2]> {
        (0..months).map(|t| [0.1 * (t as f64 * 1.3).sin() + 0.01, 0.03 * (t as f64 * 0.7).cos()]).collect()
    }

    #[test]
    fn blocks_go_on_and_begin_anywhere_alike() {
        let resampled = Resampled::new(&record(30)).unwrap();
        assert_eq!(resampled.next(false, 29, 0.5), 0, "the record is a ring");
        assert_eq!(resampled.next(false, 3, 1.0 / 12.0), 4);
        let begins: Vec<usize> =
            (0..30).map(|index| resampled.next(false, 3, (f64::from(index) + 0.5) / 360.0)).collect();
        assert_eq!(begins, (0..30).collect::<Vec<usize>>());
        assert_eq!(resampled.next(true, 0, 0.999), 29);
    }

    #[test]
    fn every_market_has_the_mean_one_over_the_recorded_months() {
        let resampled = Resampled::new(&record(40)).unwrap();
        for table in [&resampled.months, &resampled.halves] {
            for market in 0..2 {
                let mean = table.iter().map(|month| month[market].exp()).sum::<f64>() / 40.0;
                assert!((mean - 1.0).abs() < 1e-14, "{mean}");
            }
        }
        assert!(Resampled::new(&record(23)).is_none() && Resampled::new(&[[f64::NAN, 0.0]; 30]).is_none());
    }
}
