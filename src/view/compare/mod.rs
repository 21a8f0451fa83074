//! The compare page: verdict, cards, the payback curves, and the figures behind them.

mod cards;
mod charts;
mod curves;
mod fan;
mod figures;
mod legend;
mod network;
mod pull;
mod read_out;
mod scenarios;
mod table;
mod timeline;
mod value_bar;

use egui::{Align, Layout, Ui, vec2};
use wattfolio_economics::results::verdict::Criterion;

use crate::state::{Action, ChartScale, ChartView, Command};
use crate::theme::{CONTROL, Text};
use crate::view::Context;
use crate::view::shell::tabs;
use crate::widget::{self, Icon, icon_button};
use crate::words;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    let results = &cx.state.results;
    let verdict = cx.state.verdict();
    let sentence = words::verdict::sentence(&results.scenario, &results.comparison, &verdict);
    let mut conditions = words::verdict::conditions(&results.scenario, results.comparison.basis, &verdict);
    if cx.state.risk.is_left_behind() {
        conditions.push_str(" Simulated figures are of an earlier scenario.");
    }
    let is_stale = cx.state.risk.is_stale;
    let spans: Vec<(&str, bool)> =
        sentence.spans().into_iter().map(|(text, is_simulated)| (text, is_simulated && is_stale)).collect();
    super::heading_ui(ui, cx, |ui| super::spans_ui(ui, cx, &spans, &conditions), |ui| criterion_ui(ui, cx));
    if cx.is_stacked {
        ui.add_space(6.0);
    }
    cards::cards_ui(ui, cx, &verdict);
    ui.add_space(8.0);
    network::ui(ui, cx);
    // Without a single evaluation there is nothing to draw or to list; the cards give the reasons.
    let has_any = results.comparison.evaluations().next().is_some();
    if has_any {
        curves_ui(ui, cx);
    }
    ui.add_space(16.0);
    scenarios::ui(ui, cx);
    if let Some(words) = cx.state.undrawn() {
        widget::caption(ui, cx.theme, words);
    }
    if has_any {
        ui.add_space(16.0);
        figures::ui(ui, cx);
    }
}

/// The payback curves with their controls, as charts or as a table.
fn curves_ui(ui: &mut Ui, cx: &Context<'_>) {
    ui.add_space(8.0);
    controls_ui(ui, cx);
    ui.add_space(8.0);
    let chart = &cx.state.view.chart;
    let hovered = if chart.is_table {
        table::table_ui(ui, cx);
        None
    } else if chart.is_overlaid {
        charts::overlaid_ui(ui, cx, charts::height(ui, cx))
    } else {
        charts::side_by_side_ui(ui, cx, charts::height(ui, cx))
    };
    if hovered != cx.state.view.hovered_month {
        cx.actions.push(Action::Hover(hovered));
    }
}

/// The payback curves alone, at a height of their own: side by side, or overlaid.
pub(super) fn printed_ui(ui: &mut Ui, cx: &Context<'_>, height: f32) {
    if cx.state.view.chart.is_overlaid {
        charts::overlaid_ui(ui, cx, height);
    } else {
        charts::side_by_side_ui(ui, cx, height);
    }
}

/// Selector of the criterion of verdict, badges and cards.
pub(super) fn criterion_ui(ui: &mut Ui, cx: &Context<'_>) {
    let now = cx.state.document.criterion();
    if cx.is_narrow {
        let items = Criterion::ALL.map(|one| (one.label(), Command::for_criterion(one), one == now));
        return tabs::menu_ui(ui, cx, Command::for_criterion(now).text(), items.into());
    }
    let selected = Criterion::ALL.iter().position(|criterion| *criterion == now).unwrap_or(0);
    let labels = Criterion::ALL.map(Criterion::label);
    // From the right, as the tools of a heading stand.
    ui.horizontal(|ui| {
        if let Some(index) = widget::segmented(ui, cx.theme, &labels, selected) {
            cx.actions.run(Command::for_criterion(Criterion::ALL[index]));
        }
        widget::label(ui, "Best by", Text::Body, cx.theme.palette.text_muted);
    });
}

