//! Default of a GPU contract's customer on a path, and its termination payment.

use super::terms::Month;
use crate::business::leasing::Inputs;
use crate::kernel::{Credit, Customer};
use crate::number::Real;

/// State of the running contract term.
#[derive(Clone, Copy, Debug)]
pub struct LeasingState<V> {
    /// Share of the fleet under contract, fraction.
    pub(super) contracted: V,
    /// Contract rental, USD per GPU-hour; of a later term a share of the path's local rental in its first month.
    pub(super) rental_usd_per_gpu_hour: V,
    /// Customer of the contract.
    pub(super) customer: Customer<V>,
}

/// Amounts due in a month whether the fleet runs or not, USD.
pub(super) struct Due<V> {
    /// Prepayment received (positive) or credited (negative).
    pub prepayment_usd: V,
    /// Termination payment of a customer that leaves in this month.
    pub termination_usd: V,
}

/// Default risk of the GPU customer.
#[derive(Clone, Copy, Debug)]
pub(super) struct DefaultRisk {
    /// Default hazard.
    pub credit: Credit,
}

impl DefaultRisk {
    pub(super) fn new(leasing: &Inputs) -> Self {
        Self { credit: Credit::new(leasing.default_hazard_per_year, leasing.wrong_way) }
    }

    /// Advances the customer by one month and returns the amounts due.
    ///
    /// After a default the GPUs go to the market until the term would have ended. The prepayment is kept and no longer
    /// credited.
    #[inline(always)]
    pub(super) fn due<V: Real>(&self, month: &Month, local_rental: V, state: &mut LeasingState<V>) -> Due<V> {
        let zero = local_rental.constant(0.0);
        let prepayment_usd = zero + month.prepayment_usd;
        if !self.credit.can_fail() {
            return Due { prepayment_usd, termination_usd: zero };
        }
        let leaves = if month.term.may_fail {
            let factor = self.credit.factor(state.rental_usd_per_gpu_hour, local_rental);
            self.credit.pass(&month.term, factor, &mut state.customer)
        } else {
            zero.less(zero)
        };
        let contract = state.contracted * month.fleet_hours * state.rental_usd_per_gpu_hour * month.keep;
        state.contracted = V::select(leaves, zero, state.contracted);
        let is_gone = state.customer.is_gone(&month.term);
        Due {
            prepayment_usd: V::select(is_gone, zero, prepayment_usd),
            termination_usd: V::select(leaves, contract * month.termination_months, zero),
        }
    }
}
