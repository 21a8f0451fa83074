//! The conventions of the model in a few sentences.

use egui::Ui;

use crate::theme::{self, Text};
use crate::view::Context;
use crate::widget;
use crate::words::method::CONVENTIONS;

/// Purpose of the page, version of the program, and the disclaimer.
pub(super) const LEAD: &str = concat!(
    "How the figures come about, and how they compare with published ones. wattfolio ",
    env!("CARGO_PKG_VERSION"),
    ". Not investment advice."
);

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    widget::card(ui, cx.theme, None, |ui| {
        let gutter = if cx.is_narrow { theme::GUTTER_NARROW } else { theme::GUTTER };
        for (index, row) in CONVENTIONS.chunks(3).enumerate() {
            ui.add_space(if index == 0 { 0.0 } else { 10.0 });
            ui.push_id(index, |ui| {
                widget::columns(ui, row.len(), (gutter, theme::LEAST_CHART), |ui, column| {
                    let (title, text) = row[column];
                    ui.spacing_mut().item_spacing.y = 3.0;
                    widget::label(ui, title, Text::Title, cx.theme.palette.text);
                    widget::body(ui, cx.theme, text);
                });
            });
        }
    });
}
