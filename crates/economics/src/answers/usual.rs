//! What is asked for unless somebody says.

use super::asked::Asked;
use super::quantity::Quantity;
use super::slopes::slope;
use crate::business::Business;
use crate::catalogue;
use crate::input::Input;
use crate::kernel::Basis;
use crate::results::Comparison;
use crate::results::Measure;
use crate::results::measure::{IRR, NPV_PER_CAPEX, NPV_USD, PAYBACK_LAST_MONTHS};
use crate::results::verdict::{Criterion, Verdict};
use crate::scenario::{Scenario, ValidScenario};
use crate::units::Unit;

/// The measure of a plan that a criterion goes by. The chance of loss is none; NPV stands for it.
pub fn measure_of(criterion: Criterion) -> &'static Measure {
    match criterion {
        Criterion::Value | Criterion::Loss => &NPV_USD,
        Criterion::ValuePerCapex => &NPV_PER_CAPEX,
        Criterion::Payback => &PAYBACK_LAST_MONTHS,
        Criterion::Irr => &IRR,
    }
}

/// The key drivers that are numbers and move a business, by what a tenth of each does to its NPV, the largest first.
///
/// ```
/// # use wattfolio_economics::answers::key_numbers;
/// # use wattfolio_economics::prelude::*;
/// let scenario = Scenario::default().validate()?;
/// let of_leasing = key_numbers(&scenario, Business::Leasing, Basis::ProjectBeforeTax);
/// assert_eq!(of_leasing[0].id, "leasing.gpu_price_usd");
/// assert_eq!(of_leasing[1].id, "leasing.rental_usd_per_gpu_hour");
/// # Ok::<(), Faults>(())
/// ```
pub fn key_numbers(scenario: &ValidScenario, business: Business, basis: Basis) -> Vec<&'static Input> {
    let asked = Asked::new(Quantity::npv(business), basis);
    let moves = |input: &&Input| input.moved_businesses(scenario).any(|one| one == business);
    let effect = |input: &'static Input| {
        let slope = slope(scenario, asked, input)?;
        Some((input, (slope.value() * slope.input_now).abs()))
    };
    let drivers = catalogue::inputs().iter().filter(|input| input.key_driver && input.shown).filter(moves);
    let mut ranked: Vec<(&'static Input, f64)> = drivers.filter_map(effect).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
    ranked.into_iter().map(|(input, _)| input).collect()
}

impl Asked {
    /// The measure of a criterion, of the business that is best by it.
    pub fn usual(scenario: &Scenario, comparison: &Comparison, criterion: Criterion) -> Self {
        let of_plan = if criterion == Criterion::Loss { Criterion::Value } else { criterion };
        let verdict = Verdict::new(scenario, comparison, None, of_plan);
        let best = verdict.winner().map_or(Business::ALL[0], |winner| winner.business);
        Self::new(Quantity::of(best, measure_of(criterion)), comparison.basis)
    }

    /// What a quantity is to be unless somebody says, which is where the capital is just earned: a rate of return that of the
    /// discounting, others 0. No payback is 0; there is no usual one.
    ///
    /// ```
    /// # use wattfolio_economics::answers::{Asked, Quantity};
    /// # use wattfolio_economics::prelude::*;
    /// let scenario = Scenario::default().validate()?;
    /// let usual = |text| Asked::new(Quantity::parse(text).unwrap(), Basis::default()).usual_target(&scenario);
    /// assert_eq!(usual("leasing.npv_usd"), Some(0.0));
    /// assert_eq!(usual("leasing.irr"), Some(Business::Leasing.discount_rate(&scenario)));
    /// assert_eq!(usual("leasing.payback_months"), None);
    /// # Ok::<(), Faults>(())
    /// ```
    pub fn usual_target(&self, scenario: &Scenario) -> Option<f64> {
        let Quantity { of, minus, measure } = self.quantity;
        match measure.unit {
            Unit::FractionPerYear if minus.is_none() => Some(of.discount_rate(scenario)),
            Unit::Months if minus.is_none() => None,
            _ => Some(0.0),
        }
    }
}
