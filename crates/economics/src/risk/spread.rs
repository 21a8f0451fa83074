//! Low and high ends of inputs whose value the simulation draws: their 10 % and 90 % quantiles, in closed form.
//!
//! The start of a market's path stands for its whole level: its ends are those of the simulated level in the middle of the
//! plan, as multiples of the path. How fast the rental falls and how long works take are drawn themselves.

use super::markets::price;
use super::works::delay_at;
use crate::business::Business;
use crate::input::{Input, Kind, Number};
use crate::scenario::{Factor, NetworkRule, Scenario, WorksRisk, mid_month};

/// The lower of the two probabilities; the other is what is left to 1.
const LOW: f64 = 0.1;
/// Standard normal quantile of 0.9.
const Z: f64 = 1.281_551_565_544_600_4;
/// End of the id of the growth of a path.
const GROWTH: &str = ".growth_per_year";
/// End of the id of the months of construction of a business.
const BUILD: &str = ".build_months";
/// Ends of the ids of what the works of a business cost.
const WORKS: [&str; 2] = [".site_capex_usd_per_mw", ".fit_out_usd_per_it_mw"];

/// The values of an input at 10 % and 90 %; `None` if the simulation does not draw it, or without volatility.
pub(crate) fn spread(scenario: &Scenario, input: &Input) -> Option<[f64; 2]> {
    let Kind::Number(number) = &input.kind else { return None };
    let now = (number.get)(scenario)?;
    let ends = match (input.market, number.trajectory) {
        (Some(market), Some(_)) => level(scenario, market)?.map(|multiple| now * multiple),
        (Some(Factor::Rental), None) if input.id.ends_with(GROWTH) => {
            let sd = scenario.risk.rental.trend_sd;
            [-Z, Z].map(|z| (1.0 + now) * (z * sd).exp() - 1.0)
        }
        _ if WORKS.iter().any(|works| input.id.ends_with(works)) => {
            let sd = works_risk(scenario, input, &WORKS)?.overrun_sd;
            // Log-normal, and on average as planned.
            [-Z, Z].map(|z| now * (z * sd - sd * sd / 2.0).exp())
        }
        _ => construction(scenario, input, number, now)?,
    };
    // Without volatility a quantile that is searched for misses the plan by rounding.
    (ends[1] - ends[0] > 1e-9 * ends[1].abs()).then_some(ends)
}

/// Multiples of a market's path in the middle of the plan.
fn level(scenario: &Scenario, market: Factor) -> Option<[f64; 2]> {
    let risk = &scenario.risk;
    let middle = (scenario.horizon_months as usize / 2).max(1);
    let years = mid_month(middle) / 12.0;
    let mean_one = |variance: f64| {
        let sd = variance.sqrt();
        Some([-Z, Z].map(|z| (z * sd - variance / 2.0).exp()))
    };
    // A log-Ornstein–Uhlenbeck factor.
    let reverting = |sigma: f64, k: f64| mean_one(sigma * sigma * -(-2.0 * k * years).exp_m1() / (2.0 * k));
    match market {
        Factor::Bitcoin => Some([LOW, 1.0 - LOW].map(|share| price::quantile(risk, middle, share))),
        // Where miners answer to it, a shock does not last, and its spread has no closed form.
        Factor::Network => match scenario.bitcoin.network {
            NetworkRule::Given => mean_one(risk.network.volatility.powi(2) * years),
            NetworkRule::Responsive { .. } => None,
        },
        Factor::Rental => reverting(risk.rental.volatility, risk.rental.reversion),
        // The price of a fixed contract is known.
        Factor::Power if scenario.power.fixed_months > 0 => None,
        Factor::Power => reverting(risk.power.volatility, risk.power.reversion),
    }
}

/// Months of construction with their delay.
fn construction(scenario: &Scenario, input: &Input, number: &Number, now: f64) -> Option<[f64; 2]> {
    let risk = works_risk(scenario, input, &[BUILD]).filter(|_| number.whole)?;
    Some([LOW, 1.0 - LOW].map(|share| now + delay_at(&risk, share) as f64))
}

/// The risk of the works of the business whose input this is, if it has one of these ends.
fn works_risk(scenario: &Scenario, input: &Input, ends: &[&str]) -> Option<WorksRisk> {
    let name = ends.iter().find_map(|end| input.id.strip_suffix(end))?;
    let business = Business::ALL.into_iter().find(|business| business.id() == name)?;
    Some(business.works_risk(scenario))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue;

    fn of(scenario: &Scenario, id: &str) -> Option<[f64; 2]> {
        spread(scenario, catalogue::find(id).expect("an input"))
    }

    #[test]
    fn every_business_has_months_of_construction_with_its_own_delay() {
        let mut scenario = Scenario::default();
        for business in Business::ALL {
            let id = format!("{}{BUILD}", business.id());
            let build = catalogue::find(&id).and_then(|input| input.text(&scenario)).expect("an input");
            let build: f64 = build.parse().expect("months");
            let [low, high] = of(&scenario, &id).expect("works may be late");
            assert!(low >= build && high > low, "{id}: {low} {high}");
        }
        scenario.mining.delay_mean_months = 0.0;
        assert_eq!(of(&scenario, "mining.build_months"), None);
    }

    #[test]
    fn what_works_cost_has_the_spread_of_its_overrun() {
        let mut scenario = Scenario::default();
        for business in Business::ALL {
            let id = WORKS.map(|end| format!("{}{end}", business.id()));
            let id = id.iter().find(|id| catalogue::find(id).is_some()).expect("every business builds");
            let now: f64 = catalogue::find(id)
                .and_then(|input| input.text(&scenario))
                .expect("one")
                .parse()
                .expect("USD");
            let sd = business.works_risk(&scenario).overrun_sd;
            let [low, high] = of(&scenario, id).expect("works may cost more");
            assert!(((high / low).ln() - 2.0 * Z * sd).abs() < 1e-12, "{id}");
            // The mean of the distribution is the plan, so that its median lies below.
            assert!(((low * high).sqrt() / now - (-sd * sd / 2.0).exp()).abs() < 1e-12, "{id}");
        }
        scenario.hosting.overrun_sd = 0.0;
        assert_eq!(of(&scenario, "hosting.fit_out_usd_per_it_mw"), None);
    }

    #[test]
    fn a_trend_and_a_level_lie_about_their_plan_as_the_simulation_draws_them() {
        let mut scenario = Scenario::default();
        let [low, high] = of(&scenario, "leasing.rental_usd_per_gpu_hour.growth_per_year").expect("drawn");
        let growth = scenario.leasing.rental_usd_per_gpu_hour.growth_per_year;
        // The median trend is the planned one.
        assert!(((1.0 + low) * (1.0 + high) - (1.0 + growth).powi(2)).abs() < 1e-12);
        let sd = scenario.risk.rental.trend_sd;
        assert!((((1.0 + high) / (1.0 + low)).ln() - 2.0 * Z * sd).abs() < 1e-12);
        let [low, high] = of(&scenario, "bitcoin.price_usd").expect("drawn");
        assert!(low < scenario.bitcoin.price_usd.value && high > scenario.bitcoin.price_usd.value);
        assert_eq!(of(&scenario, "leasing.contract_usd_per_gpu_hour"), None);
        scenario.risk.bitcoin.volatility = 0.0;
        scenario.risk.bitcoin.long_volatility = 0.0;
        scenario.risk.bitcoin.jumps_per_year = 0.0;
        assert_eq!(of(&scenario, "bitcoin.price_usd"), None);
    }
}
