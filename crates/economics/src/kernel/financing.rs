//! Depreciation, tax and debt of one business, from operating cash to the flows of a basis.

use crate::finance::{
    DebtMonth, DebtSchedule, MACRS_5, MACRS_15, TaxRule, TaxState, depreciation_by_year, is_tax_month,
    straight_line_depreciation,
};
use crate::kernel::{Basis, CapitalPlan, Timing};
use crate::number::Real;
use crate::scenario::{Debt, Depreciation, Finance};

/// The deductions and the debt of a business as monthly tables.
///
/// The debt is that of the deterministic plan: a simulated path pays by the same schedule, whatever it earns.
#[derive(Clone, Debug)]
pub struct Financing {
    months: Vec<Month>,
    /// Depreciation of works alone, by month, USD.
    of_works_usd: Vec<f64>,
    debt: DebtSchedule,
    /// Undepreciated basis of hardware and works at `T`, deducted against resale, USD.
    basis_left_usd: f64,
    /// Part of `basis_left_usd` that belongs to works, USD.
    works_left_usd: f64,
    /// Returned deposit, which is not income, USD.
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
    /// Total, USD.
    pub total: V,
    /// Part due on the end proceeds, USD; negative on a loss.
    pub on_end_proceeds: V,
}

/// The schedule of a debt on own capex: one value per month `0..=T`, USD, capex positive; `live` is the month before the
/// first live one.
fn schedule(debt: Debt, capex: &[f64], operating_cash: &[f64], live: usize) -> DebtSchedule {
    match debt {
        Debt::None => DebtSchedule::none(capex.len() - 1),
        Debt::Loan { loan_to_cost, apr, term_months, grace_months } => {
            DebtSchedule::loan(capex, live, loan_to_cost, apr, (term_months, grace_months))
        }
        Debt::SizedToDscr { dscr, apr, term_months } => {
            DebtSchedule::sized(capex, operating_cash, live, dscr, apr, term_months)
        }
    }
}

