//! Copies of workbooks whose cached values are all wrong.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::read::{between, parts};

/// What stands in every formula cell of a poisoned copy.
pub(crate) const POISON: &str = "12345.678";

/// A copy in which every formula has the same wrong value.
pub(crate) fn poisoned(bytes: &[u8]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts(bytes) {
        writer.start_file(&name, SimpleFileOptions::default()).unwrap();
        let content =
            if name.starts_with("xl/worksheets/sheet") { poisoned_sheet(&content) } else { content };
        writer.write_all(&content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn poisoned_sheet(content: &[u8]) -> Vec<u8> {
    let text = String::from_utf8(content.to_vec()).unwrap();
    let mut cells = text.split("<c ");
    let mut out = cells.next().unwrap().to_owned();
    for cell in cells {
        out.push_str("<c ");
        let (Some(_), Some(value)) = (between(cell, "<f>", "</f>"), between(cell, "<v>", "</v>")) else {
            out.push_str(cell);
            continue;
        };
        let cell = cell.replacen(&format!("<v>{value}</v>"), &format!("<v>{POISON}</v>"), 1);
        // A number is no text.
        out.push_str(&cell.replacen(" t=\"str\"", "", 1));
    }
    out.into_bytes()
}
