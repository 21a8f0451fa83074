//! The value of a quantity in a scenario: only the businesses that it names are evaluated.

use std::sync::Arc;

use super::parts::Parts;
use super::quantity::{Quantity, Subtracted};
use crate::business::{Business, mining};
use crate::finance;
use crate::kernel::{Absent, Basis, Counts, NotEvaluated};
use crate::results::from_flows::FromFlows;
use crate::results::measure::NPV_USD;
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

/// The values of a quantity in scenarios one after the other: what they share is computed once.
pub(super) struct Values {
    asked: Asked,
    parts: Parts,
    /// Of the same sites with the machines that mine there now.
    going_on: Parts,
}

impl Values {
    pub(super) fn new(asked: Asked) -> Self {
        let parts = Parts::counted(asked.counts);
        Self { asked, going_on: parts.clone(), parts }
    }

    /// See [`Asked::value`].
    pub(super) fn value(&mut self, scenario: ValidScenario) -> Result<f64, Missing> {
        let scenario = Arc::new(scenario);
        let Quantity { of, minus, .. } = self.asked.quantity;
        match minus {
            None => self.measure(&scenario, of),
            Some(Subtracted::Business(other)) => {
                Ok(self.measure(&scenario, of)? - self.measure(&scenario, other)?)
            }
            Some(Subtracted::GoingOn) => {
                npv_over_going_on((&mut self.parts, &mut self.going_on), &scenario, of, self.asked.basis)
            }
        }
    }

    /// The measure of the first business, and that of another, in the same markets.
    pub(super) fn beside(&mut self, scenario: ValidScenario, other: Business) -> [Result<f64, Missing>; 2] {
        let scenario = Arc::new(scenario);
        [self.asked.quantity.of, other].map(|business| self.measure(&scenario, business))
    }

    fn measure(&mut self, scenario: &Arc<ValidScenario>, business: Business) -> Result<f64, Missing> {
        let Asked { quantity: Quantity { measure, .. }, basis, .. } = self.asked;
        let not_evaluated = |reason| Missing::NotEvaluated(business, reason);
        let (site, plan) = self.parts.of(scenario, business, basis);
        let plan = plan.map_err(|reason| not_evaluated(reason.clone()))?;
        let rate = business.discount_rate(scenario);
        if *measure == NPV_USD {
            let npv = npv(&site.net(plan), rate);
            return if npv.is_finite() { Ok(npv) } else { Err(not_evaluated(NotEvaluated::Overflow)) };
        }
        if let Some(from_flows) = FromFlows::of(measure, basis) {
            let flows = site.checked_flows(plan).map_err(not_evaluated)?;
            return Ok(from_flows.value(&flows, plan.capital(), rate)?);
        }
        let value = if measure.is_common() {
            measure.read_common(&site.measures(plan).map_err(not_evaluated)?)
        } else {
            measure.read(&site.of(plan).map_err(not_evaluated)?)
        };
        Ok(value.unwrap_or(Err(Absent::NotApplicable))?)
    }
}

/// Net flows of a business, USD.
pub(super) fn flows(
    parts: &mut Parts,
    scenario: &Arc<ValidScenario>,
    business: Business,
    basis: Basis,
) -> Result<Vec<f64>, Missing> {
    let (site, plan) = parts.of(scenario, business, basis);
    let plan = plan.map_err(|reason| Missing::NotEvaluated(business, reason.clone()))?;
    Ok(site.net(plan))
}

/// Net flows of going on with the machines that mine on a site now, USD.
pub(super) fn flows_of_going_on(
    parts: &mut Parts,
    scenario: &ValidScenario,
    basis: Basis,
) -> Result<Vec<f64>, Missing> {
    let on = scenario.edit(mining::go_on)?;
    flows(parts, &Arc::new(on), Business::OF_NETWORK, basis)
}

/// The NPV of a business less that of going on, at the rate of the business, USD.
pub(super) fn npv_over_going_on(
    (parts, going_on): (&mut Parts, &mut Parts),
    scenario: &Arc<ValidScenario>,
    business: Business,
    basis: Basis,
) -> Result<f64, Missing> {
    let flows = flows(parts, scenario, business, basis)?;
    let lost = flows_of_going_on(going_on, scenario, basis)?;
    Ok(npv(&difference(&flows, &lost), business.discount_rate(scenario)))
}

/// Flows less others, month by month.
pub(super) fn difference(flows: &[f64], others: &[f64]) -> Vec<f64> {
    flows.iter().zip(others).map(|(flow, other)| flow - other).collect()
}

/// Net present value of monthly flows at a yearly rate, USD.
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
        Values::new(*self).value(scenario.clone())
    }
}
