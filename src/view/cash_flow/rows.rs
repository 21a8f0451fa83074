//! Rows of the ledger, as the page and the report show them.

use wattfolio_economics::kernel::{Basis, LINES, Line};
use wattfolio_economics::results::Evaluation;

use super::parts::{by_period, has_parts};

/// A row: a line of the ledger, its value in each period, and its sum.
pub(crate) struct LedgerRow {
    pub line: Line,
    /// Sum over each period, USD.
    pub values: Vec<f64>,
    /// Sum over the plan, USD.
    pub sum: f64,
    /// A result rather than a part.
    pub is_total: bool,
}

/// Lines that are results of the lines above them.
const TOTALS: [Line; 4] = [Line::Ebitda, Line::NetBeforeTax, Line::NetAfterTax, Line::Equity];

/// Lines of the tax return and of the owner, which a basis without tax or debt leaves out.
const fn belongs_to(line: Line, basis: Basis) -> bool {
    match line {
        Line::Depreciation | Line::TaxableIncome | Line::Tax | Line::NetAfterTax => {
            !matches!(basis, Basis::ProjectBeforeTax)
        }
        Line::DebtDrawn | Line::Interest | Line::Principal | Line::Equity => {
            matches!(basis, Basis::EquityAfterTax)
        }
        _ => true,
    }
}

/// The rows of a business on a basis, in periods of so many months.
pub(crate) fn ledger_rows(evaluation: &Evaluation, months: usize, basis: Basis) -> Vec<LedgerRow> {
    LINES
        .into_iter()
        .filter(|line| belongs_to(*line, basis))
        .filter(|line| !line.is_series() && (*line != Line::Revenue || !has_parts(evaluation.business)))
        .filter(|line| TOTALS.contains(line) || evaluation.ledger.has(*line))
        .map(|line| LedgerRow {
            line,
            values: by_period(evaluation.ledger.line(line), months),
            sum: evaluation.ledger.sum(line),
            is_total: TOTALS.contains(&line),
        })
        .collect()
}

/// The rows of a business in one scenario and in a second one, of the same lines; without a second one its rows are empty.
pub(super) fn both_rows(
    first: &Evaluation,
    second: Option<&Evaluation>,
    months: usize,
    basis: Basis,
) -> (Vec<LedgerRow>, Vec<LedgerRow>) {
    let mut own = ledger_rows(first, months, basis);
    let Some(second) = second else { return (own, Vec::new()) };
    let mut other = ledger_rows(second, months, basis);
    let lines: Vec<Line> =
        LINES.into_iter().filter(|line| own.iter().chain(&other).any(|row| row.line == *line)).collect();
    // A line that one of them lacks is zero there.
    let complete = |rows: &mut Vec<LedgerRow>| {
        let periods = rows.first().map_or(0, |row| row.values.len());
        let mut known = std::mem::take(rows).into_iter().peekable();
        for line in &lines {
            let nothing = || LedgerRow {
                line: *line,
                values: vec![0.0; periods],
                sum: 0.0,
                is_total: TOTALS.contains(line),
            };
            rows.push(known.next_if(|row| row.line == *line).unwrap_or_else(nothing));
        }
    };
    complete(&mut own);
    complete(&mut other);
    (own, other)
}

/// What the values are divided by to be read, and its name.
pub(crate) fn ledger_unit(rows: &[LedgerRow]) -> (f64, &'static str) {
    let largest = rows.iter().flat_map(|row| &row.values).fold(0.0_f64, |most, value| most.max(value.abs()));
    if largest >= 1e6 { (1e6, "USD millions") } else { (1e3, "USD thousands") }
}
