//! One business minus another: what choosing the first over the second adds.

use crate::business::{Business, mining};
use crate::finance;
use crate::kernel::{Absent, Basis, Maybe, NotEvaluated};
use crate::results::{Comparison, Evaluation, compare_on, internal_rate};
use crate::scenario::{CalendarMonth, Faults, Scenario, ValidScenario};

/// A business of a scenario minus a business of the same or another one: converting a site, less what going on with mining would
/// have earned.
///
/// Every flow counts once. What both spend is gone from the difference, so that a fleet that is there already is sunk; what the
/// second would have earned is lost.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Incremental {
    /// The business that is chosen.
    pub of: Business,
    /// The business that is not.
    pub minus: Business,
    /// Basis of the flows of both.
    pub basis: Basis,
    /// Difference of the net flows of months `0..=T`, USD.
    pub flows_usd: Vec<f64>,
    /// Sum of the differences without end proceeds up to each month, USD: what payback counts.
    pub cumulative_usd: Vec<f64>,
    /// Net present value of the differences at the discount rate of the first, USD.
    pub npv_usd: f64,
    /// The discount rate of the first, a year, fraction.
    pub discount_rate: f64,
    /// Internal rate of return a year of the differences, by the rule of every plan.
    pub irr: Maybe<f64>,
    /// Every rate above −99 % a year at which their net present value is zero, ascending.
    pub irr_roots: Vec<f64>,
    /// Months until the differences without end proceeds are back to zero for the first time.
    pub payback_months: Maybe<f64>,
    /// Months until they are back to zero for good.
    pub payback_last_months: Maybe<f64>,
}

/// A scenario that goes on with the fleet that is there, and its results: what converting is measured against.
///
/// # Errors
/// If the plan contradicts itself without what is sunk.
pub fn going_on(scenario: &ValidScenario, basis: Basis) -> Result<(ValidScenario, Comparison), Faults> {
    let scenario = scenario.edit(mining::go_on)?;
    let comparison = compare_on(&scenario, basis);
    Ok((scenario, comparison))
}

/// One side of a difference: a business of a scenario with its results.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Its results.
    pub comparison: &'a Comparison,
    /// The business.
    pub business: Business,
}

/// Why two businesses have no difference.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NotIncremental {
    /// Their plans start in other months.
    #[error("one starts in {0}, the other in {1}; months of other dates cannot be subtracted")]
    Starts(CalendarMonth, CalendarMonth),
    /// Their plans have other lengths.
    #[error("one plan has {0} months, the other {1}; give both the same horizon")]
    Horizons(u32, u32),
    /// Their flows are of different money.
    #[error("one counts the {0}, the other the {1}; count both on the same basis")]
    Bases(&'static str, &'static str),
    /// One of them is not evaluated.
    #[error("{word} is not evaluated: {reason}", word = .0.word(), reason = .1)]
    NotEvaluated(Business, NotEvaluated),
}

impl Incremental {
    /// A business minus another.
    ///
    /// # Errors
    /// If starts, horizons or bases differ, or one of the two is not evaluated.
    ///
    /// ```
    /// # use wattfolio_economics::prelude::*;
    /// # use wattfolio_economics::results::{Incremental, Side};
    /// let scenario = Scenario::default().validate()?;
    /// let comparison = compare(&scenario);
    /// let side = |business| Side { scenario: &scenario, comparison: &comparison, business };
    /// let convert = Incremental::new(side(Business::Hosting), side(Business::Mining)).unwrap();
    /// let mining = comparison.business(Business::Mining).unwrap();
    /// let hosting = comparison.business(Business::Hosting).unwrap();
    /// assert_eq!(convert.flows_usd[0], hosting.flows.net[0] - mining.flows.net[0]);
    /// assert_eq!(convert.discount_rate, hosting.measures.discount_rate);
    /// # Ok::<(), Faults>(())
    /// ```
    pub fn new(of: Side<'_>, minus: Side<'_>) -> Result<Self, NotIncremental> {
        let (a, b) = (of.scenario, minus.scenario);
        if a.start != b.start {
            return Err(NotIncremental::Starts(a.start, b.start));
        }
        if a.horizon_months != b.horizon_months {
            return Err(NotIncremental::Horizons(a.horizon_months, b.horizon_months));
        }
        if of.comparison.basis != minus.comparison.basis {
            let [one, other] = [of, minus].map(|side| side.comparison.basis.label());
            return Err(NotIncremental::Bases(one, other));
        }
        Ok(Self::between(of.evaluation()?, minus.evaluation()?))
    }

