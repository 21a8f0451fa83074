//! The one file that knows the crate of Parquet.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as PhysicalType};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};

use super::PARQUET;
use crate::export::exported::{ExportError, Exported};
use crate::export::table::{Cell, Column, ColumnKind, Table, TableSink};

/// Rows of a group, held in memory until they are written.
const GROUP: usize = 16_384;

/// Writes the table of results.
pub(super) fn write(results: &mut dyn Exported, out: &mut (dyn Write + Send)) -> Result<(), ExportError> {
    let mut sink = ParquetSink { out: Some(out), writer: None, columns: Vec::new(), rows: 0 };
    results.table(&mut sink)?;
    Ok(sink.finish()?)
}

struct ParquetSink<W: Write + Send> {
    /// The place, until the table begins.
    out: Option<W>,
    writer: Option<SerializedFileWriter<W>>,
    columns: Vec<Buffer>,
    /// Rows that are held.
    rows: usize,
}

impl<W: Write + Send> TableSink for ParquetSink<W> {
    fn label(&self) -> &'static str {
        PARQUET.format.label
    }

    fn begin(&mut self, table: &Table) -> io::Result<()> {
        let Some(out) = self.out.take() else { return Err(io::Error::other("a file holds one table")) };
        let schema = schema(table).map_err(io_error)?;
        let about = table.about.iter().map(|(key, value)| KeyValue::new((*key).to_owned(), value.clone()));
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_key_value_metadata(Some(about.collect()));
        let writer = SerializedFileWriter::new(out, schema, Arc::new(properties.build()));
        self.writer = Some(writer.map_err(io_error)?);
        self.columns = table.columns.iter().map(Buffer::new).collect();
        Ok(())
    }

    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        if cells.len() != self.columns.len() {
            return Err(io::Error::other(format!(
                "{} cells for {} columns",
                cells.len(),
                self.columns.len()
            )));
        }
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.push(cell)?;
        }
        self.rows += 1;
        if self.rows == GROUP { self.write_group() } else { Ok(()) }
    }
}

impl<W: Write + Send> ParquetSink<W> {
    /// Writes the rows that are held as a group.
    fn write_group(&mut self) -> io::Result<()> {
        self.rows = 0;
        let Some(writer) = &mut self.writer else { return Ok(()) };
        let mut write = || {
            let mut group = writer.next_row_group()?;
            for column in &mut self.columns {
                column.write(&mut group)?;
            }
            group.close().map(drop)
        };
        write().map_err(io_error)
    }

    /// Writes what is still held, and the end of the file.
    fn finish(mut self) -> io::Result<()> {
        if self.rows > 0 {
            self.write_group()?;
        }
        match self.writer {
            Some(writer) => writer.close().map(drop).map_err(io_error),
            None => Err(io::Error::other("a file without a table")),
        }
    }
}

fn schema(table: &Table) -> Result<TypePtr, ParquetError> {
    let field = |column: &Column| {
        let (physical, logical) = match column.kind {
            ColumnKind::Text => (PhysicalType::BYTE_ARRAY, Some(LogicalType::String)),
            ColumnKind::Number => (PhysicalType::DOUBLE, None),
            ColumnKind::Whole => (PhysicalType::INT64, None),
        };
        let repetition = if column.is_required { Repetition::REQUIRED } else { Repetition::OPTIONAL };
        let builder = Type::primitive_type_builder(&column.name, physical)
            .with_repetition(repetition)
            .with_logical_type(logical);
        builder.build().map(Arc::new)
    };
    let fields = table.columns.iter().map(field).collect::<Result<Vec<_>, _>>()?;
    Type::group_type_builder(table.name).with_fields(fields).build().map(Arc::new)
}

/// The cells of a column that are held.
struct Buffer {
    name: String,
    is_required: bool,
    values: Values,
    /// Of each row, 1 where it has a value.
    levels: Vec<i16>,
}

enum Values {
    Text(Vec<ByteArray>),
    Number(Vec<f64>),
    Whole(Vec<i64>),
}

impl Buffer {
    fn new(column: &Column) -> Self {
        let values = match column.kind {
            ColumnKind::Text => Values::Text(Vec::new()),
            ColumnKind::Number => Values::Number(Vec::new()),
            ColumnKind::Whole => Values::Whole(Vec::new()),
        };
        let (name, is_required) = (column.name.clone().into_owned(), column.is_required);
        Self { name, is_required, values, levels: Vec::new() }
    }

