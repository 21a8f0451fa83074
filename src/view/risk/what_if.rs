//! What the businesses come to if all markets were calmer or wilder than assumed.

use egui::{Align2, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use wattfolio_economics::business::Business;
use wattfolio_economics::units::Unit;

use super::titles_ui;
use crate::state::{Deep, Outcome, SCALES};
use crate::theme::{self, HAIRLINE, Text};
use crate::view::Context;
use crate::words::capitalised;
use crate::{format, widget};

/// Height of a row.
const ROW: f32 = 26.0;
/// Width of the column of volatilities.
const LABEL: f32 = 96.0;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, deep: &Deep) {
    titles_ui(ui, cx, title(deep), "All volatilities and jumps times a factor; NPV at P5, chance of loss");
    ui.add_space(4.0);
    widget::card(ui, cx.theme, None, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let heading = Business::ALL.map(|business| capitalised(business.word()));
        row_ui(ui, cx, "Volatility", &heading, true);
        for (scale, outcomes) in SCALES.into_iter().zip(&deep.what_if) {
            let cells = Business::ALL.map(|business| {
                outcomes
                    .as_ref()
                    .and_then(|outcomes| outcomes[business])
                    .map_or_else(|| "–".to_owned(), words)
            });
            row_ui(ui, cx, &format!("× {}", format::plain(scale)), &cells, false);
        }
    });
}

fn words(outcome: Outcome) -> String {
    format!("{}, {}", format::short(outcome.p5_usd, Unit::Usd), format::probability(&outcome.loss))
}

/// Whose chance of loss hangs most on how wild the markets are.
fn title(deep: &Deep) -> String {
    let loss =
        |row: usize, business| deep.what_if.get(row)?.as_ref()?[business].map(|outcome| outcome.loss.value);
    let last = SCALES.len() - 1;
    let change = |business| Some((business, loss(last, business)? - loss(0, business)?));
    let most = Business::ALL.into_iter().filter_map(change).max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
    match most {
        Some((business, change)) if change.abs() >= 0.01 => {
            let direction = if change > 0.0 { "raise" } else { "lower" };
            format!("Wilder markets {direction} {}’s chance of loss most", business.word())
        }
        _ => "Wilder markets hardly change who loses".to_owned(),
    }
}

fn row_ui(ui: &mut Ui, cx: &Context<'_>, label: &str, cells: &[String], is_heading: bool) {
    let palette = &cx.theme.palette;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let y = rect.center().y;
    if !is_heading {
        ui.painter().hline(rect.x_range(), rect.top(), Stroke::new(HAIRLINE, palette.line));
    }
    let put = |x: f32, align, text: &str, style: Text, colour| {
        ui.painter().text(pos2(x, y), align, text, style.font(), colour)
    };
    put(rect.left(), Align2::LEFT_CENTER, label, Text::Body, palette.text_secondary);
    let width = (rect.width() - LABEL) / Business::ALL.len() as f32;
    for (index, (cell, business)) in cells.iter().zip(Business::ALL).enumerate() {
        let right = rect.left() + LABEL + width * (index + 1) as f32;
        let words = put(right, Align2::RIGHT_CENTER, cell, Text::BodyMedium, palette.text);
        if is_heading {
            let glyph = theme::glyph(business);
            let colour = cx.theme.mark(business);
            put(words.left() - 6.0, Align2::RIGHT_CENTER, glyph, Text::Caption, colour);
        }
    }
    let spoken = format!("{label}, {}", cells.join(", "));
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
}
