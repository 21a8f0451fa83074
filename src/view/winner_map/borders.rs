//! How far today is from where another business takes over, along each axis.

use egui::Ui;
use wattfolio_economics::answers::{Border, Leader};
use wattfolio_economics::results::verdict::Criterion;

use crate::format;
use crate::theme::{self, Text};
use crate::view::Context;
use crate::widget;
use crate::words::winner_map as words;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, borders: &[Border], (criterion, is_old): (Criterion, bool)) {
    let palette = &cx.theme.palette;
    widget::label(ui, "How far to the border", Text::Title, palette.text);
    ui.add_space(4.0);
    widget::card(ui, cx.theme, None, |ui| {
        if is_old {
            ui.multiply_opacity(theme::STALE);
        }
        for (index, border) in borders.iter().enumerate() {
            if index > 0 {
                ui.add_space(4.0);
                widget::hairline(ui, cx.theme);
                ui.add_space(2.0);
            }
            let now = format::chosen(border.now, border.input.unit);
            widget::label(
                ui,
                format!("{}, now {now}", border.input.label),
                Text::Caption,
                palette.text_muted,
            );
            for is_below in [true, false] {
                side_ui(ui, cx, border, is_below, criterion);
            }
        }
    });
}

/// One direction.
fn side_ui(ui: &mut Ui, cx: &Context<'_>, border: &Border, is_below: bool, criterion: Criterion) {
    let palette = &cx.theme.palette;
    let Some(takeover) = (if is_below { &border.below } else { &border.above }) else {
        widget::label(ui, words::no_border(border, is_below), Text::Body, palette.text_muted);
        return;
    };
    let (text, away) = words::takeover(border, takeover, criterion);
    let mark = match takeover.to {
        Leader::Business(business) | Leader::Losing(business) => {
            (format!("{} ", theme::glyph(business)), cx.theme.mark_text(business))
        }
        Leader::NoneEarns | Leader::NoValue => (String::new(), palette.text),
    };
    let rest = format!(", {away}");
    let parts = [
        (mark.0.as_str(), Text::Body, mark.1),
        (text.as_str(), Text::Body, palette.text),
        (rest.as_str(), Text::Body, palette.text_muted),
    ];
    let full = format::full(takeover.value, border.input.unit);
    widget::phrase(ui, &parts).on_hover_text(format!("{} {full}", border.input.label));
}
