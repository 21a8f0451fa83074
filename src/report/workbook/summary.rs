//! The first sheet of a scenario: the verdict and what speaks against it, the measures of every business, its curves.

use rust_xlsxwriter::{DataValidation, DataValidationRule, Workbook};
use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::{MEASURES, Measure};
use wattfolio_economics::risk::{RISK_FIGURES, RiskValue};
use wattfolio_economics::units::Unit;

use super::chart;
use super::page::Page;
use super::style::{Role, Shown, Styles, symbol};
use super::value::{NOTHING, Value};
use super::{Case, Made, Sheets, WorkbookError};
use crate::words;

/// Columns: label, one a business, unit, meaning.
const LABELS: u16 = 0;
/// Cell of the basis: row and column, from 0.
pub(super) const BASIS: (u32, u16) = (4, 1);
/// Letters in a line of a paragraph over all columns.
const LETTERS: usize = 150;

/// Where the next row goes.
struct Writer<'a, 'b> {
    page: Page<'a>,
    case: &'b Case<'b>,
    sheets: &'b Sheets<'b>,
    row: u32,
}

/// Writes the sheet.
pub(super) fn write(
    workbook: &mut Workbook,
    styles: &Styles,
    case: &Case<'_>,
    sheets: &Sheets<'_>,
    made: &Made<'_>,
) -> Result<(), WorkbookError> {
    let page = Page::new(&sheets.summary, styles)?;
    let mut writer = Writer { page, case, sheets, row: 0 };
    writer.heading(made)?;
    writer.basis()?;
    writer.verdict()?;
    writer.curves()?;
    writer.measures()?;
    writer.own()?;
    writer.risk()?;
    writer.sources()?;
    writer.layout()?;
    writer.page.finish(workbook, 1 + MEANINGS);
    Ok(())
}

/// The column of a business.
fn column(business: Business) -> u16 {
    1 + business as u16
}

const UNITS: u16 = 1 + Business::COUNT as u16;
const MEANINGS: u16 = UNITS + 1;

impl Writer<'_, '_> {
    fn heading(&mut self, made: &Made<'_>) -> Result<(), WorkbookError> {
        let letter = self.case.letter.map(|letter| format!("{letter}  ")).unwrap_or_default();
        self.page.title(&format!("{letter}{}", self.case.name), self.case.note)?;
        let seed = self.case.scenario.risk.seed;
        let line = format!(
            "Made by wattfolio {} on {}; scenario {}; seed {seed}. Not investment advice.",
            made.version, made.date, self.case.scenario_hash
        );
        self.page.text(2, 0, &line, self.page.styles.note())?;
        self.row = BASIS.0;
        Ok(())
    }

    /// The basis, which all formulas follow.
    fn basis(&mut self) -> Result<(), WorkbookError> {
        let basis = self.case.comparison.basis;
        let number = Basis::ALL.into_iter().position(|one| one == basis).map_or(1, |index| index + 1);
        let styles = self.page.styles;
        self.page.text(self.row, LABELS, "Basis of all formulas", styles.label())?;
        self.page.value(BASIS.0, BASIS.1, &Value::from(number), (Shown::Count, Role::Input))?;
        let names = Basis::ALL.map(|basis| format!("\"{}\"", basis.label())).join(",");
        let formula = format!("CHOOSE($B${},{names})", BASIS.0 + 1);
        let label = Value::Word(basis.label());
        self.page.formula(self.row, 2, &formula, &label, &styles.label())?;
        let between = DataValidationRule::Between(1, Basis::ALL.len() as i32);
        let rule = DataValidation::new().allow_whole_number(between);
        self.page.sheet.add_data_validation(BASIS.0, BASIS.1, BASIS.0, BASIS.1, &rule)?;
        let choices = "1 project before tax, 2 project after tax, 3 equity after tax";
        self.page.text(self.row, UNITS, choices, styles.note())?;
        self.row += 2;
        Ok(())
    }

    fn section(&mut self, heading: &str) -> Result<(), WorkbookError> {
        for column in LABELS..=MEANINGS {
            let text = if column == LABELS { heading } else { "" };
            self.page.text(self.row, column, text, self.page.styles.section())?;
        }
        self.row += 1;
        Ok(())
    }

    fn paragraph(&mut self, text: &str) -> Result<(), WorkbookError> {
        self.page.paragraph(self.row, MEANINGS, text, LETTERS)?;
        self.row += 1;
        Ok(())
    }

    fn verdict(&mut self) -> Result<(), WorkbookError> {
        let case = self.case;
        let (comparison, verdict) = (case.comparison, &case.verdict);
        let sentence = words::verdict::sentence(case.scenario, comparison, verdict);
        self.section("Verdict of wattfolio, on the inputs as they were written")?;
        self.paragraph(&sentence.to_string())?;
        self.paragraph(&format!(
            "By {}. {}",
            verdict.criterion.label().to_lowercase(),
            words::verdict::conditions(case.scenario, comparison.basis, verdict)
        ))?;
        self.row += 1;
        Ok(())
    }

    /// The chart of every business, which takes rows of its own, so that it is seen on paper too.
    fn curves(&mut self) -> Result<(), WorkbookError> {
        let all: Vec<_> = self.sheets.evaluated().collect();
        if !all.is_empty() {
            let chart = chart::of_all(self.page.styles, &all)?;
            self.page.sheet.insert_chart(self.row, LABELS, &chart)?;
            self.row += chart::ROWS;
        }
        Ok(())
    }

