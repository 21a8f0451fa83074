//! Whole numbers of a column of a file, in batches, to check which rows it has.

use std::fs::File;
use std::path::Path;

use parquet::column::reader::ColumnReader;
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader as _, SerializedFileReader};

/// Numbers that are read at a time.
const BATCH: usize = 16_384;

/// Hands over the whole numbers of the first column, in the order of the rows.
///
/// # Errors
/// If it is no such file.
pub(crate) fn first_column(path: &Path, mut take: impl FnMut(&[i64])) -> Result<(), ParquetError> {
    let reader = SerializedFileReader::new(File::open(path)?)?;
    for index in 0..reader.num_row_groups() {
        let group = reader.get_row_group(index)?;
        let ColumnReader::Int64ColumnReader(mut column) = group.get_column_reader(0)? else {
            return Err(ParquetError::General("its first column has no whole numbers".to_owned()));
        };
        let mut values = Vec::with_capacity(BATCH);
        loop {
            values.clear();
            let (_, read, _) = column.read_records(BATCH, None, None, &mut values)?;
            if read == 0 {
                break;
            }
            take(&values);
        }
    }
    Ok(())
}
