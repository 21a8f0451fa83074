//! Parquet for data tools. Its crate brings some 35 others, so it is a feature of the program, on by default.

#[cfg(feature = "parquet")]
pub(crate) mod reader;
#[cfg(feature = "parquet")]
mod writer;

use super::exported::Shape;
use super::exporter::Exporter;
use super::format::Format;

/// Columns of 64-bit numbers and text. What is known of the table is in the metadata of the file.
pub static PARQUET: Exporter = Exporter {
    format: Format { id: "parquet", aliases: &[], label: "Parquet", endings: &["parquet"], is_binary: true },
    needs: Shape::Table,
    #[cfg(feature = "parquet")]
    write: Some(writer::write),
    #[cfg(not(feature = "parquet"))]
    write: None,
};
