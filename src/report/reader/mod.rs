//! Reads reports again: the files inside a PDF, and the texts of its pages.
//!
//! A PDF may come from anybody. Its size, the number and depth of its objects and what they unpack to are capped, and what
//! is not understood is left out.

mod file;
mod lexer;
mod text;

use std::collections::BTreeMap;
use std::path::Path;

pub use file::Unreadable;

use file::PdfFile;
use lexer::Object;

use super::attach::{BASELINE, FIGURES, Figures, SCENARIO};
use crate::store::{self, Preset};

/// Largest PDF that is read, bytes.
pub const MOST_BYTES: u64 = 64 << 20;

/// What a report was made from.
#[derive(Debug)]
pub struct Inside {
    /// Its scenarios.
    pub preset: Preset,
    /// What they were compared with.
    pub baseline: Preset,
    /// Its figures as they were printed.
    pub figures: Figures,
}

/// Whether bytes are those of a PDF.
pub fn is_pdf(bytes: &[u8]) -> bool {
    bytes.get(..1024.min(bytes.len())).is_some_and(|start| start.windows(5).any(|part| part == b"%PDF-"))
}

/// Whether a name is that of a report.
pub fn is_report_name(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"))
}

/// What a report in a file was made from.
///
/// # Errors
/// In words, if the file cannot be read or is no report of this program.
pub fn load(path: &Path) -> Result<Inside, String> {
    let bytes = store::read_bytes(path, MOST_BYTES).map_err(|fault| fault.to_string())?;
    let name = path.display().to_string();
    open(&bytes, &name).map_err(|fault| format!("{name} {fault}"))
}

/// What a report was made from; `name` stands in messages.
///
/// # Errors
/// If it is not a report of this program, or not a PDF that can be read.
pub fn open(bytes: &[u8], name: &str) -> Result<Inside, Unreadable> {
    let file = PdfFile::read(bytes)?;
    let files = attached(&file)?;
    let text = |name: &'static str| {
        let bytes = files.get(name).ok_or(Unreadable::NotOurs)?;
        std::str::from_utf8(bytes).map_err(|_fault| Unreadable::Damaged(format!("{name} is no text")))
    };
    let figures: Figures = serde_json::from_str(text(FIGURES)?)
        .map_err(|fault| Unreadable::Damaged(format!("{FIGURES}: {fault}")))?;
    if figures.program != "wattfolio" {
        return Err(Unreadable::NotOurs);
    }
    let preset = |part: &'static str| {
        store::parse(text(part)?, &format!("{name}, {part}"))
            .map_err(|fault| Unreadable::Damaged(fault.to_string()))
    };
    Ok(Inside { preset: preset(SCENARIO)?, baseline: preset(BASELINE)?, figures })
}

/// The texts of all pages in the order in which they are drawn.
///
/// # Errors
/// If it is not a PDF that can be read.
pub fn texts(bytes: &[u8]) -> Result<String, Unreadable> {
    text::of_pages(&PdfFile::read(bytes)?)
}

/// The files inside, by name.
fn attached(file: &PdfFile<'_>) -> Result<BTreeMap<String, Vec<u8>>, Unreadable> {
    let mut files = BTreeMap::new();
    for object in file.objects() {
        let Some(spec) = object.dict().filter(|dict| dict.contains_key("EF")) else { continue };
        let name = ["UF", "F"].into_iter().find_map(|key| match spec.get(key) {
            Some(Object::Text(bytes)) => Some(words(bytes)),
            _ => None,
        });
        let held = spec.get("EF").map(|held| file.resolve(held));
        let stream = held.and_then(Object::dict).and_then(|held| held.get("F").or(held.get("UF")));
        let (Some(name), Some(Object::Reference(number))) = (name, stream) else { continue };
        if [SCENARIO, BASELINE, FIGURES].contains(&name.as_str()) {
            files.insert(name, file.stream(*number)?);
        }
    }
    Ok(files)
}

/// A text string: UTF-16 with its mark, else letters of one byte.
fn words(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => utf16(rest),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// UTF-16 with the high byte first.
fn utf16(bytes: &[u8]) -> String {
    let units = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).map(|letter| letter.unwrap_or('\u{fffd}')).collect()
}
