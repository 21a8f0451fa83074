//! CSV for spreadsheets.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::exported::{ExportError, Exported, Shape};
use super::exporter::Exporter;
use super::format::Format;
use super::table::{Cell, Table, TableSink};
use crate::format::visible_line;

/// A table with the names of its columns in the first row.
pub static CSV: Exporter = Exporter {
    format: Format { id: "csv", aliases: &[], label: "CSV", endings: &["csv"], is_binary: false },
    needs: Shape::Table,
    write: Some(write),
};

fn write(results: &mut dyn Exported, out: &mut (dyn Write + Send)) -> Result<(), ExportError> {
    let mut sink = CsvSink { writer: csv::Writer::from_writer(out), text: String::new() };
    results.table(&mut sink)?;
    Ok(sink.writer.flush()?)
}

/// A table as tab-separated text, as spreadsheets take it from the clipboard.
///
/// # Errors
/// If the table cannot be made.
pub fn tab_separated(results: &mut dyn Exported) -> Result<String, ExportError> {
    let mut text = Vec::new();
    let writer = csv::WriterBuilder::new().delimiter(b'\t').from_writer(&mut text);
    let mut sink = CsvSink { writer, text: String::new() };
    results.table(&mut sink)?;
    sink.writer.flush()?;
    drop(sink);
    String::from_utf8(text).map_err(|fault| io::Error::other(fault).into())
}

struct CsvSink<W: Write> {
    writer: csv::Writer<W>,
    /// Room for the text of a cell.
    text: String,
}

impl<W: Write> TableSink for CsvSink<W> {
    fn label(&self) -> &'static str {
        CSV.format.label
    }

    fn begin(&mut self, table: &Table) -> io::Result<()> {
        self.writer.write_record(table.columns.iter().map(|column| &*column.name)).map_err(io_error)
    }

    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        for cell in cells {
            self.text.clear();
            // Writing to a string cannot fail.
            match cell {
                Cell::Text(text) => self.text.push_str(&harmless(text)),
                Cell::Number(value) => write!(self.text, "{value}").unwrap_or_default(),
                Cell::Whole(value) => write!(self.text, "{value}").unwrap_or_default(),
                Cell::Empty => {}
            }
            self.writer.write_field(&self.text).map_err(io_error)?;
        }
        // Ends the row.
        self.writer.write_record(None::<&[u8]>).map_err(io_error)
    }
}

/// Characters that spreadsheets take for the start of a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Words that are data and nothing else: no formula, nothing that acts on a terminal.
fn harmless(text: &str) -> String {
    let apostrophe = if text.starts_with(FORMULA) { "'" } else { "" };
    format!("{apostrophe}{}", visible_line(text))
}

/// Error of the destination. The crate's own conversion hides its kind.
fn io_error(fault: csv::Error) -> io::Error {
    match fault.into_kind() {
        csv::ErrorKind::Io(fault) => fault,
        kind => io::Error::other(format!("{kind:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::table::{Column, ColumnKind};

    fn sink<W: Write>(out: W, columns: usize) -> CsvSink<W> {
        let names = ["a", "b", "c", "d"].into_iter().take(columns);
        let columns = names.map(|name| Column::optional(name, ColumnKind::Text)).collect();
        let table = Table { name: "table", columns, about: Vec::new() };
        let mut sink = CsvSink { writer: csv::Writer::from_writer(out), text: String::new() };
        sink.begin(&table).unwrap();
        sink
    }

    fn written(cells: &[Cell<'_>]) -> String {
        let mut out = Vec::new();
        let mut sink = sink(&mut out, cells.len());
        sink.row(cells).unwrap();
        drop(sink);
        let text = String::from_utf8(out).unwrap();
        text.split_once('\n').unwrap().1.to_owned()
    }

    #[test]
    fn words_are_no_formula_and_numbers_stay_numbers() {
        let text = |text: &'static str| Cell::Text(text.into());
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)"] {
            assert_eq!(written(&[text(formula), Cell::Number(-1.5)]), format!("'{formula},-1.5\n"));
        }
        assert_eq!(written(&[text("\t=1"), text("\r=1")]), "'\\t=1,'\\r=1\n");
        let cells = [Cell::Number(-0.25), Cell::Whole(12), Cell::Empty, Cell::Number(1e21)];
        assert_eq!(written(&cells), "-0.25,12,,1000000000000000000000\n");
        let cells = [text("a, \"b\""), text("\u{1b}[31m\u{202e}"), text("1-2")];
        assert_eq!(written(&cells), "\"a, \"\"b\"\"\",\\u{1b}[31m\\u{202e},1-2\n");
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
        let mut sink = sink(Closed, 1);
        let fault = (0..100_000).find_map(|_| sink.row(&[Cell::Number(1.0)]).err());
        assert_eq!(fault.unwrap().kind(), io::ErrorKind::BrokenPipe);
    }
}
