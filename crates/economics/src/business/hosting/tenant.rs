//! The hosting tenant on a path: whether it stays, what it pays when it leaves, and who comes after it.

use super::lease::Tenant;
use crate::business::hosting::Inputs;
use crate::kernel::{Credit, Customer, Levels};
use crate::number::Real;

/// What a tenant's default does.
#[derive(Clone, Copy, Debug)]
pub(super) struct DefaultRisk {
    /// How likely it is.
    pub credit: Credit,
    /// Months in which nothing is due, that of the default included.
    pub relet_months: f64,
    /// The fee afterwards over the fee of the contract.
    pub relet_factor: f64,
}

/// Credit left against what the customer funded, and the tenant.
#[derive(Clone, Copy, Debug)]
pub struct HostingState<V> {
    pub(super) credit_left: V,
    pub(super) tenant: Customer<V>,
}

/// How the hall is let in a month.
pub(super) struct Tenancy<V: Real> {
    /// 0 while it stands empty after a default, else 1.
    pub share: V,
    /// The tenant of this term has left.
    pub is_relet: V::Mask,
    /// What a tenant that leaves in this month pays for it, USD.
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

    /// The factor of a month's market on the hazard: tenants are AI companies too, and fail when compute is cheap.
    #[inline(always)]
    pub(super) fn factor<V: Real>(&self, levels: &Levels<V>) -> V {
        let rental = levels.rental_usd_per_gpu_hour;
        self.credit.factor(rental.constant(levels.planned_rental_usd_per_gpu_hour), rental)
    }

    /// Whether the hall is let this month, and by whom.
    ///
    /// A default ends the credit; nothing is due for a while, then the hall is let again at a discount until the term
    /// ends. It happens once a term at most.
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
        // The month of the default is the first of those in which nothing is due.
        let is_empty =
            is_relet & (zero + (tenant.term.month() - self.relet_months)).less(state.tenant.left_in());
        Tenancy {
            share: V::select(is_empty, zero, one),
            is_relet,
            termination_usd: V::select(leaves, zero + tenant.termination_usd, zero),
        }
    }
}
