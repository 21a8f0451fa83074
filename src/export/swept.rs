//! Some of the cells of a sweep as a table for programs.

use std::io;
use std::ops::Range;
use std::sync::Arc;

use wattfolio_economics::answers::{Ended, Sweep};
use wattfolio_economics::risk::{Control, NotSimulated, Unfinished};

use super::exported::{ExportError, Exported, Shape};
use super::table::{Cell, Column, ColumnKind, Table, TableSink, about};

/// Cells of a sweep, computed while they are written: their number, inputs, wanted columns, and why a cell is not valid.
#[derive(Debug)]
pub struct SweptCells<C> {
    /// The sweep.
    pub sweep: Arc<Sweep>,
    /// Its fingerprint, as in the names of its files.
    pub fingerprint: String,
    /// Which cells.
    pub cells: Range<u64>,
    /// Ends the work.
    pub control: C,
    /// Cells so far that are not valid.
    pub faulty: u64,
}

/// A name of the model as one of a column: dots and signs would need quotes in queries.
fn column_name(id: &str) -> String {
    id.replace('-', "_less_").replace('.', "_")
}

impl<C> SweptCells<C> {
    fn header(&self) -> Table {
        let named = |id: &str, is_required| Column {
            name: column_name(id).into(),
            kind: ColumnKind::Number,
            is_required,
        };
        let mut columns = vec![Column::required("cell", ColumnKind::Whole)];
        columns.extend(self.sweep.inputs().iter().map(|input| named(input.id, true)));
        columns.extend(self.sweep.columns().iter().map(|column| named(&column.id(), false)));
        columns.push(Column::optional("fault", ColumnKind::Text));
        let more = [("plan", self.fingerprint.clone()), ("cells", self.sweep.cells().to_string())];
        Table { name: "sweep", columns, about: about(Some(self.sweep.basis()), &more) }
    }
}

impl<C: Control> Exported for SweptCells<C> {
    fn shapes() -> &'static [(Shape, &'static str)] {
        &[(Shape::Table, "A row a cell, its inputs first")]
    }

    fn table(&mut self, sink: &mut dyn TableSink) -> Result<(), ExportError> {
        sink.begin(&self.header())?;
        let mut faulty = 0;
        let take = |row: wattfolio_economics::answers::Row| {
            let mut cells = vec![Cell::Whole(row.cell)];
            cells.extend(row.place.iter().map(|value| Cell::Number(*value)));
            cells.extend(row.values.iter().map(|value| value.map_or(Cell::Empty, Cell::Number)));
            cells.push(match &row.fault {
                None => Cell::Empty,
                Some(fault) => Cell::Text(fault.to_string().into()),
            });
            faulty += u64::from(row.fault.is_some());
            sink.row(&cells)
        };
        let ended = self.sweep.run(self.cells.clone(), &self.control, take);
        self.faulty += faulty;
        ended.map_err(not_written)
    }
}

fn not_written(ended: Ended<io::Error>) -> ExportError {
    match ended {
        Ended::Refused(fault) => fault.into(),
        Ended::NotSimulated(NotSimulated::NoThreads(fault)) => fault.into(),
        Ended::NotSimulated(NotSimulated::Unfinished(fault)) => fault.into(),
        _ => Unfinished::Ended.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_need_no_quotes_in_a_query() {
        assert_eq!(column_name("power.price_usd_per_kwh"), "power_price_usd_per_kwh");
        assert_eq!(column_name("hosting-leasing.npv_usd"), "hosting_less_leasing_npv_usd");
    }
}
