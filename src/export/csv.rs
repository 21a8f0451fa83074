//! CSV for spreadsheets: every table is written here.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

use serde_json::Value;
use wattfolio_economics::kernel::LINES;
use wattfolio_economics::results::Comparison;

use crate::format;

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Words. A spreadsheet takes none of them for a formula.
    Text(Cow<'a, str>),
    /// A number in full.
    Number(f64),
    /// A whole number.
    Whole(u64),
    /// What does not exist.
    Empty,
}

/// What spreadsheets take for the start of a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Words that are data and nothing else: no formula, nothing that acts on a terminal.
fn harmless(text: &str) -> String {
    let apostrophe = if text.starts_with(FORMULA) { "'" } else { "" };
    format!("{apostrophe}{}", format::visible_line(text))
}

/// A table that is written row by row.
pub struct CsvTable<W: Write> {
    writer: csv::Writer<W>,
    /// Room for the text of a cell.
    text: String,
}

impl<W: Write> CsvTable<W> {
    /// A table with the names of its columns.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn new<'a>(out: W, columns: impl IntoIterator<Item = &'a str>) -> io::Result<Self> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(columns).map_err(io_error)?;
        Ok(Self { writer, text: String::new() })
    }

    /// Writes a row.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) -> io::Result<()> {
        for cell in cells {
            self.text.clear();
            // Writing to a string cannot fail.
            match cell {
                Cell::Text(text) => self.text.push_str(&harmless(&text)),
                Cell::Number(value) => write!(self.text, "{value}").unwrap_or_default(),
                Cell::Whole(value) => write!(self.text, "{value}").unwrap_or_default(),
                Cell::Empty => {}
            }
            self.writer.write_field(&self.text).map_err(io_error)?;
        }
        // Ends the row.
        self.writer.write_record(None::<&[u8]>).map_err(io_error)
    }

    /// Writes what is still held back.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn finish(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// What the place said that is written to. The crate's own conversion hides of what kind it is.
fn io_error(fault: csv::Error) -> io::Error {
    match fault.into_kind() {
        csv::ErrorKind::Io(fault) => fault,
        kind => io::Error::other(format!("{kind:?}")),
    }
}

/// The ledger of every business and the market of every month, one row a month and business.
///
/// Cells of a line that a business does not have are empty.
///
/// # Errors
/// If it cannot be written.
pub fn ledger_csv(comparison: &Comparison, out: impl Write) -> io::Result<()> {
    let network = comparison.network.series();
    let names = network.iter().map(|(series, _)| series.id()).chain(LINES.iter().map(|line| line.id()));
    let mut table = CsvTable::new(out, ["business", "month"].into_iter().chain(names))?;
    for evaluation in comparison.evaluations() {
        let business = evaluation.business;
        for t in 0..=evaluation.horizon() {
            let head = [Cell::Text(business.id().into()), Cell::Whole(t as u64)];
            let markets = network.iter().map(|(_, values)| Cell::Number(values[t]));
            let lines = LINES.iter().map(|line| {
                let value = || Cell::Number(evaluation.ledger.line(*line)[t]);
                line.belongs_to(business).then(value).unwrap_or(Cell::Empty)
            });
            table.row(head.into_iter().chain(markets).chain(lines))?;
        }
    }
    table.finish()
}

/// Objects of JSON as a table, in the order of some of their keys. Lists are written as words with commas, and what is
/// absent is empty.
///
/// # Errors
/// If it cannot be written.
pub fn objects_csv(columns: &[&str], objects: &[Value], out: impl Write) -> io::Result<()> {
    let mut table = CsvTable::new(out, columns.iter().copied())?;
    for object in objects {
        table.row(columns.iter().map(|column| value_cell(&object[column])))?;
    }
    table.finish()
}

fn value_cell(value: &Value) -> Cell<'_> {
    match value {
        Value::Number(number) => number.as_f64().map_or(Cell::Empty, Cell::Number),
        Value::String(text) => Cell::Text(text.into()),
        Value::Bool(flag) => Cell::Text(flag.to_string().into()),
        Value::Array(list) if list.iter().all(Value::is_string) => {
            let words: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
            Cell::Text(words.join(", ").into())
        }
        Value::Array(_) => Cell::Text(value.to_string().into()),
        Value::Null | Value::Object(_) => Cell::Empty,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cells: Vec<Cell<'_>>) -> String {
        let mut out = Vec::new();
        let names = ["a", "b", "c", "d"];
        let mut table = CsvTable::new(&mut out, names.into_iter().take(cells.len())).unwrap();
        table.row(cells).unwrap();
        table.finish().unwrap();
        let text = String::from_utf8(out).unwrap();
        text.split_once('\n').unwrap().1.to_owned()
    }

    #[test]
    fn words_are_no_formula_and_numbers_stay_numbers() {
        let text = |text: &'static str| Cell::Text(text.into());
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)"] {
            assert_eq!(written(vec![text(formula), Cell::Number(-1.5)]), format!("'{formula},-1.5\n"));
        }
        assert_eq!(written(vec![text("\t=1"), text("\r=1")]), "'\\t=1,'\\r=1\n");
        let cells = vec![Cell::Number(-0.25), Cell::Whole(12), Cell::Empty, Cell::Number(1e21)];
        assert_eq!(written(cells), "-0.25,12,,1000000000000000000000\n");
        let cells = vec![text("a, \"b\""), text("\u{1b}[31m\u{202e}"), text("1-2")];
        assert_eq!(written(cells), "\"a, \"\"b\"\"\",\\u{1b}[31m\\u{202e},1-2\n");
    }

    #[test]
    fn a_fault_keeps_its_kind() {
        struct Closed;
        impl Write for Closed {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let mut table = CsvTable::new(Closed, ["a"]).unwrap();
        let fault = (0..100_000).find_map(|_| table.row([Cell::Number(1.0)]).err());
        assert_eq!(fault.unwrap().kind(), io::ErrorKind::BrokenPipe);
    }

    #[test]
    fn objects_become_rows() {
        let objects = [serde_json::json!({
            "a": "x", "b": 2.5, "c": ["mining", "leasing"], "d": { "absent": "not published" }
        })];
        let mut out = Vec::new();
        objects_csv(&["a", "b", "c", "d"], &objects, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a,b,c,d\nx,2.5,\"mining, leasing\",\n");
    }
}
