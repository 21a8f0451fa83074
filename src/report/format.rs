//! File formats of a report, by the ending of a name.

use std::path::Path;

use crate::export::PARQUET;

/// A format of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportFormat {
    /// The whole report.
    Pdf,
    /// The whole report as a page for a browser.
    Html,
    /// Inputs, ledgers and live formulas.
    Xlsx,
    /// One chart as a drawing.
    Svg,
    /// One chart as a picture.
    Png,
    /// One table.
    Csv,
    /// One table with values and texts, for programs.
    Json,
    /// The same in columns.
    Parquet,
}

impl ReportFormat {
    /// Every format.
    pub const ALL: [Self; 8] =
        [Self::Pdf, Self::Html, Self::Xlsx, Self::Svg, Self::Png, Self::Csv, Self::Json, Self::Parquet];

    /// The formats that this build writes.
    pub fn built() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|format| format.not_built().is_none())
    }

    /// Why this build does not write it, if it does not.
    pub fn not_built(self) -> Option<String> {
        (self == Self::Parquet && PARQUET.write.is_none()).then(|| PARQUET.not_built())
    }

    /// Ending of its files.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Html => "html",
            Self::Xlsx => "xlsx",
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Parquet => "parquet",
        }
    }

    /// What it is, in words.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Pdf => "the report",
            Self::Html => "the report for a browser",
            Self::Xlsx => "a workbook with formulas",
            Self::Svg => "one chart as a drawing",
            Self::Png => "one chart as a picture",
            Self::Csv => "one table",
            Self::Json => "one table as JSON",
            Self::Parquet => "one table as Parquet",
        }
    }

    /// Whether it is a chart.
    pub const fn is_chart(self) -> bool {
        matches!(self, Self::Svg | Self::Png)
    }

    /// Whether it is a table.
    pub const fn is_table(self) -> bool {
        matches!(self, Self::Csv | Self::Json | Self::Parquet)
    }

    /// The format that a name asks for.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?;
        Self::ALL.into_iter().find(|format| format.ending().eq_ignore_ascii_case(ending))
    }
}
