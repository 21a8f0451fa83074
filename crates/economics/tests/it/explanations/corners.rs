//! Explanations where inputs are at their limits.

use proptest::prelude::*;
use wattfolio_economics::catalogue;
use wattfolio_economics::input::{Input, Kind};

use super::*;
use crate::support::scenarios::any_scenario;
use crate::support::soak::config;

#[test]
fn every_input_at_its_limits_leaves_every_figure_explained() {
    // Number of plans for each limit.
    let most_plans = config("plans at each limit", 2, CHANGES.len() as u32).cases as usize;
    let mut wrong = Vec::new();
    let mut limits = 0;
    for (index, input) in catalogue::inputs().iter().enumerate() {
        for (turn, value) in limits_of(input).iter().enumerate() {
            let from_here = CHANGES.iter().cycle().skip(index + 5 * turn).take(CHANGES.len());
            let plans: Vec<(&str, ValidScenario)> =
                from_here.filter_map(|change| with(change, input, value)).take(most_plans).collect();
            limits += usize::from(!plans.is_empty());
            for (number, (name, scenario)) in plans.iter().enumerate() {
                let basis = Basis::ALL[(index + turn + number) % Basis::ALL.len()];
                let what = format!("{name}, {} = {value}, {}", input.id, basis.id());
                wrong.extend(faults_of_plan(&what, scenario, basis));
            }
        }
    }
    assert_none(&wrong);
    // Shares of the mix and some correlations reach their limits only together with others.
    assert!(limits > 380, "only {limits} limits were reached");
}

proptest! {
    #![proptest_config(config("random plans explained", 300, 66_000))]

    #[test]
    fn every_figure_of_a_random_plan_is_explained(
        scenario in any_scenario(),
        basis in prop::sample::select(Basis::ALL.to_vec()),
    ) {
        let wrong = faults_of_plan("", &scenario.validate().expect("made valid"), basis);
        prop_assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

#[test]
fn interest_close_to_nothing_is_repaid_in_equal_parts() {
    // 1 − (1 + r)^−n keeps four digits of itself at this rate.
    let mut scenario = Scenario::default();
    let debt = Debt::Loan { loan_to_cost: 0.6, apr: 1e-12, term_months: 60, grace_months: 0 };
    scenario.hosting.debt = debt;
    let scenario = scenario.validate().expect("valid");
    let comparison = compare_on(&scenario, Basis::EquityAfterTax);
    let hosting = comparison.business(Business::Hosting).expect("evaluated");
    let explanation = explain_line(&scenario, &comparison, hosting, Line::Principal, 24);
    let owed = 0.6 * hosting.measures.capex_usd;
    let payment = explanation.steps().into_iter().find(|step| step.name == "Payment").expect("a payment");
    assert!((payment.recompute() - owed / 60.0).abs() < 1e-9 * owed, "{} {}", payment.value, owed / 60.0);
    assert_eq!(
        payment.expr.write(&|operand| small(&operand.name)),
        "owed after the grace · interest / 12 / (1 − (1 + interest / 12)^−loan term)"
    );
}

/// The plan with one input changed, if the change is valid.
fn with(
    (name, change): &(&'static str, fn(&mut Scenario)),
    input: &Input,
    value: &str,
) -> Option<(&'static str, ValidScenario)> {
    let mut scenario = Scenario::default();
    change(&mut scenario);
    input.write(&mut scenario, value).ok()?;
    Some((name, scenario.validate().ok()?))
}

/// Both ends of a number, and a value just above the lower one; every option of a choice.
fn limits_of(input: &Input) -> Vec<String> {
    match &input.kind {
        Kind::Number(number) => {
            let hair = 1e-12 * (number.max - number.min);
            let above = (!number.whole).then_some(number.min + hair);
            [number.min, number.max].into_iter().chain(above).map(|value| value.to_string()).collect()
        }
        Kind::Flag(_) => vec!["true".to_owned(), "false".to_owned()],
        Kind::Choice(choice) => choice.options.iter().map(|option| option.start.to_owned()).collect(),
        Kind::Points(points) => [points.min, points.max].map(|level| format!("[(30.0,{level:?})]")).to_vec(),
        Kind::Month(_) | Kind::Text(_) => Vec::new(),
    }
}

/// Faults in the explanations of a plan: of every measure, and of every line in some months.
fn faults_of_plan(what: &str, scenario: &ValidScenario, basis: Basis) -> Vec<String> {
    let comparison = compare_on(scenario, basis);
    let mut wrong = Vec::new();
    for evaluation in comparison.evaluations() {
        let business = evaluation.business;
        for measure in MEASURES.iter().filter(|measure| measure.applies_to(business)) {
            let explanation = explain_measure(scenario, &comparison, evaluation, measure)
                .expect("the business has the measure");
            wrong.extend(faults(&explanation, &format!("{what} {}.{}", business.id(), measure.id)));
        }
        let months = turning_points(evaluation);
        for line in LINES.into_iter().filter(|line| line.belongs_to(business)) {
            // The owner's line needs a comparison of its own where the basis is another.
            let months = if line == Line::Equity { &months[months.len() - 1..] } else { &months[..] };
            for &t in months {
                let explanation = explain_line(scenario, &comparison, evaluation, line, t);
                wrong.extend(faults(&explanation, &format!("{what} {}.{} {t}", business.id(), line.id())));
            }
        }
    }
    wrong
}

/// Months in which something begins or ends.
fn turning_points(evaluation: &Evaluation) -> Vec<usize> {
    let (timing, horizon) = (evaluation.timing, evaluation.horizon());
    let live = timing.live();
    let mut months =
        vec![0, live, live + 1, timing.first_full_month(), 24, 36, horizon.saturating_sub(1), horizon];
    months.retain(|t| *t <= horizon);
    months.sort_unstable();
    months.dedup();
    months
}
