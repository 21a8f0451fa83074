//! The simulation with inputs at their limits: it gives numbers, and the same answers as the plan.

use proptest::prelude::*;
use wattfolio_economics::business::{Business, PerBusiness};
use wattfolio_economics::kernel::{Absent, Basis, NotEvaluated};
use wattfolio_economics::results::{Comparison, compare_on};
use wattfolio_economics::risk::{BusinessRisk, PathResult, Simulation, Simulator, ToTheEnd};
use wattfolio_economics::scenario::{Scenario, ValidScenario};

use crate::bases::without_chance;
use crate::support::scenarios::any_scenario;
use crate::support::soak::config;

/// Smallest allowed number of paths: any path shows a corner.
const PATHS: u32 = 100;

fn any_basis() -> impl Strategy<Value = Basis> {
    prop::sample::select(Basis::ALL.to_vec())
}

/// A scenario with few paths, and without chance if `is_certain`.
fn few_paths(scenario: Scenario, is_certain: bool) -> ValidScenario {
    let mut scenario = if is_certain { without_chance(scenario) } else { scenario };
    scenario.risk.paths = PATHS;
    scenario.validate().expect("made valid")
}

/// The simulation with its rates, and the first of its paths.
fn simulate(scenario: &ValidScenario, basis: Basis) -> (Simulation, PerBusiness<Option<PathResult>>) {
    let mut simulator = Simulator::new(1).expect("a thread");
    let simulation = simulator.run(scenario, basis, &ToTheEnd).expect("ran to the end");
    let returns = simulator.returns(scenario, basis, &ToTheEnd).expect("ran to the end");
    let simulation = simulation.with_returns(returns);
    let first = simulator.rows(scenario, basis, 0..1).remove(0);
    (simulation, first.results)
}

/// Every number of a business by name; a payback that never comes is infinite and left out.
fn numbers(risk: &BusinessRisk) -> Vec<(&'static str, f64)> {
    let mut numbers = vec![
        ("mean", risk.npv.mean.value),
        ("error of the mean", risk.npv.mean.standard_error),
        ("standard deviation", risk.npv.standard_deviation),
        ("value at risk", risk.tail.value_at_risk.value),
        ("its error", risk.tail.value_at_risk.standard_error),
        ("conditional value at risk", risk.tail.conditional_value_at_risk.value),
        ("its error", risk.tail.conditional_value_at_risk.standard_error),
        ("loss", risk.loss.value),
        ("runs dry", risk.runs_dry.value),
    ];
    let mut add = |name, values: &[f64]| numbers.extend(values.iter().map(|value| (name, *value)));
    risk.fan.iter().for_each(|curve| add("fan", curve));
    add("end", &risk.end_quantiles);
    add("NPV", &risk.npv_usd);
    add("quantile of NPV", &risk.npv.quantiles);
    add("lowest cash", &risk.lowest_cash_usd);
    if let Ok(paybacks) = &risk.payback {
        let finite = |months: &&f64| **months != f64::INFINITY;
        add("payback", &paybacks.months.iter().filter(finite).copied().collect::<Vec<f64>>());
        add("payback", &paybacks.quantiles.iter().filter(finite).copied().collect::<Vec<f64>>());
        add("paid back by", &paybacks.by_month);
        add("pays back", &[paybacks.share.value]);
    }
    if let Some(Ok(rates)) = risk.irr.map(|irr| irr.quantiles) {
        add("IRR", &rates);
    }
    numbers
}

fn evaluated<'a>(
    comparison: &'a Comparison,
    simulation: &'a Simulation,
) -> impl Iterator<Item = (&'a wattfolio_economics::results::Evaluation, &'a BusinessRisk)> {
    Business::ALL
        .into_iter()
        .filter_map(|business| comparison.business(business).ok().zip(simulation.business(business).ok()))
}

proptest! {
    #![proptest_config(config("random plans simulated", 200, 10_000))]

    #[test]
    fn every_figure_of_a_simulation_is_a_number(scenario in any_scenario(), basis in any_basis()) {
        let scenario = few_paths(scenario, false);
        let (simulation, _) = simulate(&scenario, basis);
        for business in Business::ALL {
            let Ok(risk) = simulation.business(business) else { continue };
            for (name, value) in numbers(risk) {
                prop_assert!(value.is_finite(), "{} of {}: {value}", name, business.id());
            }
        }
    }

    #[test]
    fn what_the_plan_lacks_by_structure_no_path_has(scenario in any_scenario(), basis in any_basis()) {
        let scenario = few_paths(scenario, false);
        let (comparison, (simulation, first)) = (compare_on(&scenario, basis), simulate(&scenario, basis));
        for business in Business::ALL {
            match (comparison.business(business), simulation.business(business)) {
                // A market may overflow on some path, or in the plan alone.
                (_, Err(NotEvaluated::Overflow)) | (Err(NotEvaluated::Overflow), _) | (Ok(_), Ok(_)) => {}
                (plan, risk) => prop_assert_eq!(plan.err(), risk.err()),
            }
        }
        for (plan, risk) in evaluated(&comparison, &simulation) {
            let lacks_capital = plan.measures.capex_usd <= 0.0;
            prop_assert_eq!(plan.measures.payback_months == Err(Absent::NoCapex), lacks_capital);
            prop_assert_eq!(risk.payback.as_ref().err(), lacks_capital.then_some(&Absent::NoCapex));
            let path = first[plan.business].expect("simulated");
            prop_assert_eq!(path.payback_months == Err(Absent::NoCapex), lacks_capital);
        }
    }

    #[test]
    fn without_volatility_the_simulation_answers_as_the_plan(scenario in any_scenario(), basis in any_basis()) {
        let scenario = few_paths(scenario, true);
        let (comparison, (simulation, first)) = (compare_on(&scenario, basis), simulate(&scenario, basis));
        for business in Business::ALL {
            let (plan, risk) = (comparison.business(business), simulation.business(business));
            prop_assert_eq!(plan.err(), risk.err(), "{}", business.id());
        }
        for (plan, risk) in evaluated(&comparison, &simulation) {
            let (name, measures) = (plan.business.id(), &plan.measures);
            let path = first[plan.business].expect("simulated");
            prop_assert_eq!(path.payback_months.err(), measures.payback_months.err(), "payback of {}", name);
            prop_assert_eq!(path.irr.err(), measures.irr.err(), "IRR of {}", name);
            let irr = risk.irr.expect("looked for").quantiles;
            prop_assert_eq!(irr.err(), measures.irr.err(), "IRRs of {}", name);
        }
    }
}
