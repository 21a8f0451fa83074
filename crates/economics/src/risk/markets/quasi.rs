//! Quasi-random numbers: scrambled Sobol points that fix each market at the most important months.
//!
//! The random walk of each market is fixed at sixteen months in the order of a Brownian bridge: the end, the middle,
//! the quarters, …; the months between follow pseudo-random numbers, shifted so that they add up to it, which leaves
//! their distribution unchanged. Jumps and defaults stay pseudo-random.

use fearless_simd::{Simd, SimdBase, f64x8};

use super::factors::Shocks;
use crate::risk::engine::lanes::{LANES, normal_quantile};

/// Source of the random numbers of the markets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sampling {
    /// Pseudo-random numbers: standard errors hold, any number of paths.
    #[default]
    Random,
    /// Scrambled Sobol points: means and medians are steadier; standard errors are upper bounds.
    Quasi,
}

impl Sampling {
    /// Both, in order.
    pub const ALL: [Self; 2] = [Self::Random, Self::Quasi];

    /// The stable name, in options and in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Random => "random",
            Self::Quasi => "quasi",
        }
    }

    /// Meaning in one line.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Random => "Pseudo-random numbers",
            Self::Quasi => {
                "Scrambled Sobol points along Brownian bridges: steadier means and medians from as many paths"
            }
        }
    }
}

/// Number of months of each market that quasi-random numbers fix.
const NODES: usize = 16;
/// Half the spacing of the points, which are 32-bit floats.
const HALF_STEP: f64 = 1.0 / 33_554_432.0;

/// A month between two fixed ones: its sum is a weighted mean of theirs plus a random part.
#[derive(Clone, Copy, Debug)]
struct Node {
    left: usize,
    month: usize,
    /// For the end, which no month follows, the month itself.
    right: usize,
    left_weight: f64,
    right_weight: f64,
    sd: f64,
}

/// The months that quasi-random numbers fix, in the order of a Brownian bridge.
#[derive(Clone, Debug)]
pub(in crate::risk) struct Bridge {
    nodes: Vec<Node>,
    /// The same months, ascending.
    months: Vec<usize>,
}

impl Bridge {
    /// A bridge over the months `1..=horizon`; the widest gap is halved first.
    pub(in crate::risk) fn new(horizon: usize) -> Self {
        let sd = (horizon as f64).sqrt();
        let end = Node { left: 0, month: horizon, right: horizon, left_weight: 1.0, right_weight: 0.0, sd };
        let mut nodes = vec![end];
        let mut gaps = vec![(0, horizon)];
        while nodes.len() < NODES.min(horizon) {
            let widest = (0..gaps.len()).max_by_key(|gap| gaps[*gap].1 - gaps[*gap].0).unwrap_or(0);
            let (left, right) = gaps.swap_remove(widest);
            let month = usize::midpoint(left, right);
            let (before, after) = ((month - left) as f64, (right - month) as f64);
            let width = before + after;
            nodes.push(Node {
                left,
                month,
                right,
                left_weight: after / width,
                right_weight: before / width,
                sd: (before * after / width).sqrt(),
            });
            gaps.extend([(left, month), (month, right)]);
        }
        let mut months: Vec<usize> = nodes.iter().map(|node| node.month).collect();
        months.sort_unstable();
        Self { nodes, months }
    }

    /// Shifts the normal numbers of eight paths: their sums are quasi-random at the months of the bridge.
    #[inline(always)]
    pub(in crate::risk) fn bend<S: Simd>(
        &self,
        simd: S,
        seed: u64,
        first_path: usize,
        shocks: &mut [Shocks<f64x8<S>>],
    ) {
        let zero = f64x8::splat(simd, 0.0);
        let mut sums = vec![zero; shocks.len() + 1];
        for factor in 0..4 {
            for (index, node) in self.nodes.iter().enumerate() {
                // The most important months, of all four markets, take the first dimensions.
                let z = normal_quantile(points(simd, seed, first_path, index * 4 + factor));
                let known = sums[node.left] * node.left_weight + sums[node.right] * node.right_weight;
                sums[node.month] = known + z * node.sd;
            }
            let mut from = 0;
            for &until in &self.months {
                let mut sum = zero;
                for month in &shocks[from..until] {
                    sum += month.normal[factor];
                }
                let off = (sums[until] - sums[from] - sum) * (1.0 / (until - from) as f64);
                for month in &mut shocks[from..until] {
                    month.normal[factor] += off;
                }
                from = until;
            }
            // The end reads its own sum with weight 0, so the sum must be finite.
            sums.fill(zero);
        }
    }
}

/// A dimension of the Sobol points of eight paths, between 0 and 1.
#[inline(always)]
fn points<S: Simd>(simd: S, seed: u64, first_path: usize, dimension: usize) -> f64x8<S> {
    let scramble = (seed ^ (seed >> 32)) as u32;
    let mut points = [0.0; LANES];
    for (lane, point) in points.iter_mut().enumerate() {
        let index = (first_path + lane) as u32;
        *point = f64::from(sobol_burley::sample(index, dimension as u32, scramble)) + HALF_STEP;
    }
    f64x8::from_slice(simd, &points)
}