/// The chart or table, with legend and tools beside it if they fit, else below.
fn controls_ui(ui: &mut Ui, cx: &Context<'_>) {
    let chart = cx.state.view.chart;
    let legend = legend::Legend::of(cx);
    let tools = TOOLS * (CONTROL + ui.spacing().item_spacing.x);
    let (mut has_tools, mut has_legend) = (false, false);
    ui.horizontal_wrapped(|ui| {
        choices_ui(ui, cx, chart);
        let room = ui.available_size_before_wrap().x - tools;
        has_tools = room >= 0.0;
        if !has_tools {
            return;
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            tools_ui(ui, cx, chart);
            has_legend = legend.width(ui) <= room;
            if has_legend {
                legend.ui(ui, cx, true);
            }
        });
    });
    if !has_tools {
        ui.allocate_ui_with_layout(
            vec2(ui.available_width(), CONTROL),
            Layout::right_to_left(Align::Center),
            |ui| {
                tools_ui(ui, cx, chart);
                has_legend = legend.width(ui) <= ui.available_width();
                if has_legend {
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| legend.ui(ui, cx, false));
                }
            },
        );
    }
    if !has_legend {
        ui.horizontal_wrapped(|ui| legend.ui(ui, cx, false));
    }
}

/// Number of tools.
const TOOLS: f32 = 3.0;

/// Picture, copy and table, from the right.
fn tools_ui(ui: &mut Ui, cx: &Context<'_>, chart: ChartView) {
    let hover = Command::SavePicture.hover(ui.ctx());
    if icon_button(ui, cx.theme, Icon::Save, "Save charts as a picture…", &hover, false).clicked() {
        cx.actions.run(Command::SavePicture);
    }
    let copy = icon_button(ui, cx.theme, Icon::Copy, "Copy curves", "Copy the curves as a table", false);
    if copy.clicked() {
        cx.actions.push(Action::Copy { text: table::curves_text(cx), what: "Curves" });
    }
    let hover = if chart.is_table { "Show the charts" } else { "Show the curves as a table" };
    if icon_button(ui, cx.theme, Icon::Table, "Curves as table", hover, chart.is_table).clicked() {
        cx.actions.push(Action::SetChart(ChartView { is_table: !chart.is_table, ..chart }));
    }
}

/// Settings of the chart.
fn choices_ui(ui: &mut Ui, cx: &Context<'_>, chart: ChartView) {
    let set = |chart: ChartView| cx.actions.push(Action::SetChart(chart));
    let layouts = ["Side by side", "Overlaid"];
    if let Some(index) = widget::segmented(ui, cx.theme, &layouts, usize::from(chart.is_overlaid)) {
        set(ChartView { is_overlaid: index == 1, ..chart });
    }
    let scales = [ChartScale::Usd, ChartScale::UsdPerMw, ChartScale::Capital];
    let selected = scales.iter().position(|scale| *scale == chart.scale).unwrap_or(0);
    if let Some(index) = widget::segmented(ui, cx.theme, &["$", "$/MW", "× capital"], selected) {
        set(ChartView { scale: scales[index], ..chart });
    }
    // The simulation adds up plain cash; there is no fan of discounted cash.
    let has_fan = (!chart.is_discounted).then_some(chart.has_fan);
    if let Some(has_fan) = widget::check_if(ui, cx.theme, "Fan", has_fan) {
        set(ChartView { has_fan, ..chart });
    }
    if let Some(is_discounted) = widget::check(ui, cx.theme, "Discounted", chart.is_discounted) {
        set(ChartView { is_discounted, ..chart });
    }
    if let Some(has_end_proceeds) = widget::check(ui, cx.theme, "Resale", chart.has_end_proceeds) {
        set(ChartView { has_end_proceeds, ..chart });
    }
    if let Some(has_holding) = widget::check(ui, cx.theme, "Hold BTC", chart.has_holding) {
        set(ChartView { has_holding, ..chart });
    }
    pull::menu_ui(ui, cx);
}
