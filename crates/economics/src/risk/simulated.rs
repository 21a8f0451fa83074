//! One business on simulated paths: its flows on a basis, and what is added up of them.

use fearless_simd::{Simd, f64x8};

use super::engine::Span;
use crate::finance::PAYBACK_ROUNDING;
use crate::kernel::{Account, Basis, Books, Financing, Levels, Venture};
use crate::number::Real;

/// A business as it is simulated.
pub(super) struct Simulated<'a, P> {
    pub plan: &'a P,
    books: Books<'a>,
    /// Cumulative cash when it goes live, which no market has touched, USD.
    cash_at_live_usd: f64,
}

impl<'a, P: Venture> Simulated<'a, P> {
    /// A business on a basis; `levels` are the markets of the deterministic plan.
    pub(super) fn new(plan: &'a P, financing: &'a Financing, basis: Basis, levels: &[Levels<f64>]) -> Self {
        let books = Books::new(plan, financing, basis);
        let mut simulated = Self { plan, books, cash_at_live_usd: 0.0 };
        let (mut run, discount) = (Running::start(plan, 0.0), vec![0.0; levels.len()]);
        for (t, level) in levels.iter().enumerate().take(plan.timing().live() + 1) {
            simulated.month(t, level, &mut run, &discount);
        }
        simulated.cash_at_live_usd = run.sums.cumulative;
        simulated
    }
}

/// What is added up of one business.
#[derive(Clone, Copy)]
pub(super) struct Sums<V> {
    pub npv: V,
    pub cumulative: V,
    /// All that has flowed, in and out, without end proceeds.
    flowed: V,
    /// 0 while the cash has never been below 0, infinite while it waits to come back.
    pub payback: V,
    pub lowest_since_live: V,
    pub end: V,
}

impl<V: Real> Sums<V> {
    #[inline(always)]
    fn start(like: V) -> Self {
        let zero = like.constant(0.0);
        Self { npv: zero, cumulative: zero, flowed: zero, payback: zero, lowest_since_live: zero, end: zero }
    }

    /// Adds the flow of a month without end proceeds.
    #[inline(always)]
    fn add(&mut self, t: usize, flow: V) {
        let zero = flow.constant(0.0);
        let before = self.cumulative;
        self.cumulative = before + flow;
        self.flowed = self.flowed + flow.max(-flow);
        // A sum that only rounding leaves below zero is paid back, as in the plan.
        let is_below = self.cumulative.less(self.flowed * -PAYBACK_ROUNDING);
        let unpaid = zero + f64::MAX;
        let crosses = !is_below & unpaid.less(self.payback);
        if V::any(crosses) {
            let crossing = zero + (t as f64 - 1.0) - before / V::select(crosses, flow, zero + 1.0);
            self.payback = V::select(crosses, crossing.min(zero + t as f64), self.payback);
        }
        // A crossing lies after month 0, so that 0 stands for what was never below.
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
    /// A business before month 0.
    #[inline(always)]
    fn start<P: Venture<State<V> = K>>(plan: &P, like: V) -> Self {
        Self { kernel: plan.start(like), account: Account::start(like), sums: Sums::start(like) }
    }
}

impl<P: Venture> Simulated<'_, P> {
    /// Month `t`; gives its whole flow, at `T` with the end proceeds, USD.
    #[inline(always)]
    pub(super) fn month<V: Real>(
        &self,
        t: usize,
        levels: &Levels<V>,
        run: &mut Running<P::State<V>, V>,
        discount: &[f64],
    ) -> V {
        let operations = self.plan.operate(t, levels, &mut run.kernel, &mut ());
        let (counted, net) = if t + 1 == discount.len() {
            let end_proceeds = self.plan.end_proceeds(levels, &run.kernel);
            let last = self.books.last_month(&operations, end_proceeds, &mut run.account, &mut ());
            run.sums.end = last.beyond;
            (last.counted, last.net())
        } else {
            let flow = self.books.month(t, &operations, &mut run.account, &mut ());
            (flow, flow)
        };
        run.sums.add(t, counted);
        if t > self.plan.timing().live() {
            let since_live = run.sums.cumulative - self.cash_at_live_usd;
            run.sums.lowest_since_live = run.sums.lowest_since_live.min(since_live);
        }
        run.sums.npv = run.sums.npv + net * discount[t];
        net
    }

    /// The months of `levels`, of which the first is `first`.
    #[inline(always)]
    pub(super) fn months<S: Simd>(
        &self,
        first: usize,
        levels: &[Levels<f64x8<S>>],
        run: &mut Running<P::State<f64x8<S>>, f64x8<S>>,
        discount: &[f64],
        (series, span): (usize, &mut Span<'_>),
    ) {
        let mut now = *run;
        for (index, levels) in levels.iter().enumerate() {
            let t = first + index;
            self.month(t, levels, &mut now, discount);
            span.put(series, t, now.sums.cumulative);
        }
        *run = now;
    }
}

/// A business before month 0.
#[inline(always)]
pub(super) fn started<P: Venture, V: Real>(
    simulated: Option<&Simulated<'_, P>>,
    like: V,
) -> Option<Running<P::State<V>, V>> {
    // A closure would not be inlined into the instruction set of the caller.
    match simulated {
        Some(simulated) => Some(Running::start(simulated.plan, like)),
        None => None,
    }
}
