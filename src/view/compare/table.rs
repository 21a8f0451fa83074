//! The payback curves as a table, on the page and for the clipboard.

use std::fmt::Write as _;

use egui::{Align, Layout, Ui};
use wattfolio_economics::business::Business;

use crate::state::ChartView;
use crate::theme::{self, Text};
use crate::view::Context;
use crate::view::payback;
use crate::widget;
use crate::words;

/// A curve of now, each in a unit that its business has.
struct Column {
    business: Business,
    chart: ChartView,
    values: Vec<f64>,
}

fn columns(cx: &Context<'_>) -> Vec<Column> {
    let column = |(business, evaluation)| {
        let chart = payback::chart_of(evaluation, &cx.state.view.chart);
        let values = payback::curve(evaluation, &cx.state.results.scenario, &chart).ok()?;
        Some(Column { business, chart, values })
    };
    payback::evaluated(&cx.state.results.comparison).filter_map(column).collect()
}

/// The ends of the years, and of the plan.
fn year_ends(cx: &Context<'_>) -> Vec<usize> {
    let horizon = cx.state.results.scenario.horizon_months as usize;
    let mut months: Vec<usize> = (0..=horizon).step_by(12).collect();
    if months.last() != Some(&horizon) {
        months.push(horizon);
    }
    months
}

pub(super) fn table_ui(ui: &mut Ui, cx: &Context<'_>) {
    let palette = &cx.theme.palette;
    let chart = &cx.state.view.chart;
    let columns = columns(cx);
    widget::label(ui, payback::unit_words(chart), Text::Title, palette.text);
    // A table wider than the page scrolls on its own, so that it does not push the content below out of sight.
    egui::ScrollArea::horizontal().show(ui, |ui| grid_ui(ui, cx, &columns));
}

fn grid_ui(ui: &mut Ui, cx: &Context<'_>, columns: &[Column]) {
    let palette = &cx.theme.palette;
    egui::Grid::new("curves").num_columns(columns.len() + 2).spacing(egui::vec2(40.0, 6.0)).show(ui, |ui| {
        widget::caption(ui, cx.theme, "Month");
        widget::caption(ui, cx.theme, "Date");
        for Column { business, .. } in columns {
            figure_cell(ui, |ui| {
                widget::caption(ui, cx.theme, business.label());
                widget::label(ui, theme::glyph(*business), Text::Caption, cx.theme.mark(*business));
            });
        }
        ui.end_row();
        for month in year_ends(cx) {
            widget::body(ui, cx.theme, month.to_string());
            widget::body(ui, cx.theme, words::calendar(&cx.state.results.scenario, month as f64));
            for Column { chart, values, .. } in columns {
                figure_cell(ui, |ui| {
                    let value = payback::value(values[month], chart.scale);
                    widget::label(ui, value, Text::Body, palette.text);
                });
            }
            ui.end_row();
        }
    });
}

/// A cell of figures, so wide that headings and figures end at the same place.
fn figure_cell(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    const SIZE: egui::Vec2 = egui::vec2(140.0, 20.0);
    ui.allocate_ui_with_layout(SIZE, Layout::right_to_left(Align::Center), |ui| {
        widget::set_width(ui, SIZE.x);
        ui.spacing_mut().item_spacing.x = 4.0;
        add(ui);
    });
}

/// The curves of now, month by month, as tab-separated text.
pub(super) fn curves_text(cx: &Context<'_>) -> String {
    let columns = columns(cx);
    let name = |column: &Column| {
        let label = column.business.label();
        let is_other_unit = column.chart.scale != cx.state.view.chart.scale;
        if is_other_unit { format!("{label}, USD") } else { label.to_owned() }
    };
    let names: Vec<String> = columns.iter().map(name).collect();
    let mut text = format!("month\t{}\n", names.join("\t"));
    for month in 0..=cx.state.results.scenario.horizon_months as usize {
        let values: Vec<String> = columns.iter().map(|column| column.values[month].to_string()).collect();
        // Writing to a string cannot fail.
        writeln!(text, "{month}\t{}", values.join("\t")).ok();
    }
    text
}
