//! Results that the window writes to files for other programs.

use std::path::PathBuf;

use super::page::Page;

/// Results that can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exports {
    /// The comparison that is shown.
    Comparison,
    /// The simulation that is shown.
    Simulation,
}

impl Exports {
    /// What is exported from a page.
    pub const fn of(page: Page) -> Self {
        match page {
            Page::Risk => Self::Simulation,
            Page::Compare | Page::CashFlow | Page::Method => Self::Comparison,
        }
    }

    /// What it is called within a sentence.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Comparison => "comparison",
            Self::Simulation => "simulation",
        }
    }
}

/// Results to be written to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportRequest {
    /// What is written.
    pub what: Exports,
    /// Where to; the ending decides the format.
    pub path: PathBuf,
    /// Whether a file of that name may be replaced.
    pub may_replace: bool,
}
