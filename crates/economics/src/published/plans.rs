//! What published examples share: the plan that they start from, and how its figures are read.

use crate::bitcoin::difficulty;
use crate::business::Business;
use crate::catalogue::DefaultSet;
use crate::finance::irr_roots;
use crate::kernel::{Line, Maybe};
use crate::results::{Comparison, Evaluation, compare};
use crate::scenario::Scenario;

/// Evaluates a scenario; `None` if it is invalid, which gives a value that matches nothing.
pub(crate) fn run(scenario: &Scenario) -> Option<Comparison> {
    scenario.validate().ok().map(|valid| compare(&valid))
}

/// Evaluates one business of a scenario.
pub(crate) fn evaluate(scenario: &Scenario, business: Business) -> Option<Evaluation> {
    run(scenario)?.business(business).ok().cloned()
}

/// The value, or NaN if it is absent.
pub(crate) fn number(value: &Maybe<f64>) -> f64 {
    value.as_ref().copied().unwrap_or(f64::NAN)
}

/// A figure of an evaluation, or NaN.
pub(crate) fn read(evaluation: Option<&Evaluation>, figure: impl FnOnce(&Evaluation) -> f64) -> f64 {
    evaluation.map_or(f64::NAN, figure)
}

/// The sum of a ledger line over the plan.
pub(crate) fn sum(evaluation: Option<&Evaluation>, line: Line) -> f64 {
    read(evaluation, |run| run.ledger.sum(line))
}

/// A ledger line in month 1.
pub(crate) fn first(evaluation: Option<&Evaluation>, line: Line) -> f64 {
    read(evaluation, |run| run.ledger.line(line).get(1).copied().unwrap_or(f64::NAN))
}

/// The rate of return of a plan's flows summed by year, as a spreadsheet has them, %.
pub(crate) fn yearly_irr(evaluation: Option<&Evaluation>) -> f64 {
    read(evaluation, |run| {
        let net = run.ledger.line(Line::NetBeforeTax);
        let years = net[1..].chunks(12).map(|year| year.iter().sum::<f64>());
        let flows: Vec<f64> = std::iter::once(net[0]).chain(years).collect();
        irr_roots(&flows).first().map_or(f64::NAN, |root| root.rate * 100.0)
    })
}

/// Network hashrate at a difficulty, EH/s.
pub(crate) fn network_eh_s(at_difficulty: f64) -> f64 {
    at_difficulty / difficulty(1.0)
}

/// The defaults of October 2026: a published case must not change with later defaults.
pub(crate) fn plain() -> Scenario {
    DefaultSet::UNNAMED.scenario()
}
