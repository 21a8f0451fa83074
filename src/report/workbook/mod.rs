//! A workbook for spreadsheets, made for an audit: inputs, the monthly ledger of every business as values, and cash,
//! tax, debt and measures as live formulas over them.
//!
//! Formulas use functions of Excel 2010 alone and no arrays that spill. Each is written with the value that the crate
//! computes, so that a reader who recalculates nothing sees the same. Sheets of a scenario: its first sheet, its
//! inputs, and for every business its terms and measures, its months and its ledger; several scenarios have a sheet
//! of comparison first, and their letters before the names.

mod books;
mod cash;
mod chart;
mod comparison;
mod inputs;
mod ledger;
mod measures;
mod names;
mod of_report;
mod page;
mod style;
mod summary;
mod tables;
mod terms;
mod text;
mod value;

use chrono::{Datelike as _, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use wattfolio_economics::business::{Business, PerBusiness};
use wattfolio_economics::results::Comparison;
use wattfolio_economics::results::verdict::Verdict;
use wattfolio_economics::risk::Simulation;
use wattfolio_economics::scenario::ValidScenario;

use crate::store::{About, Letter};
use books::{Bases, Books};
use names::{Cell, Names};
pub use of_report::of_report;
use style::Styles;
use text::{SheetNames, property};

/// Why a workbook is not made.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    /// A formula names what no sheet has, which a test rules out.
    #[error("a formula names {0}, which the workbook does not have")]
    UnknownName(String),
    /// The format does not take it.
    #[error("the workbook cannot be written: {0}")]
    Format(#[from] XlsxError),
}

/// A scenario of a workbook, with what came out.
#[derive(Clone, Debug)]
pub struct Case<'a> {
    /// Its letter; only where there are several.
    pub letter: Option<Letter>,
    /// Its name, as the user gave it.
    pub name: &'a str,
    /// A note of the user; may be empty.
    pub note: &'a str,
    /// Story, facts and sources of its file.
    pub about: &'a About,
    /// Its inputs.
    pub scenario: &'a ValidScenario,
    /// What identifies its inputs.
    pub scenario_hash: &'a str,
    /// Its plan, on the basis of the report.
    pub comparison: &'a Comparison,
    /// The verdict on it.
    pub verdict: Verdict,
    /// Its simulation, if there is one.
    pub simulation: Option<&'a Simulation>,
}

/// What a workbook says of its making.
#[derive(Clone, Copy, Debug)]
pub struct Made<'a> {
    /// Version of the program.
    pub version: &'a str,
    /// The date that stands on it.
    pub date: NaiveDate,
}

/// The sheets of one scenario.
struct Sheets<'a> {
    summary: String,
    inputs: String,
    businesses: PerBusiness<Option<(Books<'a>, Names)>>,
}

impl Sheets<'_> {
    /// Books and names of a business; `None` where it could not be evaluated.
    fn of(&self, business: Business) -> Option<(&Books<'_>, &Names)> {
        self.businesses[business].as_ref().map(|(books, names)| (books, names))
    }

    fn evaluated(&self) -> impl Iterator<Item = (&Books<'_>, &Names)> {
        Business::ALL.into_iter().filter_map(|business| self.of(business))
    }
}

/// The bytes of a workbook of some scenarios: the same for the same scenarios, version and date.
///
/// # Errors
/// If it goes beyond what the format holds.
pub fn workbook(cases: &[Case<'_>], made: &Made<'_>) -> Result<Vec<u8>, WorkbookError> {
    let styles = Styles::new();
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(cases, made)?);
    let mut taken = SheetNames::default();
    let side_by_side = (cases.len() > 1).then(|| taken.legal("Comparison"));
    taken.legal(tables::TABLES);
    let bases: Vec<Bases> = cases.iter().map(|case| Bases::new(case.scenario)).collect();
    let all: Vec<Sheets<'_>> =
        cases.iter().zip(&bases).map(|(case, bases)| sheets(case, bases, &mut taken)).collect();
    if let Some(name) = &side_by_side {
        let together: Vec<_> = cases.iter().zip(&all).collect();
        comparison::write(&mut workbook, &styles, name, &together)?;
    }
    for (case, sheets) in cases.iter().zip(&all) {
        write_case(&mut workbook, &styles, case, sheets, made)?;
    }
    tables::write(&mut workbook, &styles)?;
    Ok(workbook.save_to_buffer()?)
}

