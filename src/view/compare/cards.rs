//! A card per business: payback, and what an investor asks next.

use egui::{Align, Layout, Ui, vec2};
use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::{Basis, Maybe};
use wattfolio_economics::number::within;
use wattfolio_economics::results::{Evaluation, Measure, find_measure};
use wattfolio_economics::units::Unit;

use crate::theme::{self, Text};
use crate::view::Context;
use crate::view::dialog::explain;
use crate::words;
use crate::{format, widget};
use wattfolio_economics::explain::Subject;

/// Measures on a card, in rows.
const ROWS: [[&str; 3]; 2] = [["npv_usd", "irr", LOSS], ["capex_usd", "multiple", "payback_today_months"]];
/// Stands for the chance of loss, which no single plan has.
const LOSS: &str = "loss";
/// The same in a narrow window.
const NARROW_ROWS: [[&str; 3]; 1] = [["npv_usd", "irr", LOSS]];

pub(super) fn cards_ui(ui: &mut Ui, cx: &Context<'_>) {
    let gutter = if cx.is_narrow { theme::GUTTER_NARROW } else { theme::GUTTER };
    let ranking = words::ranking(&cx.state.results.comparison);
    let least_width = if cx.is_stacked { f32::INFINITY } else { theme::LEAST_CARD };
    widget::columns(ui, Business::ALL.len(), (gutter, least_width), |ui, index| {
        let business = Business::ALL[index];
        let rank = ranking.iter().position(|(ranked, _)| *ranked == business);
        widget::card(ui, cx.theme, Some(cx.theme.mark(business)), |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            heading_ui(ui, cx, business, rank, ranking.len());
            match cx.state.results.comparison.business(business) {
                Ok(evaluation) => figures_ui(ui, cx, evaluation),
                Err(reason) => {
                    widget::label(ui, "not evaluated", Text::Title, cx.theme.palette.text_muted);
                    widget::body(ui, cx.theme, reason.to_string());
                    ui.add_space(if cx.is_narrow { 16.0 } else { 40.0 });
                }
            }
        });
    });
}

fn heading_ui(ui: &mut Ui, cx: &Context<'_>, business: Business, rank: Option<usize>, ranked: usize) {
    let palette = &cx.theme.palette;
    ui.horizontal(|ui| {
        widget::label(ui, theme::glyph(business), Text::Title, cx.theme.mark(business));
        widget::label(ui, business.label(), Text::Title, palette.text);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let Some(rank) = rank else { return };
            // The name stays whole; beside it the rank may be all that fits, on every card alike.
            let spelled = |rank: usize| format!("{} to pay back", words::ordinal(rank + 1));
            let widths =
                (0..Business::ALL.len()).map(|rank| widget::width(ui, &spelled(rank), Text::Caption));
            let is_spelled = widths.fold(0.0, f32::max) + 20.0 <= ui.available_width();
            let words = if is_spelled { spelled(rank) } else { words::ordinal(rank + 1) };
            match rank {
                0 if ranked > 1 => {
                    let text = widget::colored(words, Text::Caption, palette.panel);
                    egui::Frame::new()
                        .fill(palette.text)
                        .corner_radius(theme::RADIUS_PILL)
                        .inner_margin(egui::Margin::symmetric(10, 2))
                        .show(ui, |ui| ui.label(text));
                }
                _ => drop(widget::caption(ui, cx.theme, words)),
            }
        });
    });
    ui.add_space(4.0);
}

/// Widest texts of the three measures of a row, for which every cell has room.
const WIDEST: [&str; 3] = ["−$99.9M", "−99.9 %", "> 99.99 %"];
/// Most points by which a column grows in a wide card.
const MOST_MORE: f32 = 60.0;
/// Space between two measures.
const CELL_GAP: f32 = 8.0;

/// Payback, and the measures beside it, or below it where they have no room beside it.
fn figures_ui(ui: &mut Ui, cx: &Context<'_>, evaluation: &Evaluation) {
    let rows = if cx.is_narrow && !cx.is_stacked { &NARROW_ROWS[..] } else { &ROWS[..] };
    let cells = WIDEST.map(|text| widget::width(ui, text, Text::CardValue) + CELL_GAP);
    let left = if cx.is_narrow { 92.0 } else { 106.0 };
    let needed: f32 = left + CELL_GAP + cells.iter().sum::<f32>();
    if cx.is_stacked || ui.available_width() >= needed {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            payback_ui(ui, cx, evaluation, left);
            ui.add_space(CELL_GAP);
            rows_ui(ui, cx, evaluation, rows, cells);
        });
    } else {
        let width = ui.available_width();
        payback_ui(ui, cx, evaluation, width);
        ui.add_space(6.0);
        rows_ui(ui, cx, evaluation, rows, [width / 3.0; 3]);
    }
}

