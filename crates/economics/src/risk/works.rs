//! Delays of the works of each business: one delay per block of eight consecutive paths, so that its paths share
//! monthly tables.
//!
//! Block `j` takes the quantile of the `j`-th point of a van der Corput sequence. The sequence is scrambled, and its
//! order shuffled, for each business, so that the delays of two businesses are independent.

use super::engine::lanes::LANES;
use super::engine::random::scramble;
use crate::number::Real;
use crate::scenario::WorksRisk;

/// Longest delay, months.
const LONGEST_MONTHS: usize = 60;

/// Distribution of a delay: log-normal, rounded to whole months.
#[derive(Clone, Debug)]
struct Delay {
    /// Probability of a delay of less than 1, 2, … months.
    below: Vec<f64>,
}

impl Delay {
    fn new(risk: &WorksRisk) -> Self {
        let (mean, sd) = (risk.delay_mean_months, risk.delay_sd_months);
        let below = |months: usize| {
            // A delay of half a month less rounds up to `months`.
            let edge = months as f64 - 0.5;
            if mean <= 0.0 {
                1.0
            } else if sd <= 0.0 {
                if mean < edge { 1.0 } else { 0.0 }
            } else {
                let variance = (sd / mean).powi(2).ln_1p();
                ((edge.ln() - mean.ln() + variance / 2.0) / variance.sqrt()).normal_cdf()
            }
        };
        Self { below: (1..=LONGEST_MONTHS).map(below).collect() }
    }

    /// The delay at a quantile, months.
    fn at(&self, quantile: f64) -> usize {
        self.below.partition_point(|below| *below <= quantile)
    }
}

/// The delay of works at a quantile, months.
pub(super) fn delay_at(risk: &WorksRisk, quantile: f64) -> usize {
    Delay::new(risk).at(quantile)
}

/// The delays of the blocks of a run.
#[derive(Clone, Debug)]
pub(super) struct Delays {
    /// Delays that occur, ascending, months; 0 is always the first.
    pub distinct: Vec<usize>,
    /// Index into `distinct` of each block.
    of_block: Vec<u8>,
}

impl Delays {
    /// The delays of a business, by its index, over `paths` paths.
    pub(super) fn new(risk: &WorksRisk, seed: u64, business: usize, paths: usize) -> Self {
        if risk.delay_mean_months <= 0.0 {
            return Self { distinct: vec![0], of_block: Vec::new() };
        }
        let (delay, sequence) = (Delay::new(risk), Sequence::new(seed, business));
        let of_block: Vec<usize> =
            (0..paths.div_ceil(LANES)).map(|block| delay.at(sequence.point(block as u32))).collect();
        let mut occurs = [false; LONGEST_MONTHS + 1];
        occurs[0] = true;
        for months in &of_block {
            occurs[*months] = true;
        }
        let mut index = [0_u8; LONGEST_MONTHS + 1];
        let mut distinct = Vec::new();
        for months in (0..=LONGEST_MONTHS).filter(|months| occurs[*months]) {
            index[months] = distinct.len() as u8;
            distinct.push(months);
        }
        Self { distinct, of_block: of_block.into_iter().map(|months| index[months]).collect() }
    }

    /// Index into `distinct` of a group of eight paths.
    #[inline(always)]
    pub(super) fn index_of_group(&self, group: usize) -> usize {
        // The last tile holds groups without paths.
        self.of_block.get(group).map_or(0, |index| usize::from(*index))
    }

    /// Delay of a group of eight paths, months.
    pub(super) fn months_of_group(&self, group: usize) -> usize {
        self.distinct[self.index_of_group(group)]
    }

    /// Number of paths that share a draw: their results are not independent samples.
    pub(super) fn paths_of_block(&self) -> usize {
        if self.of_block.is_empty() { 1 } else { LANES }
    }
}

/// A scrambled and shuffled van der Corput sequence in base 2 (Owen scrambling by hashing: Laine & Karras 2011, Burley
/// 2020).
#[derive(Clone, Copy, Debug)]
struct Sequence {
    order: u32,
    digits: u32,
}

const BUSINESS_STEP: u64 = 0x9fb2_1c65_1e98_df25;

impl Sequence {
    fn new(seed: u64, business: usize) -> Self {
        let hash = scramble(seed ^ (business as u64 + 1).wrapping_mul(BUSINESS_STEP));
        Self { order: (hash >> 32) as u32, digits: hash as u32 }
    }

