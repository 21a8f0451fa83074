//! The books of a business: net flow after capital, tax and debt.

use super::{Basis, CapitalPlan, Financing, LastTax, Line, Operations, Sink, Venture};
use crate::finance::TaxState;
use crate::number::Real;

/// The books of a business on a basis, settled month by month.
///
/// The plan and every simulated path take the same step; a ledger can record it.
#[derive(Clone, Debug)]
pub struct Books<'a> {
    basis: Basis,
    capital: &'a CapitalPlan,
    financing: &'a Financing,
    live: usize,
    /// Flows independent of the market, by month, USD: capital flows, and on the owner's basis draws less payments to
    /// the lender. Added up once, so that a draw of the whole capex cancels exactly.
    fixed_usd: Vec<f64>,
    /// The month after the last one in which works are paid.
    works_end: usize,
}

/// State carried from month to month.
#[derive(Clone, Copy, Debug)]
pub struct Account<V> {
    tax: TaxState<V>,
    /// Value of kept coins when mined, USD.
    kept_cost: V,
}

impl<V: Real> Account<V> {
    /// The account before month 0.
    #[inline(always)]
    pub fn start(like: V) -> Self {
        Self { tax: TaxState::start(like), kept_cost: like.constant(0.0) }
    }
}

/// Net flow of month `T`, split by whether payback counts it, USD.
#[derive(Clone, Copy, Debug)]
pub struct LastFlow<V> {
    /// Part that payback counts.
    pub counted: V,
    /// Part that payback excludes: end proceeds less the tax on them and the debt that they repay.
    pub beyond: V,
}

impl<V: Real> LastFlow<V> {
    /// The whole flow, USD.
    #[inline(always)]
    pub fn net(&self) -> V {
        self.counted + self.beyond
    }
}

impl<'a> Books<'a> {
    /// The books of a business with its financing.
    pub fn new<P: Venture>(plan: &'a P, financing: &'a Financing, basis: Basis) -> Self {
        let capital = plan.capital();
        let fixed = |t: usize| {
            let lent = if basis == Basis::EquityAfterTax { financing.lent_usd(t) } else { 0.0 };
            capital.outlay(t).total() + lent
        };
        let fixed_usd = (0..=financing.horizon()).map(fixed).collect();
        let last_works = (0..=financing.horizon()).rev().find(|t| capital.outlay(*t).works != 0.0);
        let works_end = last_works.map_or(0, |last| last + 1);
        Self { basis, capital, financing, live: plan.timing().live(), fixed_usd, works_end }
    }

    /// Last month, `T`.
    pub fn horizon(&self) -> usize {
        self.financing.horizon()
    }

    /// Settles a month before `T` and returns its net flow, USD. `overrun` is the cost overrun of the works, as a share
    /// of the plan; 0 in the plan.
    #[inline(always)]
    pub fn month<V: Real, S: Sink<V>>(
        &self,
        t: usize,
        operations: &Operations<V>,
        overrun: V,
        account: &mut Account<V>,
        sink: &mut S,
    ) -> V {
        let flow = self.before_tax_and_end(t, operations.cash, overrun);
        if S::LISTENS {
            self.put_capital(t, operations.cash, flow.constant(0.0), sink);
        }
        if self.basis == Basis::ProjectBeforeTax {
            return flow;
        }
        account.kept_cost = account.kept_cost + operations.kept_value;
        let income = self.financing.income(self.basis, t, operations.ebitda(), overrun);
        let tax = self.financing.month_tax(t, income, &mut account.tax);
        let flow = flow - tax;
        if S::LISTENS {
            put_tax(income, tax, self.before_tax(t, operations.cash) - tax, sink);
            self.put_owner(t, flow, sink);
        }
        flow
    }

