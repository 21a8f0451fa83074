//! Results of two scenarios that a page shows side by side, in one file.

use std::io;

use serde_json::{Map, Value, json};
use wattfolio_economics::business::Business;
use wattfolio_economics::units::Unit;

use super::exported::{ExportError, Exported, Shape};
use super::grid::Grid;
use super::json::OUTPUT_SCHEMA;
use super::table::{Cell, Column, ColumnKind, Table, TableSink};
use crate::format;
use crate::store::Label;
use crate::words::side_by_side;

/// Results that can be subtracted from each other.
pub trait Differing: Exported {
    /// The figures of another scenario less those of this one, as far as both have them.
    fn differences(&self, other: &Self) -> Vec<Difference>;
}

/// A figure of one scenario less that of another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// The business.
    pub business: Business,
    /// Stable name of the figure.
    pub id: &'static str,
    /// The figure in words.
    pub label: &'static str,
    /// Unit of the figure.
    pub unit: Unit,
    /// Its value in the first scenario and in the second, in the unit.
    pub values: [f64; 2],
}

impl Difference {
    fn words(&self) -> String {
        let [first, second] = self.values;
        side_by_side::difference(second, first, self.unit).0
    }
}

/// The results of two scenarios, and the second less the first.
#[derive(Debug)]
pub struct Pair<E> {
    /// Which scenarios they are.
    pub labels: [Label; 2],
    /// Their results.
    pub both: [E; 2],
}

impl<E> Pair<E> {
    fn names(&self) -> [String; 2] {
        self.labels.each_ref().map(|label| format!("{} {}", label.letter, format::visible_line(&label.name)))
    }
}

impl<E: Differing> Exported for Pair<E> {
    fn shapes() -> &'static [(Shape, &'static str)] {
        E::shapes()
    }

    fn text(&mut self) -> Result<String, ExportError> {
        let [first, second] = self.names();
        let [one, other] = &mut self.both;
        let (one_text, other_text) = (one.text()?, other.text()?);
        let differences = one.differences(other);
        let head = std::iter::once(String::new()).chain(Business::ALL.map(|b| b.label().to_owned()));
        let mut rows: Vec<Vec<String>> = vec![head.collect()];
        let mut ids: Vec<&str> = Vec::new();
        for Difference { id, label, .. } in &differences {
            if ids.contains(id) {
                continue;
            }
            ids.push(id);
            let of = |business: Business| {
                let found = differences.iter().find(|one| one.id == *id && one.business == business);
                found.map_or_else(String::new, Difference::words)
            };
            rows.push(std::iter::once((*label).to_owned()).chain(Business::ALL.map(of)).collect());
        }
        let table = Grid(rows).render();
        Ok(format!("{first}\n\n{one_text}\n{second}\n\n{other_text}\n{second} less {first}\n\n{table}"))
    }

    fn value(&mut self) -> Result<Value, ExportError> {
        let [one, other] = &mut self.both;
        let mut scenarios = Vec::new();
        for (label, results) in self.labels.iter().zip([&mut *one, &mut *other]) {
            let (letter, name) = (label.letter.to_string(), &label.name);
            scenarios.push(json!({ "letter": letter, "name": name, "results": results.value()? }));
        }
        let mut differences = Map::new();
        for Difference { business, id, values: [first, second], .. } in one.differences(other) {
            let of = differences.entry(business.id()).or_insert_with(|| json!({}));
            of[id] = json!(second - first);
        }
        Ok(json!({
            "schema": OUTPUT_SCHEMA,
            "version": env!("CARGO_PKG_VERSION"),
            "scenarios": scenarios,
            "second_less_first": differences,
        }))
    }

    fn table(&mut self, sink: &mut dyn TableSink) -> Result<(), ExportError> {
        let [one, other] = &mut self.both;
        let tables = [header(one)?, header(other)?];
        let whole = joined(&tables);
        sink.begin(&whole)?;
        for ((label, results), table) in self.labels.iter().zip([one, other]).zip(&tables) {
            let place = |column: &Column| {
                let known = table.columns.iter();
                known.clone().position(|own| own.name == column.name)
            };
            let places = whole.columns.iter().skip(1).map(place).collect();
            results.table(&mut Below { sink, letter: label.letter.to_string(), places })?;
        }
        Ok(())
    }
}

/// The columns of both tables, behind one for the scenario. What only one of them has is empty in the other.
fn joined(tables: &[Table; 2]) -> Table {
    let [first, second] = tables;
    let mut columns = vec![Column::required("scenario", ColumnKind::Text)];
    let has = |table: &Table, column: &Column| table.columns.iter().any(|own| own.name == column.name);
    let more = second.columns.iter().filter(|column| !has(first, column));
    for column in first.columns.iter().chain(more) {
        let is_required = column.is_required && tables.iter().all(|table| has(table, column));
        columns.push(Column { is_required, ..column.clone() });
    }
    let mut about = first.about.clone();
    for (key, value) in &mut about {
        let other = second.about.iter().find(|(own, _)| own == key).map(|(_, value)| value);
        if let Some(other) = other.filter(|other| *other != value) {
            *value = format!("{value}, {other}");
        }
    }
    Table { name: first.name, columns, about }
}

/// The header of a table without its rows.
fn header(results: &mut impl Exported) -> Result<Table, ExportError> {
    struct Head(Option<Table>);
    impl TableSink for Head {
        fn label(&self) -> &'static str {
            ""
        }

        fn begin(&mut self, table: &Table) -> io::Result<()> {
            self.0 = Some(table.clone());
            // No row is wanted.
            Err(io::ErrorKind::Interrupted.into())
        }

        fn row(&mut self, _: &[Cell<'_>]) -> io::Result<()> {
            Ok(())
        }
    }
    let mut head = Head(None);
    let ended = results.table(&mut head);
    match head.0 {
        Some(table) => Ok(table),
        None => ended.and(Err(ExportError::NoSuchShape)),
    }
}

/// Rows of one scenario in the table of both.
struct Below<'a> {
    sink: &'a mut dyn TableSink,
    letter: String,
    /// Where each column of the whole stands among those of the scenario.
    places: Vec<Option<usize>>,
}

impl TableSink for Below<'_> {
    fn label(&self) -> &'static str {
        self.sink.label()
    }

    fn begin(&mut self, _: &Table) -> io::Result<()> {
        Ok(())
    }

    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        let mut row = Vec::with_capacity(1 + self.places.len());
        row.push(Cell::Text(self.letter.as_str().into()));
        let cell = |place: &Option<usize>| place.and_then(|place| cells.get(place)).cloned();
        row.extend(self.places.iter().map(|place| cell(place).unwrap_or(Cell::Empty)));
        self.sink.row(&row)
    }
}
