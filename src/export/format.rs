//! Names of file formats, and formats by the ending of a name.

use std::path::Path;

use super::exporter::FORMATS;
use super::picture::PNG;

/// A format of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format {
    /// The name in options.
    pub id: &'static str,
    /// Other names that options take.
    pub aliases: &'static [&'static str],
    /// Its usual name.
    pub label: &'static str,
    /// The endings of its files, the usual one first.
    pub endings: &'static [&'static str],
    /// Whether it is of no use on a terminal.
    pub is_binary: bool,
}

impl Format {
    /// The usual ending of its files.
    pub const fn ending(&self) -> &'static str {
        self.endings[0]
    }

    /// Every format that the program writes.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        FORMATS.iter().map(|exporter| &exporter.format).chain([&PNG])
    }
}

/// Format that the ending of a name promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Promise {
    /// A format that the program writes.
    Format(&'static Format),
    /// Something that it does not write, in words.
    Foreign(&'static str),
    /// Nothing that is known.
    Nothing,
}

/// Endings that promise what the program does not write.
const FOREIGN: [(&str, &str); 18] = [
    ("jpg", "a JPEG picture"),
    ("jpeg", "a JPEG picture"),
    ("gif", "a GIF picture"),
    ("webp", "a WebP picture"),
    ("bmp", "a BMP picture"),
    ("tif", "a TIFF picture"),
    ("tiff", "a TIFF picture"),
    ("avif", "an AVIF picture"),
    ("heic", "a HEIC picture"),
    ("svg", "an SVG drawing"),
    ("pdf", "a PDF document"),
    ("html", "a web page"),
    ("xml", "XML"),
    ("xls", "an Excel workbook"),
    ("xlsx", "an Excel workbook"),
    ("ods", "a spreadsheet"),
    ("zip", "an archive"),
    ("gz", "an archive"),
];

impl Promise {
    /// Format that the name of a file promises.
    pub fn of(path: &Path) -> Self {
        let Some(ending) = path.extension().and_then(|ending| ending.to_str()) else { return Self::Nothing };
        let is = |known: &str| ending.eq_ignore_ascii_case(known);
        let written = Format::all().find(|format| format.endings.iter().any(|known| is(known)));
        if let Some(format) = written {
            return Self::Format(format);
        }
        let foreign = FOREIGN.into_iter().find(|(known, _)| is(known));
        foreign.map_or(Self::Nothing, |(_, label)| Self::Foreign(label))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::{CSV, TEXT};

    #[test]
    fn an_ending_promises_one_thing() {
        let of = |name: &str| Promise::of(Path::new(name));
        assert_eq!(of("a/x.CSV"), Promise::Format(&CSV.format));
        assert_eq!(of("notes.md"), Promise::Format(&TEXT.format));
        assert_eq!(of("x.Jpg"), Promise::Foreign("a JPEG picture"));
        assert_eq!(of("x.png"), Promise::Format(&PNG));
        for unknown in ["x", "x.dat", "json", ".json", "/dev/null", "x.json.part", ""] {
            assert_eq!(of(unknown), Promise::Nothing, "{unknown}");
        }
        let written = Format::all().flat_map(|format| format.endings.iter().copied());
        let mut endings: Vec<&str> = written.chain(FOREIGN.map(|(ending, _)| ending)).collect();
        let count = endings.len();
        endings.sort_unstable();
        endings.dedup();
        assert_eq!(endings.len(), count);
    }

    #[test]
    fn a_name_in_options_stands_for_one_format() {
        let mut names: Vec<&str> =
            Format::all().flat_map(|format| format.aliases.iter().chain([&format.id])).copied().collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
