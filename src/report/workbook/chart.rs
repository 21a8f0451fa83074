//! Charts of cumulative cash, drawn by the spreadsheet from the cells of the cash sheets.

use rust_xlsxwriter::{
    Chart, ChartAxisLabelPosition, ChartFormat, ChartLegendPosition, ChartLine, ChartLineDashType, ChartType,
    Color,
};

use super::WorkbookError;
use super::books::Books;
use super::names::{FIRST_MONTH_ROW, Names};
use super::style::Styles;

/// Rows that a chart takes, of 20 pixels each.
pub(super) const ROWS: u32 = 20;

/// Axes and size that all charts share.
fn empty(styles: &Styles, title: &str, horizon: usize) -> Chart {
    let mut chart = Chart::new(ChartType::ScatterStraight);
    chart.title().set_name(title);
    chart.set_width(760).set_height(380);
    let mut grid = ChartLine::new();
    grid.set_color(styles.grid()).set_width(0.75);
    chart
        .x_axis()
        .set_name("Months since the start")
        .set_min(0)
        .set_max(horizon as f64)
        .set_major_unit(if horizon > 120 { 24 } else { 12 })
        .set_num_format("0")
        // Below the chart, not along its zero line.
        .set_label_position(ChartAxisLabelPosition::Low)
        .set_major_gridlines(false);
    chart
        .y_axis()
        .set_name("Cumulative cash, million USD")
        .set_num_format("#,##0.0,,;-#,##0.0,,;0")
        .set_major_gridlines(true)
        .set_major_gridlines_line(&grid);
    chart.legend().set_position(ChartLegendPosition::Bottom);
    chart
}

fn line(color: Color, is_dashed: bool) -> ChartFormat {
    let mut line = ChartLine::new();
    line.set_color(color).set_width(2.0);
    if is_dashed {
        line.set_dash_type(ChartLineDashType::Dash);
    }
    let mut format = ChartFormat::new();
    format.set_line(&line);
    format
}

/// Adds the curve of a column.
fn add(
    chart: &mut Chart,
    names: &Names,
    (id, name): (&str, &str),
    mut format: ChartFormat,
) -> Result<(), WorkbookError> {
    let unknown = || WorkbookError::UnknownName(id.to_owned());
    let column = *names.cash.get(id).ok_or_else(unknown)?;
    let sheet = names.cash_sheet.as_str();
    let (first, last) = (FIRST_MONTH_ROW, FIRST_MONTH_ROW + names.horizon as u32);
    chart
        .add_series()
        .set_name(name)
        .set_categories((sheet, first, 0, last, 0))
        .set_values((sheet, first, column, last, column))
        .set_format(&mut format);
    Ok(())
}

/// The curves of one business.
pub(super) fn of_business(styles: &Styles, books: &Books<'_>, names: &Names) -> Result<Chart, WorkbookError> {
    let title = format!("{}: cumulative cash", books.business.label());
    let mut chart = empty(styles, &title, books.horizon);
    let mark = styles.mark(books.business);
    add(&mut chart, names, ("cumulative", "Cumulative cash"), line(mark, false))?;
    add(&mut chart, names, ("kept_sum", "Without end proceeds"), line(mark, true))?;
    let muted = styles.muted();
    add(&mut chart, names, ("discounted_cumulative", "Discounted"), line(muted, false))?;
    Ok(chart)
}

/// The curve of every business.
pub(super) fn of_all(styles: &Styles, all: &[(&Books<'_>, &Names)]) -> Result<Chart, WorkbookError> {
    let horizon = all.iter().map(|(books, _)| books.horizon).max().unwrap_or(0);
    let mut chart = empty(styles, "Cumulative cash", horizon);
    for (books, names) in all {
        let format = line(styles.mark(books.business), false);
        add(&mut chart, names, ("cumulative", books.business.label()), format)?;
    }
    Ok(chart)
}
