//! The formats of files, and what the ending of a name promises.

use std::path::Path;

/// A format that the program writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
    /// Columns for data tools.
    Parquet,
    /// A preset.
    Ron,
    /// A picture.
    Png,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Text, Self::Json, Self::Csv, Self::Parquet, Self::Ron, Self::Png];

    /// The name in options.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Parquet => "parquet",
            Self::Ron => "ron",
            Self::Png => "png",
        }
    }

    /// What people call it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "JSON",
            Self::Csv => "CSV",
            Self::Parquet => "Parquet",
            Self::Ron => "a preset",
            Self::Png => "a PNG picture",
        }
    }

    /// The ending of its files.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Json | Self::Csv | Self::Parquet | Self::Ron | Self::Png => self.id(),
        }
    }

    /// Whether it is of no use on a terminal.
    pub const fn is_binary(self) -> bool {
        matches!(self, Self::Parquet | Self::Png)
    }
}

/// What the ending of a name promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Promise {
    /// A format that the program writes.
    Format(Format),
    /// Something that it does not write, in words.
    Foreign(&'static str),
    /// Nothing that is known.
    Nothing,
}

/// Another ending of text.
const MARKDOWN: &str = "md";

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
    /// What the name of a file promises.
    pub fn of(path: &Path) -> Self {
        let Some(ending) = path.extension().and_then(|ending| ending.to_str()) else { return Self::Nothing };
        let is = |known: &str| ending.eq_ignore_ascii_case(known);
        if is(MARKDOWN) {
            return Self::Format(Format::Text);
        }
        if let Some(format) = Format::ALL.into_iter().find(|format| is(format.ending())) {
            return Self::Format(format);
        }
        let foreign = FOREIGN.into_iter().find(|(known, _)| is(known));
        foreign.map_or(Self::Nothing, |(_, label)| Self::Foreign(label))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_promises_one_thing() {
        let of = |name: &str| Promise::of(Path::new(name));
        assert_eq!(of("a/x.CSV"), Promise::Format(Format::Csv));
        assert_eq!(of("notes.md"), Promise::Format(Format::Text));
        assert_eq!(of("x.Jpg"), Promise::Foreign("a JPEG picture"));
        for unknown in ["x", "x.dat", "json", ".json", "/dev/null", "x.json.part", ""] {
            assert_eq!(of(unknown), Promise::Nothing, "{unknown}");
        }
        let endings = Format::ALL.map(Format::ending).into_iter().chain(FOREIGN.map(|(ending, _)| ending));
        let endings = endings.chain([MARKDOWN]);
        let mut endings: Vec<&str> = endings.collect();
        let count = endings.len();
        endings.sort_unstable();
        endings.dedup();
        assert_eq!(endings.len(), count);
    }
}
