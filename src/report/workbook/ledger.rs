//! The ledger of a business and the markets as monthly values: what formulas start from.

use rust_xlsxwriter::Workbook;
use wattfolio_economics::kernel::{LINES, Line};
use wattfolio_economics::results::Comparison;
use wattfolio_economics::units::Unit;

use super::WorkbookError;
use super::books::Books;
use super::names::{FIRST_MONTH_ROW, Names};
use super::page::Page;
use super::style::{Role, Shown, Styles, symbol};
use super::value::{NOTHING, Value};

/// The lines of a business, in ledger order.
fn lines(books: &Books<'_>) -> impl Iterator<Item = Line> {
    let business = books.business;
    LINES.into_iter().filter(move |line| line.belongs_to(business))
}

/// Notes the columns of the sheet under the ids of lines and series.
pub(super) fn name_columns(books: &Books<'_>, comparison: &Comparison, names: &mut Names) {
    let series = comparison.network.series();
    let ids = series.iter().map(|(series, _)| series.id()).chain(lines(books).map(Line::id));
    // A line and a series never share an id: a test of the catalogue holds that.
    names.ledger = ids.zip(2_u16..).collect();
}

/// Writes the sheet.
pub(super) fn write(
    workbook: &mut Workbook,
    styles: &Styles,
    books: &Books<'_>,
    comparison: &Comparison,
    names: &Names,
) -> Result<(), WorkbookError> {
    let mut page = Page::new(&names.ledger_sheet, styles)?;
    let title = format!("{}, ledger", books.business.label());
    page.title(&title, "Values of wattfolio: markets first, then every line; costs are negative")?;
    page.months(books.scenario.start, books.horizon)?;
    let mut column = 2;
    for (series, values) in comparison.network.series() {
        heads(&mut page, column, (series.label(), series.id(), series.unit()))?;
        let shown = Shown::of(series.unit());
        for (t, value) in values.iter().enumerate() {
            let row = FIRST_MONTH_ROW + t as u32;
            page.value(row, column, &Value::from(*value), (shown, Role::Fixed))?;
        }
        column += 1;
    }
    for line in lines(books) {
        heads(&mut page, column, (line.label(), line.id(), line.unit()))?;
        let shown = Shown::of(line.unit());
        for t in 0..=books.horizon {
            let value = books.evaluation.ledger.at(line, t).map_or(NOTHING, Value::from);
            page.value(FIRST_MONTH_ROW + t as u32, column, &value, (shown, Role::Fixed))?;
        }
        column += 1;
    }
    page.finish(workbook, column);
    Ok(())
}

/// Head, id and unit of a column, and its width.
fn heads(
    page: &mut Page<'_>,
    column: u16,
    (label, id, unit): (&str, &str, Unit),
) -> Result<(), WorkbookError> {
    page.head(FIRST_MONTH_ROW - 1, column, &format!("{label}\n{id}"))?;
    let note = page.styles.note().set_align(rust_xlsxwriter::FormatAlign::Right);
    page.text(FIRST_MONTH_ROW - 2, column, symbol(unit), note)?;
    // Difficulty has fifteen digits.
    page.width(column, if unit == Unit::Ratio { 28.0 } else { 18.0 })
}
