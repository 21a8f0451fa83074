//! One business on simulated paths: its flows on a basis, and their running sums.

use fearless_simd::{Simd, f64x8};

use super::engine::Span;
use super::engine::lanes::LANES;
use super::path_draw::{Draws, OfPaths};
use super::single::record::Driver;
use super::works::Delays;
use crate::finance::{is_below_rounding, payback_crossing};
use crate::kernel::{Account, Basis, Books, Financing, Levels, Operations, Venture};
use crate::number::Real;

/// A business with one delay of its works.
pub(super) struct Simulated<'a, P> {
    pub plan: &'a P,
    books: Books<'a>,
    /// Month of the end of the ramp, from which the lowest cash is measured.
    ramp_end: usize,
    /// Whether it goes live within the plan; if not, it has its spending and nothing else.
    is_live_in_time: bool,
    /// Part of the end proceeds that grows with the cost of the works, USD.
    works_end_value_usd: f64,
    overrun_sd: f64,
    /// Whether an overrun changes flows outside construction and the last month.
    is_taxed: bool,
}

impl<'a, P: Venture> Simulated<'a, P> {
    /// A business on a basis.
    pub(super) fn new(plan: &'a P, financing: &'a Financing, basis: Basis, overrun_sd: f64) -> Self {
        let timing = plan.timing();
        Self {
            plan,
            books: Books::new(plan, financing, basis),
            ramp_end: timing.ramp_end(),
            is_live_in_time: timing.live() < financing.horizon(),
            works_end_value_usd: plan.works_end_value_usd(),
            overrun_sd,
            is_taxed: basis != Basis::ProjectBeforeTax,
        }
    }
}

/// A business over all paths.
pub(super) struct Ensemble<'a, P> {
    /// By distinct delay of its works; the first is on time.
    by_delay: Vec<Simulated<'a, P>>,
    delays: &'a Delays,
}

impl<'a, P: Venture> Ensemble<'a, P> {
    pub(super) fn new(by_delay: Vec<Simulated<'a, P>>, delays: &'a Delays) -> Self {
        Self { by_delay, delays }
    }

    /// The business as planned.
    pub(super) fn on_time(&self) -> &Simulated<'a, P> {
        &self.by_delay[0]
    }

    /// The business with the delay of eight paths.
    #[inline(always)]
    pub(super) fn of(&self, first_path: usize, muted: Option<Driver>) -> &Simulated<'a, P> {
        if muted == Some(Driver::Works) {
            return self.on_time();
        }
        &self.by_delay[self.delays.index_of_group(first_path / LANES)]
    }
}

/// Running sums of one business.
#[derive(Clone, Copy)]
pub(super) struct Sums<V> {
    pub npv: V,
    pub cumulative: V,
    /// Sum of the absolute flows without end proceeds.
    flowed: V,
    /// Payback, months; 0 while the cash has never been below 0, infinite until it comes back.
    pub payback: V,
    /// Cumulative cash at the end of the ramp.
    at_ramp_end: V,
    /// Lowest cumulative cash since then; 0 at most.
    pub lowest_since_ramp: V,
    pub end: V,
}

impl<V: Real> Sums<V> {
    #[inline(always)]
    fn start(like: V) -> Self {
        let zero = like.constant(0.0);
        Self {
            npv: zero,
            cumulative: zero,
            flowed: zero,
            payback: zero,
            at_ramp_end: zero,
            lowest_since_ramp: zero,
            end: zero,
        }
    }

    /// Adds the flow of a month without end proceeds.
    #[inline(always)]
    fn add(&mut self, t: usize, flow: V) {
        let zero = flow.constant(0.0);
        let before = self.cumulative;
        self.cumulative = before + flow;
        self.flowed = self.flowed + flow.max(-flow);
        // A sum that only rounding leaves below zero is paid back, as in the plan.
        let is_below = is_below_rounding(self.cumulative, self.flowed);
        let unpaid = zero + f64::MAX;
        let crosses = !is_below & unpaid.less(self.payback);
        if V::any(crosses) {
            let crossing = payback_crossing(t, before, V::select(crosses, flow, zero + 1.0));
            self.payback = V::select(crosses, crossing, self.payback);
        }
        // A crossing lies after month 0, so that 0 means never below.
        let falls = is_below & !zero.less(self.payback);
        self.payback = V::select(falls, zero + f64::INFINITY, self.payback);
    }
}

