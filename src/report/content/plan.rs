//! Cash flow of each business, and every measure.

use wattfolio_economics::business::Business;
use wattfolio_economics::results::{Evaluation, MEASURES};

use super::block::{Block, Cell, Column, Row, Table};
use super::parts;
use crate::format;
use crate::report::input::{Case, ReportInput};
use crate::view::{Printed, ledger_rows, ledger_unit};
use crate::words;

/// Most columns of periods that fit on a page.
const MOST_PERIODS: usize = 10;

pub(super) fn pages(input: &ReportInput) -> Vec<Block> {
    let case = &input.cases[0];
    let mut blocks = Vec::new();
    for evaluation in case.comparison.evaluations() {
        let business = evaluation.business;
        blocks.push(Block::PageBreak);
        let title = format!("Cash flow of {}", business.label());
        blocks.push(Block::Heading(1, title));
        blocks.push(Block::body(format!("{}.", words::cash_flow_verdict(evaluation))));
        blocks.push(Block::Chart(
            Printed::CashFlow(business),
            format!("{}.", words::cash_flow_verdict(evaluation)),
        ));
        blocks.push(Block::Table(cash_flow(case, evaluation)));
    }
    if !blocks.is_empty() {
        blocks.push(Block::PageBreak);
        blocks.push(Block::Heading(1, "Measures".to_owned()));
        blocks.push(Block::Table(measures(input)));
        let of_risk = super::risk::table(input);
        blocks.extend(of_risk.map(|table| {
            let title = "Every figure of the simulation".to_owned();
            let subtitle = "± standard error over other seeds".to_owned();
            Block::Table(Table { title, subtitle, ..table })
        }));
    }
    blocks
}

/// The ledger of a business by years, or by more where there are many.
fn cash_flow(case: &Case, evaluation: &Evaluation) -> Table {
    let basis = case.comparison.basis;
    let months = evaluation.horizon();
    let years = months.div_ceil(12).max(1);
    let length = years.div_ceil(MOST_PERIODS).max(1);
    let periods = years.div_ceil(length);
    let ledger = ledger_rows(evaluation, 12 * length, basis);
    let (divisor, unit) = ledger_unit(&ledger);
    let cell = |value: f64| Cell::number(format::ledger(value, divisor), value);
    let rows = ledger.iter().map(|row| {
        let mut cells: Vec<Cell> = row.values.iter().copied().map(cell).collect();
        cells.push(Cell { is_strong: true, ..cell(row.sum) });
        Row {
            id: row.line.id().to_owned(),
            label: row.line.label().to_owned(),
            unit: "USD",
            is_strong: row.is_total,
            cells,
            ..Row::default()
        }
    });
    let of_period = |index: usize| {
        let (first, last) = (index * length + 1, ((index + 1) * length).min(years));
        let title = if first == last { format!("Y{first}") } else { format!("Y{first}–{last}") };
        Column::numbers(format!("year_{first}"), title, 1.0)
    };
    let sum = Column::numbers("sum", "Sum", 1.2);
    Table {
        id: format!("cash-flow.{}", evaluation.business.id()),
        title: format!("Ledger of {}", evaluation.business.label()),
        subtitle: format!("{unit}, by year of the plan; {}", basis.label().to_lowercase()),
        label_share: 0.2,
        columns: (0..periods).map(of_period).chain([sum]).collect(),
        rows: rows.collect(),
    }
}

/// The ledgers of all businesses in one table.
pub(super) fn cash_flow_of_all(input: &ReportInput) -> Table {
    let case = &input.cases[0];
    let mut all = Table { id: "cash-flow".to_owned(), ..Table::default() };
    for evaluation in case.comparison.evaluations() {
        let table = cash_flow(case, evaluation);
        all.columns = table.columns;
        let of = |row: Row| Row { id: format!("{}.{}", evaluation.business.id(), row.id), ..row };
        all.rows.extend(table.rows.into_iter().map(of));
    }
    all
}

/// Every measure, a column a business.
pub(super) fn measures(input: &ReportInput) -> Table {
    let case = &input.cases[0];
    let mut rows: Vec<Row> = Vec::new();
    for measure in MEASURES.iter() {
        let owner =
            Business::ALL.into_iter().find(|business| !measure.is_common() && measure.applies_to(*business));
        if owner.is_some_and(|owner| case.comparison.business(owner).is_err()) {
            continue;
        }
        let cell = |business: Business| {
            if measure.applies_to(business) {
                parts::measure(case, business, measure)
            } else {
                Cell::default()
            }
        };
        // Ids are unique within a business alone.
        let id =
            owner.map_or_else(|| measure.id.to_owned(), |owner| format!("{}.{}", owner.id(), measure.id));
        rows.push(Row {
            id,
            label: measure.label.to_owned(),
            unit: measure.unit.symbol(),
            cells: Business::ALL.map(cell).into(),
            ..Row::default()
        });
    }
    Table {
        id: "measures".to_owned(),
        title: "Every measure of the plan".to_owned(),
        subtitle: case.comparison.basis.label().to_owned(),
        label_share: 0.4,
        columns: parts::businesses(),
        rows,
    }
}
