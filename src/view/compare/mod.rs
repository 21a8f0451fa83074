//! The compare page: verdict, cards, the three payback curves, and the figures behind them.

mod charts;
mod curves;
mod fan;
mod read_out;
mod table;
mod timeline;

use egui::{Align, Layout, Ui};

use super::{figures, scenarios, summary, words};
use crate::app::{Action, ChartScale, ChartView, Command, Context};
use crate::theme;
use crate::widget::{self, Icon, icon_button};

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    let results = &cx.state.results;
    super::verdict_ui(
        ui,
        cx,
        &format!("{}.", words::verdict(&results.scenario, &results.comparison)),
        &words::conditions(&results.scenario),
    );
    summary::cards_ui(ui, cx);
    ui.add_space(10.0);
    controls_ui(ui, cx);
    ui.add_space(8.0);
    let chart = &cx.state.view.chart;
    let hovered = if chart.is_table {
        table::table_ui(ui, cx);
        None
    } else if chart.is_overlaid {
        charts::overlaid_ui(ui, cx)
    } else {
        charts::side_by_side_ui(ui, cx)
    };
    if hovered != cx.state.view.hovered_month {
        cx.actions.push(Action::Hover(hovered));
    }
    ui.add_space(16.0);
    scenarios::ui(ui, cx);
    ui.add_space(16.0);
    figures::ui(ui, cx);
}

fn controls_ui(ui: &mut Ui, cx: &Context<'_>) {
    let chart = cx.state.view.chart;
    let set = |chart: ChartView| cx.actions.push(Action::SetChart(chart));
    ui.horizontal(|ui| {
        let layouts = ["Side by side", "Overlaid"];
        if let Some(index) = widget::segmented(ui, cx.theme, &layouts, usize::from(chart.is_overlaid)) {
            set(ChartView { is_overlaid: index == 1, ..chart });
        }
        let scales = [ChartScale::Usd, ChartScale::UsdPerMw, ChartScale::Capital];
        let selected = scales.iter().position(|scale| *scale == chart.scale).unwrap_or(0);
        if let Some(index) = widget::segmented(ui, cx.theme, &["$", "$/MW", "× capital"], selected) {
            set(ChartView { scale: scales[index], ..chart });
        }
        ui.add_space(4.0);
        // The simulation adds up plain cash; there is no fan of discounted cash.
        ui.add_enabled_ui(!chart.is_discounted, |ui| {
            if let Some(has_fan) = widget::check(ui, cx.theme, "Fan", chart.has_fan && !chart.is_discounted) {
                set(ChartView { has_fan, ..chart });
            }
        });
        if let Some(is_discounted) = widget::check(ui, cx.theme, "Discounted", chart.is_discounted) {
            set(ChartView { is_discounted, ..chart });
        }
        if let Some(has_end_proceeds) = widget::check(ui, cx.theme, "Resale", chart.has_end_proceeds) {
            set(ChartView { has_end_proceeds, ..chart });
        }
        if let Some(has_holding) = widget::check(ui, cx.theme, "Hold BTC", chart.has_holding) {
            set(ChartView { has_holding, ..chart });
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let hover = Command::SavePicture.hover(ui.ctx());
            if icon_button(ui, cx.theme, Icon::Save, "Save charts as a picture…", &hover, false).clicked() {
                cx.actions.run(Command::SavePicture);
            }
            let copy =
                icon_button(ui, cx.theme, Icon::Copy, "Copy curves", "Copy the curves as a table", false);
            if copy.clicked() {
                cx.actions.push(Action::Copy { text: table::curves_text(cx), what: "Curves" });
            }
            let hover = if chart.is_table { "Show the charts" } else { "Show the curves as a table" };
            if icon_button(ui, cx.theme, Icon::Table, "Curves as table", hover, chart.is_table).clicked() {
                set(ChartView { is_table: !chart.is_table, ..chart });
            }
            if !cx.is_narrow {
                line_legend_ui(ui, cx);
            }
        });
    });
}

/// What the kinds of line mean, right to left.
fn line_legend_ui(ui: &mut Ui, cx: &Context<'_>) {
    let palette = &cx.theme.palette;
    let entry = |ui: &mut Ui, name: &str, width: f32, colour, is_dashed: bool| {
        widget::caption(ui, cx.theme, name);
        let (rect, _) = ui.allocate_exact_size(egui::vec2(22.0, 14.0), egui::Sense::hover());
        let (left, right) = (rect.left_center(), rect.right_center());
        let stroke = egui::Stroke::new(width, colour);
        if is_dashed {
            ui.painter().extend(egui::Shape::dashed_line(&[left, right], stroke, 5.0, 3.0));
        } else {
            ui.painter().line_segment([left, right], stroke);
        }
    };
    for pin in cx.state.pins.iter().rev() {
        entry(ui, &format!("{} {}", pin.letter, pin.name), theme::PINNED, palette.text_secondary, false);
    }
    if cx.state.document.changes().next().is_some() {
        entry(ui, "Baseline", theme::BASELINE, palette.baseline, true);
    }
    entry(ui, "Now", theme::NOW, palette.text, false);
    if cx.state.view.chart.has_fan && !cx.state.view.chart.is_discounted {
        band_legend_ui(ui, cx);
    }
}

/// What the two bands of a fan mean, right to left.
fn band_legend_ui(ui: &mut Ui, cx: &Context<'_>) {
    let middle = theme::FAN_WIDE + theme::FAN_MIDDLE;
    for (name, opacity) in [("P25–P75", middle), ("P5–P95", theme::FAN_WIDE)] {
        widget::caption(ui, cx.theme, name);
        let (rect, _) = ui.allocate_exact_size(egui::vec2(16.0, 9.0), egui::Sense::hover());
        ui.painter().rect_filled(rect, 2, cx.theme.palette.text.gamma_multiply(opacity));
    }
}
