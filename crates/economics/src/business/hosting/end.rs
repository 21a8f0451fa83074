//! Value of a hosting site at `T`: the remaining cash flow of the running lease, and the works.

use super::lease::Terms;
use super::tenant::{DefaultRisk, HostingState};
use crate::kernel::{CapitalPlan, Levels, TermMonth};
use crate::number::Real;
use crate::units::KWH_PER_MWH;

/// Value of the site at `T`, USD at that time.
#[derive(Clone, Debug)]
pub(super) struct EndOfPlan {
    /// Months of the running lease after `T` that are counted.
    pub term_months: usize,
    /// Present value at `T` of the works at the end of the term.
    pub works_usd: f64,
    /// `T`.
    horizon: f64,
    /// Position of `T` in its term.
    term: TermMonth,
    /// Present value at `T` of the works at the end of the term, less opex after `T`.
    fixed_usd: f64,
    /// Fees and energy if the tenant stays, less the fees already prepaid for later months.
    stays: Rest,
    /// The same for a hall that is let again at the discount, indexed by the months it is still empty after `T`.
    relet: Vec<Rest>,
    /// The same if the tenant leaves in the first, second, … month after `T`, and whether it can default in that month.
    leaving: Vec<(bool, Rest)>,
    /// Fees due after `T` while the funding customer stays, and their discount factors.
    credited_fees: Vec<(f64, f64)>,
}

/// Remaining fees and energy of a lease, discounted to `T`.
#[derive(Clone, Copy, Debug, Default)]
struct Rest {
    /// Fees, USD.
    fees_usd: f64,
    /// Energy that the landlord pays, MWh.
    energy_mwh: f64,
}

impl Rest {
    fn plus(self, fees_usd: f64, energy_mwh: f64) -> Self {
        Self { fees_usd: self.fees_usd + fees_usd, energy_mwh: self.energy_mwh + energy_mwh }
    }
}

impl EndOfPlan {
    pub(super) fn new(
        terms: &Terms<'_>,
        default: &DefaultRisk,
        horizon: usize,
        capital: &CapitalPlan,
        discount: f64,
    ) -> Self {
        let running = terms.counted_months(horizon);
        let (mut factor, mut fixed_usd, mut stays) = (1.0, 0.0, Rest::default());
        let mut later = Vec::with_capacity(running);
        let mut credited_fees = Vec::with_capacity(running);
        for t in horizon + 1..=horizon + running {
            factor *= discount;
            let month = terms.month(t);
            fixed_usd -= month.opex_usd * factor;
            let before = stays;
            stays = stays.plus(month.fee_due_usd() * factor, month.energy_mwh * factor);
            credited_fees.push((month.fee_due_usd(), factor));
            later.push((before, month, factor));
        }
        stays.fees_usd -= terms.owed_usd(horizon + running, horizon, discount);
        let works_usd = capital.works_value_usd(horizon + running) * factor;
        fixed_usd += works_usd;
        // Remaining fees and energy of a hall let again from each month on.
        let mut relet_from = vec![Rest::default(); running + 1];
        for (index, (_, month, factor)) in later.iter().enumerate().rev() {
            let fee_usd = month.fee_usd * factor * default.relet_factor;
            relet_from[index] = relet_from[index + 1].plus(fee_usd, month.energy_mwh * factor);
        }
        let relet = |from: usize| relet_from[from.min(running)];
        let relet_months = default.relet_months as usize;
        let leaving = later.iter().enumerate().map(|(index, (before, month, factor))| {
            let after = relet(index + relet_months);
            let rest = before.plus(month.tenant.termination_usd * factor, 0.0);
            (month.tenant.term.may_fail, rest.plus(after.fees_usd, after.energy_mwh))
        });
        Self {
            term_months: running,
            works_usd,
            horizon: horizon as f64,
            term: terms.month(horizon).tenant.term,
            fixed_usd,
            stays,
            relet: (0..=relet_months).map(relet).collect(),
            leaving: leaving.collect(),
            credited_fees,
        }
    }

    /// Value in the market of month `T`, USD, by the limit of the credit and whether the landlord pays for power.
    #[inline(always)]
    pub(super) fn worth_usd<V: Real>(
        &self,
        levels: &Levels<V>,
        state: &HostingState<V>,
        default: &DefaultRisk,
        (credit_limit, pays_power): (f64, bool),
    ) -> V {
        let zero = state.credit_left.constant(0.0);
        let mut fees = zero + self.stays.fees_usd;
        let mut energy_mwh = zero + self.stays.energy_mwh;
        let mut leaves_after = zero + f64::INFINITY;
        if default.credit.can_fail() {
            let is_gone = state.tenant.is_gone(&self.term);
            if V::any(is_gone) {
                (fees, energy_mwh) = self.let_again(state, default, (fees, energy_mwh));
            }
            let hazard = default.credit.hazard(default.factor(levels));
            let mut patience = V::select(is_gone, zero + f64::INFINITY, state.tenant.patience());
            if V::any(patience.less(hazard * self.leaving.len() as f64)) {
                for (index, (may_fail, rest)) in self.leaving.iter().enumerate() {
                    if !may_fail {
                        continue;
                    }
                    let stayed = !patience.less(zero);
                    patience = patience - hazard;
                    let leaves = stayed & patience.less(zero);
                    if !V::any(leaves) {
                        continue;
                    }
                    fees = V::select(leaves, zero + rest.fees_usd, fees);
                    energy_mwh = V::select(leaves, zero + rest.energy_mwh, energy_mwh);
                    leaves_after = V::select(leaves, zero + index as f64, leaves_after);
                }
            }
        }
        let mut worth = fees + self.fixed_usd;
        let mut left = state.credit_left;
        if V::any(zero.less(left)) {
            for (index, &(fee_due, factor)) in self.credited_fees.iter().enumerate() {
                let credit = left.min(zero + credit_limit * fee_due);
                let is_there = (zero + index as f64).less(leaves_after);
                let credit = V::select(is_there, credit, zero);
                left = left - credit;
                worth = worth - credit * factor;
            }
        }
        if pays_power { worth - levels.power_usd_per_kwh * energy_mwh * KWH_PER_MWH } else { worth }
    }

    /// Fees and energy in lanes whose tenant left before the end, else those given.
    #[inline(always)]
    fn let_again<V: Real>(
        &self,
        state: &HostingState<V>,
        default: &DefaultRisk,
        (mut fees, mut energy_mwh): (V, V),
    ) -> (V, V) {
        let zero = fees.constant(0.0);
        let is_gone = state.tenant.is_gone(&self.term);
        let left_empty = state.tenant.left_in() + (default.relet_months - 1.0 - self.horizon);
        // The empty months left are a whole number, below that of a default.
        for (empty, rest) in self.relet.iter().enumerate() {
            let holds = is_gone & !left_empty.max(zero).less(zero + (empty as f64 - 0.5));
            fees = V::select(holds, zero + rest.fees_usd, fees);
            energy_mwh = V::select(holds, zero + rest.energy_mwh, energy_mwh);
        }
        (fees, energy_mwh)
    }
}
