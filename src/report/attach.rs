//! What is attached to a report: what it was made from, and every printed figure as data.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::content::{Figure, scenario_hash};
use super::input::{Case, ReportInput};
use super::text::grouped_hex;
use crate::store::{self, Preset, Variant};

/// Name of the attached scenarios.
pub const SCENARIO: &str = "scenario.wattfolio.ron";
/// Name of the attached baseline.
pub const BASELINE: &str = "baseline.wattfolio.ron";
/// Name of the attached figures.
pub const FIGURES: &str = "figures.json";
/// Name of the attached workbook.
pub const WORKBOOK: &str = "workbook.xlsx";

/// Version of the format of [`FIGURES`].
const SCHEMA: u32 = 1;

/// A file inside a report.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub mime: &'static str,
    /// What it is.
    pub description: &'static str,
    /// Whether the report was made from it.
    pub is_source: bool,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// The figures of a report as they are attached.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// Version of the format.
    pub schema: u32,
    /// The program: `wattfolio`.
    pub program: String,
    /// Version of the program.
    pub version: String,
    /// The date on the report.
    pub date: chrono::NaiveDate,
    /// Fingerprint of the first scenario.
    pub scenario: String,
    /// Seed of its simulation.
    pub seed: u64,
    /// Whether it was simulated.
    pub is_simulated: bool,
    /// Whether the baseline is what the file says.
    pub is_baseline_file: bool,
    /// Every printed figure.
    pub figures: Vec<Printed>,
}

/// A printed figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Printed {
    /// Stable name.
    pub id: String,
    /// Value in the stored unit; none for words.
    pub value: Option<f64>,
    /// The printed text.
    pub text: String,
}

impl Figures {
    /// The figures of a report.
    pub fn new(input: &ReportInput, figures: Vec<Figure>) -> Self {
        let case = &input.cases[0];
        let printed = |Figure { id, value, text }| Printed { id, value, text };
        Self {
            schema: SCHEMA,
            program: "wattfolio".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            date: input.date,
            scenario: grouped_hex(scenario_hash(&case.scenario)),
            seed: case.scenario.risk.seed,
            is_simulated: case.simulated.is_some(),
            is_baseline_file: input.baseline.is_file,
            figures: figures.into_iter().map(printed).collect(),
        }
    }
}

/// The files inside a report; `workbook` is the same report as an Excel file.
///
/// # Errors
/// If the scenario cannot be written as text, which validated scenarios rule out.
pub fn attachments(
    input: &ReportInput,
    figures: Vec<Figure>,
    workbook: Vec<u8>,
) -> Result<Vec<Attachment>, ron::Error> {
    const RON: &str = "text/plain";
    let figures = serde_json::to_string_pretty(&json!(Figures::new(input, figures))).unwrap_or_default();
    let file =
        |name, mime, description, is_source, bytes| Attachment { name, mime, description, is_source, bytes };
    let baseline = Preset::new(input.baseline.name.clone(), (*input.baseline.scenario).clone());
    let mut all = vec![
        file(
            SCENARIO,
            RON,
            "The scenarios of this report, to open again",
            true,
            store::to_text(&document(input))?.into_bytes(),
        ),
        file(BASELINE, RON, "What they are compared with", true, store::to_text(&baseline)?.into_bytes()),
        file(FIGURES, "application/json", "Every printed figure with its value", false, figures.into_bytes()),
    ];
    let mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    all.push(file(WORKBOOK, mime, "The same as a workbook with formulas", false, workbook));
    Ok(all)
}

/// The scenarios of a report as a file: the first as its own, and the others beside it.
pub fn document(input: &ReportInput) -> Preset {
    let own = &input.cases[0];
    let mut about = input.about.clone();
    if about.title.is_empty() || input.cases.len() == 1 {
        about.title.clone_from(&own.label.name);
    }
    let mut label = own.label.clone();
    if label.name == about.title {
        label.name.clear();
    }
    let is_baseline =
        |case: &&Case| case.label.name == input.baseline.name && case.scenario == input.baseline.scenario;
    let baseline = input.cases.iter().find(is_baseline).map_or(label.letter, |case| case.label.letter);
    let variant = |case: &Case| Variant::new(case.label.clone(), (*case.scenario).clone());
    Preset {
        about,
        view: input.view,
        label,
        place: 0,
        baseline,
        scenario: (*own.scenario).clone(),
        variants: input.cases[1..].iter().map(variant).collect(),
    }
}
