//! Preset files.

use std::io::Write;

use super::exported::{ExportError, Exported, Shape};
use super::exporter::Exporter;
use super::format::Format;
use crate::format::visible;

/// A preset, which can be opened. What acts on a terminal is written out, which RON reads back.
pub static RON: Exporter = Exporter {
    format: Format { id: "ron", aliases: &[], label: "a preset", endings: &["ron"], is_binary: false },
    needs: Shape::Preset,
    write: Some(write),
};

fn write(results: &mut dyn Exported, out: &mut (dyn Write + Send)) -> Result<(), ExportError> {
    Ok(out.write_all(visible(&results.preset()?).as_bytes())?)
}
