//! Monthly table of a GPU fleet without its market: contract terms, costs and age.

use super::Inputs;
use crate::kernel::{PriceLeft, TermMonth, Timing, YearlySteps};
use crate::scenario::mid_month;
use crate::units::{HOURS_PER_MONTH, KWH_PER_MWH};

/// Values of a month that do not depend on the market.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Month {
    pub live: bool,
    pub may_idle: bool,
    /// Contracts that start in this month; `None` if those of the month before continue.
    pub letting: Option<Letting>,
    /// Position of the month in its term.
    pub term: TermMonth,
    /// Termination payment of a customer that leaves in this month, in months of contract rental.
    pub termination_months: f64,
    /// Available GPU-hours of the fleet, h.
    pub fleet_hours: f64,
    /// Local rental over market rental.
    pub local_factor: f64,
    /// Factor of the local premium on the utilisation of the uncontracted hours.
    pub utilisation_factor: f64,
    /// Share of the revenue that is kept, fraction.
    pub keep: f64,
    /// Prepayment received (positive) or credited (negative), USD.
    pub prepayment_usd: f64,
    /// Energy if every GPU were busy, MWh.
    pub full_energy_mwh: f64,
    pub opex_usd: f64,
    pub maintenance_usd: f64,
    pub replacement_usd: f64,
    pub colocation_usd: f64,
}

/// Contracts in force from the start of a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Letting {
    /// Share of the fleet under contract, fraction.
    pub share: f64,
    pub rental: Rental,
}

/// Contract rental per GPU-hour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Rental {
    /// Agreed before the start, USD.
    Agreed(f64),
    /// A share of the local rental in the first month of the term.
    OfMarket(f64),
}

/// Nothing is under contract.
const OPEN: Letting = Letting { share: 0.0, rental: Rental::Agreed(0.0) };

/// A contract term: its number, and its months, which may lie beyond the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    /// 0 for the term agreed before the start.
    pub number: usize,
    pub first: usize,
    pub last: usize,
}

/// Contract terms that begin within the plan, in order; each later term starts when the one before ends.
pub(crate) fn terms(leasing: &Inputs, timing: Timing, horizon: usize) -> impl Iterator<Item = Term> + '_ {
    let length = |number: usize| match number {
        0 => leasing.contract_months as usize,
        // With a share of 0 nothing is let again.
        _ if leasing.recontract_share > 0.0 => leasing.recontract_months as usize,
        _ => 0,
    };
    let term = move |number: usize, first: usize| {
        let months = length(number);
        (months > 0 && first <= horizon).then(|| Term { number, first, last: first + months - 1 })
    };
    std::iter::successors(term(0, timing.live() + 1), move |before| term(before.number + 1, before.last + 1))
}

impl Term {
    /// Share of the fleet under contract, fraction.
    pub(crate) fn share(self, leasing: &Inputs) -> f64 {
        if self.number == 0 {
            return leasing.contract_share;
        }
        leasing.contract_share * leasing.recontract_share.powi(self.number as i32)
    }

    fn rental(self, leasing: &Inputs) -> Rental {
        if self.number == 0 {
            Rental::Agreed(leasing.contract_usd_per_gpu_hour)
        } else {
            Rental::OfMarket(1.0 - leasing.recontract_discount)
        }
    }
}

/// Inputs of the monthly table.
pub(super) struct Terms<'a> {
    pub leasing: &'a Inputs,
    pub timing: Timing,
    pub gpus: f64,
    pub pue: f64,
    pub colocation_usd_per_month: f64,
    pub inflation: YearlySteps,
    /// Cost of the GPUs in the month in which they are paid, USD.
    pub hardware_usd: f64,
    pub price_left: PriceLeft,
}

