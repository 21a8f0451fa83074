//! Every input with its value and source, and what the file says.

use wattfolio_economics::catalogue;
use wattfolio_economics::input::Group;
use wattfolio_economics::scenario::Scenario;

use super::block::{Block, Cell, Column, Row, Table};
use super::parts;
use crate::format;
use crate::report::input::ReportInput;

pub(super) fn pages(input: &ReportInput) -> Vec<Block> {
    let mut blocks = vec![Block::PageBreak, Block::Heading(1, "All inputs".to_owned())];
    blocks.push(Block::Table(table(input)));
    blocks.extend(story(input));
    blocks
}

/// Every input that applies, with what it is by default and where it comes from.
pub(super) fn table(input: &ReportInput) -> Table {
    let scenario = &input.cases[0].scenario;
    let default = Scenario::default();
    let mut rows: Vec<Row> = Vec::new();
    for group in Group::all() {
        let first = rows.len();
        for one in catalogue::inputs().iter().filter(|one| one.shown && one.group == group) {
            let is_changed = one.differs(scenario, &default);
            let here = Cell { is_strong: is_changed, ..parts::input_cell(one, scenario) };
            if here.text.is_empty() {
                continue;
            }
            rows.push(Row {
                id: one.id.to_owned(),
                label: one.label.to_owned(),
                unit: one.unit.symbol(),
                is_strong: is_changed,
                cells: vec![here, Cell::words(parts::source(input, one, scenario))],
                ..Row::default()
            });
        }
        if rows.len() > first {
            let heading = Row {
                id: format!("group.{}", group.label()),
                label: group.label().to_owned(),
                is_heading: true,
                cells: vec![Cell::default(), Cell::default()],
                ..Row::default()
            };
            rows.insert(first, heading);
        }
    }
    Table {
        id: "inputs".to_owned(),
        title: String::new(),
        subtitle: "Bold: other than the default".to_owned(),
        label_share: 0.26,
        columns: vec![Column::numbers("value", "Value", 1.0), Column::words("source", "Source", 2.9)],
        rows,
    }
}

/// Story, facts, assumptions and sources of the file.
fn story(input: &ReportInput) -> Vec<Block> {
    let about = &input.about;
    let mut blocks = Vec::new();
    let mut add = |title: &str, lines: &[String], is_numbered: bool| {
        if lines.is_empty() {
            return;
        }
        blocks.push(Block::Heading(2, title.to_owned()));
        for (index, line) in lines.iter().enumerate() {
            let line = format::visible_line(line);
            blocks.push(Block::body(if is_numbered {
                format!("[{}]  {line}", index + 1)
            } else {
                line.into_owned()
            }));
        }
    };
    let one = |text: &String| if text.is_empty() { Vec::new() } else { vec![text.clone()] };
    add("What the file says", &one(&about.story), false);
    add("Notes", &one(&about.notes), false);
    add("Facts", &about.facts, false);
    add("Assumptions where nothing is published", &about.assumptions, false);
    add("Sources of the facts", &about.sources, true);
    if !blocks.is_empty() {
        blocks.insert(0, Block::Heading(1, "Story and sources".to_owned()));
    }
    blocks
}
