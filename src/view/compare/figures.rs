//! The figures behind the curves: break-evens, costs and returns, a column per business.

use egui::{Align, Layout, Ui, vec2};
use wattfolio_economics::business::Business;
use wattfolio_economics::results::{Evaluation, MEASURES, Measure, measure};

use super::cards::hover_text;
use crate::theme::{self, Text};
use crate::view::Context;
use crate::view::dialog::explain;
use crate::{format, widget, words};
use wattfolio_economics::explain::Subject;

/// Measures of every business that are not on the cards.
const COMMON: [&Measure; 14] = [
    &measure::MULTIPLE,
    &measure::END_PROCEEDS_NPV_USD,
    &measure::NPV_USD_PER_MWH,
    &measure::PROFIT_USD_PER_MWH,
    &measure::NPV_PER_CAPEX,
    &measure::MIRR,
    &measure::ANNUALISED_TOTAL_RETURN,
    &measure::DISCOUNTED_PAYBACK_MONTHS,
    &measure::PAYBACK_LAST_MONTHS,
    &measure::PEAK_FUNDING_USD,
    &measure::PEAK_EQUITY_USD,
    &measure::MIN_DSCR,
    &measure::AVG_DSCR,
    &measure::SHORT_MONTHS,
];

/// Width that the name of a figure always has.
const LEAST_NAME: f32 = 80.0;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    let gutter = if cx.is_narrow { theme::GUTTER_NARROW } else { theme::GUTTER };
    widget::label(ui, "What it takes and what it returns", Text::Title, cx.theme.palette.text);
    let basis = cx.state.results.comparison.basis.label();
    let hint = format!("{basis}; hover a figure for its meaning and full value, click it for its formula");
    widget::caption(ui, cx.theme, hint);
    ui.add_space(6.0);
    widget::columns(ui, Business::ALL.len(), (gutter, theme::LEAST_FIGURES), |ui, index| {
        let business = Business::ALL[index];
        widget::card(ui, cx.theme, Some(cx.theme.mark(business)), |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            name_ui(ui, cx, business);
            let evaluation = match cx.state.results.comparison.business(business) {
                Ok(evaluation) => evaluation,
                Err(reason) => {
                    widget::body(ui, cx.theme, words::sentence_of(reason));
                    return;
                }
            };
            // Figures that only this business has, in the order of its folder.
            for measure in
                MEASURES.iter().filter(|measure| measure.applies_to(business) && !measure.is_common())
            {
                figure_ui(ui, cx, evaluation, measure);
            }
            widget::hairline(ui, cx.theme);
            for measure in COMMON {
                figure_ui(ui, cx, evaluation, measure);
            }
            roots_ui(ui, cx, evaluation);
        });
    });
}

/// The business of a column.
fn name_ui(ui: &mut Ui, cx: &Context<'_>, business: Business) {
    ui.horizontal(|ui| {
        widget::label(ui, theme::glyph(business), Text::Title, cx.theme.mark(business));
        widget::label(ui, business.label(), Text::Title, cx.theme.palette.text);
    });
    ui.add_space(2.0);
}

fn figure_ui(ui: &mut Ui, cx: &Context<'_>, evaluation: &Evaluation, measure: &'static Measure) {
    let Some(value) = measure.read(evaluation) else { return };
    let palette = &cx.theme.palette;
    let (text, colour) = match &value {
        Ok(value) => (format::short(*value, measure.unit), palette.text),
        // The tooltip has a reason that is too long for the line.
        Err(reason) => {
            let whole = reason.to_string();
            let name = widget::width(ui, measure.label, Text::Body);
            let taken =
                name + widget::width(ui, &whole, Text::BodyMedium) + 2.0 * ui.spacing().item_spacing.x;
            let text = if taken <= ui.available_width() { whole } else { reason.short().to_owned() };
            (text, palette.text_muted)
        }
    };
    let rect = line_ui(ui, cx, measure.label, &text, colour);
    let subject = Subject::measure(evaluation.business, measure);
    explain::target(ui, cx, rect, measure.label, &hover_text(measure, &value), subject);
}

/// Rates beside the rate of return, or without one: they are listed, none is chosen silently.
fn roots_ui(ui: &mut Ui, cx: &Context<'_>, evaluation: &Evaluation) {
    let roots = &evaluation.measures.irr_roots;
    if roots.len() == usize::from(evaluation.measures.irr_meaningful()) {
        return;
    }
    let unit = wattfolio_economics::units::Unit::FractionPerYear;
    let listed: Vec<String> = roots.iter().map(|root| format::short(*root, unit)).collect();
    let hover = "Every rate above −99 % a year at which the net present value is zero";
    let rect = line_ui(ui, cx, "Rates with NPV 0", &listed.join(", "), cx.theme.palette.text);
    let subject = Subject::measure(evaluation.business, &measure::IRR);
    explain::target(ui, cx, rect, "Rates with NPV 0", hover, subject);
}

fn line_ui(ui: &mut Ui, cx: &Context<'_>, label: &str, value: &str, colour: egui::Color32) -> egui::Rect {
    let size = vec2(ui.available_width(), 25.0);
    let row = ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        widget::set_width(ui, size.x);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            // A long reason leaves the name its half.
            let most = (size.x * 0.6).min(size.x - LEAST_NAME);
            ui.scope(|ui| {
                widget::set_max_width(ui, most);
                widget::tracked(ui, widget::colored(value, Text::BodyMedium, colour));
            });
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                widget::tracked(ui, widget::colored(label, Text::Body, cx.theme.palette.text_secondary));
            });
        });
    });
    row.response.rect
}
