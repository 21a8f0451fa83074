//! What decides the site, and where it tips.

use wattfolio_economics::answers::{Asked, Bar, BarEnd, Moved, Overview, Quantity, Tornado};
use wattfolio_economics::results::Evaluation;

use super::block::{Block, Cell, Column, Row, Style, Table};
use crate::report::input::ReportInput;
use crate::words::{capitalised, sensitivity as words};

/// Inputs in the table.
const SHOWN: usize = 12;

/// The sentence, and the inputs that do most; empty where nothing is evaluated.
pub(super) fn page(input: &ReportInput) -> Vec<Block> {
    let Some(table) = table(input) else { return Vec::new() };
    let case = &input.cases[0];
    let text = words::sentence(&Overview::new(&case.scenario, case.comparison.basis)).to_string();
    vec![
        Block::PageBreak,
        Block::Heading(1, "What decides it".to_owned()),
        Block::Words { id: Some("decides".to_owned()), style: Style::Verdict, text },
        Block::Table(table),
    ]
}

/// What every input does to the NPV of the best business; `None` where there is none.
pub(super) fn table(input: &ReportInput) -> Option<Table> {
    let case = &input.cases[0];
    let npv = |one: &&Evaluation| one.measures.npv_usd;
    let best = case.comparison.evaluations().max_by(|a, b| npv(a).total_cmp(&npv(b)))?;
    let asked = Asked::new(Quantity::npv(best.business), case.comparison.basis);
    let tornado = Tornado::new(&case.scenario, asked);
    Some(Table {
        id: "tornado".to_owned(),
        title: capitalised(&words::quantity(&asked)),
        subtitle: "Each input alone: to its P10 and P90 where the simulation draws it in closed form, else a tenth of its value \
                   down and up; of a choice the first two other options"
            .to_owned(),
        label_share: 0.34,
        columns: vec![
            Column::numbers("low", "Low", 1.0),
            Column::numbers("low_npv_usd", "NPV with it", 1.0),
            Column::numbers("high", "High", 1.0),
            Column::numbers("high_npv_usd", "NPV with it", 1.0),
        ],
        rows: tornado.bars.iter().take(SHOWN).map(|bar| row(bar, &asked)).collect(),
    })
}

fn row(bar: &Bar, asked: &Asked) -> Row {
    let mut cells: Vec<Cell> =
        bar.ends.iter().take(2).flat_map(|end| [moved(end, bar), result(end, asked)]).collect();
    cells.resize(4, Cell::default());
    // The unit is that of both ends; the values with them are USD.
    let unit = bar.input.unit.symbol();
    Row { id: bar.input.id.to_owned(), label: bar.input.label.to_owned(), unit, cells, ..Row::default() }
}

fn moved(end: &BarEnd, bar: &Bar) -> Cell {
    let text = words::moved(end.value, bar.input);
    match end.value {
        Moved::Number(value) => Cell::number(text, value),
        _ => Cell::words(text),
    }
}

fn result(end: &BarEnd, asked: &Asked) -> Cell {
    let text = words::result(end, asked.quantity.unit());
    match end.result {
        Ok(value) => Cell::number(text, value),
        Err(_) => Cell::reason(text),
    }
}
