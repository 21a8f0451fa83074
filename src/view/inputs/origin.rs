//! Where the value of an input comes from, if it was taken over from the market.

use chrono::{DateTime, Utc};
use egui::Ui;
use wattfolio_economics::input::{Input, Kind};

use crate::format;
use crate::view::Context;
use crate::widget;

/// The value with its source and time: `$84,700, median of 4 of 5, 09:12 UTC today`.
pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, input: &'static Input) {
    let (scenario, document) = (cx.state.document.scenario(), &cx.state.document);
    let Some(taken) = document.about().origin(input, scenario) else { return };
    let Kind::Number(number) = &input.kind else { return };
    let Some(value) = (number.get)(scenario) else { return };
    let how = taken.from.split(':').next().unwrap_or_default();
    let when = when(taken.observed_at, cx.state.market.now());
    let words = format!("{}, {}, {when}", format::full(value, input.unit), format::visible_line(how));
    let text = widget::colored(words, crate::theme::Text::Caption, cx.theme.palette.text_muted);
    let label = ui.add(egui::Label::new(text).wrap());
    label.on_hover_text(format!(
        "{}\nobserved {}",
        format::visible_line(&taken.from),
        taken.observed_at.format("%Y-%m-%d %H:%M UTC")
    ));
    ui.add_space(6.0);
}

/// A time in few words. It is that of Greenwich, so that a preset reads the same everywhere.
fn when(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    if at.date_naive() == now.date_naive() {
        at.format("%H:%M UTC today").to_string()
    } else {
        at.format("%-d %b %Y").to_string()
    }
}
