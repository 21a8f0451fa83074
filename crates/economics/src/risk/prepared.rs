//! What a simulation needs that is the same on every path.

use super::cache::FactorCache;
use super::factors::FactorModel;
use super::model::PlanModel;
use super::simulated::Simulated;
use crate::results::evaluation::financing;
use crate::business::Plan;
use crate::kernel::{Basis, Financing, Levels, NotEvaluated, Venture, monthly_discount};
use crate::scenario::{Debt, ValidScenario};

/// A scenario's plan, its deterministic markets, its debt and its discount factors.
pub(super) struct Prepared {
    pub plan: Plan,
    /// Markets of the plan as it stands, by month.
    levels: Vec<Levels<f64>>,
    financings: Financings,
    /// Discount factor of each month.
    discount: Vec<f64>,
}

impl Prepared {
    pub(super) fn new(scenario: &ValidScenario) -> Self {
        let plan = Plan::compile(scenario);
        let levels = plan.market.deterministic();
        let financings = Financings::new(scenario, &plan, &levels);
        let factor = monthly_discount(scenario.finance.discount_rate);
        let mut discount = Vec::with_capacity(levels.len());
        discount.extend(std::iter::successors(Some(1.0), |d| Some(d * factor)).take(levels.len()));
        Self { plan, levels, financings, discount }
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
        let Self { plan, levels, financings, discount } = self;
        PlanModel {
            plan,
            factors,
            mining: simulated(&plan.mining, financings.mining.as_ref(), basis, levels),
            hosting: simulated(&plan.hosting, financings.hosting.as_ref(), basis, levels),
            leasing: simulated(&plan.leasing, financings.leasing.as_ref(), basis, levels),
            discount,
            seed,
            cache,
        }
    }
}

/// The financing of each business in the deterministic plan, whose debt every path serves.
struct Financings {
    mining: Option<Financing>,
    hosting: Option<Financing>,
    leasing: Option<Financing>,
}

impl Financings {
    fn new(scenario: &ValidScenario, plan: &Plan, levels: &[Levels<f64>]) -> Self {
        fn of<P: Venture>(
            plan: &Result<P, NotEvaluated>,
            levels: &[Levels<f64>],
            scenario: &ValidScenario,
            debt: Debt,
        ) -> Option<Financing> {
            plan.as_ref().ok().map(|plan| financing(plan, levels, &scenario.finance, debt))
        }
        Self {
            mining: of(&plan.mining, levels, scenario, scenario.mining.debt),
            hosting: of(&plan.hosting, levels, scenario, scenario.hosting.debt),
            leasing: of(&plan.leasing, levels, scenario, scenario.leasing.debt),
        }
    }
}

fn simulated<'a, P: Venture>(
    plan: &'a Result<P, NotEvaluated>,
    financing: Option<&'a Financing>,
    basis: Basis,
    levels: &[Levels<f64>],
) -> Option<Simulated<'a, P>> {
    plan.as_ref().ok().zip(financing).map(|(plan, financing)| Simulated::new(plan, financing, basis, levels))
}