    /// The difference of two evaluations of the same months on one basis.
    fn between(of: &Evaluation, minus: &Evaluation) -> Self {
        let difference = |one: &[f64], other: &[f64]| -> Vec<f64> {
            one.iter().zip(other).map(|(one, other)| one - other).collect()
        };
        let flows_usd = difference(&of.flows.net, &minus.flows.net);
        let without_end = difference(&of.flows.without_end_proceeds(), &minus.flows.without_end_proceeds());
        let discount_rate = of.measures.discount_rate;
        let npv_usd = finance::npv(finance::monthly_rate(discount_rate), &flows_usd);
        let (irr, irr_roots) = internal_rate(&flows_usd);
        let (payback_months, payback_last_months) = paybacks(&without_end, &flows_usd);
        Self {
            of: of.business,
            minus: minus.business,
            basis: of.basis,
            cumulative_usd: finance::cumulative(&without_end).collect(),
            npv_usd,
            discount_rate,
            irr,
            irr_roots,
            payback_months,
            payback_last_months,
            flows_usd,
        }
    }
}

impl<'a> Side<'a> {
    fn evaluation(self) -> Result<&'a Evaluation, NotIncremental> {
        let evaluated = self.comparison.business(self.business);
        evaluated.map_err(|reason| NotIncremental::NotEvaluated(self.business, reason.clone()))
    }
}