    /// Point `index`, strictly between 0 and 1.
    fn point(&self, index: u32) -> f64 {
        // The digits of a point are its index reversed; a permutation of the reversed index shuffles the order.
        let shuffled = nested(index.reverse_bits(), self.order);
        let digits = nested(shuffled.reverse_bits(), self.digits).reverse_bits();
        (f64::from(digits) + 0.5) * 2f64.powi(-32)
    }
}

/// A permutation in which each bit depends on the lower ones alone.
const fn nested(x: u32, seed: u32) -> u32 {
    let x = x ^ x.wrapping_mul(0x3d20_adea);
    let x = x.wrapping_add(seed);
    let x = x.wrapping_mul((seed >> 16) | 1);
    let x = x ^ x.wrapping_mul(0x0552_6c56);
    x ^ x.wrapping_mul(0x53a2_2864)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn risk(mean: f64, sd: f64) -> WorksRisk {
        WorksRisk { delay_mean_months: mean, delay_sd_months: sd, overrun_sd: 0.0 }
    }

    #[test]
    fn the_points_fill_the_line_evenly_and_two_businesses_are_independent() {
        let points = |business| -> Vec<f64> {
            let sequence = Sequence::new(3, business);
            (0..4096).map(|index| sequence.point(index)).collect()
        };
        let all = [points(0), points(1), points(2)];
        for points in &all {
            for count in [16, 256, 4096] {
                let mut cells: Vec<usize> =
                    points[..count].iter().map(|point| (point * count as f64) as usize).collect();
                cells.sort_unstable();
                assert!(cells.into_iter().eq(0..count), "one point in each cell");
            }
        }
        for (a, b) in [(0, 1), (0, 2), (1, 2)] {
            let sum: f64 = all[a].iter().zip(&all[b]).map(|(x, y)| (x - 0.5) * (y - 0.5)).sum();
            let correlation = 12.0 * sum / 4096.0;
            assert!(correlation.abs() < 4.0 / 64.0, "{a} {b}: {correlation}");
        }
        assert_ne!(Sequence::new(4, 0).point(0), all[0][0], "another seed");
    }

    /// From the quantiles of the normal distribution.
    #[test]
    fn a_delay_is_the_rounded_quantile_of_its_log_normal_distribution() {
        let delay = Delay::new(&risk(4.0, 4.0));
        let sigma = 2f64.ln().sqrt();
        let median = 4.0 / 2f64.sqrt();
        for (quantile, z) in [
            (0.05, -1.644_853_626_951_472_7),
            (0.25, -0.674_489_750_196_081_7),
            (0.5, 0.0),
            (0.75, 0.674_489_750_196_081_7),
            (0.95, 1.644_853_626_951_472_7),
            (0.999, 3.090_232_306_167_813),
        ] {
            let expected = (median * f64::exp(sigma * z) + 0.5).floor() as usize;
            assert_eq!(delay.at(quantile), expected, "{quantile}");
        }
        assert_eq!(delay.at(1.0 - 1e-12), LONGEST_MONTHS);
        // Without a spread every delay is the rounded mean.
        for (mean, months) in [(0.49, 0), (0.5, 1), (3.0, 3), (3.5, 4), (36.0, 36)] {
            let delay = Delay::new(&risk(mean, 0.0));
            assert_eq!([1e-9, 0.5, 1.0 - 1e-9].map(|quantile| delay.at(quantile)), [months; 3], "{mean}");
        }
        assert_eq!(Delay::new(&risk(0.0, 5.0)).at(1.0 - 1e-9), 0);
    }

    #[test]
    fn the_blocks_of_a_run_have_the_mean_and_share_the_tables_that_occur() {
        let delays = Delays::new(&risk(4.0, 4.0), 1, 1, 80_000);
        let months = |group| delays.months_of_group(group);
        let mean = (0..10_000).map(|group| months(group) as f64).sum::<f64>() / 10_000.0;
        // Rounding and the longest delay move the mean a little.
        assert!((mean - 4.0).abs() < 0.03, "{mean}");
        assert!(delays.distinct[0] == 0 && delays.distinct.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!((delays.paths_of_block(), months(10_000)), (8, 0));
        let none = Delays::new(&risk(0.0, 4.0), 1, 1, 80_000);
        assert_eq!((none.distinct.as_slice(), none.paths_of_block()), ([0].as_slice(), 1));
        // A mean that rounds to 0 gives no delay.
        let late = Delays::new(&risk(0.2, 0.0), 1, 1, 80_000);
        assert!(late.distinct == [0] && (0..10_000).all(|group| late.index_of_group(group) == 0));
    }
}
