//! A table of a report for programs: full values, with errors in columns of their own.

use std::borrow::Cow;

use super::block::Table;
use crate::export;
use crate::export::{ColumnKind, ExportError, Exported, Shape, TableSink};

/// A table of a report as results that can be exported.
#[derive(Clone, Debug)]
pub struct Sheet(pub Table);

impl Exported for Sheet {
    fn shapes() -> &'static [(Shape, &'static str)] {
        &[(Shape::Table, "The table with full values, one row a row")]
    }

    fn table(&mut self, sink: &mut dyn TableSink) -> Result<(), ExportError> {
        let Self(table) = self;
        let has_error = |index: usize| {
            table.rows.iter().any(|row| row.cells.get(index).is_some_and(|cell| cell.error.is_some()))
        };
        let mut columns =
            ["id", "label", "unit"].map(|name| export::Column::optional(name, ColumnKind::Text)).to_vec();
        for (index, column) in table.columns.iter().enumerate() {
            let own = |name: String| export::Column {
                name: Cow::Owned(name),
                kind: ColumnKind::Text,
                is_required: false,
            };
            columns.push(own(column.id.clone()));
            if has_error(index) {
                columns.push(own(format!("{}_standard_error", column.id)));
            }
        }
        sink.begin(&export::Table { name: "table", columns, about: Vec::new() })?;
        for row in table.rows.iter().filter(|row| !row.is_heading) {
            let words = |text: &str| export::Cell::Text(Cow::Owned(text.to_owned()));
            let mut cells = vec![words(&row.id), words(&row.label), words(row.unit)];
            for (index, cell) in row.cells.iter().enumerate() {
                cells.push(match cell.value {
                    Some(value) => export::Cell::Number(value),
                    None if cell.text.is_empty() => export::Cell::Empty,
                    None => words(&cell.text),
                });
                if has_error(index) {
                    let error = cell.error.as_ref();
                    cells.push(error.map_or(export::Cell::Empty, |(_, value)| export::Cell::Number(*value)));
                }
            }
            sink.row(&cells)?;
        }
        Ok(())
    }
}
