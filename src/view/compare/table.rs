//! The payback curves as a table, on the page and for the clipboard.

use std::fmt::Write as _;

use egui::{Align, Layout, Ui};
use wattfolio_economics::business::Business;

use crate::app::Context;
use crate::theme::{self, Text};
use crate::view::{payback, words};
use crate::widget;

/// The curves of now at the end of each year.
fn yearly(cx: &Context<'_>) -> (Vec<Business>, Vec<(usize, Vec<f64>)>) {
    let chart = &cx.state.view.chart;
    let scenario = &cx.state.results.scenario;
    let (businesses, curves): (Vec<Business>, Vec<Vec<f64>>) =
        payback::evaluated(&cx.state.results.comparison)
            .map(|(business, evaluation)| (business, payback::curve(evaluation, scenario, chart)))
            .unzip();
    let horizon = scenario.horizon_months as usize;
    let mut months: Vec<usize> = (0..=horizon).step_by(12).collect();
    if months.last() != Some(&horizon) {
        months.push(horizon);
    }
    let rows = months.into_iter().map(|month| (month, curves.iter().map(|curve| curve[month]).collect()));
    (businesses, rows.collect())
}

pub(super) fn table_ui(ui: &mut Ui, cx: &Context<'_>) {
    let palette = &cx.theme.palette;
    let chart = &cx.state.view.chart;
    let (businesses, rows) = yearly(cx);
    widget::label(ui, payback::unit_words(chart), Text::Title, palette.text);
    egui::Grid::new("curves").num_columns(businesses.len() + 2).spacing(egui::vec2(40.0, 6.0)).show(
        ui,
        |ui| {
            widget::caption(ui, cx.theme, "Month");
            widget::caption(ui, cx.theme, "Date");
            for business in &businesses {
                figure_cell(ui, |ui| {
                    widget::caption(ui, cx.theme, business.label());
                    widget::label(ui, theme::glyph(*business), Text::Caption, cx.theme.mark(*business));
                });
            }
            ui.end_row();
            for (month, values) in rows {
                widget::body(ui, cx.theme, month.to_string());
                widget::body(ui, cx.theme, words::calendar(&cx.state.results.scenario, month as f64));
                for value in values {
                    figure_cell(ui, |ui| {
                        widget::label(ui, payback::value(value, chart.scale), Text::Body, palette.text);
                    });
                }
                ui.end_row();
            }
        },
    );
}

/// A cell of figures, so wide that headings and figures end at the same place.
fn figure_cell(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    const SIZE: egui::Vec2 = egui::vec2(140.0, 20.0);
    ui.allocate_ui_with_layout(SIZE, Layout::right_to_left(Align::Center), |ui| {
        ui.set_width(SIZE.x);
        ui.spacing_mut().item_spacing.x = 4.0;
        add(ui);
    });
}

/// The curves of now, month by month, as tab-separated text.
pub(super) fn curves_text(cx: &Context<'_>) -> String {
    let chart = &cx.state.view.chart;
    let scenario = &cx.state.results.scenario;
    let curves: Vec<(Business, Vec<f64>)> = payback::evaluated(&cx.state.results.comparison)
        .map(|(business, evaluation)| (business, payback::curve(evaluation, scenario, chart)))
        .collect();
    let names: Vec<&str> = curves.iter().map(|(business, _)| business.label()).collect();
    let mut text = format!("month\t{}\n", names.join("\t"));
    for month in 0..=scenario.horizon_months as usize {
        let values: Vec<String> = curves.iter().map(|(_, curve)| curve[month].to_string()).collect();
        // Writing to a string cannot fail.
        writeln!(text, "{month}\t{}", values.join("\t")).ok();
    }
    text
}