/// Share of the basis of a class that is deducted in each month `1..=months` since live; without a class nothing is,
/// bonus included.
pub fn depreciation_schedule(class: Depreciation, bonus: f64, months: usize) -> Vec<f64> {
    match class {
        Depreciation::Macrs5 => depreciation_by_year(&MACRS_5, bonus, months),
        Depreciation::Macrs15 => depreciation_by_year(&MACRS_15, bonus, months),
        Depreciation::StraightLine { months: length } => straight_line_depreciation(length, bonus, months),
        Depreciation::None => vec![0.0; months],
    }
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
        let horizon = operating_cash.len() - 1;
        let capex: Vec<f64> = (0..=horizon).map(|t| capital.outlay(t).capex()).collect();
        let debt = schedule(debt, &capex, operating_cash, timing.live());
        Self::with_debt(finance, debt, capital, timing)
    }

    /// The financing with late works: depreciation moves with them, the debt stays as planned.
    #[must_use]
    pub fn delayed(&self, finance: &Finance, capital: &CapitalPlan, timing: Timing) -> Self {
        Self::with_debt(finance, self.debt.clone(), capital, timing)
    }

    fn with_debt(finance: &Finance, debt: DebtSchedule, capital: &CapitalPlan, timing: Timing) -> Self {
        let (horizon, live) = (debt.months.len() - 1, timing.live());
        let month =
            |t: usize| Month { other_proceeds_usd: capital.outlay(t).other_proceeds, ..Month::default() };
        let mut financing = Self {
            months: (0..=horizon).map(month).collect(),
            of_works_usd: vec![0.0; horizon + 1],
            debt,
            basis_left_usd: 0.0,
            works_left_usd: 0.0,
            // A business that never goes live gets no deposit back, and deducts nothing.
            deposit_usd: if live < horizon { capital.deposit_usd() } else { 0.0 },
            tax: TaxRule { rate: finance.tax_rate, loss_limit: finance.nol_limit },
        };
        let classes = [
            (capital.hardware_usd(), finance.hardware_depreciation, finance.bonus_depreciation, false),
            (capital.own_works_usd(), finance.site_depreciation, finance.site_bonus_depreciation, true),
        ];
        let classes = classes.into_iter().filter(|(basis, ..)| *basis > 0.0 && live < horizon);
        for (basis, class, bonus, is_works) in classes {
            let shares = depreciation_schedule(class, bonus, horizon - live);
            for (month, share) in financing.months[live + 1..].iter_mut().zip(&shares) {
                month.depreciation_usd += basis * share;
            }
            if is_works {
                for (of_works, share) in financing.of_works_usd[live + 1..].iter_mut().zip(&shares) {
                    *of_works = basis * share;
                }
            }
            let left = 1.0 - shares.iter().sum::<f64>();
            // The shares of a complete class add up to 1 up to rounding.
            let left_usd = if left > 1e-12 { basis * left } else { 0.0 };
            financing.basis_left_usd += left_usd;
            financing.works_left_usd += if is_works { left_usd } else { 0.0 };
        }
        financing
    }

    /// The debt.
    pub fn debt(&self) -> &DebtSchedule {
        &self.debt
    }

    /// Depreciation of month `t`, USD, positive.
    pub fn depreciation_usd(&self, t: usize) -> f64 {
        self.months[t].depreciation_usd
    }

    /// Taxable income of month `t` without end proceeds, USD. The owner deducts interest as it accrues. `overrun` is
    /// the cost overrun of the works, as a share of the plan.
    #[inline(always)]
    pub fn income<V: Real>(&self, basis: Basis, t: usize, ebitda: V, overrun: V) -> V {
        let month = &self.months[t];
        let interest = if basis == Basis::EquityAfterTax { self.debt.months[t].interest } else { 0.0 };
        let fixed = month.other_proceeds_usd - month.depreciation_usd - interest;
        ebitda + fixed - overrun * self.of_works_usd[t]
    }

    /// Books the taxable income of a month before `T` and returns the tax due at its end, USD.
    #[inline(always)]
    pub fn month_tax<V: Real>(&self, t: usize, income: V, state: &mut TaxState<V>) -> V {
        state.earn(income);
        if is_tax_month(t, self.horizon()) { state.close_year(&self.tax) } else { income.constant(0.0) }
    }

    /// Books the taxable income of month `T` and the gain on end proceeds, and returns the tax due then.
    #[inline(always)]
    pub fn last_tax<V: Real>(&self, income: V, gain: V, mut state: TaxState<V>) -> LastTax<V> {
        state.earn(income);
        let without = { state }.close_year(&self.tax);
        state.earn(gain);
        let total = state.close_year(&self.tax);
        LastTax { total, on_end_proceeds: total - without }
    }

    /// Taxable gain on the end proceeds, USD: over the undepreciated basis, the deposit, and the value of kept coins
    /// when mined. `overrun` as in [`Financing::income`].
    #[inline(always)]
    pub fn gain<V: Real>(&self, end_proceeds: V, kept_cost: V, overrun: V) -> V {
        let left = self.deposit_usd + self.basis_left_usd;
        end_proceeds - kept_cost - left - overrun * self.works_left_usd
    }

    /// Net cash from the lender in month `t`: drawn less repaid, USD.
    #[inline(always)]
    pub fn lent_usd(&self, t: usize) -> f64 {
        let DebtMonth { drawn, .. } = self.debt.months[t];
        drawn - self.repaid_usd(t)
    }

    /// Payment to the lender in month `t`: as scheduled, and the balloon at `T`, USD.
    #[inline(always)]
    pub fn repaid_usd(&self, t: usize) -> f64 {
        let balloon = if t == self.horizon() { self.debt.balloon } else { 0.0 };
        self.debt.months[t].payment + balloon
    }

    pub(crate) fn horizon(&self) -> usize {
        self.months.len() - 1
    }
}
