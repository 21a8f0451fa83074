//! A table of a report for programs: full values, with errors in columns of their own.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::block::{Cell, Row, Table};
use crate::export;
use crate::export::{ColumnKind, ExportError, Exported, OUTPUT_SCHEMA, Shape, TableSink};

/// A table of a report as results that can be exported.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The table.
    pub table: Table,
    /// Whether the printed texts have columns of their own, beside which values are numbers alone; else a text stands in the
    /// place of a value that there is not.
    pub has_texts: bool,
}

impl Exported for Sheet {
    fn shapes() -> &'static [(Shape, &'static str)] {
        &[
            (Shape::Value, "The table with values, units and printed texts"),
            (Shape::Table, "The table with full values, one row a row"),
        ]
    }

    fn value(&mut self) -> Result<Value, ExportError> {
        let Table { id, title, subtitle, columns, .. } = &self.table;
        let columns: Vec<Value> =
            columns.iter().map(|column| json!({ "id": column.id, "title": column.title })).collect();
        let rows: Vec<Value> = self.rows().map(|row| self.row_json(row)).collect();
        Ok(json!({
            "schema": OUTPUT_SCHEMA,
            "version": env!("CARGO_PKG_VERSION"),
            "table": id,
            "title": title,
            "subtitle": subtitle,
            "columns": columns,
            "rows": rows,
        }))
    }

    fn table(&mut self, sink: &mut dyn TableSink) -> Result<(), ExportError> {
        let about = vec![
            ("schema", OUTPUT_SCHEMA.to_string()),
            ("table", self.table.id.clone()),
            ("wattfolio", env!("CARGO_PKG_VERSION").to_owned()),
        ];
        sink.begin(&export::Table { name: "table", columns: self.columns(), about })?;
        for row in self.rows() {
            let mut cells = vec![words(&row.id), words(&row.label), words(row.unit)];
            for (index, cell) in row.cells.iter().enumerate() {
                self.push(index, cell, &mut cells);
            }
            sink.row(&cells)?;
        }
        Ok(())
    }
}

impl Sheet {
    fn rows(&self) -> impl Iterator<Item = &Row> {
        self.table.rows.iter().filter(|row| !row.is_heading)
    }

    fn has_error(&self, index: usize) -> bool {
        self.table.rows.iter().any(|row| row.cells.get(index).is_some_and(|cell| cell.error.is_some()))
    }

    /// Whether a column has values beside its texts.
    fn has_values(&self, index: usize) -> bool {
        self.has_texts && self.rows().any(|row| row.cells.get(index).is_some_and(|cell| cell.value.is_some()))
    }

    fn columns(&self) -> Vec<export::Column> {
        let own = |name: String, kind| export::Column { name: Cow::Owned(name), kind, is_required: false };
        let number = if self.has_texts { ColumnKind::Number } else { ColumnKind::Text };
        let mut columns = ["id", "label", "unit"].map(|name| own(name.to_owned(), ColumnKind::Text)).to_vec();
        for (index, column) in self.table.columns.iter().enumerate() {
            let has_values = self.has_values(index);
            let kind = if has_values { ColumnKind::Number } else { ColumnKind::Text };
            columns.push(own(column.id.clone(), kind));
            if has_values {
                columns.push(own(format!("{}_text", column.id), ColumnKind::Text));
            }
            if self.has_error(index) {
                columns.push(own(format!("{}_standard_error", column.id), number));
            }
        }
        columns
    }

    fn push(&self, index: usize, cell: &Cell, cells: &mut Vec<export::Cell<'static>>) {
        let value = cell.value.map_or(export::Cell::Empty, export::Cell::Number);
        if self.has_values(index) {
            cells.extend([value, words(&cell.text)]);
        } else {
            cells.push(if cell.value.is_some() { value } else { words(&cell.text) });
        }
        if self.has_error(index) {
            let error = cell.error.as_ref();
            cells.push(error.map_or(export::Cell::Empty, |(_, value)| export::Cell::Number(*value)));
        }
    }

    /// A row with its cells by the ids of their columns; empty cells are left out.
    fn row_json(&self, row: &Row) -> Value {
        let cells = self.table.columns.iter().zip(&row.cells).filter(|(_, cell)| !cell.text.is_empty());
        let cells: Map<String, Value> =
            cells.map(|(column, cell)| (column.id.clone(), cell_json(cell))).collect();
        let mut value = json!({ "id": row.id, "label": row.label, "unit": row.unit, "cells": cells });
        if !row.note.is_empty() {
            value["note"] = json!(row.note);
        }
        value
    }
}

/// A value with its printed text, words, or why there is no value.
fn cell_json(cell: &Cell) -> Value {
    let mut json = match cell.value {
        Some(value) => json!({ "value": value, "text": cell.text }),
        None if cell.is_muted => json!({ "absent": cell.text }),
        None => json!({ "text": cell.text }),
    };
    if let Some((_, error)) = &cell.error {
        json["standard_error"] = json!(error);
    }
    json
}

fn words(text: &str) -> export::Cell<'static> {
    if text.is_empty() { export::Cell::Empty } else { export::Cell::Text(Cow::Owned(text.to_owned())) }
}
