//! What a simulation needs that is the same on every path.

use super::cache::FactorCache;
use super::factors::FactorModel;
use super::model::PlanModel;
use super::simulated::Simulated;
use crate::business::{AnyPlan, Business, PerBusiness, Plan, with_businesses};
use crate::kernel::{Basis, Financing, Levels, Venture, monthly_discount};
use crate::results::evaluation::financing;
use crate::scenario::ValidScenario;

/// A scenario's plan, its deterministic markets, its debt and its discount factors.
pub(super) struct Prepared {
    pub plan: Plan,
    /// Markets of the plan as it stands, by month.
    levels: Vec<Levels<f64>>,
    financings: PerBusiness<Option<Financing>>,
    /// Discount factor of each month, by business.
    discounts: PerBusiness<Vec<f64>>,
}

impl Prepared {
    pub(super) fn new(scenario: &ValidScenario) -> Self {
        let plan = Plan::compile(scenario);
        let levels = plan.market.deterministic();
        let financings = PerBusiness::new(|business| {
            plan.businesses[business].as_ref().ok().map(|plan| financed(plan, &levels, scenario))
        });
        let discounts = PerBusiness::new(|business: Business| {
            let factor = monthly_discount(business.discount_rate(scenario));
            let mut discount = Vec::with_capacity(levels.len());
            discount.extend(std::iter::successors(Some(1.0), |d| Some(d * factor)).take(levels.len()));
            discount
        });
        Self { plan, levels, financings, discounts }
    }

    /// The four markets of the plan as it stands, by month, in the order of [`PathStory`](super::PathStory).
    pub(super) fn planned(&self) -> [Vec<f64>; 4] {
        let series = |read: fn(&Levels<f64>) -> f64| self.levels.iter().map(read).collect();
        [
            series(|levels| levels.btc_price_usd),
            series(|levels| levels.network_eh_s),
            series(|levels| levels.rental_usd_per_gpu_hour),
            series(|levels| levels.power_usd_per_kwh),
        ]
    }

    /// The plan under simulated markets.
    pub(super) fn model<'a>(
        &'a self,
        factors: FactorModel,
        seed: u64,
        basis: Basis,
        cache: Option<&'a FactorCache>,
    ) -> PlanModel<'a> {
        let Self { plan, levels, financings, discounts } = self;
        let parts = Parts { plan, levels, financings, basis };
        let discounts = PerBusiness::new(|business| discounts[business].as_slice());
        parts.model(factors, discounts, seed, cache)
    }
}

/// What each business of a model is made from.
struct Parts<'a> {
    plan: &'a Plan,
    levels: &'a [Levels<f64>],
    financings: &'a PerBusiness<Option<Financing>>,
    basis: Basis,
}

impl<'a> Parts<'a> {
    fn simulated<P: Venture>(&self, business: Business, plan: &'a P) -> Option<Simulated<'a, P>> {
        let financing = self.financings[business].as_ref()?;
        Some(Simulated::new(plan, financing, self.basis, self.levels))
    }
}

macro_rules! parts_of_businesses {
    ($($Business:ident $module:ident $label:literal $word:literal;)*) => {
        impl<'a> Parts<'a> {
            fn model(
                &self,
                factors: FactorModel,
                discounts: PerBusiness<&'a [f64]>,
                seed: u64,
                cache: Option<&'a FactorCache>,
            ) -> PlanModel<'a> {
                PlanModel {
                    plan: self.plan,
                    factors,
                    $($module: match &self.plan.businesses[Business::$Business] {
                        Ok(AnyPlan::$Business(plan)) => self.simulated(Business::$Business, plan),
                        _ => None,
                    },)*
                    discounts,
                    seed,
                    cache,
                }
            }
        }

        /// The financing of a business in the deterministic plan, whose debt every path serves.
        fn financed(plan: &AnyPlan, levels: &[Levels<f64>], scenario: &ValidScenario) -> Financing {
            match plan {
                $(AnyPlan::$Business(plan) => {
                    financing(plan, levels, &scenario.finance, Business::$Business.debt(scenario))
                })*
            }
        }
    };
}
with_businesses!(parts_of_businesses);
