//! Every explanation reproduces its figure.

mod corners;

use wattfolio_economics::business::Business;
use wattfolio_economics::catalogue;
use wattfolio_economics::explain::{Explanation, Operand, Source, explain_line, explain_measure, small};
use wattfolio_economics::kernel::{Basis, LINES, Line};
use wattfolio_economics::results::{Comparison, Evaluation, MEASURES, compare_on};
use wattfolio_economics::scenario::{Debt, Scenario, ValidScenario};

use crate::support::plans::CHANGES;

/// A spread of months: the start, construction, ramp, tax months, ends of terms, and the end.
fn months(horizon: usize) -> impl Iterator<Item = usize> {
    (0..=horizon).filter(move |t| *t <= 20 || t % 7 == 0 || t % 12 == 0 || *t + 2 >= horizon)
}

/// 1e-9 relative; where terms cancel, 1e-12 of what cancels.
fn agrees(found: f64, known: f64, size: f64) -> bool {
    size.is_finite() && (found - known).abs() <= 1e-9 * known.abs() + 1e-12 * size
}

/// Values that are not reproduced, and values that are not numbers.
fn faults(explanation: &Explanation, what: &str) -> Vec<String> {
    let steps = explanation.steps();
    let wrong = steps.iter().filter(|step| !agrees(step.recompute(), step.value, step.expr.size()));
    let mut faults: Vec<String> = wrong.map(|step| format!("{what}: step {}", step.name)).collect();
    let of_steps = steps.iter().flat_map(|step| step.expr.operands());
    let is_number = |operand: &Operand| operand.value.is_ok_and(f64::is_finite);
    let no_numbers = explanation.operands().into_iter().chain(of_steps).filter(|operand| !is_number(operand));
    // Beside the formula a value may be absent, with its reason.
    let beside = explanation.context.iter().filter(|operand| operand.value.is_ok() && !is_number(operand));
    let no_numbers = no_numbers.chain(beside.cloned());
    faults.extend(no_numbers.map(|operand| format!("{what}: {} is {:?}", operand.name, operand.value)));
    let all = explanation.operands().into_iter().chain(steps.iter().flat_map(|step| step.expr.operands()));
    let unknown = all.chain(explanation.context.clone()).filter(|operand| match operand.source {
        Source::Input(id) => catalogue::find(id).is_none_or(|input| input.id != id),
        _ => false,
    });
    faults.extend(unknown.map(|operand| format!("{what}: {:?} is no input", operand.source)));
    // A business that forgets a line would say that it has none, and every value of 0 would seem explained.
    if explanation.note.as_ref().is_some_and(|note| note.contains("has no such line")) {
        faults.push(format!("{what}: the line is the business’s own, and has no formula"));
    }
    match (&explanation.expr, explanation.result) {
        (Some(expr), Ok(result)) => {
            let found = expr.evaluate();
            if !agrees(found, result, expr.size()) {
                let formula = explanation.formula();
                faults.push(format!("{what}: {formula:?} is {found}, the ledger says {result}"));
            }
        }
        (None, Ok(result)) => faults.push(format!("{what}: {result} is not explained")),
        _ => {}
    }
    faults
}

fn each_evaluation(mut check: impl FnMut(&str, &ValidScenario, &Comparison, &Evaluation)) {
    for (name, change) in CHANGES {
        let mut scenario = Scenario::default();
        change(&mut scenario);
        let scenario = scenario.validate().expect("made valid");
        for basis in Basis::ALL {
            let comparison = compare_on(&scenario, basis);
            for evaluation in comparison.evaluations() {
                let name = format!("{name}, {}, {}", basis.id(), evaluation.business.id());
                check(&name, &scenario, &comparison, evaluation);
            }
        }
    }
}

/// Fails on any fault, and prints the first few.
fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults[..faults.len().min(25)].join("\n"));
}

#[test]
fn every_line_is_what_its_formula_gives() {
    let mut wrong = Vec::new();
    each_evaluation(|name, scenario, comparison, evaluation| {
        let horizon = evaluation.horizon();
        for line in LINES.into_iter().filter(|line| line.belongs_to(evaluation.business)) {
            // The owner's line needs a comparison of its own where the basis is another.
            let every = if line == Line::Equity { 23 } else { 1 };
            for t in months(horizon).step_by(every) {
                let explanation = explain_line(scenario, comparison, evaluation, line, t);
                wrong.extend(faults(&explanation, &format!("{name}, {}, month {t}", line.id())));
            }
        }
    });
    assert_none(&wrong);
}

#[test]
fn every_measure_that_exists_is_what_its_formula_gives() {
    let mut wrong = Vec::new();
    each_evaluation(|name, scenario, comparison, evaluation| {
        for measure in MEASURES.iter().filter(|measure| measure.applies_to(evaluation.business)) {
            let explanation = explain_measure(scenario, comparison, evaluation, measure)
                .expect("the business has the measure");
            wrong.extend(faults(&explanation, &format!("{name}, {}", measure.id)));
        }
    });
    assert_none(&wrong);
}

#[test]
fn formulas_read_as_the_model_writes_them() {
    let scenario = Scenario::default().validate().expect("the default is valid");
    let comparison = compare_on(&scenario, Basis::ProjectBeforeTax);
    let formula = |business, line, t| {
        let evaluation = comparison.business(business).expect("evaluated");
        explain_line(&scenario, &comparison, evaluation, line, t).formula().expect("a formula")
    };
    assert_eq!(
        formula(Business::Leasing, Line::ContractRental, 40),
        "GPUs · availability · 730.5 h · ramp · contracted share · contract rental · (1 − operator’s share)"
    );
    assert_eq!(
        formula(Business::Mining, Line::BtcMined, 10),
        "4,383 blocks · (subsidy + fees) · fleet hashrate / network with the fleet · (1 − pool fee)"
    );
    assert_eq!(
        formula(Business::Mining, Line::BtcMined, 100),
        "0, because margin if running < saved standing still"
    );
}
