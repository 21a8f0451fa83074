//! Default of the hosting tenant on a path, its termination payment, and the letting after it.

use super::lease::Tenant;
use crate::business::hosting::Inputs;
use crate::kernel::{Credit, Customer, Levels};
use crate::number::Real;

/// Default risk of the tenant.
#[derive(Clone, Copy, Debug)]
pub(super) struct DefaultRisk {
    /// Default hazard.
    pub credit: Credit,
    /// Empty months after a default, that of the default included.
    pub relet_months: f64,
    /// Fee after the default over the contract fee.
    pub relet_factor: f64,
}

/// Credit left of the customer's funding, and the tenant.
#[derive(Clone, Copy, Debug)]
pub struct HostingState<V> {
    pub(super) credit_left: V,
    pub(super) tenant: Customer<V>,
}

/// Letting of the hall in a month.
pub(super) struct Tenancy<V: Real> {
    /// 0 while the hall is empty after a default, else 1.
    pub share: V,
    /// Lanes in which the tenant of this term has left.
    pub is_relet: V::Mask,
    /// Termination payment of a tenant that leaves in this month, USD.
    pub termination_usd: V,
}

impl DefaultRisk {
    pub(super) fn new(hosting: &Inputs) -> Self {
        Self {
            credit: Credit::new(hosting.default_hazard_per_year, hosting.wrong_way),
            relet_months: f64::from(hosting.relet_months),
            relet_factor: 1.0 - hosting.relet_discount,
        }
    }

    /// Factor of the month's market on the hazard: tenants are AI companies, which fail when compute is cheap.
    #[inline(always)]
    pub(super) fn factor<V: Real>(&self, levels: &Levels<V>) -> V {
        let rental = levels.rental_usd_per_gpu_hour;
        self.credit.factor(rental.constant(levels.planned_rental_usd_per_gpu_hour), rental)
    }

    /// Advances the tenant by one month and returns the letting of the hall.
    ///
    /// A default ends the credit. The hall is empty for `relet_months`, then let again at a discount until the term
    /// ends. There is at most one default a term.
    #[inline(always)]
    pub(super) fn tenancy<V: Real>(
        &self,
        tenant: &Tenant,
        levels: &Levels<V>,
        state: &mut HostingState<V>,
    ) -> Tenancy<V> {
        let zero = state.credit_left.constant(0.0);
        let one = zero + 1.0;
        let nobody = zero.less(zero);
        if !self.credit.can_fail() {
            return Tenancy { share: one, is_relet: nobody, termination_usd: zero };
        }
        let leaves = if tenant.term.may_fail {
            self.credit.pass(&tenant.term, self.factor(levels), &mut state.tenant)
        } else {
            nobody
        };
        state.credit_left = V::select(leaves, zero, state.credit_left);
        let is_relet = state.tenant.is_gone(&tenant.term);
        // The month of the default is the first empty one.
        let is_empty =
            is_relet & (zero + (tenant.term.month() - self.relet_months)).less(state.tenant.left_in());
        Tenancy {
            share: V::select(is_empty, zero, one),
            is_relet,
            termination_usd: V::select(leaves, zero + tenant.termination_usd, zero),
        }
    }
}
