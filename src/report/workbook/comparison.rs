//! The scenarios of a report side by side: measures as links to their formulas, and the inputs that differ.

use rust_xlsxwriter::Workbook;
use wattfolio_economics::business::Business;
use wattfolio_economics::catalogue;
use wattfolio_economics::results::{MEASURES, Measure};

use super::page::Page;
use super::style::{Role, Shown, Styles, symbol};
use super::value::{NOTHING, Value};
use super::{Case, Sheets, WorkbookError};

/// Row of the first business, from 0.
const FIRST_ROW: u32 = 3;

/// Writes the sheet.
pub(super) fn write(
    workbook: &mut Workbook,
    styles: &Styles,
    sheet: &str,
    cases: &[(&Case<'_>, &Sheets<'_>)],
) -> Result<(), WorkbookError> {
    let mut page = Page::new(sheet, styles)?;
    page.title("Comparison", "Measures of every scenario, and their distance to the first one")?;
    let mut row = FIRST_ROW;
    for business in Business::ALL {
        heads(&mut page, row, business.label(), cases)?;
        row += 1;
        for measure in MEASURES.iter().filter(|measure| measure.applies_to(business)) {
            if write_measure(&mut page, row, (business, measure), cases)? {
                row += 1;
            }
        }
        row += 1;
    }
    heads(&mut page, row, "Inputs that differ", cases)?;
    row += 1;
    for input in catalogue::inputs() {
        let texts: Vec<String> =
            cases.iter().map(|(case, _)| input.text(case.scenario).unwrap_or_default()).collect();
        if texts.windows(2).any(|pair| pair[0] != pair[1]) {
            page.text(row, 0, input.label, styles.label())?;
            for (column, text) in (1..).zip(&texts) {
                page.text(row, column, text, styles.word(Role::Fixed))?;
            }
            // Text of a file is the stored value, whose fractions are no percent.
            page.text(row, units(cases), input.unit.symbol(), styles.note())?;
            row += 1;
        }
    }
    page.width(0, 32.0)?;
    for column in 1..units(cases) {
        page.width(column, 18.0)?;
    }
    page.width(units(cases), 16.0)?;
    page.sheet.set_freeze_panes(FIRST_ROW, 1)?;
    page.finish(workbook, 1 + units(cases));
    Ok(())
}

/// Column of the units: after a column a scenario, and one a distance to the first.
fn units(cases: &[(&Case<'_>, &Sheets<'_>)]) -> u16 {
    2 * cases.len() as u16
}

fn heads(
    page: &mut Page<'_>,
    row: u32,
    heading: &str,
    cases: &[(&Case<'_>, &Sheets<'_>)],
) -> Result<(), WorkbookError> {
    page.head_of_words(row, 0, heading)?;
    for (column, (case, _)) in (1..).zip(cases) {
        let letter = case.letter.map(|letter| letter.to_string()).unwrap_or_default();
        page.head(row, column, &format!("{letter}  {}", case.name))?;
    }
    let first =
        cases.first().and_then(|(case, _)| case.letter).map(|letter| letter.to_string()).unwrap_or_default();
    let beside = 1 + cases.len() as u16;
    for (column, (case, _)) in (beside..).zip(&cases[1..]) {
        let letter = case.letter.map(|letter| letter.to_string()).unwrap_or_default();
        page.head(row, column, &format!("{letter} − {first}"))?;
    }
    page.head_of_words(row, units(cases), "Unit")
}

/// Writes a measure of all scenarios; false where no scenario evaluates the business.
fn write_measure(
    page: &mut Page<'_>,
    row: u32,
    (business, measure): (Business, &Measure),
    cases: &[(&Case<'_>, &Sheets<'_>)],
) -> Result<bool, WorkbookError> {
    let styles = page.styles;
    let (format, shown) = (styles.number(Shown::of(measure.unit), Role::Formula), Shown::of(measure.unit));
    let values: Vec<Option<Value>> = cases
        .iter()
        .map(|(_, sheets)| Some(Value::from(measure.read(sheets.of(business)?.0.evaluation)?)))
        .collect();
    if values.iter().all(Option::is_none) {
        return Ok(false);
    }
    page.text(row, 0, measure.label, styles.label())?;
    for ((column, (_, sheets)), value) in (1..).zip(cases).zip(&values) {
        let address = sheets.of(business).and_then(|(_, names)| names.term(measure.id));
        match (address, value) {
            (Some(cell), Some(value)) => page.formula(row, column, &cell.address(), value, &format)?,
            _ => page.value(row, column, &NOTHING, (shown, Role::Fixed))?,
        }
    }
    let number = |value: &Option<Value>| value.as_ref().and_then(Value::number);
    let first = rust_xlsxwriter::utility::row_col_to_cell(row, 1);
    for (index, value) in values.iter().enumerate().skip(1) {
        let cell = rust_xlsxwriter::utility::row_col_to_cell(row, 1 + index as u16);
        let formula = format!("IF(AND(ISNUMBER({cell}),ISNUMBER({first})),{cell}-{first},\"–\")");
        let distance = number(value).zip(number(&values[0])).map(|(value, first)| value - first);
        let column = (cases.len() + index) as u16;
        page.formula(row, column, &formula, &distance.map_or(NOTHING, Value::from), &format)?;
    }
    page.text(row, units(cases), symbol(measure.unit), styles.note())?;
    Ok(true)
}
