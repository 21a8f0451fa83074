//! Every path of a simulation in one table, a row each: what its markets did, and what came of it.

use std::fmt::Write as _;
use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, Repetition, Type as PhysicalType};
use parquet::data_type::DoubleType;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use wattfolio_economics::business::Business;
use wattfolio_economics::risk::{PathResult, PathRow, Simulation};

/// Reads a cell; `None` is an empty one.
type Read = Box<dyn Fn(usize, &PathRow) -> Option<f64>>;

/// A column: its stable name, which carries the unit, and how it reads a row.
struct Column {
    name: String,
    read: Read,
}

/// Names of the markets in the order of a row.
const MARKETS: [&str; 4] =
    ["bitcoin_price_usd", "network_hashrate_eh_s", "rental_usd_per_gpu_hour", "power_price_usd_per_kwh"];

/// A result that a row has of each business.
type ResultColumn = (&'static str, fn(&PathResult) -> Option<f64>);

const RESULTS: [ResultColumn; 4] = [
    ("npv_usd", |result| Some(result.npv_usd)),
    ("irr", |result| result.irr.ok()),
    ("payback_months", |result| result.payback_months.ok()),
    ("lowest_cash_usd", |result| Some(result.lowest_cash_usd)),
];

/// The table of all paths of a simulation.
pub struct PathTable {
    columns: Vec<Column>,
    /// Basis, seed and version.
    about: Vec<(&'static str, String)>,
}

/// The table of paths in words, for `docs/OUTPUTS.md`.
pub(super) fn columns_markdown() -> String {
    let list =
        |names: Vec<String>| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let markets = MARKETS.iter().flat_map(|market| [format!("{market}_mean"), format!("{market}_last")]);
    let of_business = |business: Business| RESULTS.map(|(name, _)| format!("{}_{name}", business.id()));
    format!(
        "One row a path: `path`; what its markets did, averaged over the months and in the last one: {}; \
         `customer_default_month`; and of each business {}. An empty cell stands for a payback that never comes, \
         a rate that does not exist, a customer who stays.\n",
        list(markets.collect()),
        list(Business::ALL.into_iter().flat_map(of_business).collect()),
    )
}

impl PathTable {
    /// The columns for the businesses that were simulated.
    pub fn new(simulation: &Simulation) -> Self {
        let mut columns = vec![column("path", |path, _| Some(path as f64))];
        for (which, market) in MARKETS.into_iter().enumerate() {
            columns.push(column(&format!("{market}_mean"), move |_, row| Some(row.markets[which].mean)));
            columns.push(column(&format!("{market}_last"), move |_, row| Some(row.markets[which].last)));
        }
        columns.push(column("customer_default_month", |_, row| row.default_month.map(|month| month as f64)));
        for (index, business) in Business::ALL.into_iter().enumerate() {
            if simulation.business(business).is_err() {
                continue;
            }
            for (name, read) in RESULTS {
                let name = format!("{}_{name}", business.id());
                columns.push(column(&name, move |_, row| row.results[index].as_ref().and_then(read)));
            }
        }
        let about = vec![
            ("basis", simulation.basis.id().to_owned()),
            ("seed", simulation.seed.to_string()),
            ("wattfolio", env!("CARGO_PKG_VERSION").to_owned()),
        ];
        Self { columns, about }
    }

    /// The first line of a CSV file.
    pub fn csv_header(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|column| column.name.as_str()).collect();
        names.join(",") + "\n"
    }

    /// Lines of a CSV file for neighbouring paths, of which `first` is the first.
    pub fn csv_rows(&self, first: usize, rows: &[PathRow]) -> String {
        let mut text = String::new();
        for (index, row) in rows.iter().enumerate() {
            for (position, column) in self.columns.iter().enumerate() {
                if position > 0 {
                    text.push(',');
                }
                if let Some(value) = (column.read)(first + index, row) {
                    // Writing to a string cannot fail.
                    write!(text, "{value}").ok();
                }
            }
            text.push('\n');
        }
        text
    }

    /// A Parquet file that rows can be added to.
    ///
    /// # Errors
    /// If nothing can be written.
    pub fn parquet<W: Write + Send>(&self, out: W) -> Result<ParquetFile<'_, W>, ParquetError> {
        let field = |column: &Column| {
            let builder = Type::primitive_type_builder(&column.name, PhysicalType::DOUBLE);
            builder.with_repetition(Repetition::OPTIONAL).build().map(Arc::new)
        };
        let fields = self.columns.iter().map(field).collect::<Result<Vec<_>, _>>()?;
        let schema = Type::group_type_builder("paths").with_fields(fields).build()?;
        let about = self.about.iter().map(|(key, value)| KeyValue::new((*key).to_owned(), value.clone()));
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_key_value_metadata(Some(about.collect()));
        let writer = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties.build()))?;
        Ok(ParquetFile { table: self, writer })
    }
}

fn column(name: &str, read: impl Fn(usize, &PathRow) -> Option<f64> + 'static) -> Column {
    Column { name: name.to_owned(), read: Box::new(read) }
}

/// A Parquet file that is being written.
pub struct ParquetFile<'a, W: Write + Send> {
    table: &'a PathTable,
    writer: SerializedFileWriter<W>,
}

impl<W: Write + Send> ParquetFile<'_, W> {
    /// Adds neighbouring paths, of which `first` is the first, as a group of rows.
    ///
    /// # Errors
    /// If nothing can be written.
    pub fn add(&mut self, first: usize, rows: &[PathRow]) -> Result<(), ParquetError> {
        let mut group = self.writer.next_row_group()?;
        for column in &self.table.columns {
            let cells = rows.iter().enumerate().map(|(index, row)| (column.read)(first + index, row));
            let levels: Vec<i16> = cells.clone().map(|cell| cell.is_some().into()).collect();
            let values: Vec<f64> = cells.flatten().collect();
            let Some(mut writer) = group.next_column()? else { break };
            writer.typed::<DoubleType>().write_batch(&values, Some(&levels), None)?;
            writer.close()?;
        }
        group.close()?;
        Ok(())
    }

    /// Ends the file and gives back what it was written to.
    ///
    /// # Errors
    /// If nothing can be written.
    pub fn finish(self) -> Result<W, ParquetError> {
        self.writer.into_inner()
    }
}
