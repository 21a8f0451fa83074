//! The simulated markets of every path, kept while only the businesses change.
//!
//! A slider of a key driver moves levels and cash flows, but neither the random numbers nor the multipliers that
//! they make. Kept, they need not be drawn again, and the answer is the same to the last bit.

use std::sync::Arc;

use fearless_simd::{Simd, SimdBase, f64x8};
use rayon::prelude::*;

use super::factors::{FactorModel, FactorState, Shocks};
use super::lanes::LANES;
use super::quasi::{Bridge, Sampling};
use super::random::Generators;
use super::resampled::{Resampled, Walk};
use super::room::make_room;
use crate::kernel::Factors;
use crate::scenario::Risk;

/// Numbers of a month and group: what chance does to four markets.
const NUMBERS: usize = 4 * LANES;
/// Most memory that is kept, in numbers: 100 MB.
const MOST_NUMBERS: usize = 12_500_000;

/// What the markets of a run depend on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Key {
    risk: Risk,
    horizon: usize,
    sampling: Sampling,
    /// Recorded months in the place of drawn ones.
    resampled: Option<Arc<Resampled>>,
}

/// Largest number of paths whose markets over `horizon_months` months fit in the cache.
pub(super) fn most_kept_paths(horizon_months: usize) -> usize {
    MOST_NUMBERS / NUMBERS / horizon_months.max(1) * LANES
}

/// Largest number of quasi-random paths of a plan of `horizon_months` months: their markets are kept in memory, and
/// there are no more scrambled Sobol points than 2¹⁶.
pub fn most_quasi_paths(horizon_months: usize) -> usize {
    most_kept_paths(horizon_months).min(1 << 16)
}

impl Key {
    pub(super) fn new(
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
    pub(super) fn is_only_kept(&self) -> bool {
        self.sampling == Sampling::Quasi || self.resampled.is_some()
    }

    /// Whether its markets must not be drawn as they are needed, as they would be others.
    pub(super) fn is_resampled(&self) -> bool {
        self.resampled.is_some()
    }

    /// Number of its paths.
    pub(super) fn paths(&self) -> usize {
        self.risk.paths as usize
    }

    /// Numbers of its markets.
    fn numbers(&self) -> usize {
        (self.risk.paths as usize).div_ceil(LANES) * self.horizon * NUMBERS
    }

    /// Memory of its markets, bytes.
    pub(super) fn bytes(&self) -> usize {
        self.numbers() * size_of::<f64>()
    }

    /// Whether its markets can be drawn and kept.
    pub(super) fn fits(&self) -> bool {
        let most = match self.sampling {
            Sampling::Random => most_kept_paths(self.horizon),
            Sampling::Quasi => most_quasi_paths(self.horizon),
        };
        self.risk.paths as usize <= most
    }
}

/// The markets of every path, by group of paths, then month.
#[derive(Debug, Default)]
pub(super) struct FactorCache {
    key: Option<Key>,
    numbers: Vec<f64>,
}

impl FactorCache {
    /// Whether it holds the markets of a key.
    pub(super) fn holds(&self, key: &Key) -> bool {
        self.key.as_ref() == Some(key)
    }

    /// Makes room for the markets of a key; what is kept of another may be lost. `false` if there is none.
    pub(super) fn make_room(&mut self, key: &Key) -> bool {
        self.key = None;
        make_room(&mut self.numbers, key.numbers())
    }

    /// Frees what is kept.
    pub(super) fn release(&mut self) {
        *self = Self::default();
    }

    /// Draws the markets of a key. One of their draws may be that of another seed.
    #[inline(always)]
    pub(super) fn fill<S: Simd>(
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
        // Each thread draws into the same memory again.
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
    pub(super) fn bitcoin_below_plan(&self) -> f64 {
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

    /// What chance does in months `first ≥ 1` and on of a group of paths.
    #[inline(always)]
    pub(super) fn read<S: Simd>(
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
pub(super) enum MarketDraw {
    Bitcoin,
    Network,
    Rental,
    RentalTrend,
    Power,
}

impl MarketDraw {
    /// Takes this draw of a month from others.
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
            // It is drawn once a path.
            Self::RentalTrend => {}
        }
    }
}

/// The random numbers of eight paths by month.
type MonthsOf<S> = Vec<Shocks<f64x8<S>>>;

/// How markets are drawn.
struct Draw<'a> {
    seed: u64,
    /// A draw that is that of another seed.
    frozen: Option<(MarketDraw, u64)>,
    factors: &'a FactorModel,
    /// Where quasi-random numbers lead the markets.
    bridge: Option<&'a Bridge>,
    /// Recorded months in the place of drawn ones.
    resampled: Option<&'a Resampled>,
}

impl Draw<'_> {
    /// All months of a group of paths, into `numbers`; `shocks` and `others` are room for random numbers of both seeds.
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
