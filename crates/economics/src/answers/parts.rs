//! Markets and plans of scenarios one after the other: what a scenario shares with the one before is not compiled again, and
//! nothing is compiled before it is asked for.

use std::sync::Arc;

use crate::business::{AnyPlan, Business, PerBusiness};
use crate::kernel::{Basis, Counts, Levels, Market, NotEvaluated, Variant};
use crate::results::compare::Site;
use crate::scenario::ValidScenario;

/// The market and the plans of the last scenario that was asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    counts: Counts,
    last: Option<Compiled>,
}

#[derive(Clone, Debug)]
struct Compiled {
    scenario: Arc<ValidScenario>,
    market: Market,
    levels: Vec<Levels<f64>>,
    /// Of the businesses that were asked for.
    plans: PerBusiness<Option<Result<AnyPlan, NotEvaluated>>>,
}

impl Parts {
    /// With machines counted in a way; whole ones by default.
    pub(super) fn counted(counts: Counts) -> Self {
        Self { counts, last: None }
    }

    /// The site of a scenario on a basis, and the plan of a business.
    pub(super) fn of(
        &mut self,
        scenario: &Arc<ValidScenario>,
        business: Business,
        basis: Basis,
    ) -> (Site<'_>, Result<&AnyPlan, &NotEvaluated>) {
        let compiled = match &mut self.last {
            Some(compiled) => {
                compiled.turn_to(scenario);
                compiled
            }
            none => none.insert(Compiled::new(Arc::clone(scenario))),
        };
        let Compiled { scenario, market, levels, plans } = compiled;
        let plan = plans[business]
            .get_or_insert_with(|| {
                let variant = Variant { counts: self.counts, ..Variant::default() };
                AnyPlan::compile(business, scenario, variant)
            })
            .as_ref();
        (Site { scenario, market, levels, basis, sized_on: None }, plan)
    }
}

impl Compiled {
    fn new(scenario: Arc<ValidScenario>) -> Self {
        let market = Market::compile(&scenario);
        Self { levels: market.deterministic(), market, scenario, plans: PerBusiness::new(|_| None) }
    }

    fn turn_to(&mut self, scenario: &Arc<ValidScenario>) {
        if Arc::ptr_eq(&self.scenario, scenario) {
            return;
        }
        if !Market::is_alike(&self.scenario, scenario) {
            self.market = Market::compile_next(scenario, (&self.scenario, &self.market));
            self.market.deterministic_into(&mut self.levels);
        }
        for business in Business::ALL {
            if self.plans[business].is_some() && !AnyPlan::is_alike(business, &self.scenario, scenario) {
                self.plans[business] = None;
            }
        }
        self.scenario = Arc::clone(scenario);
    }
}
