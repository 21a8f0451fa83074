//! Random market factors of a group of paths, drawn or read from the cache.

use fearless_simd::{Simd, SimdBase, f64x8};

use super::cache::FactorCache;
use super::factors::{CHUNK, FactorModel, FactorState, Shocks};
use crate::kernel::Factors;
use crate::risk::engine::lanes::LANES;
use crate::risk::engine::random::Generators;
use crate::risk::scaled::Scales;

/// Source of the markets of a run.
#[derive(Clone, Debug)]
pub(in crate::risk) struct Chance<'a> {
    pub model: FactorModel,
    pub seed: u64,
    /// Cached markets of an earlier run, if any.
    pub cache: Option<&'a FactorCache>,
    /// Factors of plans that are not random, if they are no simulation.
    pub scales: Option<&'a Scales>,
}

/// State of the markets of eight paths between two months.
#[derive(Clone, Copy)]
pub(in crate::risk) struct ChanceState<S: Simd> {
    generators: Generators<S>,
    factors: FactorState<f64x8<S>>,
}

impl<S: Simd> ChanceState<S> {
    #[inline(always)]
    pub(in crate::risk) fn simd(&self) -> S {
        self.generators.simd()
    }
}

/// Buffers for some months of a group: random numbers and factors.
pub(in crate::risk) struct Draft<S: Simd> {
    shocks: [Shocks<f64x8<S>>; CHUNK],
    pub factors: [Factors<f64x8<S>>; CHUNK],
}

impl<S: Simd> Draft<S> {
    #[inline(always)]
    pub(in crate::risk) fn new(zero: f64x8<S>) -> Self {
        Self { shocks: [Shocks::zero(zero); CHUNK], factors: [Factors::none(zero); CHUNK] }
    }
}

impl Chance<'_> {
    /// The state of eight neighbouring paths at the start.
    #[inline(always)]
    pub(in crate::risk) fn start<S: Simd>(&self, simd: S, first_path: usize) -> ChanceState<S> {
        ChanceState {
            generators: Generators::of_paths(simd, self.seed, first_path),
            factors: FactorState::start(f64x8::splat(simd, 0.0)),
        }
    }

    /// Writes the factors of `count` months from `first` on, at most [`CHUNK`], of a plan of `horizon` months.
    #[inline(always)]
    pub(in crate::risk) fn months<S: Simd>(
        &self,
        (first, count): (usize, usize),
        (first_path, horizon): (usize, usize),
        state: &mut ChanceState<S>,
        draft: &mut Draft<S>,
    ) {
        let Draft { shocks, factors } = draft;
        let mut out = &mut factors[..count];
        if let Some(scales) = self.scales {
            out.fill(scales.of_group(state.simd(), first_path));
            return;
        }
        let mut first = first;
        if first == 0 {
            // Month 0 is not random.
            out[0] = Factors::none(out[0].bitcoin);
            (first, out) = (1, &mut out[1..]);
        }
        if let Some(cache) = self.cache {
            cache.read(state.simd(), first_path / LANES, first, horizon, out);
            return;
        }
        let draws = (self.model.trend(state.simd(), self.seed, first_path), &mut state.generators);
        self.model.factors(first, draws, &mut state.factors, shocks, out);
    }
}
