//! File formats of a report, by the ending of a name.

use std::path::Path;

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
}

impl ReportFormat {
    /// Every format.
    pub const ALL: [Self; 6] = [Self::Pdf, Self::Html, Self::Xlsx, Self::Svg, Self::Png, Self::Csv];

    /// Ending of its files.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Html => "html",
            Self::Xlsx => "xlsx",
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Csv => "csv",
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
        }
    }

    /// Whether it is a chart.
    pub const fn is_chart(self) -> bool {
        matches!(self, Self::Svg | Self::Png)
    }

    /// The format that a name asks for.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?;
        Self::ALL.into_iter().find(|format| format.ending().eq_ignore_ascii_case(ending))
    }
}
