//! Every path of a simulation in one table, a row each: what its markets did, and what came of it.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, Repetition, Type as PhysicalType};
use parquet::data_type::{DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;
use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::series::SIMULATED;
use wattfolio_economics::risk::{PathResult, PathRow, Simulation};

use super::csv::{Cell, CsvTable};
use super::json::OUTPUT_SCHEMA;

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

    /// A Parquet file that rows can be added to.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn parquet<W: Write + Send>(&self, out: W) -> io::Result<PathsParquet<'_, W>> {
        let fields = self.columns.iter().map(Column::parquet_type).collect::<Result<Vec<_>, _>>();
        let schema = fields.and_then(|fields| Type::group_type_builder("paths").with_fields(fields).build());
        let about = self.about.iter().map(|(key, value)| KeyValue::new((*key).to_owned(), value.clone()));
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_key_value_metadata(Some(about.collect()));
        let writer = schema.and_then(|schema| {
            SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties.build()))
        });
        Ok(PathsParquet { table: self, writer: writer.map_err(io_error)? })
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

    fn parquet_type(&self) -> Result<Arc<Type>, ParquetError> {
        let physical = match self.read {
            Read::Whole(_) => PhysicalType::INT64,
            Read::Real(_) => PhysicalType::DOUBLE,
        };
        let repetition = if self.is_required { Repetition::REQUIRED } else { Repetition::OPTIONAL };
        let builder = Type::primitive_type_builder(&self.name, physical).with_repetition(repetition);
        builder.build().map(Arc::new)
    }

    /// Writes the cells of neighbouring paths.
    fn write<W: Write + Send>(
        &self,
        group: &mut SerializedRowGroupWriter<'_, W>,
        first: usize,
        rows: &[PathRow],
    ) -> Result<(), ParquetError> {
        match &self.read {
            Read::Whole(read) => {
                let cells = rows.iter().enumerate().map(|(index, row)| read(first + index, row));
                self.write_cells::<Int64Type, _>(group, cells.map(|cell| cell.map(|value| value as i64)))
            }
            Read::Real(read) => self.write_cells::<DoubleType, _>(group, rows.iter().map(read)),
        }
    }

    fn write_cells<T: DataType, W: Write + Send>(
        &self,
        group: &mut SerializedRowGroupWriter<'_, W>,
        cells: impl Iterator<Item = Option<T::T>>,
    ) -> Result<(), ParquetError> {
        let cells: Vec<Option<T::T>> = cells.collect();
        let levels: Vec<i16> = cells.iter().map(|cell| cell.is_some().into()).collect();
        let values: Vec<T::T> = cells.into_iter().flatten().collect();
        let levels = (!self.is_required).then_some(&levels[..]);
        let Some(mut writer) = group.next_column()? else {
            return Err(ParquetError::General(format!("no column for {}", self.name)));
        };
        writer.typed::<T>().write_batch(&values, levels, None)?;
        writer.close()
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

/// A Parquet file of paths that is being written.
pub struct PathsParquet<'a, W: Write + Send> {
    table: &'a PathTable,
    writer: SerializedFileWriter<W>,
}

impl<W: Write + Send> PathsParquet<'_, W> {
    /// Adds neighbouring paths, of which `first` is the first, as a group of rows.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn add(&mut self, first: usize, rows: &[PathRow]) -> io::Result<()> {
        let mut add = || {
            let mut group = self.writer.next_row_group()?;
            for column in &self.table.columns {
                column.write(&mut group, first, rows)?;
            }
            group.close().map(drop)
        };
        add().map_err(io_error)
    }

    /// Ends the file.
    ///
    /// # Errors
    /// If its end cannot be written.
    pub fn finish(self) -> io::Result<()> {
        self.writer.close().map(drop).map_err(io_error)
    }
}

/// What the file said, where it was the file that failed.
fn io_error(fault: ParquetError) -> io::Error {
    match fault {
        ParquetError::External(fault) => match fault.downcast::<io::Error>() {
            Ok(fault) => *fault,
            Err(fault) => io::Error::other(fault),
        },
        fault => io::Error::other(fault),
    }
}
