//! The leases of a hosting site: fees, prepayments and vacancies by month.

use crate::business::hosting::{EndValue, Inputs};
use crate::kernel::{TermMonth, Timing, YearlySteps};
use crate::units::{HOURS_PER_MONTH, KWH_PER_MWH};

/// Values of a month that do not depend on the market.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Month {
    pub live: bool,
    /// Position of the month in its lease.
    pub tenant: Tenant,
    /// The fee earned, USD.
    pub fee_usd: f64,
    /// Prepayment received (positive) or its use for this month's fee (negative), USD.
    pub prepayment_usd: f64,
    pub energy_mwh: f64,
    pub opex_usd: f64,
    pub kw_months_let: f64,
}

/// Position of a month in its lease.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tenant {
    /// Whether the customer who funded the fit-out is still the tenant.
    pub is_first: bool,
    /// Position of the month in the term.
    pub term: TermMonth,
    /// Termination payment of a tenant that leaves in this month, USD.
    pub termination_usd: f64,
}

impl Month {
    /// Fee due this month after its prepayment, USD.
    pub(crate) fn fee_due_usd(&self) -> f64 {
        self.fee_usd + self.prepayment_usd.min(0.0)
    }
}

/// Position of a live month in the cycle of leases and vacancies.
#[derive(Clone, Copy, Debug)]
struct Lease {
    /// Months since the first live month.
    since_live: usize,
    /// Number of renewals so far.
    renewals: usize,
    /// Months left in the running term, this one included; 0 in a vacancy.
    months_left: usize,
}

impl Lease {
    fn at(since_live: usize, hosting: &Inputs) -> Self {
        let (term, vacancy) = (hosting.term_months as usize, hosting.vacancy_months as usize);
        let within = since_live % (term + vacancy);
        Self { since_live, renewals: since_live / (term + vacancy), months_left: term.saturating_sub(within) }
    }

    const fn is_let(&self) -> bool {
        self.months_left > 0
    }
}

/// Inputs of the monthly table.
pub(crate) struct Terms<'a> {
    pub hosting: &'a Inputs,
    pub timing: Timing,
    pub it_kw: f64,
    /// The fee on offer when the lease is signed, USD per kW of IT power and month.
    pub fee_usd_per_kw_month: f64,
    pub inflation: YearlySteps,
    pub escalation: YearlySteps,
}

impl Terms<'_> {
    fn lease(&self, t: usize) -> Option<Lease> {
        t.checked_sub(self.timing.live() + 1).map(|since_live| Lease::at(since_live, self.hosting))
    }

    fn fee_usd(&self, lease: &Lease, share: f64) -> f64 {
        if !lease.is_let() {
            return 0.0;
        }
        let hosting = self.hosting;
        let escalation = self.escalation.after(lease.since_live);
        let renewal =
            if lease.renewals == 0 { 1.0 } else { hosting.renewal_factor.powi(lease.renewals as i32) };
        self.it_kw * hosting.occupancy * self.fee_usd_per_kw_month * escalation * renewal * share
    }

    pub(crate) fn month(&self, t: usize) -> Month {
        let Some(lease) = self.lease(t) else { return Month::default() };
        let share = self.timing.share(t);
        let fee_usd = self.fee_usd(&lease, share);
        let let_share = if lease.is_let() { share * self.hosting.occupancy } else { 0.0 };
        let prepaid = lease.since_live < self.hosting.prepaid_months as usize;
        Month {
            live: true,
            fee_usd,
            prepayment_usd: if prepaid { -fee_usd } else { 0.0 },
            tenant: self.tenant(t, &lease, fee_usd),
            energy_mwh: self.energy_mwh(let_share),
            opex_usd: self.it_kw * self.hosting.opex_usd_per_kw_month * self.inflation.of_month(t),
            kw_months_let: self.it_kw * let_share,
        }
    }

    /// Position of month `t` in its lease, with a fee of `fee_usd`.
    fn tenant(&self, t: usize, lease: &Lease, fee_usd: f64) -> Tenant {
        let hosting = self.hosting;
        let into_term = hosting.term_months as usize - lease.months_left;
        let is_prepaid = lease.since_live < hosting.prepaid_months as usize;
        let paid_months = lease.months_left.min(hosting.termination_months as usize);
        Tenant {
            is_first: lease.since_live < hosting.term_months as usize,
            term: if lease.is_let() {
                let may_fail = !is_prepaid && hosting.occupancy > 0.0;
                TermMonth::new(t, t - into_term, lease.renewals, may_fail)
            } else {
                TermMonth::default()
            },
            termination_usd: fee_usd * paid_months as f64,
        }
    }

    fn energy_mwh(&self, let_share: f64) -> f64 {
        self.it_kw * self.hosting.pue * self.hosting.load_factor * let_share * HOURS_PER_MONTH / KWH_PER_MWH
    }

    /// A month at full ramp with the fee on offer at the start.
    pub(crate) fn today(&self) -> Month {
        let fee_usd_per_kw_month = self.hosting.fee_usd_per_kw_month.level(0);
        Month {
            live: true,
            fee_usd: self.it_kw * self.hosting.occupancy * fee_usd_per_kw_month,
            prepayment_usd: 0.0,
            tenant: Tenant::default(),
            energy_mwh: self.energy_mwh(self.hosting.occupancy),
            opex_usd: self.it_kw * self.hosting.opex_usd_per_kw_month,
            kw_months_let: self.it_kw * self.hosting.occupancy,
        }
    }

    /// Months after `T` that the end value counts: those left of the first term, which a contract backs; 0 in its last
    /// month.
    pub(super) fn counted_months(&self, horizon: usize) -> usize {
        let first = self.lease(horizon).filter(|lease| lease.renewals == 0);
        match self.hosting.end_value {
            EndValue::Works => 0,
            EndValue::RunningTerm => first.map_or(0, |lease| lease.months_left.saturating_sub(1)),
        }
    }

    /// Present value at `T` of fees prepaid for months after `from`, USD: they are owed and not yet earned.
    pub(super) fn owed_usd(&self, from: usize, horizon: usize, discount: f64) -> f64 {
        let last = self.timing.live() + self.hosting.prepaid_months as usize;
        let present = |t: usize| self.month(t).fee_usd * discount.powi((t - horizon) as i32);
        (from + 1..=last).map(present).sum()
    }
}