    fn push(&mut self, cell: &Cell<'_>) -> io::Result<()> {
        match (&mut self.values, cell) {
            (_, Cell::Empty) if !self.is_required => {}
            (Values::Text(texts), Cell::Text(text)) => texts.push(text.as_bytes().to_vec().into()),
            (Values::Text(texts), Cell::Number(value)) => texts.push(value.to_string().into_bytes().into()),
            (Values::Text(texts), Cell::Whole(value)) => texts.push(value.to_string().into_bytes().into()),
            (Values::Number(numbers), Cell::Number(value)) => numbers.push(*value),
            (Values::Whole(numbers), Cell::Whole(value)) => numbers.push(*value as i64),
            _ => return Err(io::Error::other(format!("the column {} takes no {cell:?}", self.name))),
        }
        self.levels.push((*cell != Cell::Empty).into());
        Ok(())
    }

    /// Writes what is held, and holds nothing any more.
    fn write<W: Write + Send>(
        &mut self,
        group: &mut SerializedRowGroupWriter<'_, W>,
    ) -> Result<(), ParquetError> {
        let levels = (!self.is_required).then_some(&self.levels[..]);
        match &mut self.values {
            Values::Text(values) => write_column::<ByteArrayType, _>(group, values, levels)?,
            Values::Number(values) => write_column::<DoubleType, _>(group, values, levels)?,
            Values::Whole(values) => write_column::<Int64Type, _>(group, values, levels)?,
        }
        self.levels.clear();
        Ok(())
    }
}

fn write_column<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: &mut Vec<T::T>,
    levels: Option<&[i16]>,
) -> Result<(), ParquetError> {
    let Some(mut writer) = group.next_column()? else {
        return Err(ParquetError::General("more columns than the schema has".to_owned()));
    };
    writer.typed::<T>().write_batch(values, levels, None)?;
    values.clear();
    writer.close()
}

/// Error of the file, if the file failed.
fn io_error(fault: ParquetError) -> io::Error {
    match fault {
        ParquetError::External(fault) => match fault.downcast::<io::Error>() {
            Ok(fault) => *fault,
            Err(fault) => io::Error::other(fault),
        },
        fault => io::Error::other(fault),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let columns = vec![
            Column::required("name", ColumnKind::Text),
            Column::optional("value", ColumnKind::Number),
            Column::optional("count", ColumnKind::Whole),
        ];
        Table { name: "table", columns, about: vec![("schema", "2".to_owned())] }
    }

    #[test]
    fn a_cell_that_its_column_does_not_take_is_a_fault() {
        let mut sink = ParquetSink { out: Some(Vec::new()), writer: None, columns: Vec::new(), rows: 0 };
        sink.begin(&table()).unwrap();
        let text = || Cell::Text("x".into());
        sink.row(&[text(), Cell::Number(1.5), Cell::Empty]).unwrap();
        sink.row(&[Cell::Number(-0.5), Cell::Empty, Cell::Whole(3)]).unwrap();
        for cells in [
            [Cell::Empty, Cell::Number(1.0), Cell::Empty],
            [text(), text(), Cell::Empty],
            [text(), Cell::Empty, Cell::Number(1.0)],
        ] {
            let fault = sink.row(&cells).unwrap_err().to_string();
            assert!(fault.starts_with("the column ") && fault.contains(" takes no "), "{fault}");
        }
        assert!(sink.row(&[text()]).is_err() && sink.begin(&table()).is_err());
    }

    #[test]
    fn a_fault_of_the_place_keeps_its_kind() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::StorageFull.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let mut sink = ParquetSink { out: Some(Full), writer: None, columns: Vec::new(), rows: 0 };
        let row = [Cell::Text("x".into()), Cell::Number(1.0), Cell::Empty];
        let fault = sink
            .begin(&table())
            .err()
            .or_else(|| (0..2 * GROUP).find_map(|_| sink.row(&row).err()).or_else(|| sink.finish().err()));
        assert_eq!(fault.unwrap().kind(), io::ErrorKind::StorageFull);
    }
}
