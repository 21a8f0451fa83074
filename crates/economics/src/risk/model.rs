//! The product's own model: a scenario's plan under simulated markets.

use fearless_simd::{Simd, SimdBase, f64x8};

use super::cache::FactorCache;
use super::engine::Model;
use super::factors::{FactorModel, FactorState, Shocks};
use super::lanes::LANES;
use super::random::Generators;
use crate::business::{
    Basis, Books, BusinessPlan, Factors, Financing, HostingPlan, LeasingPlan, Levels, MiningPlan, Plan,
};
use crate::finance::TaxState;
use crate::number::Real;

/// Cumulative cash of the three businesses without and, at the end, with end proceeds.
pub(super) const SERIES: usize = 3;
/// Numbers kept of each business: NPV, payback, lowest cash since live, last cumulative cash with end proceeds.
pub(super) const KEPT: usize = 4;

/// A business as it is simulated.
pub(super) struct Simulated<'a, P> {
    pub plan: &'a P,
    pub financing: &'a Financing,
}

/// A scenario's plan under simulated markets.
pub(super) struct PlanModel<'a> {
    pub plan: &'a Plan,
    pub factors: FactorModel,
    pub mining: Option<Simulated<'a, MiningPlan>>,
    pub hosting: Option<Simulated<'a, HostingPlan>>,
    pub leasing: Option<Simulated<'a, LeasingPlan>>,
    pub basis: Basis,
    /// Discount factor of each month.
    pub discount: Vec<f64>,
    pub seed: u64,
    /// The markets, where they are kept from the run before.
    pub cache: Option<&'a FactorCache>,
}

/// What is added up of one business.
#[derive(Clone, Copy)]
struct Sums<V> {
    tax: TaxState<V>,
    kept_cost: V,
    npv: V,
    cumulative: V,
    lowest: V,
    payback: V,
    since_live: V,
    lowest_since_live: V,
    end: V,
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
            lowest: zero,
            payback: like.constant(f64::INFINITY),
            since_live: zero,
            lowest_since_live: zero,
            end: zero,
        }
    }

    /// Adds the flow of a month without end proceeds.
    #[inline(always)]
    fn add(&mut self, t: usize, flow: V, is_live: bool) {
        let zero = flow.constant(0.0);
        let before = self.cumulative;
        self.cumulative = before + flow;
        self.lowest = self.lowest.min(self.cumulative);
        let unpaid = zero + f64::MAX;
        let crosses = before.less(zero) & !self.cumulative.less(zero) & unpaid.less(self.payback);
        if V::any(crosses) {
            let crossing = zero + (t as f64 - 1.0) - before / V::select(crosses, flow, zero + 1.0);
            self.payback = V::select(crosses, crossing, self.payback);
        }
        if is_live {
            self.since_live = self.since_live + flow;
            self.lowest_since_live = self.lowest_since_live.min(self.since_live);
        }
    }
}

/// A business's part of the state.
#[derive(Clone, Copy)]
struct Running<K, V> {
    kernel: K,
    sums: Sums<V>,
}

type MiningRun<V> = Running<<MiningPlan as BusinessPlan>::State<V>, V>;
type HostingRun<V> = Running<<HostingPlan as BusinessPlan>::State<V>, V>;
type LeasingRun<V> = Running<<LeasingPlan as BusinessPlan>::State<V>, V>;

/// Eight paths between two months.
#[derive(Clone, Copy)]
pub(super) struct State<S: Simd> {
    generators: Generators<S>,
    factors: FactorState<f64x8<S>>,
    mining: Option<MiningRun<f64x8<S>>>,
    hosting: Option<HostingRun<f64x8<S>>>,
    leasing: Option<LeasingRun<f64x8<S>>>,
}

impl<P: BusinessPlan> Simulated<'_, P> {
    /// Month `t < T`, or month `T` without its end.
    #[inline(always)]
    fn month<V: Real>(
        &self,
        t: usize,
        levels: &Levels<V>,
        run: &mut Running<P::State<V>, V>,
        basis: Basis,
        discount: &[f64],
    ) {
        let operations = self.plan.operate(t, levels, &mut run.kernel, &mut ());
        let mut flow = operations.cash + self.plan.capital().outlay(t).total();
        let is_live = t > self.plan.timing().live();
        let is_last = t + 1 == discount.len();
        run.sums.kept_cost = run.sums.kept_cost + operations.kept_value;
        if basis == Basis::ProjectBeforeTax {
            if is_last {
                run.sums.end = self.plan.end_proceeds(levels, &run.kernel);
            }
        } else {
            let (books, lent) = match basis {
                Basis::EquityAfterTax => (Books::Equity, self.financing.lent_usd(t)),
                _ => (Books::Project, 0.0),
            };
            let income = self.financing.income(books, t, operations.ebitda());
            flow = flow + lent;
            if is_last {
                let end = self.plan.end_proceeds(levels, &run.kernel);
                let gain = self.financing.gain(end, run.sums.kept_cost);
                let tax = self.financing.last_tax(income, gain, run.sums.tax);
                let after = end - tax.on_end_proceeds;
                // What the end proceeds repay to the lender cannot delay a payback that leaves them out.
                let balloon = if books == Books::Equity { self.financing.debt().balloon } else { 0.0 };
                let covered = after.max(after.constant(0.0)).min(after.constant(balloon));
                flow = flow - (tax.total - tax.on_end_proceeds) + covered;
                run.sums.end = after - covered;
            } else {
                flow = flow - self.financing.month_tax(t, income, &mut run.sums.tax);
            }
        }
        run.sums.add(t, flow, is_live);
        let counted = if is_last { flow + run.sums.end } else { flow };
        run.sums.npv = run.sums.npv + counted * discount[t];
    }

    #[inline(always)]
    fn start<V: Real>(&self, levels: &Levels<V>, basis: Basis, discount: &[f64]) -> Running<P::State<V>, V> {
        let like = levels.btc_price_usd;
        let mut run = Running { kernel: self.plan.start(like), sums: Sums::start(like) };
        self.month(0, levels, &mut run, basis, discount);
        run
    }
}

