//! Depreciation, tax and debt of one business: what turns operations into the flows of a basis.

use crate::finance::{DebtMonth, DebtSchedule, TaxRule, TaxState, depreciation_schedule, is_tax_month};
use crate::kernel::{Basis, CapitalPlan, Timing};
use crate::number::Real;
use crate::scenario::{Debt, Finance};

/// The deductions and the debt of a business as monthly tables.
///
/// The debt is that of the deterministic plan: a simulated path pays by the same schedule, whatever it earns.
#[derive(Clone, Debug)]
pub struct Financing {
    months: Vec<Month>,
    debt: DebtSchedule,
    /// Basis of hardware and works that no month deducts; it is deducted against resale, USD.
    basis_left_usd: f64,
    /// The returned deposit, which is no income, USD.
    deposit_usd: f64,
    tax: TaxRule,
}

#[derive(Clone, Copy, Debug, Default)]
struct Month {
    depreciation_usd: f64,
    other_proceeds_usd: f64,
}

/// Tax at `T`.
#[derive(Clone, Copy, Debug)]
pub struct LastTax<V> {
    /// All of it, USD.
    pub total: V,
    /// The part that is due because of end proceeds, USD; negative if they bring a loss.
    pub on_end_proceeds: V,
}

impl Financing {
    /// Compiles the financing of a business.
    ///
    /// `operating_cash` is that of the deterministic plan, one value per month `0..=T`, USD; a debt sized to a
    /// DSCR follows it.
    pub fn compile(
        finance: &Finance,
        debt: Debt,
        capital: &CapitalPlan,
        timing: Timing,
        operating_cash: &[f64],
    ) -> Self {
        let (horizon, live) = (operating_cash.len() - 1, timing.live());
        let mut months: Vec<Month> = (0..=horizon)
            .map(|t| Month { depreciation_usd: 0.0, other_proceeds_usd: capital.outlay(t).other_proceeds })
            .collect();
        let mut basis_left_usd = 0.0;
        let classes = [
            (capital.hardware_usd(), finance.hardware_depreciation, finance.bonus_depreciation),
            (capital.own_works_usd(), finance.site_depreciation, finance.site_bonus_depreciation),
        ];
        for (basis, class, bonus) in classes.into_iter().filter(|(basis, ..)| *basis > 0.0) {
            let shares = depreciation_schedule(class, bonus, horizon - live);
            for (month, share) in months[live + 1..].iter_mut().zip(&shares) {
                month.depreciation_usd += basis * share;
            }
            let left = 1.0 - shares.iter().sum::<f64>();
            // The shares of a whole class add up to 1 but for rounding.
            basis_left_usd += if left > 1e-12 { basis * left } else { 0.0 };
        }
        let capex: Vec<f64> = (0..=horizon).map(|t| capital.outlay(t).capex()).collect();
        Self {
            months,
            debt: DebtSchedule::new(debt, &capex, operating_cash, live),
            basis_left_usd,
            deposit_usd: capital.deposit_usd(),
            tax: TaxRule { rate: finance.tax_rate, loss_limit: finance.nol_limit },
        }
    }

    /// The debt.
    pub fn debt(&self) -> &DebtSchedule {
        &self.debt
    }

    /// Depreciation of month `t`, USD, positive.
    pub fn depreciation_usd(&self, t: usize) -> f64 {
        self.months[t].depreciation_usd
    }

    /// Taxable income of month `t` without end proceeds, USD. The owner deducts interest as it accrues.
    #[inline(always)]
    pub fn income<V: Real>(&self, basis: Basis, t: usize, ebitda: V) -> V {
        let month = &self.months[t];
        let interest = if basis == Basis::EquityAfterTax { self.debt.months[t].interest } else { 0.0 };
        ebitda + (month.other_proceeds_usd - month.depreciation_usd - interest)
    }

    /// Books the taxable income of a month before `T` and gives the tax due at its end, USD.
    #[inline(always)]
    pub fn month_tax<V: Real>(&self, t: usize, income: V, state: &mut TaxState<V>) -> V {
        state.earn(income);
        if is_tax_month(t, self.horizon()) { state.close_year(&self.tax) } else { income.constant(0.0) }
    }

    /// Books the taxable income of month `T` and the gain on end proceeds, and gives the tax due then.
    #[inline(always)]
    pub fn last_tax<V: Real>(&self, income: V, gain: V, mut state: TaxState<V>) -> LastTax<V> {
        state.earn(income);
        let without = { state }.close_year(&self.tax);
        state.earn(gain);
        let total = state.close_year(&self.tax);
        LastTax { total, on_end_proceeds: total - without }
    }

    /// Taxable gain on the end proceeds, USD: over the basis left, the deposit, and what kept coins were worth
    /// when they were mined.
    #[inline(always)]
    pub fn gain<V: Real>(&self, end_proceeds: V, kept_cost: V) -> V {
        end_proceeds - kept_cost - (self.deposit_usd + self.basis_left_usd)
    }

    /// What the owner gets from the lender in month `t`, less what is paid to it, USD.
    #[inline(always)]
    pub fn lent_usd(&self, t: usize) -> f64 {
        let DebtMonth { drawn, .. } = self.debt.months[t];
        drawn - self.repaid_usd(t)
    }

    /// What is paid to the lender in month `t`: the scheduled payment, and at `T` what is left, USD.
    #[inline(always)]
    pub fn repaid_usd(&self, t: usize) -> f64 {
        let balloon = if t == self.horizon() { self.debt.balloon } else { 0.0 };
        self.debt.months[t].payment + balloon
    }

    pub(crate) fn horizon(&self) -> usize {
        self.months.len() - 1
    }
}
