//! The product's own model: a scenario's plan under simulated markets.

use fearless_simd::{Simd, SimdBase, f64x8};

use super::cache::FactorCache;
use super::engine::{Model, Span};
use super::factors::{CHUNK, FactorModel, FactorState, Multipliers, Shocks};
use super::lanes::LANES;
use super::random::Generators;
use super::simulated::{Running, Simulated, Sums, started};
use crate::business::{Business, PerBusiness, Plan, with_businesses};
use crate::kernel::{Levels, Maybe, Venture};
use crate::number::Real;
use crate::results::measures::has_payback;

/// Cumulative cash of the businesses without and, at the end, with end proceeds.
pub(super) const SERIES: usize = Business::COUNT;
/// Numbers kept of each business: NPV, payback, lowest cash since live, last cumulative cash with end proceeds.
pub(super) const KEPT: usize = 4;

macro_rules! businesses_on_paths {
    ($($Business:ident $module:ident $label:literal $word:literal;)*) => {
        /// A scenario's plan under simulated markets.
        pub(super) struct PlanModel<'a> {
            pub plan: &'a Plan,
            pub factors: FactorModel,
            $(pub $module: Option<Simulated<'a, crate::business::$module::Plan>>,)*
            /// Discount factor of each month, by business.
            pub discounts: PerBusiness<&'a [f64]>,
            pub seed: u64,
            /// The markets, where they are kept from the run before.
            pub cache: Option<&'a FactorCache>,
        }

        /// Eight paths between two months.
        #[derive(Clone, Copy)]
        pub(super) struct State<S: Simd> {
            generators: Generators<S>,
            factors: FactorState<f64x8<S>>,
            $($module: Option<
                Running<<crate::business::$module::Plan as Venture>::State<f64x8<S>>, f64x8<S>>,
            >,)*
        }

        impl PlanModel<'_> {
            /// Whether a business is evaluated.
            pub(super) fn has(&self, business: Business) -> bool {
                match business {
                    $(Business::$Business => self.$module.is_some(),)*
                }
            }

            /// Whether a business has a payback: it has own capex, as in the plan.
            pub(super) fn has_payback(&self, business: Business) -> Maybe<()> {
                match business {
                    $(Business::$Business => self.$module.as_ref().map_or(Ok(()), |simulated| {
                        has_payback(simulated.plan.capital())
                    }),)*
                }
            }

            /// One month of all businesses, for those who look at single paths.
            #[inline(always)]
            pub(super) fn month<S: Simd>(
                &self,
                t: usize,
                levels: &Levels<f64x8<S>>,
                state: &mut State<S>,
            ) -> MonthOfPaths<S> {
                let zero = levels.btc_price_usd.constant(0.0);
                let mut month = MonthOfPaths {
                    flows: [zero; Business::COUNT],
                    cumulative: [zero; Business::COUNT],
                    defaulted: zero,
                };
                $(
                    if let (Some(simulated), Some(run)) = (&self.$module, &mut state.$module) {
                        let index = Business::$Business as usize;
                        let discount = self.discounts[Business::$Business];
                        month.flows[index] = simulated.month(t, levels, run, discount);
                        month.cumulative[index] = run.sums.cumulative;
                        if let Some(defaulted) = simulated.plan.defaulted(&run.kernel) {
                            month.defaulted = defaulted;
                        }
                    }
                )*
                month
            }

            #[inline(always)]
            fn businesses<S: Simd>(
                &self,
                first: usize,
                levels: &[Levels<f64x8<S>>],
                state: &mut State<S>,
                span: &mut Span<'_>,
            ) {
                $(
                    if let (Some(simulated), Some(run)) = (&self.$module, &mut state.$module) {
                        let index = Business::$Business as usize;
                        let discount = self.discounts[Business::$Business];
                        simulated.months(first, levels, run, discount, (index, span));
                    }
                )*
            }

            #[inline(always)]
            fn started<S: Simd>(&self, simd: S, first_path: usize) -> State<S> {
                let like = f64x8::splat(simd, 0.0);
                State {
                    generators: Generators::of_paths(simd, self.seed, first_path),
                    factors: FactorState::start(like),
                    $($module: started(self.$module.as_ref(), like),)*
                }
            }
        }

        impl<S: Simd> State<S> {
            #[inline(always)]
            fn sums(&self) -> [Option<&Sums<f64x8<S>>>; Business::COUNT] {
                [$(self.$module.as_ref().map(|run| &run.sums)),*]
            }
        }
    };
}
with_businesses!(businesses_on_paths);

