//! Every known run, priced; a click draws it.

use egui::{Align, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use wattfolio_economics::units::Unit;

use super::{Shown, set, titles_ui};
use crate::export::certainty;
use crate::format;
use crate::market_data::recorded::training_runs;
use crate::theme::{RADIUS_FIELD, TABLE_ROW, Text};
use crate::view::Context;
use crate::widget;
use crate::words::training as words;

/// Width below which the table has smaller letters.
const LEAST_WIDTH: f32 = 500.0;
/// Columns with their shares of the width.
const COLUMNS: [(&str, f32); 7] = [
    ("Run", 0.24),
    ("Hours", 0.105),
    ("Rental", 0.12),
    ("Own GPUs", 0.12),
    ("Miner’s power", 0.155),
    ("Bitcoin ×2", 0.125),
    ("Known", 0.125),
];

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, shown: &Shown<'_>) {
    let palette = &cx.theme.palette;
    let title = format!("{} known runs, repriced", crate::words::capitalised(number(training_runs().len())));
    titles_ui(ui, cx, &title, "Miner’s power and bitcoin ×2 are on own GPUs; click a run to draw it");
    ui.add_space(4.0);
    widget::card(ui, cx.theme, None, |ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), TABLE_ROW - 6.0), Sense::hover());
        cells(ui, rect, COLUMNS.map(|(name, _)| (name.to_owned(), Text::Caption, palette.text_muted)));
        for (index, run) in training_runs().iter().enumerate() {
            let Some(cost) = shown.trained.cost.cost(index, &shown.trained.now) else { continue };
            let doubled = shown.trained.doubled_of(index);
            let size = vec2(ui.available_width(), TABLE_ROW - 4.0);
            let (rect, response) = ui.allocate_exact_size(size, Sense::click());
            let is_drawn = index == shown.run;
            let missing = |reason: bool| if reason { "none".to_owned() } else { String::new() };
            let usd = |usd: &Result<f64, _>| match usd {
                Ok(usd) => format::short(*usd, Unit::Usd),
                Err(_) => missing(true),
            };
            let texts = [
                format!("{}, {}", run.model, run.gpu),
                words::hours(run.gpu_hours),
                usd(&cost.rental_usd),
                usd(&cost.own_usd),
                usd(&cost.own_at_miners_usd),
                doubled.as_ref().map_or_else(|| "beyond".to_owned(), |cost| usd(&cost.own_at_miners_usd)),
                certainty(run.certainty).to_owned(),
            ];
            let spoken = texts.join(", ");
            response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_drawn, &spoken));
            if is_drawn || response.hovered() {
                ui.painter().rect_filled(rect.expand2(vec2(6.0, 0.0)), RADIUS_FIELD, palette.field);
            }
            widget::focus_ring(ui, cx.theme, &response, rect);
            let style = match is_drawn {
                _ if rect.width() < LEAST_WIDTH => Text::Caption,
                true => Text::BodyMedium,
                false => Text::Body,
            };
            let colour = |text: &String| if text == "none" { palette.text_muted } else { palette.text };
            cells(
                ui,
                rect,
                texts.map(|text| {
                    let colour = colour(&text);
                    (text, style, colour)
                }),
            );
            let source = format!("{}. {}", run.source, run.remark);
            let reasons = [&cost.rental_usd, &cost.own_usd].map(words::cost).join(" at the rental, ");
            if response.on_hover_text(format!("{reasons} on own GPUs. {source}")).clicked() {
                set(cx, |view| view.run = index);
            }
        }
    });
}

/// Writes a row: the first cell at the left, the last as well, numbers at the right of their columns.
fn cells(ui: &Ui, row: Rect, cells: [(String, Text, egui::Color32); COLUMNS.len()]) {
    let mut left = row.left();
    for (index, ((_, share), (text, style, colour))) in COLUMNS.iter().zip(cells).enumerate() {
        let right = left + share * row.width();
        let is_word = index == 0 || index == COLUMNS.len() - 1;
        let (from, align) = if is_word {
            (left + if index > 0 { 10.0 } else { 0.0 }, Align::Min)
        } else {
            (left + 8.0, Align::Max)
        };
        let place = Rect::from_min_max(pos2(from.min(right), row.top()), pos2(right, row.bottom()));
        widget::put(ui, place, align, &text, style, colour);
        left = right;
    }
}

/// A small number in words.
fn number(count: usize) -> &'static str {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    WORDS.get(count).copied().unwrap_or("many")
}