    fn heads(&mut self, heading: &str) -> Result<(), WorkbookError> {
        self.page.head_of_words(self.row, LABELS, heading)?;
        for business in Business::ALL {
            self.page.head(self.row, column(business), business.label())?;
        }
        self.page.head_of_words(self.row, UNITS, "Unit")?;
        self.page.head_of_words(self.row, MEANINGS, "Meaning")?;
        self.row += 1;
        Ok(())
    }

    fn row(&mut self, label: &str, unit: Unit, meaning: &str) -> Result<(), WorkbookError> {
        let styles = self.page.styles;
        self.page.text(self.row, LABELS, label, styles.label())?;
        self.page.text(self.row, UNITS, symbol(unit), styles.note())?;
        self.page.text(self.row, MEANINGS, meaning, styles.note())
    }

    /// Every measure that all businesses have, as a link to its formula.
    fn measures(&mut self) -> Result<(), WorkbookError> {
        self.heads("Measures")?;
        for measure in MEASURES.iter().filter(|measure| measure.is_common()) {
            self.row(measure.label, measure.unit, measure.meaning)?;
            for business in Business::ALL {
                self.measure(measure, business)?;
            }
            self.row += 1;
        }
        for business in Business::ALL {
            if let Err(reason) = self.case.comparison.business(business) {
                let text = format!("{}: not evaluated, {reason}", business.label());
                self.page.text(self.row, LABELS, &text, self.page.styles.note())?;
                self.row += 1;
            }
        }
        self.row += 1;
        Ok(())
    }

    fn measure(&mut self, measure: &Measure, business: Business) -> Result<(), WorkbookError> {
        let (at, shown) = (column(business), Shown::of(measure.unit));
        let Some((books, names)) = self.sheets.of(business) else {
            return self.page.value(self.row, at, &NOTHING, (shown, Role::Fixed));
        };
        let Some(value) = measure.read(books.evaluation) else { return Ok(()) };
        let unknown = || WorkbookError::UnknownName(measure.id.to_owned());
        let address = names.term(measure.id).ok_or_else(unknown)?.address();
        let format = self.page.styles.number(shown, Role::Formula);
        self.page.formula(self.row, at, &address, &Value::from(value), &format)
    }

    /// Figures of single businesses.
    fn own(&mut self) -> Result<(), WorkbookError> {
        self.heads("Figures of one business; they change in wattfolio only")?;
        for measure in MEASURES.iter().filter(|measure| !measure.is_common()) {
            let owner = Business::ALL.into_iter().find(|business| measure.applies_to(*business));
            let Some(business) = owner else { continue };
            self.row(&format!("{}: {}", business.label(), measure.label), measure.unit, measure.meaning)?;
            self.measure(measure, business)?;
            self.row += 1;
        }
        self.row += 1;
        Ok(())
    }

    /// Figures of the simulation with their standard errors.
    fn risk(&mut self) -> Result<(), WorkbookError> {
        let Some(simulation) = self.case.simulation else { return Ok(()) };
        self.heads(&format!("Simulation of {} paths; it changes in wattfolio only", simulation.paths))?;
        for figure in RISK_FIGURES {
            let values = Business::ALL.map(|business| {
                simulation.business(business).map_or(RiskValue::Pending, |risk| figure.read(risk))
            });
            if values.iter().all(|value| matches!(value, RiskValue::Pending)) {
                continue;
            }
            self.row(figure.label, figure.unit, figure.meaning)?;
            let errors = values.map(|value| value.standard_error());
            self.numbers(values.map(risk_number), figure.unit)?;
            if errors.iter().any(Option::is_some) {
                self.row(&format!("{}, standard error", figure.label), figure.unit, "")?;
                self.numbers(errors.map(|error| error.map_or(NOTHING, Value::from)), figure.unit)?;
            }
        }
        self.row += 1;
        Ok(())
    }

    /// The values of a row that only wattfolio computes.
    fn numbers(&mut self, values: [Value; Business::COUNT], unit: Unit) -> Result<(), WorkbookError> {
        for (business, value) in Business::ALL.into_iter().zip(values) {
            self.page.value(self.row, column(business), &value, (Shown::of(unit), Role::Fixed))?;
        }
        self.row += 1;
        Ok(())
    }

    /// Story, facts, assumptions and sources of the file.
    fn sources(&mut self) -> Result<(), WorkbookError> {
        let about = self.case.about;
        let texts = [
            ("Story", std::slice::from_ref(&about.story)),
            ("Notes", std::slice::from_ref(&about.notes)),
            ("Facts", &about.facts[..]),
            ("Assumptions", &about.assumptions[..]),
        ];
        for (heading, texts) in texts {
            if texts.iter().any(|text| !text.is_empty()) {
                self.section(heading)?;
                texts.iter().try_for_each(|text| self.paragraph(text))?;
                self.row += 1;
            }
        }
        if !about.sources.is_empty() {
            self.section("Sources")?;
            for (number, source) in (1..).zip(&about.sources) {
                self.paragraph(&format!("[{number}] {source}"))?;
            }
        }
        Ok(())
    }

    fn layout(&mut self) -> Result<(), WorkbookError> {
        self.page.width(LABELS, 38.0)?;
        for business in Business::ALL {
            self.page.width(column(business), 19.0)?;
        }
        self.page.width(UNITS, 16.0)?;
        self.page.width(MEANINGS, 80.0)?;
        self.page.sheet.set_print_area(0, 0, self.row, MEANINGS)?;
        Ok(())
    }
}

fn risk_number(value: RiskValue) -> Value {
    value.number().and_then(Result::ok).map_or(NOTHING, Value::from)
}
