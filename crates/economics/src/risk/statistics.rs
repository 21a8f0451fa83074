//! Statistics over paths: distributions, probabilities and tails, each with its standard error.

use super::engine::quantile::quantiles;
use super::room::make_room;
use super::share::Share;
use crate::kernel::{Absent, Maybe};
use crate::results::Blocks;

/// The probabilities at which distributions and fans are read.
pub const PROBABILITIES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];
/// Share of the worst paths, for value at risk and conditional value at risk.
const TAIL: f64 = 0.05;

/// An estimate and its standard error.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Estimate {
    /// The value.
    pub value: f64,
    /// Standard error of the value over other seeds.
    pub standard_error: f64,
}

impl Estimate {
    /// A value with its standard error.
    pub const fn new(value: f64, standard_error: f64) -> Self {
        Self { value, standard_error }
    }
}

/// A distribution over paths.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Distribution {
    /// Mean.
    pub mean: Estimate,
    /// Standard deviation over paths.
    pub standard_deviation: f64,
    /// The quantiles at [`PROBABILITIES`]; infinite where a value does not exist on that many paths.
    pub quantiles: [f64; 5],
}

/// Internal rates of return over paths.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Returns {
    /// Quantiles at [`PROBABILITIES`] over the paths that have a rate, a year. Absent where most paths have none: the
    /// few rates do not represent the rest.
    pub quantiles: Maybe<[f64; 5]>,
    /// Share of paths without a meaningful rate.
    pub without: Share,
}

/// Rates of the paths so far: those that exist, and a count of each reason for a missing one.
#[derive(Debug, Default)]
pub struct Rates {
    found: Vec<f64>,
    reasons: Vec<(Absent, usize)>,
}

impl Rates {
    /// Allocates memory for the rates of all paths; `false` if there is too little.
    pub fn make_room(&mut self, paths: usize) -> bool {
        make_room(&mut self.found, paths)
    }

    /// Adds the rate of a path.
    pub fn push(&mut self, rate: Maybe<f64>) {
        match rate {
            Ok(rate) => self.found.push(rate),
            Err(reason) => match self.reasons.iter_mut().find(|(known, _)| *known == reason) {
                Some((_, count)) => *count += 1,
                None => self.reasons.push((reason, 1)),
            },
        }
    }

    /// The statistics over all paths so far; `None` without any.
    pub fn returns(&self) -> Option<Returns> {
        let without = self.reasons.iter().map(|(_, count)| count).sum();
        let paths = self.found.len() + without;
        if paths == 0 {
            return None;
        }
        // The most frequent reason; among equals the first.
        let most_frequent = self.reasons.iter().rev().max_by_key(|(_, count)| *count);
        let quantiles = match most_frequent {
            Some((reason, _)) if without > self.found.len() => Err(*reason),
            _ => Ok(read(&self.found)),
        };
        Some(Returns { quantiles, without: Share::new(without, paths) })
    }
}

/// Paybacks over paths, on cash without end proceeds.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Paybacks {
    /// Payback of each path, months; infinite for never.
    pub months: Vec<f64>,
    /// Quantiles at [`PROBABILITIES`] in months, infinite for never.
    pub quantiles: [f64; 5],
    /// Share of paths that pay back within the plan.
    pub share: Share,
    /// Share of paths that have paid back by each month `0..=T`.
    pub by_month: Vec<f64>,
    blocks: Blocks,
}

impl Paybacks {
    /// The paybacks of all paths within the plan.
    pub fn new(months: Vec<f64>, horizon: usize, blocks: Blocks) -> Self {
        Self {
            quantiles: read(&months),
            share: Share::of(months.iter().map(|months| months.is_finite()), blocks),
            by_month: paid_back_by(&months, horizon),
            months,
            blocks,
        }
    }

    /// The share of paths that have paid back by the end of a month, with what its count supports.
    pub fn paid_back_by(&self, month: usize) -> Share {
        Share::of(self.months.iter().map(|payback| *payback <= month as f64), self.blocks)
    }
}