fn rows_ui(ui: &mut Ui, cx: &Context<'_>, evaluation: &Evaluation, rows: &[[&str; 3]], cells: [f32; 3]) {
    // What is left over goes to the last column until its longest label fits, and then to all.
    let rest = (ui.available_width() - cells.iter().sum::<f32>()).max(0.0);
    let label = find_measure(evaluation.business, ROWS[1][2]).map_or("", |measure| measure.label);
    let wanted = widget::width(ui, label, Text::Caption) + CELL_GAP + 1.0 - cells[2];
    let first = within(wanted, 0.0, rest);
    let each = ((rest - first) / 3.0).min(MOST_MORE);
    let widths = [cells[0] + each, cells[1] + each, cells[2] + first + each];
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for row in rows {
            ui.horizontal_top(|ui| {
                for (id, width) in row.iter().zip(widths) {
                    if *id == LOSS {
                        loss_ui(ui, cx, evaluation.business, width - CELL_GAP);
                    } else {
                        measure_ui(ui, cx, evaluation, id, width - CELL_GAP);
                    }
                    ui.add_space(CELL_GAP);
                }
            });
            ui.add_space(6.0);
        }
    });
}

/// When the money is back: the figure of the card, what it is, and how it stands to the baseline.
fn payback_ui(ui: &mut Ui, cx: &Context<'_>, evaluation: &Evaluation, width: f32) {
    let palette = &cx.theme.palette;
    let measures = &evaluation.measures;
    let (figure, unit, words) = words::card_figure(&measures.payback_months);
    ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = 0.0;
        let colour = if measures.payback_months.is_ok() { palette.text } else { palette.text_muted };
        let row = ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            widget::label(ui, figure, Text::Figure, colour);
            ui.with_layout(Layout::left_to_right(Align::Max), |ui| {
                ui.add_space(0.0);
                widget::label(ui, unit, Text::Body, palette.text_secondary);
            });
        });
        let hover = full_text(&measures.payback_months, Unit::Months);
        let subject = Subject::measure(evaluation.business, "payback_months");
        explain::target(ui, cx, row.response.rect, "Payback", &hover, subject);
        widget::tracked(ui, widget::colored(words, Text::Caption, palette.text_secondary));
        if !cx.is_narrow
            && let Ok(baseline) = cx.state.results.baseline.business(evaluation.business)
        {
            // Before any change there is nothing to compare; the line stays, so that nothing jumps.
            let is_changed = cx.state.document.changes().next().is_some();
            let compared =
                || words::against_baseline(&measures.payback_months, &baseline.measures.payback_months);
            let text = if is_changed { compared() } else { String::new() };
            widget::tracked(ui, widget::colored(text, Text::Caption, palette.text_muted))
                .on_hover_text("Compared with the baseline");
        }
    });
}

fn measure_ui(ui: &mut Ui, cx: &Context<'_>, evaluation: &Evaluation, id: &str, width: f32) {
    // The money that the multiples of the card and the chart compare with.
    let is_equity = id == "capex_usd" && evaluation.basis == Basis::EquityAfterTax;
    let id = if is_equity { "peak_equity_usd" } else { id };
    let Some(measure) = find_measure(evaluation.business, id) else { return };
    let Some(value) = measure.read(evaluation) else { return };
    let label = if is_equity { "Equity" } else { measure.label };
    let palette = &cx.theme.palette;
    let cell = ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = 1.0;
        widget::tracked(ui, widget::colored(label, Text::Caption, palette.text_muted));
        // The label says per MWh; the unit would not fit a second time.
        let unit = if measure.unit == Unit::UsdPerMwh { Unit::Usd } else { measure.unit };
        let (text, colour) = match &value {
            Ok(value) => (format::short(*value, unit), palette.text),
            Err(reason) => (reason.short().to_owned(), palette.text_muted),
        };
        widget::tracked(ui, widget::colored(text, Text::CardValue, colour));
    });
    let subject = Subject::measure(evaluation.business, measure.id);
    explain::target(ui, cx, cell.response.rect, label, &hover_text(measure, &value), subject);
}

/// The chance of loss; pale while it belongs to an earlier scenario.
fn loss_ui(ui: &mut Ui, cx: &Context<'_>, business: Business, width: f32) {
    let palette = &cx.theme.palette;
    let risk = &cx.state.risk;
    let cell = ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = 1.0;
        widget::tracked(ui, widget::colored("Loss risk", Text::Caption, palette.text_muted));
        let text = risk.business(business).map(|risk| format::probability(&risk.loss));
        let colour = if risk.is_stale { palette.text_muted } else { palette.text };
        widget::tracked(ui, widget::colored(text.unwrap_or_else(|| "…".to_owned()), Text::CardValue, colour));
    });
    let paths = cx.state.results.scenario.risk.paths;
    let mut hover = format!(
        "Share of {} simulated paths whose net present value is negative",
        format::grouped(f64::from(paths), 0)
    );
    if let Some(bound) = risk.business(business).and_then(|risk| format::bound(&risk.loss)) {
        hover = format!("{hover}; {bound}");
    }
    cell.response.on_hover_text(hover);
}

/// What a measure means, and its full value.
pub(super) fn hover_text(measure: &Measure, value: &Maybe<f64>) -> String {
    format!("{}\n{}", measure.meaning, full_text(value, measure.unit))
}

fn full_text(value: &Maybe<f64>, unit: Unit) -> String {
    match value {
        Ok(value) => format::full(*value, unit),
        Err(reason) => reason.to_string(),
    }
}
