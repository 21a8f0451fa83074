//! Cache of the simulated markets of every path, kept while only the businesses change.
//!
//! A slider of a key driver changes levels and cash flows, but neither the random numbers nor the multipliers made from
//! them. With the cache they are not drawn again, and the result is the same to the last bit.

use std::sync::Arc;

use fearless_simd::{Simd, SimdBase, f64x8};
use rayon::prelude::*;

use super::factors::{FactorModel, FactorState, Shocks};
use super::quasi::{Bridge, Sampling};
use super::resampled::{Resampled, Walk};
use crate::kernel::Factors;
use crate::risk::engine::lanes::LANES;
use crate::risk::engine::random::Generators;
use crate::risk::room::make_room;
use crate::scenario::Risk;

/// Values per month and group: the factors of four markets.
const NUMBERS: usize = 4 * LANES;
/// Capacity in values: 100 MB.
const MOST_NUMBERS: usize = 12_500_000;

/// Inputs of the markets of a run.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::risk) struct Key {
    risk: Risk,
    horizon: usize,
    sampling: Sampling,
    /// Recorded months in the place of drawn ones.
    resampled: Option<Arc<Resampled>>,
}

/// Largest number of paths whose markets over `horizon_months` months fit in the cache.
pub(in crate::risk) fn most_kept_paths(horizon_months: usize) -> usize {
    MOST_NUMBERS / NUMBERS / horizon_months.max(1) * LANES
}

/// Largest number of quasi-random paths of a plan of `horizon_months` months: their markets are kept in memory, and
/// there are no more scrambled Sobol points than 2¹⁶.
pub fn most_quasi_paths(horizon_months: usize) -> usize {
    most_kept_paths(horizon_months).min(1 << 16)
}

impl Key {
    pub(in crate::risk) fn new(
        risk: &Risk,
        horizon: usize,
        sampling: Sampling,
        resampled: Option<&Arc<Resampled>>,
    ) -> Self {
        // The reserve is compared with the cash, and moves no market.
        let risk = Risk { cash_reserve_usd: 0.0, reserve_months: 0.0, ..risk.clone() };
        Self { risk, horizon, sampling, resampled: resampled.map(Arc::clone) }
    }

    /// Whether its markets are only made to be kept.
    pub(in crate::risk) fn is_only_kept(&self) -> bool {
        self.sampling == Sampling::Quasi || self.resampled.is_some()
    }

    /// Whether its markets must not be drawn as they are needed, as they would be others.
    pub(in crate::risk) fn is_resampled(&self) -> bool {
        self.resampled.is_some()
    }

    /// Number of its paths.
    pub(in crate::risk) fn paths(&self) -> usize {
        self.risk.paths as usize
    }

    /// Number of values of its markets.
    fn numbers(&self) -> usize {
        (self.risk.paths as usize).div_ceil(LANES) * self.horizon * NUMBERS
    }

    /// Memory of its markets, bytes.
    pub(in crate::risk) fn bytes(&self) -> usize {
        self.numbers() * size_of::<f64>()
    }

    /// Whether its markets can be drawn and kept.
    pub(in crate::risk) fn fits(&self) -> bool {
        let most = match self.sampling {
            Sampling::Random => most_kept_paths(self.horizon),
            Sampling::Quasi => most_quasi_paths(self.horizon),
        };
        self.risk.paths as usize <= most
    }
}

/// The markets of every path, by group of paths, then month.
#[derive(Debug, Default)]
pub(in crate::risk) struct FactorCache {
    key: Option<Key>,
    numbers: Vec<f64>,
}

impl FactorCache {
    /// Whether it holds the markets of a key.
    pub(in crate::risk) fn holds(&self, key: &Key) -> bool {
        self.key.as_ref() == Some(key)
    }

    /// Allocates memory for the markets of a key, discarding those of another. `false` if there is too little.
    pub(in crate::risk) fn make_room(&mut self, key: &Key) -> bool {
        self.key = None;
        make_room(&mut self.numbers, key.numbers())
    }

    /// Frees the memory.
    pub(in crate::risk) fn release(&mut self) {
        *self = Self::default();
    }

    /// Draws the markets of a key; `frozen` is a draw that comes from another seed.
    #[inline(always)]
    pub(in crate::risk) fn fill<S: Simd>(
        &mut self,
        simd: S,
        key: Key,
        factors: &FactorModel,
        frozen: Option<(MarketDraw, u64)>,
    ) {
        let of_group = key.horizon * NUMBERS;
        self.numbers.resize(key.numbers(), 0.0);
        let bridge = (key.sampling == Sampling::Quasi).then(|| Bridge::new(key.horizon));
        let resampled = key.resampled.as_deref();
        let draw = Draw { seed: key.risk.seed, frozen, factors, bridge: bridge.as_ref(), resampled };
        // Each thread reuses its buffers.
        self.numbers.par_chunks_mut(of_group).enumerate().for_each_init(
            <(Vec<_>, Vec<_>)>::default,
            |(shocks, others), (group, numbers)| {
                simd.vectorize(
                    #[inline(always)]
                    || draw.group(simd, group, (shocks, others), numbers),
                );
            },
        );
        self.key = Some(key);
    }

