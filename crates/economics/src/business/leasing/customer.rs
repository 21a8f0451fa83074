//! The customer of a GPU contract on a path: what it pays while it stays, and what the fleet earns without it.

use super::plan::Month;
use crate::business::leasing::Inputs;
use crate::kernel::{Credit, Customer, Levels};
use crate::number::Real;

/// What a GPU customer's default does.
#[derive(Clone, Copy, Debug)]
pub(super) struct DefaultRisk {
    /// How likely it is.
    pub credit: Credit,
    /// Contract rental, USD per GPU-hour.
    contract_usd_per_gpu_hour: f64,
}

/// The customer of the running contract.
#[derive(Clone, Copy, Debug)]
pub struct LeasingState<V> {
    pub(super) customer: Customer<V>,
}

/// How the fleet is let in a month.
pub(super) struct Lettings<V> {
    /// Hours under contract, h.
    pub contract_hours: V,
    /// Their rental, USD.
    pub contract_rental_usd: V,
    /// Hours that the market would rent at full utilisation, h.
    pub market_hours: V,
    /// Energy without market rentals, MWh.
    pub base_energy_mwh: V,
    /// Energy that the market adds at full utilisation, MWh.
    pub market_energy_mwh: V,
    /// Prepayment received (positive) or credited (negative), USD.
    pub prepayment_usd: V,
    /// What a customer that leaves in this month pays for it, USD.
    pub termination_usd: V,
}

impl DefaultRisk {
    pub(super) fn new(leasing: &Inputs) -> Self {
        Self {
            credit: Credit::new(leasing.default_hazard_per_year, leasing.wrong_way),
            contract_usd_per_gpu_hour: leasing.contract_usd_per_gpu_hour,
        }
    }

    /// How the fleet is let this month.
    ///
    /// A customer that leaves gives its GPUs to the market until its term would have ended. What it prepaid is kept, and
    /// no longer credited.
    #[inline(always)]
    pub(super) fn lettings<V: Real>(
        &self,
        month: &Month,
        levels: &Levels<V>,
        state: &mut LeasingState<V>,
    ) -> Lettings<V> {
        let rental = levels.rental_usd_per_gpu_hour;
        let zero = rental.constant(0.0);
        let let_out = Lettings {
            contract_hours: zero + month.contract_hours,
            contract_rental_usd: zero + month.contract_rental_usd,
            market_hours: zero + month.market_hours,
            base_energy_mwh: zero + month.base_energy_mwh,
            market_energy_mwh: zero + month.market_energy_mwh,
            prepayment_usd: zero + month.prepayment_usd,
            termination_usd: zero,
        };
        if !self.credit.can_fail() {
            return let_out;
        }
        let leaves = if month.term.may_fail {
            let factor = self.credit.factor(zero + self.contract_usd_per_gpu_hour, rental);
            self.credit.pass(&month.term, factor, &mut state.customer)
        } else {
            zero.less(zero)
        };
        let is_gone = state.customer.is_gone(month.term.begins);
        let unless_gone = |with: V, without: f64| V::select(is_gone, zero + without, with);
        Lettings {
            contract_hours: unless_gone(let_out.contract_hours, 0.0),
            contract_rental_usd: unless_gone(let_out.contract_rental_usd, 0.0),
            market_hours: unless_gone(let_out.market_hours, month.contract_hours + month.market_hours),
            base_energy_mwh: unless_gone(let_out.base_energy_mwh, month.idle_energy_mwh),
            market_energy_mwh: unless_gone(let_out.market_energy_mwh, month.busy_energy_mwh),
            prepayment_usd: unless_gone(let_out.prepayment_usd, 0.0),
            termination_usd: V::select(leaves, let_out.contract_rental_usd * month.termination_months, zero),
        }
    }
}