/// What a month of eight paths came to, by business, USD.
pub(super) struct MonthOfPaths<S: Simd> {
    /// With end proceeds at `T`.
    pub flows: [f64x8<S>; Business::COUNT],
    /// Without them.
    pub cumulative: [f64x8<S>; Business::COUNT],
    /// 1 while the hosting customer of the running term has defaulted.
    pub defaulted: f64x8<S>,
}

/// Some months of a group on their way from random numbers to markets.
pub(super) struct Scratch<S: Simd> {
    pub shocks: [Shocks<f64x8<S>>; CHUNK],
    pub multipliers: [Multipliers<f64x8<S>>; CHUNK],
    levels: [Levels<f64x8<S>>; CHUNK],
}

impl PlanModel<'_> {
    /// The multipliers of months `first` and on.
    #[inline(always)]
    pub(super) fn multipliers<S: Simd>(
        &self,
        first: usize,
        first_path: usize,
        state: &mut State<S>,
        shocks: &mut [Shocks<f64x8<S>>; CHUNK],
        out: &mut [Multipliers<f64x8<S>>],
    ) {
        let (first, out) = if first == 0 { (1, &mut out[1..]) } else { (first, out) };
        match self.cache {
            Some(cache) => {
                let simd = state.generators.simd();
                cache.read(simd, first_path / LANES, first, self.horizon(), out);
            }
            None => {
                self.factors.multipliers(first, &mut state.generators, &mut state.factors, shocks, out);
            }
        }
    }

    /// The market of month `t` under the multipliers. `memory` holds the bitcoin prices that the network has yet to
    /// answer.
    #[inline(always)]
    pub(super) fn levels<S: Simd>(
        &self,
        t: usize,
        multipliers: &Multipliers<f64x8<S>>,
        memory: &mut [f64x8<S>],
    ) -> Levels<f64x8<S>> {
        let market = &self.plan.market;
        let length = memory.len();
        let factors = &multipliers.factors;
        let mut answered_price = None;
        if market.responds() && t > 0 {
            memory[t % length] = market.btc_price(t, factors.bitcoin);
            if let Some(month) = market.answered_month(t) {
                answered_price = Some(memory[month % length]);
            }
        }
        let levels = market.levels(t, factors, answered_price);
        Levels { default_draw: multipliers.default_draw, ..levels }
    }
}

impl Model for PlanModel<'_> {
    type State<S: Simd> = State<S>;
    type Scratch<S: Simd> = Scratch<S>;
    const SERIES: usize = SERIES;
    const RESULTS: usize = Business::COUNT * KEPT;

    fn horizon(&self) -> usize {
        self.plan.market.horizon()
    }

    fn memory(&self) -> usize {
        if self.plan.market.responds() { self.plan.market.response_lag_months() + 1 } else { 0 }
    }

    fn computes(&self, series: usize) -> bool {
        self.has(Business::ALL[series])
    }

    #[inline(always)]
    fn start<S: Simd>(&self, simd: S, first_path: usize) -> State<S> {
        self.started(simd, first_path)
    }

    #[inline(always)]
    fn scratch<S: Simd>(&self, simd: S) -> Scratch<S> {
        let one = Multipliers::one(f64x8::splat(simd, 1.0));
        Scratch {
            shocks: [Shocks::zero(f64x8::splat(simd, 0.0)); CHUNK],
            multipliers: [one; CHUNK],
            levels: [self.plan.market.levels(0, &one.factors, None); CHUNK],
        }
    }

    #[inline(always)]
    fn months<S: Simd>(
        &self,
        simd: S,
        state: &mut State<S>,
        (memory, scratch): (&mut [f64x8<S>], &mut Scratch<S>),
        span: &mut Span<'_>,
    ) {
        let Scratch { shocks, multipliers, levels } = scratch;
        let mut first = span.from;
        while first < span.until {
            let count = CHUNK.min(span.until - first);
            if first == 0 {
                // At the start nothing is known of the future.
                multipliers[0] = Multipliers::one(f64x8::splat(simd, 1.0));
            }
            self.multipliers(first, span.first_path, state, shocks, &mut multipliers[..count]);
            for index in 0..count {
                levels[index] = self.levels(first + index, &multipliers[index], memory);
            }
            let levels = &levels[..count];
            self.businesses(first, levels, state, span);
            first += count;
        }
    }

    #[inline(always)]
    fn finish<S: Simd>(&self, state: &State<S>, results: &mut [f64x8<S>]) {
        for (sums, out) in state.sums().into_iter().zip(results.chunks_mut(KEPT)) {
            let Some(sums) = sums else { continue };
            out[0] = sums.npv;
            out[1] = sums.payback;
            out[2] = sums.lowest_since_live;
            out[3] = sums.cumulative + sums.end;
        }
    }
}
