//! What a report says, as a tree of parts: from the results, words and formatter of the window.

mod block;
mod cases;
mod decides;
mod inputs;
mod method;
mod parts;
mod plan;
mod risk;
mod sheet;
mod verdict;

pub use block::{Block, Cell, Column, Figure, Row, Style, Table, figures, lines};
pub use parts::{fingerprint, scenario_hash};
pub use sheet::Sheet;

use super::input::ReportInput;

/// Every part of a report, in the order of its pages.
pub fn content(input: &ReportInput) -> Vec<Block> {
    let mut blocks = verdict::page(input);
    blocks.extend(risk::page(input));
    blocks.extend(decides::page(input));
    blocks.extend(plan::pages(input));
    blocks.extend(cases::page(input));
    blocks.extend(inputs::pages(input));
    blocks.extend(method::page(input));
    blocks
}

/// Names of the tables that can be written alone.
pub const TABLES: [&str; 9] =
    ["measures", "cards", "differences", "paid-back", "risk", "tornado", "cash-flow", "scenarios", "inputs"];

/// A table by its name; `None` where this report has none of it.
pub fn table(input: &ReportInput, id: &str) -> Option<Table> {
    match id {
        "measures" => Some(plan::measures(input)),
        "cards" => Some(verdict::cards(input)),
        "differences" => Some(verdict::differences(input)),
        "paid-back" => verdict::paid_back(input),
        "risk" => risk::table(input),
        "tornado" => decides::table(input),
        "cash-flow" => Some(plan::cash_flow_of_all(input)),
        "scenarios" => Some(cases::table(input)),
        "inputs" => Some(inputs::table(input)),
        _ => None,
    }
}
