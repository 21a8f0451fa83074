//! A sheet being written: cells with their formats, months, and how it is printed.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use wattfolio_economics::scenario::CalendarMonth;

use super::WorkbookError;
use super::names::FIRST_MONTH_ROW;
use super::style::{Role, Shown, Styles};
use super::text::cell_text;
use super::value::Value;

/// A4, of `rust_xlsxwriter`'s numbers of paper sizes.
const A4: u8 = 9;
/// Columns of money that can be read on a page in landscape.
const MOST_COLUMNS_ON_A_PAGE: u16 = 16;

/// A sheet being written.
pub(super) struct Page<'a> {
    pub sheet: Worksheet,
    pub styles: &'a Styles,
}

impl<'a> Page<'a> {
    pub(super) fn new(name: &str, styles: &'a Styles) -> Result<Self, WorkbookError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        sheet.set_landscape().set_paper_size(A4);
        sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
        sheet.set_footer("&L&8&A&C&8wattfolio&R&8&P / &N");
        sheet.set_screen_gridlines(false);
        Ok(Self { sheet, styles })
    }

    /// The title of the sheet and a line below it.
    pub(super) fn title(&mut self, title: &str, below: &str) -> Result<(), WorkbookError> {
        self.text(0, 0, title, self.styles.title())?;
        self.text(1, 0, below, self.styles.note())
    }

    /// Text, whoever wrote it: it is never a formula.
    pub(super) fn text(
        &mut self,
        row: u32,
        column: u16,
        text: &str,
        format: Format,
    ) -> Result<(), WorkbookError> {
        let format = Styles::foreign(format, text);
        self.sheet.write_string_with_format(row, column, cell_text(text), &format)?;
        Ok(())
    }

    /// Text over the columns up to `last`, in as many lines as it needs at about `letters` letters a line.
    pub(super) fn paragraph(
        &mut self,
        row: u32,
        last: u16,
        text: &str,
        letters: usize,
    ) -> Result<(), WorkbookError> {
        let format = Styles::foreign(self.styles.paragraph(), text);
        let text = cell_text(text);
        self.sheet.merge_range(row, 0, row, last, &text, &format)?;
        let lines: usize = text.lines().map(|line| line.chars().count() / letters + 1).sum();
        // Excel does not fit the height of merged cells by itself, and allows 409 points.
        self.sheet.set_row_height(row, (13.5 * lines.max(1) as f64).min(409.0))?;
        Ok(())
    }

    /// The head of a column of numbers.
    pub(super) fn head(&mut self, row: u32, column: u16, text: &str) -> Result<(), WorkbookError> {
        self.text(row, column, text, self.styles.head())
    }

    /// The head of a column of words.
    pub(super) fn head_of_words(&mut self, row: u32, column: u16, text: &str) -> Result<(), WorkbookError> {
        self.text(row, column, text, self.styles.head_of_words())
    }

    /// A value that no formula makes.
    pub(super) fn value(
        &mut self,
        row: u32,
        column: u16,
        value: &Value,
        (shown, role): (Shown, Role),
    ) -> Result<(), WorkbookError> {
        match value {
            Value::Number(number) => {
                let format = self.styles.number(shown, role);
                self.sheet.write_number_with_format(row, column, *number, &format)?;
            }
            Value::Word(word) => {
                self.sheet.write_string_with_format(row, column, *word, &self.styles.word(role))?;
            }
        }
        Ok(())
    }

    /// A live formula with its value.
    pub(super) fn formula(
        &mut self,
        row: u32,
        column: u16,
        formula: &str,
        value: &Value,
        format: &Format,
    ) -> Result<(), WorkbookError> {
        let formula = Formula::new(format!("={formula}")).set_result(value.cached());
        self.sheet.write_formula_with_format(row, column, formula, format)?;
        Ok(())
    }

    pub(super) fn width(&mut self, column: u16, letters: f64) -> Result<(), WorkbookError> {
        self.sheet.set_column_width(column, letters)?;
        Ok(())
    }

    /// The two first columns of a sheet with a row a month: number and date of the month, and what stays in sight.
    pub(super) fn months(&mut self, start: CalendarMonth, horizon: usize) -> Result<(), WorkbookError> {
        let head = FIRST_MONTH_ROW - 1;
        self.head(head, 0, "Month")?;
        self.head(head, 1, "Date")?;
        self.sheet.set_row_height(head, 44.0)?;
        for t in 0..=horizon {
            let row = FIRST_MONTH_ROW + t as u32;
            self.value(row, 0, &Value::from(t), (Shown::Count, Role::Fixed))?;
            let month = start.plus(t as u32);
            let date = ExcelDateTime::from_ymd(month.year() as u16, month.month() as u8, 1)?;
            let format = self.styles.number(Shown::Date, Role::Fixed);
            self.sheet.write_datetime_with_format(row, 1, &date, &format)?;
        }
        self.width(0, 7.0)?;
        self.width(1, 10.0)?;
        self.sheet.set_freeze_panes(FIRST_MONTH_ROW, 2)?;
        self.sheet.set_repeat_rows(head, head)?;
        self.sheet.set_repeat_columns(0, 1)?;
        Ok(())
    }

    /// Adds the sheet with `columns` columns to the workbook; a wide one takes several pages side by side, so that it can
    /// be read.
    pub(super) fn finish(mut self, workbook: &mut Workbook, columns: u16) {
        self.sheet.set_print_fit_to_pages(columns.div_ceil(MOST_COLUMNS_ON_A_PAGE), 0);
        workbook.push_worksheet(self.sheet);
    }
}
