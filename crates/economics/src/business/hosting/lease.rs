//! The leases of a hosting site: fees, prepayments and vacancies by month, and what is still to come at the end.

use crate::business::hosting::{EndValue, Inputs};
use crate::kernel::{CapitalPlan, Timing, YearlySteps};
use crate::units::{HOURS_PER_MONTH, KWH_PER_MWH};

/// What is known of a month before its market.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Month {
    pub live: bool,
    /// Where the month stands in its lease.
    pub tenant: Tenant,
    /// The fee earned, USD.
    pub fee_usd: f64,
    /// Prepayment received (positive) or its use for this month's fee (negative), USD.
    pub prepayment_usd: f64,
    pub energy_mwh: f64,
    pub opex_usd: f64,
    pub kw_months_let: f64,
}

/// Where a month stands in its lease.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tenant {
    /// The customer who funded the fit-out is still there.
    pub is_first: bool,
    /// A new term begins, so that what the last tenant did is forgotten.
    pub begins_term: bool,
    /// A term runs.
    pub is_let: bool,
}

impl Month {
    /// The fee that is still to be paid this month, USD.
    pub(crate) fn fee_due_usd(&self) -> f64 {
        self.fee_usd + self.prepayment_usd.min(0.0)
    }
}

/// The worth of the site at `T`, USD at that time.
#[derive(Clone, Debug, Default)]
pub(crate) struct EndOfPlan {
    /// Months of the running lease after `T` that are counted.
    pub term_months: usize,
    /// The works at the end of the term less opex after `T`.
    pub fixed_usd: f64,
    /// Fees still due after `T` when the tenant stays, less those of later months that were paid in advance.
    pub fees_usd: f64,
    /// Fees of a hall that is let again at the discount, by the months that it still stands empty after `T`.
    pub relet_fees_usd: Vec<f64>,
    /// Energy that the landlord pays after `T` in a hall that is let again, by the same months, MWh.
    pub relet_energy_mwh: Vec<f64>,
    /// Energy that the landlord pays after `T`, discounted, MWh.
    pub energy_mwh: f64,
    /// Fees due after `T` while the funding customer stays, and their discount factors.
    pub credited_fees: Vec<(f64, f64)>,
}

/// Where a live month stands in the cycle of leases and vacancies.
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

/// Quantities of a scenario from which every month is made.
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
            tenant: Tenant {
                is_first: lease.since_live < self.hosting.term_months as usize,
                begins_term: lease.months_left == self.hosting.term_months as usize,
                is_let: lease.is_let(),
            },
            energy_mwh: self.energy_mwh(let_share),
            opex_usd: self.it_kw * self.hosting.opex_usd_per_kw_month * self.inflation.of_month(t),
            kw_months_let: self.it_kw * let_share,
        }
    }

    fn energy_mwh(&self, let_share: f64) -> f64 {
        self.it_kw * self.hosting.pue * self.hosting.load_factor * let_share * HOURS_PER_MONTH / KWH_PER_MWH
    }

    /// A month at full ramp with the fee that is on offer at the start.
    pub(crate) fn today(&self) -> Month {
        let fee_usd_per_kw_month = self.hosting.fee_usd_per_kw_month.level(0);
        Month {
            live: true,
            fee_usd: self.it_kw * self.hosting.occupancy * fee_usd_per_kw_month,
            prepayment_usd: 0.0,
            tenant: Tenant { is_first: false, begins_term: false, is_let: true },
            energy_mwh: self.energy_mwh(self.hosting.occupancy),
            opex_usd: self.it_kw * self.hosting.opex_usd_per_kw_month,
            kw_months_let: self.it_kw * self.hosting.occupancy,
        }
    }

    /// Months after `T` that the end value counts. Only the first term does, which a contract backs; the last month
    /// of a term leaves nothing to come.
    fn counted_months(&self, horizon: usize) -> usize {
        let first = self.lease(horizon).filter(|lease| lease.renewals == 0);
        match self.hosting.end_value {
            EndValue::Works => 0,
            EndValue::RunningTerm => first.map_or(0, |lease| lease.months_left.saturating_sub(1)),
        }
    }

    /// Fees of the months after `from` that were paid in advance, at `T`, USD: they are owed and not yet earned.
    fn owed_usd(&self, from: usize, horizon: usize, discount: f64) -> f64 {
        let last = self.timing.live() + self.hosting.prepaid_months as usize;
        let present = |t: usize| self.month(t).fee_usd * discount.powi((t - horizon) as i32);
        (from + 1..=last).map(present).sum()
    }

    pub(crate) fn end(&self, horizon: usize, capital: &CapitalPlan, discount: f64) -> EndOfPlan {
        let mut end = EndOfPlan::default();
        let running = self.counted_months(horizon);
        end.term_months = running;
        let mut factor = 1.0;
        let mut later = Vec::with_capacity(running);
        for t in horizon + 1..=horizon + running {
            factor *= discount;
            let month = self.month(t);
            end.fixed_usd -= month.opex_usd * factor;
            end.fees_usd += month.fee_due_usd() * factor;
            end.energy_mwh += month.energy_mwh * factor;
            later.push((month.fee_usd * factor, month.energy_mwh * factor));
            end.credited_fees.push((month.fee_due_usd(), factor));
        }
        end.fees_usd -= self.owed_usd(horizon + running, horizon, discount);
        end.fixed_usd += capital.works_value_usd(horizon + running) * factor;
        // What is left from each month on, as far as a hall can still stand empty.
        let empty_months = self.hosting.relet_months as usize + 1;
        (end.relet_fees_usd, end.relet_energy_mwh) = (vec![0.0; empty_months], vec![0.0; empty_months]);
        let (mut fees, mut energy) = (0.0, 0.0);
        for (empty, (later_fees, later_energy)) in later.into_iter().enumerate().rev() {
            fees += later_fees;
            energy += later_energy;
            if empty < empty_months {
                end.relet_fees_usd[empty] = fees * (1.0 - self.hosting.relet_discount);
                end.relet_energy_mwh[empty] = energy;
            }
        }
        end
    }
}
