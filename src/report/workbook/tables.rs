//! The tables of depreciation, which formulas look shares up in.

use rust_xlsxwriter::Workbook;
use wattfolio_economics::finance::{MACRS_5, MACRS_15};

use super::WorkbookError;
use super::page::Page;
use super::style::{Role, Shown, Styles};
use super::value::Value;

/// Name of the sheet, which formulas write.
pub(super) const TABLES: &str = "Tables";
/// Years of the longest plan.
const YEARS: u32 = 50;

/// Writes the sheet: a year a row from row 5 on, beyond the end of a class with 0.
pub(super) fn write(workbook: &mut Workbook, styles: &Styles) -> Result<(), WorkbookError> {
    let mut page = Page::new(TABLES, styles)?;
    page.title(
        "Depreciation tables",
        "Share of the cost by year since live, half-year convention: IRS Publication 946",
    )?;
    for (column, head) in ["Year", "MACRS, 5 years", "MACRS, 15 years"].into_iter().enumerate() {
        page.head(3, column as u16, head)?;
        page.width(column as u16, 16.0)?;
    }
    for year in 0..YEARS {
        let row = 4 + year;
        page.value(row, 0, &Value::from(f64::from(year + 1)), (Shown::Count, Role::Fixed))?;
        for (column, table) in [&MACRS_5[..], &MACRS_15[..]].into_iter().enumerate() {
            let share = table.get(year as usize).copied().unwrap_or(0.0);
            page.value(row, column as u16 + 1, &Value::from(share), (Shown::Percent, Role::Fixed))?;
        }
    }
    page.sheet.set_freeze_panes(4, 1)?;
    page.finish(workbook, 3);
    Ok(())
}
