//! The figures of the simulation, a column per business, each with its standard error where it has one.

use egui::{Align2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use wattfolio_economics::business::Business;
use wattfolio_economics::risk::{RISK_FIGURES, RiskFigure, RiskTopic, RiskValue};

use super::titles_ui;
use crate::state::Simulated;
use crate::theme::{self, HAIRLINE, Text};
use crate::view::Context;
use crate::words::{self, risk_figure};
use crate::{format, widget};

/// Height of a row.
const ROW: f32 = 26.0;
/// Room for a standard error behind its figure.
const ERROR: f32 = 58.0;
/// Width of a column from which figure and error have room.
const LEAST_WITH_ERROR: f32 = 132.0;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, simulated: &Simulated) {
    let has_errors = shows_errors(ui.available_width() - 2.0 * theme::INNER, cx);
    titles_ui(ui, cx, title(simulated), &subtitle(simulated, has_errors));
    ui.add_space(4.0);
    widget::card(ui, cx.theme, None, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        heading_ui(ui, cx);
        let mut topic = RiskTopic::Mean;
        for figure in RISK_FIGURES {
            let starts_topic = std::mem::replace(&mut topic, figure.topic) != figure.topic;
            row_ui(ui, cx, simulated, (&figure, starts_topic));
        }
    });
}

/// Who loses most in the worst paths.
fn title(simulated: &Simulated) -> String {
    let tail = |business: Business| {
        let risk = simulated.simulation.business(business).ok()?;
        Some((business, risk.tail.conditional_value_at_risk.value))
    };
    let worst = Business::ALL.into_iter().filter_map(tail).max_by(|a, b| a.1.total_cmp(&b.1));
    match worst {
        Some((business, loss)) if loss > 0.0 => {
            let usd = format::short(loss, wattfolio_economics::units::Unit::Usd);
            format!("In its worst 5 % {} loses most, {usd} on average", business.word())
        }
        Some(_) => "Even the worst 5 % of paths make money".to_owned(),
        None => "Nothing could be simulated".to_owned(),
    }
}

fn subtitle(simulated: &Simulated, has_errors: bool) -> String {
    let basis = simulated.simulation.basis.label().to_lowercase();
    let horizon = words::horizon(&simulated.scenario);
    let errors = if has_errors { "± standard error over other seeds" } else { "hover for standard errors" };
    format!("Over {horizon}, {basis}; {errors}")
}

/// Width of the column of labels, and of each of the others.
fn widths(width: f32, cx: &Context<'_>) -> (f32, f32) {
    let label = if cx.is_narrow { 112.0 } else { 148.0 };
    (label, (width - label) / Business::ALL.len() as f32)
}

/// Whether standard errors have room beside their figures.
fn shows_errors(width: f32, cx: &Context<'_>) -> bool {
    widths(width, cx).1 >= LEAST_WITH_ERROR
}

/// The right edges of the figures.
fn figure_edges(rect: Rect, cx: &Context<'_>) -> impl Iterator<Item = f32> {
    let (label, width) = widths(rect.width(), cx);
    let error = if shows_errors(rect.width(), cx) { ERROR } else { 0.0 };
    (1..=Business::ALL.len()).map(move |column| rect.left() + label + width * column as f32 - error)
}

fn heading_ui(ui: &mut Ui, cx: &Context<'_>) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    for (business, right) in Business::ALL.into_iter().zip(figure_edges(rect, cx)) {
        let at = pos2(right, rect.center().y);
        let name = words::capitalised(business.word());
        let font = Text::BodyMedium.font();
        let words = ui.painter().text(at, Align2::RIGHT_CENTER, name, font, cx.theme.palette.text);
        let at = pos2(words.left() - 6.0, rect.center().y);
        let (glyph, font) = (theme::glyph(business), Text::Caption.font());
        ui.painter().text(at, Align2::RIGHT_CENTER, glyph, font, cx.theme.mark(business));
    }
}

/// A figure; a line above sets it apart where a topic starts.
fn row_ui(ui: &mut Ui, cx: &Context<'_>, simulated: &Simulated, (figure, starts_topic): (&RiskFigure, bool)) {
    let palette = &cx.theme.palette;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    if starts_topic {
        ui.painter().hline(rect.x_range(), rect.top(), Stroke::new(HAIRLINE, palette.line));
    }
    let y = rect.center().y;
    let put = |x: f32, align, words: &str, style: Text, colour| {
        ui.painter().text(pos2(x, y), align, words, style.font(), colour);
    };
    put(rect.left(), Align2::LEFT_CENTER, figure.label, Text::Body, palette.text_secondary);
    // Where errors have no room, they are left to the tooltip.
    let has_errors = shows_errors(rect.width(), cx);
    let (mut spoken, mut errors, mut bounds) = (figure.label.to_owned(), Vec::new(), Vec::new());
    for (business, right) in Business::ALL.into_iter().zip(figure_edges(rect, cx)) {
        let Ok(risk) = simulated.simulation.business(business) else {
            put(right, Align2::RIGHT_CENTER, "–", Text::Body, palette.text_muted);
            continue;
        };
        let value = figure.read(risk);
        let (words, error) = (risk_figure::value(figure, value), risk_figure::error(figure, value));
        let is_absent = matches!(value, RiskValue::Absent(_));
        let colour = if is_absent { palette.text_muted } else { palette.text };
        put(right, Align2::RIGHT_CENTER, &words, Text::BodyMedium, colour);
        if let Some(error) = error.as_ref().filter(|_| has_errors) {
            put(right + 4.0, Align2::LEFT_CENTER, error, Text::Caption, palette.text_muted);
        }
        spoken = format!("{spoken}, {} {words}", business.word());
        errors.extend(error.map(|error| format!("{} {error}", business.word())));
        bounds.extend(risk_figure::bound(value).map(|bound| format!("{}: {bound}", business.word())));
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    let mut hover = figure.meaning.to_owned();
    if !has_errors && !errors.is_empty() {
        hover = format!("{hover}; standard errors: {}", errors.join(", "));
    }
    for bound in bounds {
        hover = format!("{hover}\n{}", words::capitalised(&bound));
    }
    response.on_hover_text(hover);
}