    /// Settles month `T` with the end proceeds, USD; `overrun` as in [`Books::month`].
    #[inline(always)]
    pub fn last_month<V: Real, S: Sink<V>>(
        &self,
        operations: &Operations<V>,
        end_proceeds: V,
        overrun: V,
        account: &mut Account<V>,
        sink: &mut S,
    ) -> LastFlow<V> {
        let t = self.financing.horizon();
        let flow = self.before_tax_and_end(t, operations.cash, overrun);
        if S::LISTENS {
            self.put_capital(t, operations.cash, end_proceeds, sink);
        }
        if self.basis == Basis::ProjectBeforeTax {
            return LastFlow { counted: flow, beyond: end_proceeds };
        }
        account.kept_cost = account.kept_cost + operations.kept_value;
        let income = self.financing.income(self.basis, t, operations.ebitda(), overrun);
        let gain = self.financing.gain(end_proceeds, account.kept_cost, overrun);
        let LastTax { total, on_end_proceeds } = self.financing.last_tax(income, gain, account.tax);
        let (tax, end) = (total - on_end_proceeds, end_proceeds - on_end_proceeds);
        // Payback excludes the end proceeds, and so the debt that they repay.
        let covered = end.max(end.constant(0.0)).min(end.constant(self.balloon_usd()));
        let last = LastFlow { counted: flow + (covered - tax), beyond: end - covered };
        if S::LISTENS {
            put_tax(income + gain, total, self.before_tax(t, operations.cash) - tax + end, sink);
            self.put_owner(t, last.net(), sink);
        }
        last
    }

    /// The flow of a month before tax and end proceeds, USD; on the owner's basis with draws and payments of debt.
    #[inline(always)]
    fn before_tax_and_end<V: Real>(&self, t: usize, cash: V, overrun: V) -> V {
        let flow = cash + self.fixed_usd[t];
        if t < self.works_end { flow + overrun * self.capital.outlay(t).works } else { flow }
    }

    /// The flow of a month before tax, lender and end proceeds, USD.
    #[inline(always)]
    fn before_tax<V: Real>(&self, t: usize, cash: V) -> V {
        cash + self.capital.outlay(t).total()
    }

    /// Debt left when the plan ends, USD; 0 on a project basis.
    #[inline(always)]
    fn balloon_usd(&self) -> f64 {
        if self.basis == Basis::EquityAfterTax { self.financing.debt().balloon } else { 0.0 }
    }

    /// Records the lines of capital, and the flow before tax.
    #[inline(always)]
    fn put_capital<V: Real>(&self, t: usize, cash: V, end_proceeds: V, sink: &mut impl Sink<V>) {
        let outlay = self.capital.outlay(t);
        sink.put(Line::OtherProceeds, cash.constant(outlay.other_proceeds));
        sink.put(Line::CapexWorks, cash.constant(outlay.works));
        sink.put(Line::CapexHardware, cash.constant(outlay.hardware));
        sink.put(Line::Deposit, cash.constant(outlay.deposit));
        sink.put(Line::EndProceeds, end_proceeds);
        sink.put(Line::NetBeforeTax, self.before_tax(t, cash) + end_proceeds);
        sink.put(Line::Depreciation, cash.constant(0.0 - self.financing.depreciation_usd(t)));
    }

    /// Records the owner's flow and the lines of the debt. Interest until live is capitalised, not paid.
    #[inline(always)]
    fn put_owner<V: Real>(&self, t: usize, equity: V, sink: &mut impl Sink<V>) {
        if self.basis != Basis::EquityAfterTax {
            return;
        }
        sink.put(Line::Equity, equity);
        if !self.financing.debt().is_some() {
            return;
        }
        let (month, repaid) = (&self.financing.debt().months[t], self.financing.repaid_usd(t));
        sink.put(Line::DebtDrawn, equity.constant(month.drawn));
        sink.put(Line::DebtBalance, equity.constant(month.balance - (repaid - month.payment)));
        if t > self.live {
            sink.put(Line::Interest, equity.constant(0.0 - month.interest));
            sink.put(Line::Principal, equity.constant(month.interest - repaid));
        }
    }
}

/// Records the lines of a tax return, and the flow after tax.
#[inline(always)]
fn put_tax<V: Real>(income: V, tax: V, after_tax: V, sink: &mut impl Sink<V>) {
    sink.put(Line::TaxableIncome, income);
    sink.put(Line::Tax, tax.constant(0.0) - tax);
    sink.put(Line::NetAfterTax, after_tax);
}
