//! The value of a quantity in a scenario: only the businesses that it names are evaluated.

use super::quantity::{Quantity, Subtracted};
use crate::business::{AnyPlan, Business, mining};
use crate::finance;
use crate::kernel::{Absent, Basis, Counts, Levels, Market, NotEvaluated, Variant};
use crate::results::compare::Site;
use crate::results::from_flows::FromFlows;
use crate::results::measure::{Measure, NPV_USD};
use crate::scenario::{Faults, ValidScenario};

/// A quantity on a basis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What is asked for.
    pub quantity: Quantity,
    /// Basis of the flows.
    pub basis: Basis,
    /// How machines are counted.
    pub counts: Counts,
}

/// Why a quantity has no value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Missing {
    /// The measure does not exist, e.g. the payback of a plan that never pays back.
    #[error(transparent)]
    Absent(#[from] Absent),
    /// The business cannot be evaluated.
    #[error("{word} is not evaluated: {reason}", word = .0.word(), reason = .1)]
    NotEvaluated(Business, NotEvaluated),
    /// The scenario contradicts itself with the value.
    #[error("{0}")]
    NotAllowed(#[from] Faults),
}

/// A site in its markets.
pub(super) struct Ground<'a> {
    scenario: &'a ValidScenario,
    market: Market,
    levels: Vec<Levels<f64>>,
    basis: Basis,
    counts: Counts,
}

impl<'a> Ground<'a> {
    pub(super) fn new(scenario: &'a ValidScenario, basis: Basis, counts: Counts) -> Self {
        let market = Market::compile(scenario);
        Self { scenario, levels: market.deterministic(), market, basis, counts }
    }

    pub(super) fn site(&self) -> Site<'_> {
        let Self { scenario, market, levels, basis, .. } = self;
        Site { scenario, market, levels, basis: *basis, sized_on: None }
    }

    pub(super) fn plan(&self, business: Business) -> Result<AnyPlan, NotEvaluated> {
        let variant = Variant { counts: self.counts, ..Variant::default() };
        AnyPlan::compile(business, self.scenario, variant)
    }

    /// Discount rate of a business, a year, fraction.
    pub(super) fn discount_rate(&self, business: Business) -> f64 {
        business.discount_rate(self.scenario)
    }

    /// The market of month 0.
    pub(super) fn start(&self) -> Option<&Levels<f64>> {
        self.levels.first()
    }

    /// Net flows of a business, USD.
    pub(super) fn flows(&self, business: Business) -> Result<Vec<f64>, Missing> {
        let plan = self.plan(business).map_err(|reason| Missing::NotEvaluated(business, reason))?;
        Ok(self.site().net(&plan))
    }

    fn measure(&self, measure: &Measure, business: Business) -> Result<f64, Missing> {
        let not_evaluated = |reason| Missing::NotEvaluated(business, reason);
        if *measure == NPV_USD {
            let npv = npv(&self.flows(business)?, business.discount_rate(self.scenario));
            return if npv.is_finite() { Ok(npv) } else { Err(not_evaluated(NotEvaluated::Overflow)) };
        }
        let (site, plan) = (self.site(), self.plan(business).map_err(not_evaluated)?);
        if let Some(from_flows) = FromFlows::of(measure, self.basis) {
            let flows = site.checked_flows(&plan).map_err(not_evaluated)?;
            return Ok(from_flows.value(&flows, plan.capital(), self.discount_rate(business))?);
        }
        let value = if measure.is_common() {
            measure.read_common(&site.measures(&plan).map_err(not_evaluated)?)
        } else {
            measure.read(&site.of(&plan).map_err(not_evaluated)?)
        };
        Ok(value.unwrap_or(Err(Absent::NotApplicable))?)
    }
}

pub(super) fn npv(flows: &[f64], rate: f64) -> f64 {
    finance::npv(finance::monthly_rate(rate), flows)
}

impl Asked {
    /// A quantity on a basis, with machines counted in whole ones.
    pub const fn new(quantity: Quantity, basis: Basis) -> Self {
        Self { quantity, basis, counts: Counts::Whole }
    }

    /// The same with fractions of machines.
    #[must_use]
    pub const fn continuous(self) -> Self {
        Self { counts: Counts::Continuous, ..self }
    }

    fn ground<'a>(&self, scenario: &'a ValidScenario) -> Ground<'a> {
        Ground::new(scenario, self.basis, self.counts)
    }

    /// The measure of the first business in a scenario, and that of another, in the same markets.
    pub(super) fn beside(&self, scenario: &ValidScenario, other: Business) -> [Result<f64, Missing>; 2] {
        let ground = self.ground(scenario);
        [self.quantity.of, other].map(|business| ground.measure(self.quantity.measure, business))
    }

    /// The value in a scenario, in the unit of the measure; that of a whole comparison to the last bit.
    ///
    /// # Errors
    /// If a business cannot be evaluated, or its measure does not exist.
    ///
    /// ```
    /// # use wattfolio_economics::answers::{Asked, Quantity};
    /// # use wattfolio_economics::prelude::*;
    /// let scenario = Scenario::default().validate()?;
    /// let asked = Asked::new(Quantity::npv(Business::Leasing), Basis::ProjectBeforeTax);
    /// let compared = compare(&scenario).business(Business::Leasing).unwrap().measures.npv_usd;
    /// assert_eq!(asked.value(&scenario), Ok(compared));
    /// # Ok::<(), Faults>(())
    /// ```
    pub fn value(&self, scenario: &ValidScenario) -> Result<f64, Missing> {
        let Quantity { of, minus, measure } = self.quantity;
        let ground = self.ground(scenario);
        match minus {
            None => ground.measure(measure, of),
            Some(Subtracted::Business(other)) => {
                Ok(ground.measure(measure, of)? - ground.measure(measure, other)?)
            }
            Some(Subtracted::GoingOn) => {
                let flows = ground.flows(of)?;
                let on = scenario.edit(mining::go_on)?;
                let lost = self.ground(&on).flows(Business::OF_NETWORK)?;
                let difference: Vec<f64> = flows.iter().zip(&lost).map(|(flow, lost)| flow - lost).collect();
                Ok(npv(&difference, of.discount_rate(scenario)))
            }
        }
    }
}
