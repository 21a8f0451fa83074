//! The table of paths as a Parquet file: columns with types, for data tools.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, Repetition, Type as PhysicalType};
use parquet::data_type::{DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;
use wattfolio_economics::risk::PathRow;

use super::{Column, PathTable, Read};

impl PathTable {
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

impl Column {
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
