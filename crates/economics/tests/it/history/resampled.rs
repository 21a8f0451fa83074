//! Simulations of recorded months.

use std::sync::Arc;

use wattfolio_economics::history::resample;
use wattfolio_economics::kernel::MarketSeries;
use wattfolio_economics::prelude::*;
use wattfolio_economics::risk::{Resampled, ToTheEnd};
use wattfolio_economics::scenario::NetworkRule;

use super::record::of_bitcoin;

fn simulator(threads: usize, resampled: &Resampled) -> Simulator {
    let mut simulator = Simulator::new(threads).unwrap();
    simulator.set_record(Some(Arc::new(resampled.clone())));
    simulator
}

fn scenario(paths: f64) -> ValidScenario {
    Scenario::default().with("risk.paths", paths).unwrap().validate().unwrap()
}

#[test]
fn the_same_seed_gives_the_same_bits_for_any_number_of_threads_and_another_seed_others() {
    let scenario = scenario(300.0);
    let resampled = resample(&of_bitcoin(), &scenario).unwrap();
    // October 2014 to June 2026, without the two months whose growth before is not in it.
    assert_eq!(resampled.months(), 139);
    let run = |threads, scenario: &ValidScenario| {
        simulator(threads, &resampled).run(scenario, Basis::ProjectBeforeTax, &ToTheEnd).unwrap()
    };
    let one = run(1, &scenario);
    assert_eq!(one, run(2, &scenario));
    let other = Scenario::clone(&scenario).with("risk.seed", 2.0).unwrap().validate().unwrap();
    let npv = |simulation: &Simulation| simulation.business(Business::Mining).unwrap().npv_usd.clone();
    assert_ne!(npv(&one), npv(&run(1, &other)));
    // Rental is drawn as ever, so that leasing on the own power contract is the same.
    let parametric = Simulator::new(1).unwrap().run(&scenario, Basis::ProjectBeforeTax, &ToTheEnd).unwrap();
    let leasing = |simulation: &Simulation| simulation.business(Business::Leasing).unwrap().npv_usd.clone();
    assert_eq!(leasing(&one), leasing(&parametric));
    assert_ne!(npv(&one), npv(&parametric));
}

#[test]
fn without_a_record_a_simulator_draws_as_before() {
    let scenario = scenario(200.0);
    let resampled = resample(&of_bitcoin(), &scenario).unwrap();
    let mut simulator = simulator(1, &resampled);
    simulator.run(&scenario, Basis::ProjectBeforeTax, &ToTheEnd).unwrap();
    simulator.set_record(None);
    let again = simulator.run(&scenario, Basis::ProjectBeforeTax, &ToTheEnd).unwrap();
    let fresh = Simulator::new(1).unwrap().run(&scenario, Basis::ProjectBeforeTax, &ToTheEnd).unwrap();
    assert_eq!(again, fresh);
}

#[test]
fn the_mean_of_bitcoin_is_the_one_that_is_stated() {
    let scenario = scenario(20_000.0).edit(|scenario| scenario.horizon_months = 36).unwrap();
    let resampled = resample(&of_bitcoin(), &scenario).unwrap();
    let markets = simulator(0, &resampled).markets(&scenario, &ToTheEnd).unwrap();
    let bitcoin = markets.end_of(MarketSeries::BtcPrice).unwrap();
    let ratio = bitcoin.mean / bitcoin.planned;
    let stated = resampled.mean_at(36);
    assert!((ratio / stated - 1.0).abs() < 0.08, "{ratio} {stated}");
    assert!((0.0..=1.0).contains(&markets.plan_percentile));
}

/// Months that the rule explains in full leave the plan as it is.
#[test]
fn a_record_without_surprises_is_the_plan() {
    let mut quiet = Scenario::clone(&scenario(100.0));
    let none = Resampled::new(&[[0.0; 2]; 24]).unwrap();
    quiet.risk.rental.volatility = 0.0;
    quiet.risk.rental.trend_sd = 0.0;
    quiet.risk.power.volatility = 0.0;
    let valid = quiet.validate().unwrap();
    let markets = simulator(1, &none).markets(&valid, &ToTheEnd).unwrap();
    for market in &markets.at_end {
        for quantile in market.quantiles {
            assert!((quantile / market.planned - 1.0).abs() < 1e-9, "{}", market.series);
        }
    }
    assert_eq!(markets.plan_percentile, 0.5);
}

#[test]
fn a_given_network_takes_its_recorded_growth() {
    let mut given = Scenario::default();
    given.bitcoin.network = NetworkRule::Given;
    let (of_growth, of_rule) =
        (resample(&of_bitcoin(), &given).unwrap(), resample(&of_bitcoin(), &Scenario::default()).unwrap());
    assert_ne!(of_growth, of_rule);
    assert_eq!(of_growth.mean_at(60), of_rule.mean_at(60), "bitcoin is the same");
}
