//! What the marks in the list of inputs mean.

use egui::Ui;
use wattfolio_economics::business::Business;

use crate::theme::{self, Text};
use crate::view::Context;
use crate::widget;

/// Space between two marks or words.
const LEGEND_GAP: f32 = 4.0;
const WHAT_IT_MOVES: &str = "what it moves";

/// What the marks at a slider and behind a label mean; the glyphs have a line of their own where they do not fit.
pub(super) fn legend_ui(ui: &mut Ui, cx: &Context<'_>) {
    let of = cx.theme;
    let glyphs_ui = |ui: &mut Ui| {
        for business in Business::ALL {
            widget::label(ui, theme::glyph(business), Text::Caption, of.mark(business));
        }
        widget::caption(ui, of, WHAT_IT_MOVES);
    };
    let glyphs = Business::ALL.map(theme::glyph).into_iter().chain([WHAT_IT_MOVES]);
    let needed: f32 = glyphs.map(|text| widget::width(ui, text, Text::Caption) + LEGEND_GAP).sum();
    let mut fits = true;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = LEGEND_GAP;
        widget::label(ui, "▲", Text::Caption, of.palette.baseline);
        widget::caption(ui, of, "default  ");
        widget::label(ui, "|", Text::Title, of.palette.baseline);
        widget::caption(ui, of, "baseline  ");
        fits = needed - LEGEND_GAP <= ui.available_width();
        if fits {
            glyphs_ui(ui);
        }
    });
    if !fits {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = LEGEND_GAP;
            glyphs_ui(ui);
        });
    }
    ui.add_space(8.0);
}
