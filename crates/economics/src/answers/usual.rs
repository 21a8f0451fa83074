//! What is asked for unless somebody says.

use super::asked::Asked;
use super::quantity::Quantity;
use crate::business::Business;
use crate::results::Comparison;
use crate::results::Measure;
use crate::results::measure::{IRR, NPV_PER_CAPEX, NPV_USD, PAYBACK_LAST_MONTHS};
use crate::results::verdict::{Criterion, Verdict};
use crate::scenario::Scenario;

/// The measure of a plan that a criterion goes by. The chance of loss is none; NPV stands for it.
pub fn measure_of(criterion: Criterion) -> &'static Measure {
    match criterion {
        Criterion::Value | Criterion::Loss => &NPV_USD,
        Criterion::ValuePerCapex => &NPV_PER_CAPEX,
        Criterion::Payback => &PAYBACK_LAST_MONTHS,
        Criterion::Irr => &IRR,
    }
}

impl Asked {
    /// The measure of a criterion, of the business that is best by it.
    pub fn usual(scenario: &Scenario, comparison: &Comparison, criterion: Criterion) -> Self {
        let of_plan = if criterion == Criterion::Loss { Criterion::Value } else { criterion };
        let verdict = Verdict::new(scenario, comparison, None, of_plan);
        let best = verdict.winner().map_or(Business::ALL[0], |winner| winner.business);
        Self::new(Quantity::of(best, measure_of(criterion)), comparison.basis)
    }
}
