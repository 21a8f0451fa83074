//! Every path of a simulation in one table, a row each: what its markets did, and what came of it.

#[cfg(feature = "parquet")]
mod parquet;

use std::io::{self, Write};

use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::series::SIMULATED;
use wattfolio_economics::risk::{PathResult, PathRow, Simulation};

use super::csv::{Cell, CsvTable};
use super::json::OUTPUT_SCHEMA;

#[cfg(feature = "parquet")]
pub use self::parquet::PathsParquet;

/// How a column reads a row, whose path has a number; `None` is an empty cell.
type ReadWhole = fn(usize, &PathRow) -> Option<usize>;
type ReadReal = Box<dyn Fn(&PathRow) -> Option<f64>>;

enum Read {
    Whole(ReadWhole),
    Real(ReadReal),
}

/// A column: its stable name, which carries the unit, and how it reads a row.
struct Column {
    name: String,
    /// Whether every row has a value.
    #[cfg_attr(not(feature = "parquet"), expect(dead_code, reason = "a column of Parquet says it"))]
    is_required: bool,
    read: Read,
}

/// Month in which the hosting customer defaulted first.
const DEFAULT_MONTH: &str = "customer_default_month";

/// A result that a row has of each business, and whether it always exists.
type ResultColumn = (&'static str, bool, fn(&PathResult) -> Option<f64>);

const RESULTS: [ResultColumn; 4] = [
    ("npv_usd", true, |result| Some(result.npv_usd)),
    ("irr", false, |result| result.irr.ok()),
    ("payback_months", false, |result| result.payback_months.ok()),
    ("lowest_cash_usd", true, |result| Some(result.lowest_cash_usd)),
];

/// The table of all paths of a simulation.
pub struct PathTable {
    columns: Vec<Column>,
    /// Schema, basis, seed and version.
    #[cfg_attr(not(feature = "parquet"), expect(dead_code, reason = "a file of Parquet says it"))]
    about: Vec<(&'static str, String)>,
}

/// The table of paths in words, for `docs/OUTPUTS.md`.
pub(super) fn columns_markdown() -> String {
    let list =
        |names: Vec<String>| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let markets = SIMULATED.iter().flat_map(|market| [format!("{market}_mean"), format!("{market}_last")]);
    let of_business = |business: Business| RESULTS.map(|(name, ..)| format!("{}_{name}", business.id()));
    format!(
        "One row a path: `path`; what its markets did, averaged over the months and in the last one: {}; \
         `{DEFAULT_MONTH}`; and of each business {}. An empty cell stands for a payback that never comes, \
         a rate that does not exist, a customer who stays. In Parquet `path` and `{DEFAULT_MONTH}` are 64-bit \
         whole numbers, and only what may be empty is optional.\n",
        list(markets.collect()),
        list(Business::ALL.into_iter().flat_map(of_business).collect()),
    )
}

impl PathTable {
    /// The columns for the businesses that were simulated.
    pub fn new(simulation: &Simulation) -> Self {
        let whole = |name: &str, is_required, read| Column {
            name: name.to_owned(),
            is_required,
            read: Read::Whole(read),
        };
        let mut columns = vec![whole("path", true, |path, _| Some(path))];
        for (which, market) in SIMULATED.into_iter().enumerate() {
            columns.push(real(format!("{market}_mean"), true, move |row| Some(row.markets[which].mean)));
            columns.push(real(format!("{market}_last"), true, move |row| Some(row.markets[which].last)));
        }
        columns.push(whole(DEFAULT_MONTH, false, |_, row| row.default_month));
        for business in Business::ALL {
            if simulation.business(business).is_err() {
                continue;
            }
            for (name, is_required, read) in RESULTS {
                let name = format!("{}_{name}", business.id());
                let read = move |row: &PathRow| row.results[business].as_ref().and_then(read);
                columns.push(real(name, is_required, read));
            }
        }
        let about = vec![
            ("schema", OUTPUT_SCHEMA.to_string()),
            ("basis", simulation.basis.id().to_owned()),
            ("seed", simulation.seed.to_string()),
            ("wattfolio", env!("CARGO_PKG_VERSION").to_owned()),
        ];
        Self { columns, about }
    }

    /// A CSV file that rows can be added to.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn csv<W: Write>(&self, out: W) -> io::Result<PathsCsv<'_, W>> {
        let names = self.columns.iter().map(|column| column.name.as_str());
        Ok(PathsCsv { table: self, csv: CsvTable::new(out, names)? })
    }
}

fn real(name: String, is_required: bool, read: impl Fn(&PathRow) -> Option<f64> + 'static) -> Column {
    Column { name, is_required, read: Read::Real(Box::new(read)) }
}

impl Column {
    fn cell(&self, path: usize, row: &PathRow) -> Cell<'static> {
        match &self.read {
            Read::Whole(read) => read(path, row).map_or(Cell::Empty, |value| Cell::Whole(value as u64)),
            Read::Real(read) => read(row).map_or(Cell::Empty, Cell::Number),
        }
    }
}

/// A CSV file of paths that is being written.
pub struct PathsCsv<'a, W: Write> {
    table: &'a PathTable,
    csv: CsvTable<W>,
}

impl<W: Write> PathsCsv<'_, W> {
    /// Adds neighbouring paths, of which `first` is the first.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn add(&mut self, first: usize, rows: &[PathRow]) -> io::Result<()> {
        for (index, row) in rows.iter().enumerate() {
            self.csv.row(self.table.columns.iter().map(|column| column.cell(first + index, row)))?;
        }
        Ok(())
    }

    /// Ends the file.
    ///
    /// # Errors
    /// If its end cannot be written.
    pub fn finish(self) -> io::Result<()> {
        self.csv.finish()
    }
}
