//! Outputs for plans at the limits of their inputs: numbers, or reasons for their absence.

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::Value;
use wattfolio::export::{self, Compared, Exported, SimulationRun};
use wattfolio::state::ChartView;
use wattfolio::words::{self, risk as risk_words};
use wattfolio_economics::business::Business;
use wattfolio_economics::explain::{Figure, Subject};
use wattfolio_economics::kernel::{Basis, LINES};
use wattfolio_economics::results::verdict::{Criterion, Verdict};
use wattfolio_economics::results::{Comparison, Evaluation, MEASURES, Timeline, compare_on};
use wattfolio_economics::risk::{Judgement, Simulator, ToTheEnd};
use wattfolio_economics::scenario::ValidScenario;

use crate::support::economics::scenarios::any_scenario;
use crate::support::economics::soak::config;
use crate::support::stage::{is_no_number, is_unreadable};

/// Fails if a human-readable text has NaN, infinity, or a number with rounding noise.
fn check_text(what: &str, text: &str) -> Result<(), TestCaseError> {
    let wrong = text.lines().find(|line| is_unreadable(line));
    prop_assert!(wrong.is_none(), "{what}: {}", wrong.unwrap_or_default());
    Ok(())
}

/// Fails if a machine-readable table has NaN or infinity.
fn check_raw(what: &str, text: &str) -> Result<(), TestCaseError> {
    let wrong = text.lines().find(|line| is_no_number(line));
    prop_assert!(wrong.is_none(), "{what}: {}", wrong.unwrap_or_default());
    Ok(())
}

/// Fails if a cell is NaN or infinity; numbers have full precision.
fn check_csv(what: &str, text: &str) -> Result<(), TestCaseError> {
    let mut rows = text.lines();
    let columns = rows.next().map_or(0, |head| head.split(',').count());
    for row in rows {
        let cells: Vec<&str> = row.split(',').collect();
        prop_assert_eq!(cells.len(), columns, "{}: {}", what, row);
        let infinite = cells.iter().find(|cell| cell.parse::<f64>().is_ok_and(|number| !number.is_finite()));
        prop_assert!(infinite.is_none(), "{what}: {row}");
    }
    Ok(())
}

/// Fails on `null`, which JSON writes for NaN and infinity.
fn check_json(path: &str, value: &Value) -> Result<(), TestCaseError> {
    match value {
        Value::Null => prop_assert!(false, "{path} is null"),
        Value::Array(values) => {
            for value in values {
                check_json(path, value)?;
            }
        }
        Value::Object(fields) => {
            for (name, value) in fields {
                check_json(&format!("{path}.{name}"), value)?;
            }
        }
        Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    Ok(())
}

/// Results as CSV.
fn csv(results: &mut dyn Exported) -> String {
    let mut out = Vec::new();
    export::CSV.export(results, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Some figures of a business, which rotate with `turn`: two measures and a line in two months.
fn subjects(evaluation: &Evaluation, turn: usize) -> Vec<Subject> {
    let business = evaluation.business;
    let measures: Vec<_> = MEASURES.iter().filter(|measure| measure.applies_to(business)).collect();
    let lines: Vec<_> = LINES.into_iter().filter(|line| line.belongs_to(business)).collect();
    let line = lines[turn % lines.len()];
    let last = evaluation.horizon();
    let figures = [
        Figure::Measure(measures[turn % measures.len()]),
        Figure::Measure(measures[(turn + 7) % measures.len()]),
        Figure::Line { line, month: turn % (last + 1) },
        Figure::Line { line, month: last },
    ];
    figures.map(|figure| Subject { business, figure }).into()
}

fn check_explanations(
    scenario: &ValidScenario,
    comparison: &Comparison,
    turn: usize,
) -> Result<(), TestCaseError> {
    for evaluation in comparison.evaluations() {
        for subject in subjects(evaluation, turn) {
            let explanation = subject.explanation(scenario, comparison);
            prop_assert!(explanation.is_some(), "{subject:?} is not explained");
            let Some(explanation) = explanation else { continue };
            let text = export::explanation_text(scenario, comparison.basis, subject, &explanation);
            check_text("explanation", &text)?;
            let json = export::explanation_json(comparison.basis, subject, &explanation);
            check_json("explanation", &json)?;
        }
    }
    Ok(())
}

fn check_comparison(scenario: &ValidScenario, comparison: &Comparison) -> Result<(), TestCaseError> {
    for criterion in Criterion::ALL {
        let verdict = Judgement::from(Verdict::new(scenario, comparison, None, criterion));
        check_text("comparison", &export::comparison_table("Title", scenario, (comparison, &verdict)))?;
        let json = export::comparison_json(scenario, (comparison, &verdict));
        prop_assert_eq!(&json["verdict"]["criterion"], criterion.id());
        check_json("comparison", &json)?;
    }
    check_raw("measures", &export::measures_table(comparison))?;
    let judgement = Verdict::new(scenario, comparison, None, Criterion::default()).into();
    let (title, scenario) = ("Title".to_owned(), Arc::new(scenario.clone()));
    let comparison = Arc::new(comparison.clone());
    let mut compared =
        Compared { title, scenario: Arc::clone(&scenario), comparison: Arc::clone(&comparison), judgement };
    check_csv("ledger", &csv(&mut compared))?;
    for evaluation in comparison.evaluations() {
        let timeline = Timeline::new(&scenario, evaluation);
        check_text("title", &words::payback_title(evaluation, &timeline, ChartView::default().curve()))?;
        check_text("verdict", &words::cash_flow_verdict(evaluation))?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(config("random plans written out", 60, 66_000))]

    #[test]
    fn outputs_of_a_plan_have_no_nan_and_no_infinity(scenario in any_scenario(), turn in 0..1000_usize) {
        let valid = scenario.validate().expect("made valid");
        for basis in Basis::ALL {
            let comparison = compare_on(&valid, basis);
            check_comparison(&valid, &comparison)?;
            check_explanations(&valid, &comparison, turn)?;
        }
    }
}

proptest! {
    #![proptest_config(config("random simulations written out", 60, 10_000))]

    #[test]
    fn outputs_of_a_simulation_have_no_nan_and_no_infinity(
        scenario in any_scenario(),
        basis in prop::sample::select(Basis::ALL.to_vec()),
    ) {
        let mut scenario = scenario;
        scenario.risk.paths = 100;
        let valid = scenario.validate().expect("made valid");
        let mut simulator = Simulator::new(1).expect("a thread");
        let simulation = simulator.run(&valid, basis, &ToTheEnd).expect("ran to the end");
        let returns = simulator.returns(&valid, basis, &ToTheEnd).expect("ran to the end");
        let simulation = simulation.with_returns(returns);
        let outlook = simulator.outlook(&valid, basis, &ToTheEnd).expect("ran to the end");
        check_text("simulation", &export::simulation_table("Title", &valid, &simulation, &outlook))?;
        check_json("simulation", &export::simulation_json(&valid, &simulation, &outlook))?;
        for story in simulator.stories(&valid, basis, &[0, 99]) {
            for business in Business::ALL {
                check_text("story", &risk_words::story(&story, business))?;
            }
        }
        let (title, simulator) = ("Title".to_owned(), Some(simulator));
        let outlook = Some(Arc::new(outlook));
        let mut run = SimulationRun { title, scenario: valid, simulation, simulator, outlook, control: ToTheEnd };
        check_csv("paths", &csv(&mut run))?;
    }
}
