//! One business on simulated paths: its flows on a basis, and what is added up of them.

use fearless_simd::{Simd, f64x8};

use super::engine::Span;
use crate::finance::{PAYBACK_ROUNDING, TaxState};
use crate::kernel::{Basis, Books, Financing, Levels, Venture};
use crate::number::Real;

/// A business as it is simulated.
pub(super) struct Simulated<'a, P> {
    pub plan: &'a P,
    pub financing: &'a Financing,
    basis: Basis,
    /// Capital flows, and on the owner's basis what is borrowed less what is paid to the lender, by month, USD.
    fixed_usd: Vec<f64>,
    /// Cumulative cash when it goes live, which no market has touched, USD.
    cash_at_live_usd: f64,
}

impl<'a, P: Venture> Simulated<'a, P> {
    /// A business on a basis; `levels` are the markets of the deterministic plan.
    pub(super) fn new(plan: &'a P, financing: &'a Financing, basis: Basis, levels: &[Levels<f64>]) -> Self {
        let fixed = |t: usize| {
            let lent = if basis == Basis::EquityAfterTax { financing.lent_usd(t) } else { 0.0 };
            plan.capital().outlay(t).total() + lent
        };
        let fixed_usd = (0..levels.len()).map(fixed).collect();
        let mut simulated = Self { plan, financing, basis, fixed_usd, cash_at_live_usd: 0.0 };
        let mut run = Running { kernel: plan.start(0.0), sums: Sums::start(0.0) };
        for t in 0..=plan.timing().live() {
            simulated.month(t, &levels[t], &mut run, &vec![0.0; levels.len()]);
        }
        simulated.cash_at_live_usd = run.sums.cumulative;
        simulated
    }
}

/// What is added up of one business.
#[derive(Clone, Copy)]
pub(super) struct Sums<V> {
    tax: TaxState<V>,
    kept_cost: V,
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
        Self {
            tax: TaxState::start(like),
            kept_cost: zero,
            npv: zero,
            cumulative: zero,
            flowed: zero,
            payback: zero,
            lowest_since_live: zero,
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
    pub sums: Sums<V>,
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
        let mut flow = operations.cash + self.fixed_usd[t];
        let is_live = t > self.plan.timing().live();
        let is_last = t + 1 == discount.len();
        if self.basis == Basis::ProjectBeforeTax {
            if is_last {
                run.sums.end = self.plan.end_proceeds(levels, &run.kernel);
            }
        } else {
            run.sums.kept_cost = run.sums.kept_cost + operations.kept_value;
            let books = if self.basis == Basis::EquityAfterTax { Books::Equity } else { Books::Project };
            let income = self.financing.income(books, t, operations.ebitda());
            if is_last {
                flow = flow + self.last_after_tax(books, income, levels, run);
            } else {
                flow = flow - self.financing.month_tax(t, income, &mut run.sums.tax);
            }
        }
        run.sums.add(t, flow);
        if is_live {
            let since_live = run.sums.cumulative - self.cash_at_live_usd;
            run.sums.lowest_since_live = run.sums.lowest_since_live.min(since_live);
        }
        let counted = if is_last { flow + run.sums.end } else { flow };
        run.sums.npv = run.sums.npv + counted * discount[t];
        counted
    }

    /// What tax and lender change in the flow of month `T`; notes the end proceeds that are left.
    #[inline(always)]
    fn last_after_tax<V: Real>(
        &self,
        books: Books,
        income: V,
        levels: &Levels<V>,
        run: &mut Running<P::State<V>, V>,
    ) -> V {
        let end = self.plan.end_proceeds(levels, &run.kernel);
        let gain = self.financing.gain(end, run.sums.kept_cost);
        let tax = self.financing.last_tax(income, gain, run.sums.tax);
        let after = end - tax.on_end_proceeds;
        // What the end proceeds repay to the lender cannot delay a payback that leaves them out.
        let balloon = if books == Books::Equity { self.financing.debt().balloon } else { 0.0 };
        let covered = after.max(after.constant(0.0)).min(after.constant(balloon));
        run.sums.end = after - covered;
        covered - (tax.total - tax.on_end_proceeds)
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
        Some(simulated) => Some(Running { kernel: simulated.plan.start(like), sums: Sums::start(like) }),
        None => None,
    }
}
