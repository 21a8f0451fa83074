//! How the figures come about: conventions, formulas with their values, and where everything can be checked.

use wattfolio_economics::business::Business;
use wattfolio_economics::explain::{Subject, small};
use wattfolio_economics::risk::RISK_FIGURES;

use super::block::{Block, Cell, Column, Row, Style, Table};
use super::{parts, risk, verdict};
use crate::format;
use crate::report::input::ReportInput;
use crate::report::text::grouped_hex;
use crate::words::method::CONVENTIONS;

/// Measures whose formula is printed for every business.
const EXPLAINED: [&str; 4] = ["npv_usd", "irr", "payback_months", "multiple"];

pub(super) fn page(input: &ReportInput) -> Vec<Block> {
    let mut blocks = vec![Block::PageBreak, Block::Heading(1, "Method".to_owned())];
    for (title, text) in CONVENTIONS {
        blocks.push(Block::Heading(2, title.to_owned()));
        blocks.push(Block::body(text));
    }
    if input.cases[0].simulated.is_some() {
        blocks.push(Block::Heading(2, "Chance".to_owned()));
        blocks.push(Block::body(
            "Each path draws bitcoin, network, rental and power prices, customers and delays, and runs the same \
             calculation. A chance of loss is the share of paths with an NPV below 0. A standard error (±) says how far a \
             figure would move with another seed; < and > are bounds at 95 % confidence where no path or every path counts.",
        ));
    }
    blocks.push(Block::Table(terms(input)));
    blocks.push(Block::Table(formulas(input)));
    blocks.extend(identity(input));
    blocks
}

/// What the figures of the first two pages mean.
fn terms(input: &ReportInput) -> Table {
    let plan =
        verdict::on_cards(&input.cases[0]).map(|(measure, _)| (measure.id, measure.label, measure.meaning));
    let of_risk = RISK_FIGURES.iter().filter(|figure| risk::SHOWN.contains(&figure.id));
    let simulated = of_risk.map(|figure| (figure.id, figure.label, figure.meaning));
    let is_simulated = input.cases[0].simulated.is_some();
    let all = plan.into_iter().chain(simulated.filter(|_| is_simulated));
    let row = |(id, label, meaning): (&str, &str, &str)| Row {
        id: id.to_owned(),
        label: label.to_owned(),
        cells: vec![Cell::words(meaning)],
        ..Row::default()
    };
    Table {
        id: "terms".to_owned(),
        title: "Terms".to_owned(),
        label_share: 0.24,
        columns: vec![Column::words("meaning", "Meaning", 1.0)],
        rows: all.map(row).collect(),
        ..Table::default()
    }
}

/// Formulas of the main measures.
fn formulas(input: &ReportInput) -> Table {
    let case = &input.cases[0];
    let mut rows = Vec::new();
    for evaluation in case.comparison.evaluations() {
        for id in EXPLAINED {
            let name = format!("{}.{id}", evaluation.business.id());
            let subject = Subject::parse(&name, None, &case.comparison).ok();
            let Some(explanation) = subject.and_then(|one| one.explanation(&case.scenario, &case.comparison))
            else {
                continue;
            };
            let formula = explanation.formula().or(explanation.note).unwrap_or_default();
            let result = match explanation.result {
                Ok(value) => Cell::number(format::short(value, explanation.unit), value),
                Err(reason) => Cell::reason(reason.short()),
            };
            rows.push(Row {
                id: name,
                label: format!("{} of {}", explanation.title, small(word(evaluation.business))),
                unit: explanation.unit.symbol(),
                cells: vec![result, Cell::words(formula)],
                ..Row::default()
            });
        }
    }
    Table {
        id: "formulas".to_owned(),
        title: "Formulas".to_owned(),
        subtitle: "wattfolio explain BUSINESS.FIGURE prints each with all its steps".to_owned(),
        label_share: 0.24,
        columns: vec![Column::numbers("result", "Result", 0.8), Column::words("formula", "Formula", 2.2)],
        rows,
    }
}

const fn word(business: Business) -> &'static str {
    business.word()
}

/// Version, date, fingerprint and seed, and what the report is not.
fn identity(input: &ReportInput) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(1, "What this report is made of".to_owned())];
    let mut line = |id: &str, text: String| {
        blocks.push(Block::Words { id: Some(id.to_owned()), style: Style::Body, text });
    };
    line(
        "made_by",
        format!("Made by wattfolio {} on {}.", env!("CARGO_PKG_VERSION"), input.date.format("%-d %B %Y")),
    );
    for (index, case) in input.cases.iter().enumerate() {
        let hash = grouped_hex(parts::scenario_hash(&case.scenario));
        let paths = case.simulated.as_ref().map_or_else(
            || "without a simulation".to_owned(),
            |simulated| format!("{} paths", format::grouped(simulated.simulation.paths as f64, 0)),
        );
        let seed = case.scenario.risk.seed;
        let name = parts::quoted(&case.label.name);
        line(&format!("identity.{}", index + 1), format!("Scenario {name}: {hash}, seed {seed}, {paths}."));
    }
    blocks.push(Block::body(
        "The scenario, and every printed figure as data, are attached to this file. “wattfolio verify” recomputes each \
         figure from the attached scenario, and “wattfolio” opens it again.",
    ));
    blocks.push(Block::body("Not investment advice."));
    blocks
}
