//! Several quantities of one scenario: each business is evaluated once, and only as deeply as they need.

use std::sync::Arc;

use super::asked::{Missing, npv, npv_over_going_on};
use super::parts::Parts;
use super::quantity::{Quantity, Subtracted};
use crate::business::{Business, PerBusiness};
use crate::kernel::{Absent, Basis, Maybe, NotEvaluated};
use crate::results::from_flows::FromFlows;
use crate::results::measure::NPV_USD;
use crate::results::{Evaluation, Measure, Measures};
use crate::scenario::ValidScenario;

/// How much of a business is evaluated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Depth {
    #[default]
    Nothing,
    /// Net flows, for the NPV.
    Npv,
    /// Flows, for measures that follow from them.
    Flows,
    /// The measures that every business has.
    Measures,
    /// Its own figures as well.
    Everything,
}

/// What is known of an evaluated business.
#[derive(Clone, Debug)]
pub(super) enum Known {
    Npv(f64),
    Flows(Vec<(&'static Measure, Maybe<f64>)>),
    Measures(Box<Measures>),
    Everything(Box<Evaluation>),
}

/// A business that may not be needed, or not evaluated.
pub(super) type Evaluated = Option<Result<Known, NotEvaluated>>;

/// What quantities on a basis need.
#[derive(Clone, Debug)]
pub(super) struct Several {
    basis: Basis,
    depth: PerBusiness<Depth>,
    /// The measures of each.
    measures: PerBusiness<Vec<&'static Measure>>,
    /// Whether one of them is less the fleet that goes on, which is another scenario.
    needs_going_on: bool,
}

impl Several {
    pub(super) fn new(quantities: &[Quantity], basis: Basis) -> Self {
        let mut depth = PerBusiness::new(|_| Depth::Nothing);
        let mut measures = PerBusiness::new(|_| Vec::new());
        for quantity in quantities.iter().filter(|quantity| !goes_on(quantity)) {
            let needed = match quantity.measure {
                npv if *npv == NPV_USD => Depth::Npv,
                flows if FromFlows::of(flows, basis).is_some() => Depth::Flows,
                common if common.is_common() => Depth::Measures,
                _ => Depth::Everything,
            };
            for business in quantity.businesses() {
                depth[business] = depth[business].max(needed);
                if !measures[business].contains(&quantity.measure) {
                    measures[business].push(quantity.measure);
                }
            }
        }
        Self { basis, depth, measures, needs_going_on: quantities.iter().any(goes_on) }
    }

    /// Whether nothing but net present values before tax is needed: their flows need no more than the monthly step.
    pub(super) fn needs_only_npv_before_tax(&self) -> bool {
        self.basis == Basis::ProjectBeforeTax
            && !self.needs_going_on
            && self.depth.iter().all(|(_, depth)| *depth <= Depth::Npv)
    }

    /// Whether nothing but the net present value of a business is needed.
    pub(super) fn needs_only_npv(&self, business: Business) -> bool {
        self.depth[business] == Depth::Npv
    }

    /// Whether a business is needed.
    pub(super) fn needs(&self, business: Business) -> bool {
        self.depth[business] != Depth::Nothing
    }

    /// Evaluates the businesses of a scenario that are needed and stale; the others stay as they are.
    pub(super) fn evaluate(
        &self,
        scenario: &Arc<ValidScenario>,
        parts: &mut Parts,
        is_stale: PerBusiness<bool>,
        known: &mut PerBusiness<Evaluated>,
    ) {
        for business in Business::ALL {
            if is_stale[business] && self.needs(business) {
                known[business] = Some(self.business(scenario, parts, business));
            }
        }
    }

    fn business(
        &self,
        scenario: &Arc<ValidScenario>,
        parts: &mut Parts,
        business: Business,
    ) -> Result<Known, NotEvaluated> {
        let (site, plan) = parts.of(scenario, business, self.basis);
        let plan = plan.map_err(Clone::clone)?;
        match self.depth[business] {
            Depth::Nothing | Depth::Npv => {
                Known::npv(npv(&site.net(plan), business.discount_rate(site.scenario)))
            }
            Depth::Flows => {
                let flows = site.checked_flows(plan)?;
                let rate = business.discount_rate(site.scenario);
                let value = |measure: &&'static Measure| {
                    let from_flows = FromFlows::of(measure, self.basis)?;
                    Some((*measure, from_flows.value(&flows, plan.capital(), rate)))
                };
                Ok(Known::Flows(self.measures[business].iter().filter_map(value).collect()))
            }
            Depth::Measures => site.measures(plan).map(|measures| Known::Measures(Box::new(measures))),
            Depth::Everything => site.of(plan).map(|all| Known::Everything(Box::new(all))),
        }
    }

    /// A quantity of a scenario whose businesses are evaluated.
    pub(super) fn value(
        &self,
        quantity: Quantity,
        scenario: &ValidScenario,
        known: &PerBusiness<Evaluated>,
    ) -> Result<f64, Missing> {
        if goes_on(&quantity) {
            let parts = (&mut Parts::default(), &mut Parts::default());
            return npv_over_going_on(parts, &Arc::new(scenario.clone()), quantity.of, self.basis);
        }
        let of = |business: Business| -> Result<f64, Missing> {
            match &known[business] {
                Some(Ok(known)) => Ok(known.read(quantity.measure)?),
                Some(Err(reason)) => Err(Missing::NotEvaluated(business, reason.clone())),
                None => Err(Missing::Absent(Absent::NotApplicable)),
            }
        };
        match quantity.minus {
            Some(Subtracted::Business(other)) => Ok(of(quantity.of)? - of(other)?),
            _ => of(quantity.of),
        }
    }
}

impl Known {
    /// A net present value, unless it is no number.
    pub(super) fn npv(usd: f64) -> Result<Self, NotEvaluated> {
        if usd.is_finite() { Ok(Self::Npv(usd)) } else { Err(NotEvaluated::Overflow) }
    }

    fn read(&self, measure: &Measure) -> Maybe<f64> {
        match self {
            Self::Npv(npv) => Ok(*npv),
            Self::Flows(values) => values
                .iter()
                .find(|(known, _)| *known == measure)
                .map_or(Err(Absent::NotApplicable), |(_, value)| *value),
            Self::Measures(measures) => measure.read_common(measures).unwrap_or(Err(Absent::NotApplicable)),
            Self::Everything(evaluation) => measure.read(evaluation).unwrap_or(Err(Absent::NotApplicable)),
        }
    }
}

fn goes_on(quantity: &Quantity) -> bool {
    quantity.minus == Some(Subtracted::GoingOn)
}
