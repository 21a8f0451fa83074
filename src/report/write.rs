//! A report in any of its formats, as bytes.

use super::attach::attachments;
use super::chart::{Look, Studio};
use super::content::{self, Sheet};
use super::format::ReportFormat;
use super::html::html;
use super::input::ReportInput;
use super::pdf::{PdfError, pdf};
use super::svg::svg;
use super::workbook::{WorkbookError, of_report};
use crate::export::{self, CSV, ExportError, JSON, PARQUET};
use crate::state::Paper;
use crate::theme::Fallback;
use crate::view::Printed;

/// What is asked for of a report.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The format.
    pub format: ReportFormat,
    /// The chart of a picture or drawing.
    pub chart: Printed,
    /// The table of a file that holds one.
    pub table: String,
    /// Size of the pages.
    pub paper: Paper,
    /// Colours of a picture or drawing.
    pub look: Look,
    /// Fonts for letters that no bundled font has.
    pub fallback: Fallback,
}

impl Asked {
    /// A format with what it has if nothing else is asked for.
    pub fn new(format: ReportFormat, fallback: Fallback) -> Self {
        let table = content::TABLES[0].to_owned();
        let (paper, look) = (Paper::default(), Look::default());
        Self { format, chart: Printed::Payback, table, paper, look, fallback }
    }
}

/// Why a report could not be made.
#[derive(Debug, thiserror::Error)]
pub enum NotMade {
    /// The document breaks a rule of its standard.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// The scenario could not be written for the files inside.
    #[error("the scenario could not be attached: {0}")]
    Attached(#[from] ron::Error),
    /// The workbook does not hold it.
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
    /// A picture could not be packed.
    #[error("the picture could not be packed: {0}")]
    Packed(String),
    /// A table could not be written.
    #[error(transparent)]
    Table(#[from] ExportError),
    /// The table is made from a simulation.
    #[error("the table {0} is made from a simulation, which this report leaves out")]
    NoSimulation(String),
}

/// A report as the bytes of its file. A PDF has the workbook of the same report inside it.
///
/// # Errors
/// If the format cannot hold it.
pub fn bytes(input: &ReportInput, asked: &Asked) -> Result<Vec<u8>, NotMade> {
    let case = &input.cases[0];
    let studio = || Studio::new(input, case, asked.look, asked.fallback.clone());
    match asked.format {
        ReportFormat::Pdf => {
            let blocks = content::content(input);
            let files = attachments(input, content::figures(&blocks), of_report(input)?)?;
            Ok(pdf(input, &blocks, (asked.paper, &asked.fallback), &files)?)
        }
        ReportFormat::Html => Ok(html(input, &content::content(input), &asked.fallback).into_bytes()),
        ReportFormat::Xlsx => Ok(of_report(input)?),
        ReportFormat::Svg => {
            let title = format!("{}, {}", case.label.name, asked.chart.id());
            Ok(svg(&studio().drawing(asked.chart), &title).into_bytes())
        }
        ReportFormat::Png => {
            let mut packed = Vec::new();
            let image = studio().picture(asked.chart);
            export::encode_png(&image, &mut packed).map_err(|fault| NotMade::Packed(fault.to_string()))?;
            Ok(packed)
        }
        ReportFormat::Csv | ReportFormat::Json | ReportFormat::Parquet => {
            let missing = || NotMade::NoSimulation(asked.table.clone());
            let table = content::table(input, &asked.table).ok_or_else(missing)?;
            let mut written = Vec::new();
            let (exporter, has_texts) = match asked.format {
                ReportFormat::Json => (&JSON, true),
                ReportFormat::Parquet => (&PARQUET, true),
                _ => (&CSV, false),
            };
            exporter.export(&mut Sheet { table, has_texts }, &mut written)?;
            Ok(written)
        }
    }
}
