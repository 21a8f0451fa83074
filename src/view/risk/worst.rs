//! The worst paths of each business, and what happened on them.

use egui::Ui;
use wattfolio_economics::units::Unit;

use super::titles_ui;
use crate::state::Deep;
use crate::theme::{self, Text};
use crate::view::Context;
use crate::words::risk as risk_words;
use crate::{format, widget};

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, deep: &Deep) {
    titles_ui(
        ui,
        cx,
        "What happened on the worst paths".to_owned(),
        "In brackets: NPV that this alone cost, had all else stayed as it was",
    );
    ui.add_space(4.0);
    widget::card(ui, cx.theme, None, |ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        for (business, stories) in deep.worst.iter() {
            let Some(stories) = stories else { continue };
            ui.horizontal(|ui| {
                widget::label(ui, theme::glyph(business), Text::Caption, cx.theme.mark(business));
                widget::label(ui, business.label(), Text::BodyMedium, cx.theme.mark_text(business));
            });
            for (name, story) in ["Worst", "One in twenty"].into_iter().zip(stories) {
                let Some(path) = &story.businesses[business] else { continue };
                let npv = format::short(path.npv_usd, Unit::Usd);
                let head = format!("{name}, path {}, NPV {npv}", format::grouped(story.path as f64, 0));
                let what = risk_words::story(story, business);
                widget::body(ui, cx.theme, format!("{head}. {what}"));
            }
            ui.add_space(6.0);
        }
    });
}