impl PlanModel<'_> {
    /// The market of month `t` under the multipliers. `memory` holds the bitcoin prices that the network has yet to
    /// answer.
    #[inline(always)]
    fn levels<S: Simd>(
        &self,
        t: usize,
        factors: &Factors<f64x8<S>>,
        default_draw: f64x8<S>,
        memory: &mut [f64x8<S>],
    ) -> Levels<f64x8<S>> {
        let market = &self.plan.market;
        let length = memory.len();
        let answered = market.answered_month(t).filter(|_| market.responds());
        if market.responds() {
            memory[t % length] = market.btc_price(t, factors.bitcoin);
        }
        let answered_price = answered.map(|month| memory[month % length]);
        let levels = market.levels(t, factors, answered_price);
        Levels { default_draw, ..levels }
    }

    /// The start: nothing is known of the future, and every multiplier is 1.
    #[inline(always)]
    fn first_levels<S: Simd>(&self, simd: S) -> Levels<f64x8<S>> {
        let one = f64x8::splat(simd, 1.0);
        let factors = Factors { bitcoin: one, network: one, rental: one, power: one };
        self.plan.market.levels(0, &factors, None)
    }
}

impl Model for PlanModel<'_> {
    type State<S: Simd> = State<S>;
    const SERIES: usize = SERIES;
    const RESULTS: usize = 3 * KEPT;

    fn horizon(&self) -> usize {
        self.plan.market.horizon()
    }

    fn memory(&self) -> usize {
        if self.plan.market.responds() { self.plan.market.response_lag_months() + 1 } else { 0 }
    }

    #[inline(always)]
    fn start<S: Simd>(&self, simd: S, first_path: usize, series: &mut [f64x8<S>]) -> State<S> {
        let like = f64x8::splat(simd, 0.0);
        let levels = self.first_levels(simd);
        let (basis, discount) = (self.basis, &self.discount[..]);
        // Closures would not be inlined into the instruction set of the caller.
        let state = State {
            generators: Generators::of_paths(simd, self.seed, first_path),
            factors: FactorState::start(like),
            mining: match &self.mining {
                Some(mining) => Some(mining.start(&levels, basis, discount)),
                None => None,
            },
            hosting: match &self.hosting {
                Some(hosting) => Some(hosting.start(&levels, basis, discount)),
                None => None,
            },
            leasing: match &self.leasing {
                Some(leasing) => Some(leasing.start(&levels, basis, discount)),
                None => None,
            },
        };
        state.tell(series);
        state
    }

    #[inline(always)]
    fn month<S: Simd>(
        &self,
        t: usize,
        path: usize,
        state: &mut State<S>,
        memory: &mut [f64x8<S>],
        series: &mut [f64x8<S>],
    ) {
        let (factors, default_draw) = if let Some(cache) = self.cache {
            cache.read(state.generators.simd(), path / LANES, t, self.horizon())
        } else {
            let shocks = Shocks::draw(&mut state.generators);
            (self.factors.step(t, &mut state.factors, &shocks), shocks.default_draw)
        };
        let levels = self.levels(t, &factors, default_draw, memory);
        let (basis, discount) = (self.basis, &self.discount[..]);
        if let (Some(mining), Some(run)) = (&self.mining, &mut state.mining) {
            mining.month(t, &levels, run, basis, discount);
        }
        if let (Some(hosting), Some(run)) = (&self.hosting, &mut state.hosting) {
            hosting.month(t, &levels, run, basis, discount);
        }
        if let (Some(leasing), Some(run)) = (&self.leasing, &mut state.leasing) {
            leasing.month(t, &levels, run, basis, discount);
        }
        state.tell(series);
    }

    #[inline(always)]
    fn finish<S: Simd>(&self, state: &State<S>, results: &mut [f64x8<S>]) {
        for (sums, out) in state.sums().into_iter().zip(results.chunks_mut(KEPT)) {
            let Some(sums) = sums else { continue };
            let zero = sums.npv.constant(0.0);
            let never_below = !sums.lowest.less(zero);
            out[0] = sums.npv;
            out[1] = Real::select(never_below, zero, sums.payback);
            out[2] = sums.lowest_since_live;
            out[3] = sums.cumulative + sums.end;
        }
    }
}

impl<S: Simd> State<S> {
    #[inline(always)]
    fn sums(&self) -> [Option<&Sums<f64x8<S>>>; 3] {
        [
            self.mining.as_ref().map(|run| &run.sums),
            self.hosting.as_ref().map(|run| &run.sums),
            self.leasing.as_ref().map(|run| &run.sums),
        ]
    }

    #[inline(always)]
    fn tell(&self, series: &mut [f64x8<S>]) {
        for (sums, out) in self.sums().into_iter().zip(series) {
            if let Some(sums) = sums {
                *out = sums.cumulative;
            }
        }
    }
}