/// Losses in the worst paths, USD, positive for a loss.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Tail {
    /// Value at risk at 95 %: minus the 5 % quantile.
    pub value_at_risk: Estimate,
    /// Minus the mean of the worst 5 %: of `n` paths the `⌊0.05n⌋` worst, and the remaining fraction of the next.
    pub conditional_value_at_risk: Estimate,
}

impl Distribution {
    /// The distribution of finite values, in the order of the paths.
    pub fn new(values: &[f64], blocks: Blocks) -> Self {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / n;
        let standard_error = if blocks.are_single() {
            (variance / n).sqrt()
        } else {
            blocks.error_of_mean(values.iter().map(|value| value - mean), n)
        };
        Self {
            mean: Estimate { value: mean, standard_error },
            standard_deviation: variance.sqrt(),
            quantiles: read(values),
        }
    }
}

/// The quantiles of values at [`PROBABILITIES`].
pub fn read(values: &[f64]) -> [f64; 5] {
    let mut out = [0.0; 5];
    quantiles(&std::iter::once(values), values.len(), &PROBABILITIES, &mut out);
    out
}

impl Tail {
    /// The tail of net present values, in the order of the paths.
    pub fn new(values: &[f64], blocks: Blocks) -> Self {
        let n = values.len() as f64;
        // The ranks one binomial standard deviation around the wanted one span the error of the quantile.
        let mut spread = (TAIL * (1.0 - TAIL) / n).sqrt();
        if !blocks.are_single() {
            let quantile = quantile_at(values, TAIL);
            let below = values.iter().map(|value| f64::from(u8::from(*value < quantile)) - TAIL);
            spread = blocks.error_of_mean(below, n);
        }
        let around = [(TAIL - spread).max(0.0), TAIL, (TAIL + spread).min(1.0)];
        let mut at = [0.0; 3];
        quantiles(&std::iter::once(values), values.len(), &around, &mut at);
        let [low, quantile, high] = at;
        let next = first_beyond_tail(values);
        let (mut sum, mut squares, mut beyond) = (0.0, 0.0, 0.0);
        for value in values {
            let shortfall = (quantile - value).max(0.0);
            sum += shortfall;
            squares += shortfall * shortfall;
            beyond += (next - value).max(0.0);
        }
        let mean = sum / n;
        let error_of_mean = if blocks.are_single() {
            ((squares / n - mean * mean).max(0.0) / n).sqrt()
        } else {
            blocks.error_of_mean(values.iter().map(|value| (quantile - value).max(0.0) - mean), n)
        };
        Self {
            value_at_risk: Estimate { value: -quantile, standard_error: (high - low) / 2.0 },
            conditional_value_at_risk: Estimate {
                // Values below the partly counted one are counted in full.
                value: beyond / (n * TAIL) - next,
                standard_error: error_of_mean / TAIL,
            },
        }
    }
}

/// The order statistic after those wholly in the tail; a fraction of it belongs to the tail.
fn first_beyond_tail(values: &[f64]) -> f64 {
    let rank = (TAIL * values.len() as f64).floor();
    quantile_at(values, (rank / (values.len() as f64 - 1.0).max(1.0)).min(1.0))
}

/// One quantile of values.
pub(super) fn quantile_at(values: &[f64], probability: f64) -> f64 {
    let mut at = [0.0];
    quantiles(&std::iter::once(values), values.len(), &[probability], &mut at);
    at[0]
}

