//! Text for people.

use std::io::Write;

use super::exported::{ExportError, Exported, Shape};
use super::exporter::Exporter;
use super::format::Format;
use crate::format::visible;

/// Text for people. What acts on a terminal is written out.
pub static TEXT: Exporter = Exporter {
    format: Format {
        id: "text",
        aliases: &["table"],
        label: "text",
        endings: &["txt", "md"],
        is_binary: false,
    },
    needs: Shape::Text,
    write: Some(write),
};

fn write(results: &mut dyn Exported, out: &mut (dyn Write + Send)) -> Result<(), ExportError> {
    Ok(out.write_all(visible(&results.text()?).as_bytes())?)
}
