//! The product's own model: a scenario's plan under simulated markets.

use fearless_simd::{Simd, SimdBase, f64x8};

use super::engine::{Model, Span};
use super::markets::chance::{Chance, ChanceState, Draft};
use super::markets::factors::CHUNK;
use super::path_draw::OfPaths;
use super::simulated::{Ensemble, Running, Sums, left_in, started};
use super::single::record::Driver;
use crate::business::{Business, PerBusiness, Plan, with_businesses};
use crate::kernel::{Levels, Maybe, Venture};
use crate::number::Real;
use crate::results::measures::has_capital;

/// Number of series: the cumulative cash of each business without end proceeds.
pub(super) const SERIES: usize = Business::COUNT;
/// Results of each business: NPV, payback, lowest cash since the end of the ramp, cumulative cash at `T` with end
/// proceeds, last month in which a customer left.
pub(super) const KEPT: usize = 5;

macro_rules! businesses_on_paths {
    ($($Business:ident $module:ident $label:literal $word:literal;)*) => {
        /// A scenario's plan under simulated markets.
        pub(super) struct PlanModel<'a> {
            pub plan: &'a Plan,
            pub chance: Chance<'a>,
            $(pub $module: Option<Ensemble<'a, crate::business::$module::Plan>>,)*
            /// Discount factor of each month, by business.
            pub discounts: PerBusiness<&'a [f64]>,
            pub seeds: Seeds,
        }

        /// State of eight paths between two months.
        #[derive(Clone, Copy)]
        pub(super) struct State<S: Simd> {
            chance: ChanceState<S>,
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

            /// Leaves a business out.
            pub(super) fn leave_out(&mut self, business: Business) {
                match business {
                    $(Business::$Business => self.$module = None,)*
                }
            }

            /// Whether a business has own capex, as in the plan: without it there is no payback and no rate of return.
            pub(super) fn has_capital(&self, business: Business) -> Maybe<()> {
                match business {
                    $(Business::$Business => self.$module.as_ref().map_or(Ok(()), |ensemble| {
                        has_capital(ensemble.on_time().plan.capital())
                    }),)*
                }
            }

            /// One month of all businesses, for single paths.
            #[inline(always)]
            pub(super) fn month<S: Simd>(
                &self,
                t: usize,
                levels: &Levels<f64x8<S>>,
                state: &mut State<S>,
                (first_path, muted): (usize, Option<Driver>),
            ) -> MonthOfPaths<S> {
                let zero = levels.btc_price_usd.constant(0.0);
                let mut month = MonthOfPaths {
                    flows: [zero; Business::COUNT],
                    cumulative: [zero; Business::COUNT],
                    left_in: [zero; Business::COUNT],
                };
                let simd = state.chance.simd();
                $(
                    if let (Some(ensemble), Some(run)) = (&self.$module, &mut state.$module) {
                        let index = Business::$Business as usize;
                        let draws = self.draws(simd, Business::$Business, first_path, muted);
                        let simulated = ensemble.of(first_path, muted);
                        let overrun = simulated.overrun(t, t, zero, &draws);
                        let discount = self.discounts[Business::$Business];
                        month.flows[index] =
                            simulated.month(t, levels, run, discount, (overrun, &draws));
                        month.cumulative[index] = run.sums.cumulative;
                        month.left_in[index] = left_in::<crate::business::$module::Plan, _>(run);
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
                let (simd, first_path) = (state.chance.simd(), span.first_path);
                $(
                    if let (Some(ensemble), Some(run)) = (&self.$module, &mut state.$module) {
                        let index = Business::$Business as usize;
                        let draws = self.draws(simd, Business::$Business, first_path, None);
                        let simulated = ensemble.of(first_path, None);
                        let discount = self.discounts[Business::$Business];
                        simulated.months(first, levels, run, (discount, &draws), (index, span));
                    }
                )*
            }

            #[inline(always)]
            fn started<S: Simd>(&self, simd: S, first_path: usize) -> State<S> {
                let like = f64x8::splat(simd, 0.0);
                State {
                    chance: self.chance.start(simd, first_path),
                    $($module: started(self.$module.as_ref(), like),)*
                }
            }
        }

        impl<S: Simd> State<S> {
            #[inline(always)]
            fn sums(&self) -> [Option<(&Sums<f64x8<S>>, f64x8<S>)>; Business::COUNT] {
                [$(match &self.$module {
                    Some(run) => Some((&run.sums, left_in::<crate::business::$module::Plan, _>(run))),
                    None => None,
                }),*]
            }
        }
    };
}
with_businesses!(businesses_on_paths);

/// One month of eight paths, by business; cash in USD.
pub(super) struct MonthOfPaths<S: Simd> {
    /// Flow, with end proceeds at `T`.
    pub flows: [f64x8<S>; Business::COUNT],
    /// Cumulative cash without end proceeds.
    pub cumulative: [f64x8<S>; Business::COUNT],
    /// Last month in which a customer left; 0 where none did.
    pub left_in: [f64x8<S>; Business::COUNT],
}

/// Seeds of the draws made once per path: that of the markets, unless only one draw is kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seeds {
    /// Seed of the customers; without one, all of them stay.
    pub customers: Option<u64>,
    /// Seed of the overruns of works; without one, they cost what is planned.
    pub works: Option<u64>,
}

impl Seeds {
    /// Nothing is drawn.
    pub(super) const NONE: Self = Self { customers: None, works: None };

    /// The same seed for every draw.
    pub(super) fn all(seed: u64) -> Self {
        Self { customers: Some(seed), works: Some(seed) }
    }
}

/// Buffers for some months of a group: random numbers, factors and markets.
pub(super) struct Scratch<S: Simd> {
    pub draft: Draft<S>,
    levels: [Levels<f64x8<S>>; CHUNK],
}

impl PlanModel<'_> {
    /// Market factors of `count` months from `first` on, for single paths.
    #[inline(always)]
    pub(super) fn factors_of_months<S: Simd>(
        &self,
        first: usize,
        count: usize,
        first_path: usize,
        state: &mut State<S>,
        draft: &mut Draft<S>,
    ) {
        self.chance.months((first, count), (first_path, self.horizon()), &mut state.chance, draft);
    }

    /// Draws of eight paths for a business.
    #[inline(always)]
    fn draws<S: Simd>(
        &self,
        simd: S,
        business: Business,
        first_path: usize,
        muted: Option<Driver>,
    ) -> OfPaths<S> {
        OfPaths { simd, seeds: self.seeds, first_path, business, muted }
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
        self.plan.market.memory()
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
        let zero = f64x8::splat(simd, 0.0);
        Scratch { draft: Draft::new(zero), levels: [Levels::zero(zero); CHUNK] }
    }

    #[inline(always)]
    fn months<S: Simd>(
        &self,
        _: S,
        state: &mut State<S>,
        (memory, scratch): (&mut [f64x8<S>], &mut Scratch<S>),
        span: &mut Span<'_>,
    ) {
        let Scratch { draft, levels } = scratch;
        let mut first = span.from;
        while first < span.until {
            let count = CHUNK.min(span.until - first);
            let paths = (span.first_path, self.horizon());
            self.chance.months((first, count), paths, &mut state.chance, draft);
            let levels = &mut levels[..count];
            for (t, (level, factors)) in (first..).zip(levels.iter_mut().zip(&draft.factors)) {
                *level = self.plan.market.levels(t, factors, memory);
            }
            self.businesses(first, levels, state, span);
            first += count;
        }
    }

    #[inline(always)]
    fn finish<S: Simd>(&self, state: &State<S>, results: &mut [f64x8<S>]) {
        for (sums, out) in state.sums().into_iter().zip(results.chunks_mut(KEPT)) {
            let Some((sums, left_in)) = sums else { continue };
            out[0] = sums.npv;
            out[1] = sums.payback;
            out[2] = sums.lowest_since_ramp;
            out[3] = sums.cumulative + sums.end;
            out[4] = left_in;
        }
    }
}