    /// Share of the paths whose bitcoin multiplier at the end is below 1, and half of those at 1.
    pub(in crate::risk) fn bitcoin_below_plan(&self) -> f64 {
        let Some(Key { horizon, risk, .. }) = &self.key else { return 0.5 };
        let last = |path: usize| {
            let month = (path / LANES + 1) * horizon - 1;
            self.numbers.get(month * NUMBERS + path % LANES).copied().unwrap_or(1.0)
        };
        let below = |multiplier: f64| match multiplier.total_cmp(&1.0) {
            std::cmp::Ordering::Less => 1.0,
            std::cmp::Ordering::Equal => 0.5,
            std::cmp::Ordering::Greater => 0.0,
        };
        (0..risk.paths as usize).map(|path| below(last(path))).sum::<f64>() / f64::from(risk.paths)
    }

    /// Reads the factors of a group of paths from month `first ≥ 1` on.
    #[inline(always)]
    pub(in crate::risk) fn read<S: Simd>(
        &self,
        simd: S,
        group: usize,
        first: usize,
        horizon: usize,
        out: &mut [Factors<f64x8<S>>],
    ) {
        let from = (group * horizon + first - 1) * NUMBERS;
        let until = from + out.len() * NUMBERS;
        // The last tile holds groups without paths.
        let (from, until) = if until <= self.numbers.len() { (from, until) } else { (0, until - from) };
        for (numbers, out) in self.numbers[from..until].chunks_exact(NUMBERS).zip(out) {
            out.bitcoin = f64x8::from_slice(simd, &numbers[..LANES]);
            out.network = f64x8::from_slice(simd, &numbers[LANES..2 * LANES]);
            out.rental = f64x8::from_slice(simd, &numbers[2 * LANES..3 * LANES]);
            out.power = f64x8::from_slice(simd, &numbers[3 * LANES..]);
        }
    }
}

/// An independent draw of the markets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::risk) enum MarketDraw {
    Bitcoin,
    Network,
    Rental,
    RentalTrend,
    Power,
}

impl MarketDraw {
    /// Copies this draw of a month from `from`.
    #[inline(always)]
    fn take<V: Copy>(self, shocks: &mut Shocks<V>, from: &Shocks<V>) {
        match self {
            Self::Bitcoin => {
                shocks.normal[0] = from.normal[0];
                (shocks.jump_count, shocks.jump_size) = (from.jump_count, from.jump_size);
            }
            Self::Network => shocks.normal[1] = from.normal[1],
            Self::Rental => shocks.normal[2] = from.normal[2],
            Self::Power => shocks.normal[3] = from.normal[3],
            // Drawn once per path.
            Self::RentalTrend => {}
        }
    }
}

/// The random numbers of eight paths by month.
type MonthsOf<S> = Vec<Shocks<f64x8<S>>>;

/// Parameters of a draw of the markets.
struct Draw<'a> {
    seed: u64,
    /// Draw that comes from another seed, and that seed.
    frozen: Option<(MarketDraw, u64)>,
    factors: &'a FactorModel,
    /// Bridge of quasi-random numbers.
    bridge: Option<&'a Bridge>,
    /// Recorded months in the place of drawn ones.
    resampled: Option<&'a Resampled>,
}

impl Draw<'_> {
    /// All months of a group of paths, into `numbers`; `shocks` and `others` are buffers for both seeds.
    #[inline(always)]
    fn group<S: Simd>(
        &self,
        simd: S,
        group: usize,
        (shocks, others): (&mut MonthsOf<S>, &mut MonthsOf<S>),
        numbers: &mut [f64],
    ) {
        let (first_path, mut trend_seed) = (group * LANES, self.seed);
        self.shocks(simd, self.seed, first_path, (shocks, numbers.len() / NUMBERS));
        if let Some((draw, seed)) = self.frozen {
            self.shocks(simd, seed, first_path, (others, numbers.len() / NUMBERS));
            shocks.iter_mut().zip(&*others).for_each(|(shocks, others)| draw.take(shocks, others));
            if draw == MarketDraw::RentalTrend {
                trend_seed = seed;
            }
        }
        let trend = self.factors.trend(simd, trend_seed, first_path);
        let mut state = FactorState::start(trend);
        let mut walk = Walk::default();
        for (index, (shocks, numbers)) in shocks.iter().zip(numbers.chunks_exact_mut(NUMBERS)).enumerate() {
            let mut now = self.factors.step(1 + index, trend, &mut state, shocks);
            if let Some(resampled) = self.resampled {
                (now.bitcoin, now.network) = resampled.step(simd, 1 + index, shocks.jump_count, &mut walk);
            }
            let all = [now.bitcoin, now.network, now.rental, now.power];
            for (values, kept) in all.iter().zip(numbers.chunks_exact_mut(LANES)) {
                values.store_slice(kept);
            }
        }
    }

    /// The random numbers of eight paths under a seed, all months.
    #[inline(always)]
    fn shocks<S: Simd>(
        &self,
        simd: S,
        seed: u64,
        first_path: usize,
        (shocks, months): (&mut MonthsOf<S>, usize),
    ) {
        shocks.resize(months, Shocks::zero(f64x8::splat(simd, 0.0)));
        Shocks::draw(&mut Generators::of_paths(simd, seed, first_path), shocks);
        if let Some(bridge) = self.bridge {
            bridge.bend(simd, seed, first_path, shocks);
        }
    }
}