/// A business's part of the state.
#[derive(Clone, Copy)]
pub(super) struct Running<K, V> {
    pub kernel: K,
    account: Account<V>,
    pub sums: Sums<V>,
}

impl<K, V: Real> Running<K, V> {
    /// State of a business before month 0.
    #[inline(always)]
    pub(super) fn start<P: Venture<State<V> = K>>(plan: &P, like: V) -> Self {
        Self { kernel: plan.start(like), account: Account::start(like), sums: Sums::start(like) }
    }
}

impl<P: Venture> Simulated<'_, P> {
    /// Cost overrun of the works as a share of the planned cost; 0 if it changes no flow in the months `first` to
    /// `last`.
    #[inline(always)]
    pub(super) fn overrun<V: Real>(&self, first: usize, last: usize, like: V, draws: &impl Draws<V>) -> V {
        let does_build = first <= self.plan.timing().live();
        let moves = does_build || self.is_taxed || last == self.books.horizon();
        if self.overrun_sd > 0.0 && moves { draws.overrun(self.overrun_sd) } else { like.constant(0.0) }
    }

    /// Computes month `t` and returns its net flow, at `T` with the end proceeds, USD.
    #[inline(always)]
    pub(super) fn month<V: Real>(
        &self,
        t: usize,
        levels: &Levels<V>,
        run: &mut Running<P::State<V>, V>,
        discount: &[f64],
        (overrun, draws): (V, &impl Draws<V>),
    ) -> V {
        if let Some(term) = self.plan.term_begun(t)
            && let Some(customer) = P::customer_mut(&mut run.kernel)
        {
            customer.begin_term(draws.patience(term));
        }
        let zero = overrun.constant(0.0);
        let operations = if self.is_live_in_time {
            self.plan.operate(t, levels, &mut run.kernel, &mut ())
        } else {
            Operations::cash(zero)
        };
        let (counted, net) = if t + 1 == discount.len() {
            let end_proceeds = if self.is_live_in_time {
                self.plan.end_proceeds(levels, &run.kernel) + overrun * self.works_end_value_usd
            } else {
                zero
            };
            let last = self.books.last_month(&operations, end_proceeds, overrun, &mut run.account, &mut ());
            run.sums.end = last.beyond;
            (last.counted, last.net())
        } else {
            let flow = self.books.month(t, &operations, overrun, &mut run.account, &mut ());
            (flow, flow)
        };
        run.sums.add(t, counted);
        if t == self.ramp_end {
            run.sums.at_ramp_end = run.sums.cumulative;
        } else if t > self.ramp_end {
            let since_ramp = run.sums.cumulative - run.sums.at_ramp_end;
            run.sums.lowest_since_ramp = run.sums.lowest_since_ramp.min(since_ramp);
        }
        run.sums.npv = run.sums.npv + net * discount[t];
        net
    }

    /// Computes the months of `levels`, from month `first` on.
    #[inline(always)]
    pub(super) fn months<S: Simd>(
        &self,
        first: usize,
        levels: &[Levels<f64x8<S>>],
        run: &mut Running<P::State<f64x8<S>>, f64x8<S>>,
        (discount, draws): (&[f64], &OfPaths<S>),
        (series, span): (usize, &mut Span<'_>),
    ) {
        let mut now = *run;
        let overrun = self.overrun(first, first + levels.len() - 1, now.sums.npv, draws);
        for (index, levels) in levels.iter().enumerate() {
            let t = first + index;
            self.month(t, levels, &mut now, discount, (overrun, draws));
            span.put(series, t, now.sums.cumulative);
        }
        *run = now;
    }
}

/// State of a business before month 0.
#[inline(always)]
pub(super) fn started<P: Venture, V: Real>(
    ensemble: Option<&Ensemble<'_, P>>,
    like: V,
) -> Option<Running<P::State<V>, V>> {
    // A closure would not be inlined into the instruction set of the caller.
    match ensemble {
        Some(ensemble) => Some(Running::start(ensemble.on_time().plan, like)),
        None => None,
    }
}

/// The last month in which a customer left; 0 where none did, or none can.
#[inline(always)]
pub(super) fn left_in<P: Venture, V: Real>(run: &Running<P::State<V>, V>) -> V {
    match P::customer(&run.kernel) {
        Some(customer) => customer.left_in(),
        None => run.sums.npv.constant(0.0),
    }
}
