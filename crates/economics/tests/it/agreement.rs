//! Simulations of the default scenario agree with each other within the standard errors that they state, whatever the
//! seed and the number of paths, and with two independent simulations of the model.

use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::risk::{RISK_FIGURES, RiskFigure, Simulation, Simulator, ToTheEnd};
use wattfolio_economics::scenario::Scenario;

/// Standard errors between two runs that no seed should exceed: 1 of 150,000 normal differences does.
const MOST_ERRORS: f64 = 4.5;

fn simulate(paths: u32, seed: u64) -> Simulation {
    let mut scenario = Scenario::default();
    (scenario.risk.paths, scenario.risk.seed) = (paths, seed);
    let valid = scenario.validate().expect("valid");
    Simulator::new(2).expect("threads").run(&valid, Basis::ProjectBeforeTax, &ToTheEnd).expect("to the end")
}

/// A figure with its standard error; none for figures without one.
fn estimate(simulation: &Simulation, business: Business, figure: &RiskFigure) -> Option<(f64, f64)> {
    let value = figure.read(simulation.business(business).ok()?);
    value.number()?.ok().zip(value.standard_error())
}

/// Differences of all figures between two runs, in standard errors of the difference.
fn differences(one: &Simulation, other: &Simulation) -> Vec<(String, f64)> {
    let mut found = Vec::new();
    for business in Business::ALL {
        for figure in &RISK_FIGURES {
            let pair = estimate(one, business, figure).zip(estimate(other, business, figure));
            let Some(((a, error_a), (b, error_b))) = pair else { continue };
            found.push((format!("{} {}", business.id(), figure.id), (a - b) / error_a.hypot(error_b)));
        }
    }
    found
}

#[test]
fn other_seeds_agree_within_the_stated_errors() {
    let first = simulate(10_000, Scenario::default().risk.seed);
    let mut squares = Vec::new();
    for seed in [2, 1 << 40, 0x5eed_5eed, (1 << 53) - 1] {
        let found = differences(&first, &simulate(10_000, seed));
        assert!(found.len() >= 24, "eight figures or more of each business have an error: {found:?}");
        for (name, errors) in &found {
            assert!(errors.abs() < MOST_ERRORS, "{name}, seed {seed}: {errors} standard errors");
            squares.push(errors * errors);
        }
    }
    // Errors that were stated too large would pass the bound above. Figures move together, so the band is wide.
    let rms = (squares.iter().sum::<f64>() / squares.len() as f64).sqrt();
    assert!((0.6..1.5).contains(&rms), "differences are {rms} stated errors on average");
}

#[test]
fn many_paths_agree_with_few_within_the_stated_errors() {
    let (few, many) = (simulate(10_000, 7), simulate(1_000_000, 8));
    for (name, errors) in differences(&few, &many) {
        assert!(errors.abs() < MOST_ERRORS, "{name}: {errors} standard errors");
    }
}

/// Chance of loss and CVaR per dollar of capital at 100,000 paths, in percent: two independent simulations of the model
/// gave 96, 29 to 30, 30 to 32 and 97, 19 to 22, 40. The bounds are a tenth beyond them.
#[test]
fn the_defaults_come_out_where_independent_simulations_do() {
    let simulation = simulate(100_000, Scenario::default().risk.seed);
    let percent = |business: Business, id: &str| {
        let figure = RISK_FIGURES.iter().find(|figure| figure.id == id).expect("a figure");
        let value = figure.read(simulation.business(business).expect("simulated")).number();
        100.0 * value.expect("known").expect("a figure")
    };
    let expected = [
        (Business::Mining, [96.0, 96.0], [97.0, 97.0]),
        (Business::Hosting, [29.0, 30.0], [19.0, 22.0]),
        (Business::Leasing, [30.0, 32.0], [40.0, 40.0]),
    ];
    for (business, loss, tail) in expected {
        for (id, [low, high]) in [("loss", loss), ("cvar_per_capex", tail)] {
            let found = percent(business, id);
            assert!(
                found > 0.9 * low && found < 1.1 * high,
                "{} {id}: {found} %, not {low} to {high}",
                business.id()
            );
        }
    }
}
