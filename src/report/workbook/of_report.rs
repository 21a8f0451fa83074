//! The workbook of a report.

use super::{Case, Made, WorkbookError, workbook};
use crate::report::ReportInput;
use crate::report::content::scenario_hash;
use crate::report::text::grouped_hex;
use crate::store::About;

/// The bytes of a report as a workbook.
///
/// # Errors
/// If it goes beyond what the format holds.
pub fn of_report(input: &ReportInput) -> Result<Vec<u8>, WorkbookError> {
    let hashes: Vec<String> =
        input.cases.iter().map(|case| grouped_hex(scenario_hash(&case.scenario))).collect();
    // Story and sources are those of the file of the first scenario.
    let none = About::default();
    let cases: Vec<Case<'_>> = input
        .cases
        .iter()
        .zip(&hashes)
        .enumerate()
        .map(|(index, (case, scenario_hash))| Case {
            letter: input.letter(case),
            name: &case.label.name,
            note: &case.label.note,
            about: if index == 0 { &input.about } else { &none },
            scenario: &case.scenario,
            scenario_hash,
            comparison: &case.comparison,
            verdict: case.verdict(input.view.criterion),
            simulation: case.simulated.as_ref().map(|simulated| &simulated.simulation),
        })
        .collect();
    workbook(&cases, &Made { version: env!("CARGO_PKG_VERSION"), date: input.date })
}
