//! Explanation of a number.

use std::fmt::Write as _;

use serde_json::{Value, json};
use wattfolio_economics::explain::{Explanation, Figure, Operand, Source, Subject, small};
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::scenario::{Scenario, ValidScenario};

use super::exported::{ExportError, Exported, Shape};
use super::json::{OUTPUT_SCHEMA, maybe};
use crate::format;

/// An explanation and what it is of.
#[derive(Clone, Debug)]
pub struct Explained {
    /// The scenario.
    pub scenario: ValidScenario,
    /// Basis of the flows.
    pub basis: Basis,
    /// The figure.
    pub subject: Subject,
    /// Its explanation.
    pub explanation: Explanation,
}

impl Exported for Explained {
    fn shapes() -> &'static [(Shape, &'static str)] {
        &[(Shape::Text, "For people"), (Shape::Value, "With every operand in its stored unit")]
    }

    fn text(&mut self) -> Result<String, ExportError> {
        Ok(explanation_text(&self.scenario, self.basis, self.subject, &self.explanation))
    }

    fn value(&mut self) -> Result<Value, ExportError> {
        Ok(explanation_json(self.basis, self.subject, &self.explanation))
    }
}

/// Business, time and basis of a figure: `Mining, month 24 (Oct 2028), project before tax`.
pub fn subject_words(scenario: &Scenario, basis: Basis, subject: Subject) -> String {
    let business = subject.business.label();
    let basis = small(basis.label());
    match subject.figure {
        Figure::Measure(_) => format!("{business}, {basis}"),
        Figure::Line { month: 0, .. } => format!("{business}, at the start, {basis}"),
        Figure::Line { month, .. } => {
            let calendar = scenario.start.plus(month as u32 - 1).short_name();
            format!("{business}, month {month} ({calendar}), {basis}")
        }
        Figure::Period { period, .. } => {
            let months = period.months(scenario.horizon_months as usize).unwrap_or(0..=0);
            let (from, to) = (*months.start(), *months.end());
            let calendar = |month: usize| scenario.start.plus(month.max(1) as u32 - 1).short_name();
            let (first, last) = (calendar(from), calendar(to));
            format!("{business}, {}, months {from} to {to} ({first} to {last}), {basis}", period.name())
        }
    }
}

/// Source of a value, in words.
pub fn source_words(source: &Source) -> String {
    let months = |from: &usize, to: &usize| {
        if from == to { format!("month {from}") } else { format!("months {from} to {to}") }
    };
    match source {
        Source::Input(id) => (*id).to_owned(),
        Source::Line(line, month) => format!("line {}, month {month}", line.id()),
        Source::Lines(line, from, to) => format!("line {}, {}", line.id(), months(from, to)),
        Source::Network(series, month) => format!("market {series}, month {month}"),
        Source::Step => "see below".to_owned(),
        Source::Plan(words) => words.clone(),
    }
}

/// An explanation for a terminal.
pub fn explanation_text(
    scenario: &Scenario,
    basis: Basis,
    subject: Subject,
    explanation: &Explanation,
) -> String {
    let mut text = format!("{}\n{}\n\n", explanation.title, subject_words(scenario, basis, subject));
    // Writing to a string cannot fail.
    match explanation.result {
        Ok(value) => writeln!(text, "= {}", format::full(value, explanation.unit)).ok(),
        Err(reason) => writeln!(text, "{reason}").ok(),
    };
    if let Some(formula) = explanation.formula() {
        writeln!(text, "= {formula}").ok();
    }
    if let Some(note) = &explanation.note {
        writeln!(text, "{note}").ok();
    }
    operands_text(&mut text, &explanation.operands());
    for step in explanation.steps() {
        let formula = step.expr.write(&|operand| small(&operand.name));
        writeln!(text, "\n{} = {}", step.name, format::full(step.value, step.unit)).ok();
        writeln!(text, "= {formula}").ok();
        operands_text(&mut text, &step.expr.operands());
    }
    if !explanation.context.is_empty() {
        text.push_str("\nAlso\n");
        operands_text(&mut text, &explanation.context);
    }
    text
}

fn operands_text(text: &mut String, operands: &[Operand]) {
    let width = operands.iter().map(|operand| operand.name.chars().count()).max().unwrap_or(0);
    for operand in operands {
        let padding = " ".repeat(width - operand.name.chars().count());
        let value = match operand.value {
            Ok(value) => format::full(value, operand.unit),
            Err(reason) => reason.to_string(),
        };
        writeln!(text, "  {}{padding}   {value:<24} {}", operand.name, source_words(&operand.source)).ok();
    }
}

/// An explanation as JSON, every value in its stored unit.
pub fn explanation_json(basis: Basis, subject: Subject, explanation: &Explanation) -> Value {
    let (id, when) = match subject.figure {
        Figure::Measure(measure) => (measure.id, None),
        Figure::Line { line, month } => (line.id(), Some(("month", json!(month)))),
        Figure::Period { line, period } => (line.id(), Some(("period", json!(period.name())))),
    };
    let steps = explanation.steps().into_iter().map(|step| {
        json!({
            "name": step.name,
            "value": step.value,
            "unit": step.unit.symbol(),
            "formula": step.expr.write(&|operand| small(&operand.name)),
            "operands": operands_json(&step.expr.operands()),
        })
    });
    let mut root = json!({
        "schema": OUTPUT_SCHEMA,
        "business": subject.business.id(),
        "figure": id,
        "basis": basis.id(),
        "title": explanation.title,
        "value": maybe(explanation.result),
        "unit": explanation.unit.symbol(),
        "operands": operands_json(&explanation.operands()),
        "steps": steps.collect::<Vec<Value>>(),
        "context": operands_json(&explanation.context),
    });
    // A measure has no month, and not every figure has a formula or a note.
    if let Some((key, value)) = when {
        root[key] = value;
    }
    for (key, words) in [("formula", explanation.formula()), ("note", explanation.note.clone())] {
        if let Some(words) = words {
            root[key] = json!(words);
        }
    }
    root
}

fn operands_json(operands: &[Operand]) -> Value {
    let entries = operands.iter().map(|operand| {
        json!({
            "name": operand.name,
            "value": maybe(operand.value),
            "unit": operand.unit.symbol(),
            "source": source_json(&operand.source),
        })
    });
    Value::Array(entries.collect())
}

fn source_json(source: &Source) -> Value {
    match source {
        Source::Input(id) => json!({ "input": id }),
        Source::Line(line, month) => json!({ "line": line.id(), "month": month }),
        Source::Lines(line, from, to) => json!({ "line": line.id(), "from": from, "to": to }),
        Source::Network(series, month) => json!({ "network": series.id(), "month": month }),
        Source::Step => json!("step"),
        Source::Plan(words) => json!({ "plan": words }),
    }
}