/// The share of paths that have paid back by each month `0..=horizon`.
fn paid_back_by(paybacks: &[f64], horizon: usize) -> Vec<f64> {
    let mut counts = vec![0_u32; horizon + 1];
    for payback in paybacks.iter().filter(|payback| payback.is_finite()) {
        counts[(payback.ceil() as usize).min(horizon)] += 1;
    }
    let n = paybacks.len() as f64;
    let mut sum = 0;
    counts
        .into_iter()
        .map(|count| {
            sum += count;
            f64::from(sum) / n
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_tail_is_that_of_a_sorted_sample() {
        let values: Vec<f64> = (0..1001).map(|i| f64::from(i * 337 % 1001)).collect();
        let tail = Tail::new(&values, Blocks::default());
        assert_eq!(tail.value_at_risk.value, -50.0);
        // Values 0..=49 lie 1 to 50 below the quantile.
        let expected = (50.0 * 51.0 / 2.0) / (1001.0 * 0.05) - 50.0;
        assert!((tail.conditional_value_at_risk.value - expected).abs() < 1e-12);
        assert!(tail.conditional_value_at_risk.value >= tail.value_at_risk.value);
    }

    /// The definition: of the sorted values the whole ones and a fraction of the next, over their number.
    fn mean_of_the_worst(values: &[f64]) -> f64 {
        let mut sorted = values.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        let (whole, twentieths) = (values.len() / 20, values.len() % 20);
        let fraction = twentieths as f64 / 20.0;
        let sum = sorted[..whole].iter().sum::<f64>() + fraction * sorted.get(whole).unwrap_or(&0.0);
        sum / (values.len() as f64 / 20.0)
    }

    proptest! {
        #[test]
        fn the_worst_five_percent_may_be_no_whole_number_of_paths(
            values in prop::collection::vec(prop_oneof![-1e9..1e9f64, Just(-1e9), Just(5.0)], 1..300),
        ) {
            let found = Tail::new(&values, Blocks::default()).conditional_value_at_risk.value;
            let expected = -mean_of_the_worst(&values);
            prop_assert!((found - expected).abs() <= 1e-12 * 1e9, "{} paths: {found} {expected}", values.len());
        }
    }

    #[test]
    fn the_standard_errors_are_those_of_repeated_samples() {
        // A uniform distribution, drawn again and again from a simple generator.
        let mut state = 1_u64;
        let mut draw = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 * 2f64.powi(-53)
        };
        let samples: Vec<Tail> = (0..400)
            .map(|_| Tail::new(&(0..2000).map(|_| draw()).collect::<Vec<f64>>(), Blocks::default()))
            .collect();
        for pick in [(|tail: &Tail| tail.value_at_risk) as fn(&Tail) -> Estimate, |tail| {
            tail.conditional_value_at_risk
        }] {
            let stated = samples.iter().map(|tail| pick(tail).standard_error).sum::<f64>() / 400.0;
            let values: Vec<f64> = samples.iter().map(|tail| pick(tail).value).collect();
            let found = Distribution::new(&values, Blocks::default());
            let ratio = stated / found.standard_deviation;
            assert!((0.85..1.15).contains(&ratio), "{ratio}");
        }
    }

    #[test]
    fn rates_are_told_where_most_paths_have_one() {
        let returns = |rates: &[Maybe<f64>]| {
            let mut all = Rates::default();
            for rate in rates {
                all.push(*rate);
            }
            all.returns().unwrap()
        };
        let (none, several) = (Err(Absent::NoRate), Err(Absent::SeveralRates));
        let few = returns(&[Ok(11.3), several, none, none]);
        assert_eq!((few.quantiles, few.without.value), (Err(Absent::NoRate), 0.75));
        assert_eq!(returns(&[several, none, several]).quantiles, Err(Absent::SeveralRates));
        let half = returns(&[Ok(0.1), none, none, Ok(0.3)]);
        assert_eq!((half.quantiles.map(|rates| rates[2]), half.without.value), (Ok(0.2), 0.5));
        assert_eq!(Rates::default().returns(), None);
    }

    #[test]
    fn paybacks_are_counted_in_the_month_in_which_they_happen() {
        let by = paid_back_by(&[0.0, 0.5, 2.0, 2.1, f64::INFINITY], 4);
        assert_eq!(by, [0.2, 0.4, 0.6, 0.8, 0.8]);
    }

    #[test]
    fn a_chance_by_a_month_claims_no_more_than_that_of_the_whole_plan() {
        // Blocks of four share a draw, so that eight paths are two samples.
        let late = Paybacks::new(vec![7.0, 7.5, 8.0, 9.0, 3.0, 3.5, 4.0, f64::INFINITY], 10, Blocks::of(4));
        assert_eq!(late.paid_back_by(2).upper_95(), Some(1.0));
        assert_eq!(late.paid_back_by(10), late.share);
        for (month, share) in late.by_month.iter().enumerate() {
            assert_eq!(late.paid_back_by(month).value, *share, "month {month}");
        }
    }
}
