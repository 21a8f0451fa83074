//! Scenarios side by side, where there are several.

use wattfolio_economics::business::Business;
use wattfolio_economics::results::measure::{CAPEX_USD, IRR, NPV_USD, PAYBACK_MONTHS};

use super::block::{Block, Cell, Column, Row, Style, Table};
use super::parts;
use crate::report::input::{Case, ReportInput};
use crate::{format, words};

/// Empty for one scenario.
pub(super) fn page(input: &ReportInput) -> Vec<Block> {
    if input.cases.len() < 2 {
        return Vec::new();
    }
    let mut blocks = vec![Block::PageBreak, Block::Heading(1, "Scenarios side by side".to_owned())];
    for (index, case) in input.cases.iter().enumerate() {
        let verdict = case.verdict(input.view.criterion);
        let sentence = words::verdict::sentence(&case.scenario, &case.comparison, &verdict);
        let text = format!("{}: {sentence}", name(input, case));
        blocks.push(Block::Words { id: Some(format!("scenario.{}", index + 1)), style: Style::Body, text });
        if !case.label.note.is_empty() {
            blocks.push(Block::note(format::visible_line(&case.label.note)));
        }
    }
    blocks.push(Block::Table(table(input)));
    blocks.push(Block::Table(differing(input)));
    blocks
}

/// Letter and name.
fn name(input: &ReportInput, case: &Case) -> String {
    let letter = input.letter(case).map(|letter| format!("{letter}  ")).unwrap_or_default();
    format!("{letter}{}", format::visible_line(&case.label.name))
}

fn columns(input: &ReportInput) -> Vec<Column> {
    let column = |(index, case): (usize, &Case)| {
        Column::numbers(format!("scenario_{}", index + 1), name(input, case), 1.0)
    };
    input.cases.iter().enumerate().map(column).collect()
}

/// What comes out for each business, a column a scenario.
pub(super) fn table(input: &ReportInput) -> Table {
    let has_risk = input.cases.iter().any(|case| case.simulated.is_some());
    let mut rows = Vec::new();
    for business in Business::ALL {
        rows.push(Row {
            id: business.id().to_owned(),
            label: business.label().to_owned(),
            business: Some(business),
            is_heading: true,
            cells: vec![Cell::default(); input.cases.len()],
            ..Row::default()
        });
        for measure in [&NPV_USD, &PAYBACK_MONTHS, &IRR, &CAPEX_USD] {
            rows.push(Row {
                id: format!("{}.{}", business.id(), measure.id),
                label: measure.label.to_owned(),
                unit: measure.unit.symbol(),
                cells: input.cases.iter().map(|case| parts::measure(case, business, measure)).collect(),
                ..Row::default()
            });
        }
        if has_risk {
            rows.push(Row {
                id: format!("{}.loss", business.id()),
                label: "Chance of loss".to_owned(),
                cells: input.cases.iter().map(|case| parts::risk_by_id(case, business, "loss")).collect(),
                ..Row::default()
            });
        }
    }
    Table {
        id: "scenarios".to_owned(),
        title: "What comes out".to_owned(),
        subtitle: unlike(input),
        label_share: 0.24,
        columns: columns(input),
        rows,
    }
}

/// What of a scenario has to be the same, as words.
type What = fn(&wattfolio_economics::scenario::Scenario) -> String;

/// That scenarios are not of the same months or draws, where they are not.
fn unlike(input: &ReportInput) -> String {
    let first = &input.cases[0].scenario;
    let differs = |what: What| input.cases.iter().any(|case| what(&case.scenario) != what(first));
    let kinds: [(&str, What); 3] = [
        ("horizons", |scenario| scenario.horizon_months.to_string()),
        ("starts", |scenario| scenario.start.short_name()),
        ("seeds", |scenario| scenario.risk.seed.to_string()),
    ];
    let found: Vec<&str> =
        kinds.into_iter().filter(|(_, what)| differs(*what)).map(|(name, _)| name).collect();
    if found.is_empty() {
        "Same start, horizon and seed: what differs is of the scenarios".to_owned()
    } else {
        format!("The scenarios have different {}", words::join(&found))
    }
}

/// Inputs that are not the same in all scenarios.
fn differing(input: &ReportInput) -> Table {
    let first = &input.cases[0].scenario;
    let all = wattfolio_economics::catalogue::inputs()
        .iter()
        .filter(|one| one.shown && input.cases.iter().any(|case| one.differs(&case.scenario, first)));
    let row = |one: &wattfolio_economics::input::Input| Row {
        id: one.id.to_owned(),
        label: one.label.to_owned(),
        unit: one.unit.symbol(),
        cells: input
            .cases
            .iter()
            .map(|case| Cell {
                is_strong: one.differs(&case.scenario, first),
                ..parts::input_cell(one, &case.scenario)
            })
            .collect(),
        ..Row::default()
    };
    Table {
        id: "differing".to_owned(),
        title: "Inputs that differ".to_owned(),
        subtitle: "Bold: other than in the first".to_owned(),
        label_share: 0.34,
        columns: columns(input),
        rows: all.map(row).collect(),
    }
}
