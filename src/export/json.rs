//! JSON for other programs.

use std::io::{self, Write};

use serde_json::{Value, json};
use wattfolio_economics::kernel::Maybe;

use super::exported::{ExportError, Exported, Shape};
use super::exporter::Exporter;
use super::format::Format;
use crate::format::visible_json;

/// JSON that people can read as well. What acts on a terminal is escaped, which JSON reads back.
pub static JSON: Exporter = Exporter {
    format: Format { id: "json", aliases: &[], label: "JSON", endings: &["json"], is_binary: false },
    needs: Shape::Value,
    write: Some(write),
};

fn write(results: &mut dyn Exported, out: &mut (dyn Write + Send)) -> Result<(), ExportError> {
    let text = serde_json::to_string_pretty(&results.value()?).map_err(io::Error::from)? + "\n";
    Ok(out.write_all(visible_json(&text).as_bytes())?)
}

/// The version of the JSON and Parquet that this program writes. It rises when a name or a form changes; version 2 names
/// the basis as the options do, and writes what does not exist as `{"absent": "reason"}` everywhere.
pub const OUTPUT_SCHEMA: u32 = 2;

/// An absent value.
pub(super) fn absent(reason: &str) -> Value {
    json!({ "absent": reason })
}

/// A number, or why there is none.
pub(super) fn maybe(value: Maybe<f64>) -> Value {
    value.map_or_else(|reason| absent(&reason.to_string()), |value| json!(value))
}
