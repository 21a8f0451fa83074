//! The second page: what chance does to the businesses.

use wattfolio_economics::business::Business;
use wattfolio_economics::risk::{RISK_FIGURES, RiskTopic};

use super::block::{Block, Row, Style, Table};
use super::{parts, verdict};
use crate::report::input::ReportInput;
use crate::view::Printed;
use crate::words::{driver, risk as words};

/// Figures on the page of risk; the page of measures has all.
pub(super) const SHOWN: [&str; 9] = [
    "npv_mean_usd",
    "npv_p5_usd",
    "npv_p95_usd",
    "loss",
    "capital_not_returned",
    "cvar_usd",
    "runs_dry",
    "customer_defaults",
    "pays_back",
];

/// Figures that stand out.
const STRONG: [&str; 2] = ["loss", "cvar_usd"];

/// Empty without a simulation.
pub(super) fn page(input: &ReportInput) -> Vec<Block> {
    let case = &input.cases[0];
    let Some(simulated) = &case.simulated else { return Vec::new() };
    let simulation = &simulated.simulation;
    let shares = case.outlook.as_ref().map(|outlook| &outlook.shares);
    let sentence = words::risk_verdict(simulation, shares);
    let conditions = words::risk_conditions(&case.scenario, simulation);
    let mut blocks = vec![
        Block::PageBreak,
        Block::Heading(0, "Risk".to_owned()),
        Block::Words { id: Some("risk_verdict".to_owned()), style: Style::Verdict, text: sentence },
        Block::Words { id: Some("risk_conditions".to_owned()), style: Style::Lead, text: conditions },
    ];
    let Some(mut table) = table(input).filter(|table| !table.rows.is_empty()) else { return blocks };
    "risk_page".clone_into(&mut table.id);
    table.rows.retain(|row| SHOWN.contains(&row.id.as_str()));
    blocks.push(Block::Table(table));
    let spread = words::spread_title(simulation, &simulated.comparison);
    let paid = words::payback_title(simulation);
    blocks.push(Block::Columns(
        0.5,
        [
            vec![Block::Chart(Printed::Spread, format!("Histograms of net present value. {spread}."))],
            vec![Block::Chart(Printed::PaidBack, format!("Probability of payback by month. {paid}."))],
        ],
    ));
    let left = match &case.outlook {
        Some(_) => vec![Block::Chart(Printed::Drivers, format!("{}.", driver::order(simulation)))],
        None => Vec::new(),
    };
    blocks.push(Block::Columns(0.5, [left, vec![Block::Table(assumed(input))]]));
    let against = case.verdict(input.view.criterion);
    blocks.push(Block::Callout {
        title: "Caveats of the verdict".to_owned(),
        lines: objections(input, &against),
        id: "against".to_owned(),
    });
    blocks
}

/// What speaks against the winner, and what is said of another business, a sentence each.
fn objections(input: &ReportInput, of: &wattfolio_economics::results::verdict::Verdict) -> Vec<String> {
    let case = &input.cases[0];
    let sentence = crate::words::verdict::sentence(&case.scenario, &case.comparison, of);
    let mut lines: Vec<String> = sentence
        .more
        .iter()
        .map(|part| format!("{}.", crate::words::capitalised(&part.to_string())))
        .collect();
    lines.extend(sentence.aside.iter().map(|aside| format!("{aside}.")));
    if lines.is_empty() {
        lines.extend(verdict::caveats(case, of).into_iter().take(1));
    }
    lines
}

/// The figures of the simulation, a column a business, each with its standard error; `None` without a simulation.
pub(super) fn table(input: &ReportInput) -> Option<Table> {
    let case = &input.cases[0];
    case.simulated.as_ref()?;
    let has_any = |row: &Row| row.cells.iter().any(|cell| cell.value.is_some());
    let rows = RISK_FIGURES.iter().filter(|figure| figure.topic != RiskTopic::Returns).map(|figure| Row {
        id: figure.id.to_owned(),
        label: figure.label.to_owned(),
        unit: figure.unit.symbol(),
        is_strong: STRONG.contains(&figure.id),
        cells: Business::ALL.map(|business| parts::risk(case, business, figure)).into(),
        ..Row::default()
    });
    Some(Table {
        id: "risk".to_owned(),
        label_share: 0.25,
        columns: parts::businesses(),
        rows: rows.filter(has_any).collect(),
        ..Table::default()
    })
}

/// The key drivers as they were assumed.
fn assumed(input: &ReportInput) -> Table {
    use super::block::{Cell, Column};
    use wattfolio_economics::catalogue;
    let case = &input.cases[0];
    let default = wattfolio_economics::scenario::Scenario::default();
    let keys = catalogue::inputs().iter().filter(|one| one.shown && one.key_driver);
    let rows = keys.map(|one| {
        let is_changed = one.differs(&case.scenario, &default);
        Row {
            id: one.id.to_owned(),
            label: one.label.to_owned(),
            unit: one.unit.symbol(),
            is_strong: is_changed,
            cells: vec![Cell { is_strong: is_changed, ..parts::input_cell(one, &case.scenario) }],
            ..Row::default()
        }
    });
    Table {
        id: "assumed".to_owned(),
        title: "What was assumed".to_owned(),
        subtitle: "Key drivers; bold differs from the default. All inputs are below".to_owned(),
        label_share: 0.62,
        columns: vec![Column { id: "here".to_owned(), share: 1.0, ..Column::default() }],
        rows: rows.filter(|row| !row.cells[0].text.is_empty()).collect(),
    }
}