impl Terms<'_> {
    fn keep(&self) -> f64 {
        1.0 - self.leasing.revenue_share
    }

    fn fleet_hours(&self, share: f64) -> f64 {
        self.gpus * self.leasing.availability * HOURS_PER_MONTH * share
    }

    /// A month at `share` of full operation with GPUs `age_months` old, in the market of month `t`.
    fn month(&self, t: usize, share: f64, age_months: f64, inflation: f64) -> Month {
        let leasing = self.leasing;
        let hardware = self.hardware_usd;
        let in_warranty = age_months < f64::from(leasing.warranty_months);
        let local_factor = local_factor(leasing, t);
        Month {
            live: true,
            may_idle: false,
            letting: None,
            term: TermMonth::default(),
            termination_months: 0.0,
            fleet_hours: self.fleet_hours(share),
            local_factor,
            utilisation_factor: utilisation_factor(leasing, local_factor),
            keep: self.keep(),
            prepayment_usd: 0.0,
            full_energy_mwh: self.gpus * leasing.kw_per_gpu * self.pue * HOURS_PER_MONTH * share
                / KWH_PER_MWH,
            opex_usd: self.gpus * HOURS_PER_MONTH * leasing.opex_usd_per_gpu_hour * share * inflation,
            maintenance_usd: hardware * leasing.maintenance_per_year / 12.0 * share * inflation,
            replacement_usd: if in_warranty {
                0.0
            } else {
                hardware * leasing.replacement_per_year / 12.0 * self.price_left.at(age_months)
            },
            colocation_usd: self.colocation_usd_per_month * inflation,
        }
    }

    /// A month at full ramp with new GPUs under the first contract, in the market of the start.
    pub(super) fn today(&self) -> Month {
        let first = terms(self.leasing, self.timing, usize::MAX).next();
        let letting =
            first.map(|term| Letting { share: term.share(self.leasing), rental: term.rental(self.leasing) });
        Month { letting, ..self.month(0, 1.0, 0.0, 1.0) }
    }

    pub(super) fn months(&self, horizon: usize) -> Vec<Month> {
        let live = self.timing.live();
        let month = |t: usize| {
            if t <= live {
                return Month::default();
            }
            // Hardware ages from the planned start, even if works are late.
            let age_months = (t - self.timing.planned_live()) as f64 - 0.5;
            let month = self.month(t, self.timing.share(t), age_months, self.inflation.of_month(t));
            let may_idle = self.timing.may_idle(t) && self.leasing.idle_when_unprofitable;
            Month { may_idle, ..month }
        };
        let mut months: Vec<Month> = (0..=horizon).map(month).collect();
        self.let_out(&mut months);
        self.prepay(&mut months);
        months
    }

    /// Sets the months in which a term begins, and in which the contracts end.
    fn let_out(&self, months: &mut [Month]) {
        let leasing = self.leasing;
        for term in terms(leasing, self.timing, months.len() - 1) {
            let letting = Letting { share: term.share(leasing), rental: term.rental(leasing) };
            months[term.first].letting = Some(letting);
            self.mark(term, months);
            // Overwritten if another term follows.
            if let Some(after) = months.get_mut(term.last + 1) {
                after.letting = Some(OPEN);
            }
        }
    }

    /// Marks the months of a term. A customer that has prepaid all of them owes nothing and cannot default.
    fn mark(&self, term: Term, months: &mut [Month]) {
        let leasing = self.leasing;
        if term.share(leasing) == 0.0 {
            return;
        }
        let may_fail = term.number > 0 || leasing.prepaid_share < 1.0;
        let last = term.last.min(months.len() - 1);
        for (t, month) in months.iter_mut().enumerate().take(last + 1).skip(term.first) {
            month.term = TermMonth::new(t, term.first, term.number, may_fail);
            month.termination_months = (term.last + 1 - t).min(leasing.termination_months as usize) as f64;
        }
    }

    /// Moves the prepaid share of the revenue of the first term within the plan to month `L`, and credits it evenly
    /// over the months of the term.
    fn prepay(&self, months: &mut [Month]) {
        let leasing = self.leasing;
        let live = self.timing.live();
        let last = (live + leasing.contract_months as usize).min(months.len() - 1);
        if leasing.prepaid_share == 0.0 || last <= live {
            return;
        }
        let of_month = |month: &Month| {
            month.fleet_hours * leasing.contract_share * leasing.contract_usd_per_gpu_hour * month.keep
        };
        let revenue: f64 = months[live + 1..=last].iter().map(of_month).sum();
        let prepaid = leasing.prepaid_share * revenue;
        months[live].prepayment_usd = prepaid;
        for month in &mut months[live + 1..=last] {
            month.prepayment_usd = -prepaid / (last - live) as f64;
        }
    }
}

/// Local rental over market rental in month `t`: 1 plus a premium that decays with its half-life.
fn local_factor(leasing: &Inputs, t: usize) -> f64 {
    if leasing.local_premium == 0.0 {
        return 1.0;
    }
    1.0 + leasing.local_premium * (-mid_month(t) / leasing.local_premium_half_life_months).exp2()
}

/// Factor of the local premium on utilisation.
fn utilisation_factor(leasing: &Inputs, local_factor: f64) -> f64 {
    if leasing.utilisation_price_elasticity == 0.0 {
        return 1.0;
    }
    local_factor.powf(-leasing.utilisation_price_elasticity)
}
