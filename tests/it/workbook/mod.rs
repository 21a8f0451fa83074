//! Workbooks: foreign text never becomes a formula, and the same scenario makes the same bytes. That a second engine
//! computes the same from their formulas is tested in `crates/recalculate/`.

mod hostile;
mod read;

use chrono::NaiveDate;
use wattfolio::report::workbook::{Case, Made, workbook};
use wattfolio::store::{self, About, Letter, Preset};
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::verdict::{Criterion, Verdict};
use wattfolio_economics::results::{Comparison, compare_on};
use wattfolio_economics::scenario::ValidScenario;

/// A scenario with its plan, ready for a workbook.
pub(super) struct Planned {
    pub preset: Preset,
    pub scenario: ValidScenario,
    pub comparison: Comparison,
}

impl Planned {
    /// A bundled preset on a basis, with inputs changed.
    pub(super) fn new(preset: &str, basis: Basis, changes: &[(&str, &str)]) -> Self {
        let preset = store::find_bundled(preset).unwrap().preset.clone();
        let changed = preset.scenario.edit(|scenario| {
            for (id, text) in changes {
                wattfolio_economics::catalogue::find(id).unwrap().write(scenario, text).unwrap();
            }
        });
        let scenario = changed.unwrap();
        let comparison = compare_on(&scenario, basis);
        Self { preset, scenario, comparison }
    }

    pub(super) fn case<'a>(&'a self, letter: Option<Letter>, name: &'a str, about: &'a About) -> Case<'a> {
        Case {
            letter,
            name,
            note: "",
            about,
            scenario: &self.scenario,
            scenario_hash: "0123abcd",
            comparison: &self.comparison,
            verdict: Verdict::new(&self.scenario, &self.comparison, None, Criterion::Value),
            simulation: None,
        }
    }

    /// Its workbook.
    pub(super) fn workbook(&self) -> Vec<u8> {
        let title = &self.preset.about.title;
        workbook(&[self.case(None, title, &self.preset.about)], &made()).unwrap()
    }
}

pub(super) fn made() -> Made<'static> {
    Made { version: "1.2.3", date: NaiveDate::from_ymd_opt(2026, 11, 27).unwrap() }
}

#[test]
fn the_same_scenario_makes_the_same_bytes() {
    let planned = Planned::new("hut8-river-bend", Basis::EquityAfterTax, &[]);
    let bytes = planned.workbook();
    assert!(bytes == planned.workbook(), "the bytes differ");
    let core = read::part(&bytes, "docProps/core.xml");
    assert!(core.contains("2026-11-27T00:00:00Z"), "{core}");
    let custom = read::part(&bytes, "docProps/custom.xml");
    for known in ["1.2.3", "0123abcd", "scenario hash", "equity"] {
        assert!(custom.contains(known), "{known} is missing: {custom}");
    }
}

#[test]
fn cached_values_are_those_of_the_crate() {
    for basis in Basis::ALL {
        let planned = Planned::new("hut8-coatue", basis, &[]);
        let bytes = planned.workbook();
        let (cells, names) = (read::formulas(&bytes), read::defined_names(&bytes));
        let mut seen = 0;
        for evaluation in planned.comparison.evaluations() {
            for measure in wattfolio_economics::results::MEASURES.iter() {
                let Some(Ok(value)) = measure.read(evaluation) else { continue };
                let place = &names[&format!("{}_{}", evaluation.business.id(), measure.id)];
                let Some(cell) = cells.get(place) else { continue };
                assert_eq!(cell.value, (value + 0.0).to_string(), "{} on {basis:?}", measure.id);
                seen += 1;
            }
        }
        assert!(seen > 40, "only {seen} live measures");
    }
}

#[test]
fn formulas_use_functions_that_every_spreadsheet_has() {
    const KNOWN: [&str; 25] = [
        "ABS",
        "AND",
        "AVERAGE",
        "CHOOSE",
        "COUNT",
        "COUNTIF",
        "IF",
        "IFERROR",
        "INDEX",
        "INT",
        "IRR",
        "ISNUMBER",
        "MATCH",
        "MAX",
        "MIN",
        "MIRR",
        "MOD",
        "NPV",
        "OR",
        "PMT",
        "PV",
        "SIGN",
        "SUM",
        "SUMIF",
        "SUMPRODUCT",
    ];
    let bytes = Planned::new("today", Basis::EquityAfterTax, &[]).workbook();
    for ((sheet, address), cell) in read::formulas(&bytes) {
        for (at, _) in cell.formula.match_indices('(') {
            let start =
                cell.formula[..at].rfind(|letter: char| !letter.is_ascii_alphabetic() && letter != '.');
            let name = &cell.formula[start.map_or(0, |start| start + 1)..at];
            assert!(name.is_empty() || KNOWN.contains(&name), "{name} in {sheet} {address}");
        }
    }
}

#[test]
fn every_input_stands_there_and_says_whether_it_is_live() {
    let bytes = Planned::new("today", Basis::ProjectBeforeTax, &[]).workbook();
    let texts = read::part(&bytes, "xl/sharedStrings.xml");
    for input in wattfolio_economics::catalogue::inputs() {
        assert!(texts.contains(&format!(">{}<", input.id)), "{}", input.id);
    }
    assert!(texts.contains("changes in wattfolio only") && texts.contains("feeds formulas"));
}