/// First and last payback of differences, as those of a plan. Differences that are never short have nothing to pay back.
fn paybacks(without_end: &[f64], flows: &[f64]) -> (Maybe<f64>, Maybe<f64>) {
    let is_back = |payback: finance::Payback| payback.last.is_some();
    let is_only_by_end = finance::payback(flows, 0.0).is_some_and(is_back);
    let missing = if is_only_by_end { Absent::OnlyByResale } else { Absent::Never };
    match finance::payback(without_end, 0.0) {
        Some(payback) if payback.first == 0.0 && payback.last == Some(0.0) => {
            (Err(Absent::NoFunding), Err(Absent::NoFunding))
        }
        Some(payback) => (Ok(payback.first), payback.last.ok_or(missing)),
        None => (Err(missing), Err(missing)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::{compare, compare_on};

    /// Differences of flows that are written out, with end proceeds in the last month of the first.
    fn by_hand(of: &[f64], minus: &[f64], end: f64) -> Incremental {
        let scenario = Scenario::default().validate().expect("valid");
        let comparison = compare(&scenario);
        let mut one = comparison.business(Business::Hosting).expect("evaluated").clone();
        let mut other = comparison.business(Business::Mining).expect("evaluated").clone();
        (one.flows.net, one.flows.beyond_payback) = (of.to_vec(), end);
        (other.flows.net, other.flows.beyond_payback) = (minus.to_vec(), 0.0);
        one.measures.discount_rate = 0.12;
        Incremental::between(&one, &other)
    }

    #[test]
    fn a_difference_is_that_of_the_flows_and_its_figures_are_those_of_any_flows() {
        // Converting costs 100 and ends a margin of 10 a month, for 60 a month from the second month on.
        let difference = by_hand(&[-100.0, 0.0, 60.0, 60.0, 60.0], &[10.0; 5], 0.0);
        assert_eq!(difference.flows_usd, [-110.0, -10.0, 50.0, 50.0, 50.0]);
        assert_eq!(difference.cumulative_usd, [-110.0, -120.0, -70.0, -20.0, 30.0]);
        assert_eq!(difference.payback_months, Ok(3.4));
        let monthly = 1.12_f64.powf(1.0 / 12.0);
        let npv = -110.0 - 10.0 / monthly + 50.0 * (2..5).map(|t| monthly.powi(-t)).sum::<f64>();
        assert!((difference.npv_usd - npv).abs() < 1e-9, "{}", difference.npv_usd);
        let irr = difference.irr.expect("one rate");
        let at = |rate: f64| finance::npv(finance::monthly_rate(rate), &difference.flows_usd);
        assert!(at(irr).abs() < 1e-6, "{irr}");
    }

    #[test]
    fn a_fleet_that_both_have_is_sunk_and_its_margin_is_lost() {
        // The fleet cost the same in both plans; only what it earns differs.
        let with_fleet = by_hand(&[-300.0, 40.0, 40.0], &[-200.0, 30.0, 30.0], 0.0);
        assert_eq!(with_fleet.flows_usd, [-100.0, 10.0, 10.0]);
        let sunk = by_hand(&[-100.0, 40.0, 40.0], &[0.0, 30.0, 30.0], 0.0);
        assert_eq!(sunk.flows_usd, with_fleet.flows_usd);
    }

    #[test]
    fn converting_counts_the_margin_of_a_fleet_that_is_there_and_not_its_price() {
        let scenario = Scenario::default().validate().expect("valid");
        let comparison = compare(&scenario);
        let (on, results) = going_on(&scenario, Basis::ProjectBeforeTax).expect("valid");
        let fleet = results.business(Business::Mining).expect("evaluated");
        assert_eq!(fleet.measures.capex_usd, 0.0);
        // It earns from the first month on, and idles rather than lose.
        assert!(fleet.flows.net[1] > 0.0);
        let hosting = Side { scenario: &scenario, comparison: &comparison, business: Business::Hosting };
        let mining = Side { scenario: &on, comparison: &results, business: Business::Mining };
        let convert = Incremental::new(hosting, mining).expect("comparable");
        let alone = comparison.business(Business::Hosting).expect("evaluated").measures.npv_usd;
        assert!(convert.npv_usd < alone, "the margin is lost");
    }

    #[test]
    fn what_only_end_proceeds_pay_back_and_what_needs_no_money_says_so() {
        let only_end = by_hand(&[-100.0, 10.0, 120.0], &[0.0; 3], 110.0);
        assert_eq!(only_end.cumulative_usd, [-100.0, -90.0, -80.0]);
        assert_eq!(only_end.payback_months, Err(Absent::OnlyByResale));
        let never = by_hand(&[-100.0, 10.0, 20.0], &[0.0; 3], 0.0);
        assert_eq!(never.payback_months, Err(Absent::Never));
        let free = by_hand(&[0.0, 10.0, 20.0], &[0.0, 5.0, 5.0], 0.0);
        assert_eq!(free.payback_months, Err(Absent::NoFunding));
    }

    #[test]
    fn its_value_is_the_difference_of_both_at_the_rate_of_the_first() {
        let mut scenario = Scenario::default();
        scenario.hosting.discount_rate = Some(0.075);
        let dear = scenario.clone().validate().expect("valid");
        scenario.power.price_usd_per_kwh.value = 0.03;
        scenario.mining.machine.price_usd.value = 0.0;
        let cheap = scenario.validate().expect("valid");
        for basis in Basis::ALL {
            let (a, b) = (compare_on(&dear, basis), compare_on(&cheap, basis));
            for of in Business::ALL {
                for minus in Business::ALL {
                    let one = Side { scenario: &dear, comparison: &a, business: of };
                    let other = Side { scenario: &cheap, comparison: &b, business: minus };
                    let (Ok(x), Ok(y)) = (a.business(of), b.business(minus)) else { continue };
                    let difference = Incremental::new(one, other).expect("comparable");
                    let monthly = finance::monthly_rate(x.measures.discount_rate);
                    let both = [&x.flows.net, &y.flows.net].map(|flows| finance::npv(monthly, flows));
                    let size: f64 = x.flows.net.iter().chain(&y.flows.net).map(|flow| flow.abs()).sum();
                    let gap = difference.npv_usd - (both[0] - both[1]);
                    assert!(gap.abs() <= 1e-12 * size, "{of:?} minus {minus:?}: {gap}");
                }
            }
        }
    }

    #[test]
    fn plans_of_other_months_or_lengths_are_refused_in_words() {
        let scenario = Scenario::default().validate().expect("valid");
        let longer = scenario.edit(|scenario| scenario.horizon_months += 12).expect("valid");
        let (a, b) = (compare(&scenario), compare(&longer));
        let side = |scenario, comparison| Side { scenario, comparison, business: Business::Mining };
        let refused = Incremental::new(side(&scenario, &a), side(&longer, &b)).expect_err("refused");
        assert_eq!(refused.to_string(), "one plan has 120 months, the other 132; give both the same horizon");
        let after_tax = compare_on(&scenario, Basis::ProjectAfterTax);
        let refused =
            Incremental::new(side(&scenario, &a), side(&scenario, &after_tax)).expect_err("refused");
        assert!(matches!(refused, NotIncremental::Bases(..)), "{refused}");
        let later = scenario.edit(|scenario| scenario.start = scenario.start.plus(3)).expect("valid");
        let c = compare(&later);
        let refused = Incremental::new(side(&scenario, &a), side(&later, &c)).expect_err("refused");
        assert!(matches!(refused, NotIncremental::Starts(..)), "{refused}");
    }
}
