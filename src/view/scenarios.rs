//! Now, the baseline and the pins in one table: what differs, and what comes of it.

use egui::{Align, Layout, Ui, vec2};
use wattfolio_economics::analysis::{Comparison, Maybe};
use wattfolio_economics::business::Business;
use wattfolio_economics::catalogue::Unit;

use super::words;
use crate::app::{Action, Context};
use crate::format;
use crate::theme::{self, Text};
use crate::widget::{self, Icon, icon_button};

/// One line of the table.
struct Line<'a> {
    name: String,
    differs: String,
    comparison: &'a Comparison,
    pin: Option<char>,
    is_now: bool,
}

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    let document = &cx.state.document;
    let baseline = &document.origin().baseline;
    let mut lines = vec![Line {
        name: "Now".to_owned(),
        differs: words::differences(document.scenario(), baseline),
        comparison: &cx.state.results.comparison,
        pin: None,
        is_now: true,
    }];
    if document.changes().next().is_some() {
        lines.push(Line {
            name: "Baseline".to_owned(),
            differs: document.origin().preset.title.clone(),
            comparison: &cx.state.results.baseline,
            pin: None,
            is_now: false,
        });
    }
    lines.extend(cx.state.pins.iter().map(|pin| Line {
        name: format!("{} {}", pin.letter, pin.name),
        differs: pin.differs.clone(),
        comparison: &pin.comparison,
        pin: Some(pin.letter),
        is_now: false,
    }));
    if lines.len() == 1 {
        // A table of one line says nothing that the cards do not.
        return;
    }
    widget::card(ui, cx.theme, None, |ui| {
        header_ui(ui, cx);
        for line in &lines {
            widget::hairline(ui, cx.theme);
            line_ui(ui, cx, line);
        }
    });
}

const NAME: f32 = 150.0;
const FIGURES: f32 = 172.0;
const TOOLS: f32 = 62.0;

fn row_ui(
    ui: &mut Ui,
    name: impl FnOnce(&mut Ui),
    differs: impl FnOnce(&mut Ui),
    mut figures: impl FnMut(&mut Ui, Business),
    tools: impl FnOnce(&mut Ui),
) {
    let height = theme::TABLE_ROW;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let room = ui.available_width();
        let cell = |ui: &mut Ui, width: f32, add: &mut dyn FnMut(&mut Ui)| {
            ui.allocate_ui_with_layout(vec2(width, height), Layout::left_to_right(Align::Center), |ui| {
                ui.set_width(width);
                add(ui);
            });
        };
        let (mut name, mut differs, mut tools) = (Some(name), Some(differs), Some(tools));
        cell(ui, NAME, &mut |ui| name.take().into_iter().for_each(|name| name(ui)));
        let words = (room - NAME - 3.0 * FIGURES - TOOLS).max(60.0);
        cell(ui, words, &mut |ui| differs.take().into_iter().for_each(|differs| differs(ui)));
        for business in Business::ALL {
            cell(ui, FIGURES, &mut |ui| figures(ui, business));
        }
        cell(ui, TOOLS, &mut |ui| tools.take().into_iter().for_each(|tools| tools(ui)));
    });
}

fn header_ui(ui: &mut Ui, cx: &Context<'_>) {
    let theme = cx.theme;
    row_ui(
        ui,
        |ui| drop(widget::caption(ui, theme, "Scenario")),
        |ui| drop(widget::caption(ui, theme, "What differs from the baseline")),
        |ui, business| {
            widget::label(ui, theme::glyph(business), Text::Caption, theme.mark(business));
            ui.add_space(4.0);
            widget::caption(ui, theme, if cx.is_narrow { business.word() } else { business.label() });
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add_space(28.0);
                widget::caption(ui, theme, "NPV");
            });
        },
        |_| {},
    );
}

fn line_ui(ui: &mut Ui, cx: &Context<'_>, line: &Line<'_>) {
    let palette = &cx.theme.palette;
    let style = if line.is_now { Text::BodyMedium } else { Text::Body };
    row_ui(
        ui,
        |ui| drop(widget::tracked(ui, widget::colored(&line.name, style, palette.text))),
        |ui| drop(widget::tracked(ui, widget::colored(&line.differs, Text::Body, palette.text_secondary))),
        |ui, business| figures_ui(ui, cx, line, business),
        |ui| {
            let Some(letter) = line.pin else { return };
            let name = format!("Open pin {letter}");
            if icon_button(ui, cx.theme, Icon::Undo, &name, "Go on from this scenario", false).clicked() {
                cx.actions.push(Action::OpenPin(letter));
            }
            let name = format!("Remove pin {letter}");
            if icon_button(ui, cx.theme, Icon::Cross, &name, "Remove this pin", false).clicked() {
                cx.actions.push(Action::RemovePin(letter));
            }
        },
    );
}

fn figures_ui(ui: &mut Ui, cx: &Context<'_>, line: &Line<'_>, business: Business) {
    let palette = &cx.theme.palette;
    let text = |value: Maybe<f64>, unit: Unit| match value {
        Ok(value) => (format::short(value, unit), palette.text),
        Err(reason) => (reason.to_string(), palette.text_muted),
    };
    let style = if line.is_now { Text::BodyMedium } else { Text::Body };
    let Ok(evaluation) = line.comparison.business(business) else {
        widget::caption(ui, cx.theme, "not evaluated");
        return;
    };
    let (payback, colour) = text(evaluation.measures.payback_months, Unit::Months);
    widget::label(ui, payback, style, colour);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.add_space(28.0);
        let (npv, colour) = text(Ok(evaluation.measures.npv_usd), Unit::Usd);
        widget::label(ui, npv, style, colour);
    });
}
