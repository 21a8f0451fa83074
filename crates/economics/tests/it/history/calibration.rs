//! Known parameters are found again, and what months cannot tell is said.

use wattfolio_economics::history::{Calibration, NotCalibrated, calibrate};
use wattfolio_economics::prelude::*;
use wattfolio_economics::scenario::NetworkRule;

use super::record::{month, of_bitcoin};
use super::simulated_record::{FIRST, MONTHS, simulate};

/// Inputs that are estimated of a record with rentals in every month.
const ESTIMATED: [&str; 12] = [
    "bitcoin.network.breakeven_hashprice_usd",
    "bitcoin.network.response_per_month",
    "bitcoin.network.breakeven_decline_per_year",
    "bitcoin.network.inertia",
    "leasing.rental_usd_per_gpu_hour.growth_per_year",
    "risk.bitcoin.volatility",
    "risk.bitcoin.jumps_per_year",
    "risk.network.volatility",
    "risk.rental.volatility",
    "risk.rental.reversion",
    "risk.correlation.bitcoin_network",
    "risk.correlation.bitcoin_rental",
];

fn of_range(scenario: &Scenario, from: &str, to: &str) -> Calibration {
    calibrate(&of_bitcoin(), scenario, month(from), month(to)).unwrap()
}

fn another() -> Scenario {
    let mut scenario = Scenario::default();
    scenario.bitcoin.network = NetworkRule::Responsive {
        response_per_month: 0.06,
        breakeven_hashprice_usd: 40.0,
        breakeven_decline_per_year: 0.15,
        same_month: 0.05,
        inertia: 0.4,
        max_fall: 0.25,
        max_rise: 0.25,
    };
    let risk = &mut scenario.risk;
    // Many jumps: of few large ones 1,200 months do not show how far they reach.
    (risk.bitcoin.volatility, risk.bitcoin.jumps_per_year) = (0.35, 6.0);
    (risk.bitcoin.jump_mean, risk.bitcoin.jump_sd) = (-0.05, 0.12);
    risk.network.volatility = 0.2;
    (risk.rental.volatility, risk.rental.reversion) = (0.25, 0.8);
    risk.correlation.bitcoin_network = -0.2;
    scenario.leasing.rental_usd_per_gpu_hour.growth_per_year = 0.05;
    scenario
}

/// The rental is simulated by itself, so that its correlation with the price is 0.
fn truth(scenario: &Scenario, id: &str) -> f64 {
    if id == "risk.correlation.bitcoin_rental" {
        return 0.0;
    }
    catalogue::find(id).unwrap().text(scenario).unwrap().parse().unwrap()
}

/// What is found in a record of 1,200 months that a scenario simulates.
fn found(scenario: &Scenario, seed: u64) -> Calibration {
    let last = month(FIRST).plus(MONTHS as u32 - 1);
    calibrate(&simulate(scenario, seed), scenario, month(FIRST), last).unwrap()
}

#[test]
fn parameters_of_1200_simulated_months_are_found_within_three_standard_errors() {
    for (name, scenario) in [("released", Scenario::default()), ("another", another())] {
        let found = found(&scenario, 1);
        let ids: Vec<&str> = found.estimated.iter().map(|found| found.input.id).collect();
        assert_eq!(ids, ESTIMATED, "{name}");
        for found in &found.estimated {
            let truth = truth(&scenario, found.input.id);
            let errors = (found.value - truth) / found.standard_error;
            assert!(
                errors.abs() < 3.0,
                "{name}: {} is {truth}, found {} ± {} of {}",
                found.input.id,
                found.value,
                found.standard_error,
                found.observations
            );
            assert!(found.observations > MONTHS - 10);
        }
    }
}

/// A standard error that is far too large would pass the test above. Closes of neighbouring months share half a month at
/// mid-month, so that a correlation of the shocks leaks into the rule: by less than an error of 1,200 months and a half.
#[test]
fn standard_errors_are_those_of_the_spread_over_records() {
    for scenario in [Scenario::default(), another()] {
        let found: Vec<Calibration> = (11..=40).map(|seed| found(&scenario, seed)).collect();
        for id in ESTIMATED {
            // Now and then a record says nothing of an input, as of jumps that are too few.
            let of_input = |found: &Calibration| {
                let estimated = found.estimated.iter().find(|found| found.input.id == id);
                estimated.map(|estimated| (estimated.value, estimated.standard_error))
            };
            let (values, errors): (Vec<f64>, Vec<f64>) = found.iter().filter_map(of_input).unzip();
            assert!(values.len() >= 28, "{id}: told of {} records", values.len());
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            let squares = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>();
            let spread = (squares / (values.len() - 1) as f64).sqrt();
            let error = errors.iter().sum::<f64>() / errors.len() as f64;
            // Of 30 records a spread is known to 13 %.
            assert!((0.6..1.6).contains(&(error / spread)), "{id}: {error} for a spread of {spread}");
            let truth = truth(&scenario, id);
            assert!((mean - truth).abs() < 1.5 * error, "{id}: {mean} for {truth}, errors of {error}");
        }
    }
}

#[test]
fn a_range_is_cut_at_the_last_month_that_is_no_estimate() {
    let scenario = Scenario::default();
    let found = of_range(&scenario, "2021-08", "2026-09");
    assert_eq!((found.from, found.to), (month("2021-08"), month("2026-06")));
    assert_eq!(found.cut.as_deref(), Some("cut at Jun 2026, the last month that is no estimate"));
    let same = of_range(&scenario, "2021-08", "2026-06");
    assert_eq!(same.cut, None);
    let values = |found: &Calibration| found.estimated.iter().map(|found| found.value).collect::<Vec<_>>();
    assert_eq!(values(&found), values(&same));
    let early = of_range(&scenario, "2010-01", "2026-06");
    assert_eq!(early.cut.as_deref(), Some("the record begins in Oct 2014"));
    let short = calibrate(&of_bitcoin(), &scenario, month("2026-01"), month("2026-09")).unwrap_err();
    assert_eq!(short, NotCalibrated::TooFew { from: month("2026-01"), to: month("2026-09"), months: 6 });
    assert_eq!(short.to_string(), "2026-01 to 2026-09 has 6 recorded months; allowed: at least 24");
}

#[test]
fn what_the_record_cannot_tell_is_said_and_every_risk_input_is_told_or_said() {
    let scenario = Scenario::default();
    let found = of_range(&scenario, "2021-08", "2026-06");
    let told = found.estimated.iter().map(|found| found.input.id);
    let untold = found.untold.iter().flat_map(|untold| untold.inputs.iter().map(|input| input.id));
    let mut ids: Vec<&str> = told.chain(untold).collect();
    ids.sort_unstable();
    let before = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), before, "nothing is said twice");
    let others = ["risk.paths", "risk.seed", "risk.cash_reserve_usd", "risk.reserve_months"];
    for input in catalogue::inputs().iter().filter(|input| input.id.starts_with("risk.")) {
        let is_said = ids.contains(&input.id);
        assert!(is_said != others.contains(&input.id), "{}", input.id);
    }
    assert!(found.untold.iter().all(|untold| !untold.reason.is_empty()));
}

#[test]
fn chosen_values_are_taken_over_and_no_others() {
    let valid = Scenario::default().validate().unwrap();
    let found = of_range(&valid, "2021-08", "2026-06");
    let id = "risk.network.volatility";
    let changed = found.apply(&valid, |found| found.input.id == id).unwrap();
    let changes: Vec<&str> = catalogue::changed_fields(&valid, &changed).iter().map(|(id, ..)| *id).collect();
    assert_eq!(changes, [id]);
}