/// The sheets of a scenario with their names, and what stands in them.
fn sheets<'a>(case: &Case<'a>, bases: &'a Bases, taken: &mut SheetNames) -> Sheets<'a> {
    let prefix = case.letter.map(|letter| format!("{letter} ")).unwrap_or_default();
    let mut name = |what: &str| taken.legal(&format!("{prefix}{what}"));
    let (summary, inputs) = (name("Summary"), name("Inputs"));
    let basis = case.comparison.basis;
    let mut cells = inputs::cells(&inputs);
    let (row, column) = summary::BASIS;
    cells.insert("basis", Cell { sheet: summary.clone(), row, column });
    let businesses = PerBusiness::new(|business| {
        let books = Books::new(case.scenario, basis, bases, business)?;
        let label = business.label();
        let mut names = Names {
            terms_sheet: name(label),
            cash_sheet: name(&format!("{label} cash")),
            ledger_sheet: name(&format!("{label} ledger")),
            inputs: cells.clone(),
            horizon: books.horizon,
            ..Names::default()
        };
        cash::name_columns(&books, &mut names);
        ledger::name_columns(&books, case.comparison, &mut names);
        terms::name_cells(&terms::rows(&books, capacity_mw(case, &books)), &mut names);
        Some((books, names))
    });
    Sheets { summary, inputs, businesses }
}

/// Capacity of the site, MW; none for a fleet elsewhere, which uses none of it.
fn capacity_mw(case: &Case<'_>, books: &Books<'_>) -> Option<f64> {
    books.evaluation.measures.profit_usd_per_mwh.ok().map(|_| case.scenario.site.capacity_mw)
}

fn write_case(
    workbook: &mut Workbook,
    styles: &Styles,
    case: &Case<'_>,
    sheets: &Sheets<'_>,
    made: &Made<'_>,
) -> Result<(), WorkbookError> {
    summary::write(workbook, styles, case, sheets, made)?;
    let businesses: Vec<Business> = sheets.evaluated().map(|(books, _)| books.business).collect();
    inputs::write(workbook, styles, case, &sheets.inputs, &businesses)?;
    for (books, names) in sheets.evaluated() {
        let rows = terms::rows(books, capacity_mw(case, books));
        terms::write(workbook, styles, books, names, &rows)?;
        cash::write(workbook, styles, books, names)?;
        ledger::write(workbook, styles, books, case.comparison, names)?;
        define_names(workbook, case, books, names)?;
    }
    Ok(())
}

/// Names for the measures, so that a reader's own formulas need no addresses: `mining_npv_usd`, `scenario_A_mining_npv_usd`.
/// A name cannot begin with the digit of scenario 0.
fn define_names(
    workbook: &mut Workbook,
    case: &Case<'_>,
    books: &Books<'_>,
    names: &Names,
) -> Result<(), WorkbookError> {
    let prefix = case.letter.map(|letter| format!("scenario_{letter}_")).unwrap_or_default();
    for id in names.terms.keys() {
        let Some(cell) = names.term(id) else { continue };
        let name = format!("{prefix}{}_{id}", books.business.id());
        workbook.define_name(name, &format!("={}", cell.address()))?;
    }
    Ok(())
}

/// What the file says of itself.
fn properties(cases: &[Case<'_>], made: &Made<'_>) -> Result<DocProperties, WorkbookError> {
    let date =
        ExcelDateTime::from_ymd(made.date.year() as u16, made.date.month() as u8, made.date.day() as u8)?;
    let joined = |of: fn(&Case<'_>) -> String| property(&cases.iter().map(of).collect::<Vec<_>>().join(", "));
    let mut properties = DocProperties::new()
        .set_title(joined(|case| case.name.to_owned()))
        .set_author(format!("wattfolio {}", made.version))
        .set_comment("Values and formulas of a wattfolio scenario. Not investment advice.")
        .set_creation_datetime(&date)
        .set_custom_property("wattfolio version", made.version)
        .set_custom_property("date", made.date.to_string())
        .set_custom_property("scenario hash", joined(|case| case.scenario_hash.to_owned()))
        .set_custom_property("seed", joined(|case| case.scenario.risk.seed.to_string()));
    if let Some(case) = cases.first() {
        properties = properties.set_custom_property("basis", case.comparison.basis.id());
    }
    Ok(properties)
}
