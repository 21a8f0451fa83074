//! The legend: what the colours and lines on the map mean, and nothing that is not on it.

use egui::{Align, Color32, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};
use wattfolio_economics::answers::Field;
use wattfolio_economics::business::Business;

use super::field;
use crate::state::MapFound;
use crate::theme::{self, BASELINE, HAIRLINE, MARKER, Text};
use crate::view::{Context, line};
use crate::widget;
use crate::words::winner_map as words;

/// Width of a swatch, and of a sample of hatching or of a line.
const SWATCH: f32 = 14.0;
const SAMPLE: f32 = 26.0;
/// Height of a line of the legend, and of a swatch in it.
const LINE: f32 = 18.0;
const TALL: f32 = 10.0;
/// Space between swatches, and between a mark and its words.
const BETWEEN: f32 = 2.0;
const SPACE: f32 = 6.0;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, found: &MapFound) {
    widget::unbroken_ui(ui, |ui| {
        best_ui(ui, cx, found);
        grounds_ui(ui, cx, found);
        let palette = &cx.theme.palette;
        let sample = |ui: &Ui, place: Rect, style, (width, colour)| {
            line::sample(ui, place, style, width, colour);
        };
        if !found.level_lines.is_empty() {
            entry_ui(ui, cx, SAMPLE, "level", |ui, place| {
                sample(ui, place, widget::Stroke::Solid, (MARKER - 0.5, palette.text));
            });
        }
        if found.zero_lines.iter().any(|(_, line)| !line.is_empty()) {
            entry_ui(ui, cx, SAMPLE, "NPV of 0", |ui, place| {
                sample(ui, place, widget::Stroke::LongDashed, (BASELINE, palette.text_secondary));
            });
        }
    });
}

/// Whether a field is on the map.
fn has(cx: &Context<'_>, found: &MapFound, is: impl Fn(Field) -> bool) -> bool {
    let strip = cx.state.winner_map.strip.iter().flat_map(|(strip, _)| &strip.fields);
    strip.chain(&found.fields).any(|field| is(*field))
}

/// The colours of the businesses that are best, with the lead that each step stands for.
fn best_ui(ui: &mut Ui, cx: &Context<'_>, found: &MapFound) {
    let best = Business::ALL.into_iter().filter(|one| has(cx, found, |field| field == Field::Best(*one)));
    let has_lead = found.full_lead > 0.0;
    let first = if has_lead { 0 } else { field::STEPS - 1 };
    let mut any = false;
    for business in best {
        if !any && has_lead {
            widget::caption(ui, cx.theme, "Lead");
        }
        any = true;
        let glyph = theme::glyph(business);
        let ahead = widget::width(ui, glyph, Text::Caption) + SPACE;
        let steps = (field::STEPS - first) as f32;
        let width = ahead + steps * (SWATCH + BETWEEN);
        entry_ui(ui, cx, width, "", |ui, place| {
            let ink = cx.theme.mark_text(business);
            widget::put(ui, place.with_max_x(place.left() + ahead), Align::Min, glyph, Text::Caption, ink);
            for step in first..field::STEPS {
                let left = place.left() + ahead + (step - first) as f32 * (SWATCH + BETWEEN);
                let rect = bar(place.with_min_x(left).with_max_x(left + SWATCH));
                ui.painter().rect_filled(rect, 0, field::strength(cx, business, step));
            }
        });
    }
    if any {
        let text = if has_lead {
            words::leads_of_colours(found.full_lead, found.map.criterion.unit())
        } else {
            "alone, without another to lead".to_owned()
        };
        widget::caption(ui, cx.theme, text);
    }
}

/// What is no clear lead.
fn grounds_ui(ui: &mut Ui, cx: &Context<'_>, found: &MapFound) {
    let palette = &cx.theme.palette;
    if has(cx, found, |field| matches!(field, Field::AboutEqual(_))) {
        entry_ui(ui, cx, SWATCH, "about equal", |ui, place| ground(ui, cx, place, field::about_equal(cx)));
    }
    let losing = Business::ALL.into_iter();
    let losing: Vec<Business> =
        losing.filter(|one| has(cx, found, |field| field == Field::LosesValue(*one))).collect();
    for business in &losing {
        // One text stands behind all samples.
        let is_last = Some(business) == losing.last();
        let text = if is_last { words::is_best_and_loses(found.map.criterion) } else { String::new() };
        entry_ui(ui, cx, SAMPLE, &text, |ui, place| {
            let rect = bar(place);
            ui.painter().rect_filled(rect, 0, field::losing(cx, *business));
            field::hatched(ui, rect, cx.theme.mark(*business));
        });
    }
    if has(cx, found, |field| matches!(field, Field::NoneEarns(_))) {
        entry_ui(ui, cx, SAMPLE, "none earns its capital", |ui, place| {
            field::hatched(ui, bar(place), palette.text_muted);
        });
    }
    if has(cx, found, |field| matches!(field, Field::NoValue | Field::NotAllowed)) {
        entry_ui(ui, cx, SWATCH, "no value", |ui, place| ground(ui, cx, place, palette.line));
    }
}

/// A swatch that hardly differs from what it lies on.
fn ground(ui: &Ui, cx: &Context<'_>, place: Rect, colour: Color32) {
    let outline = Stroke::new(HAIRLINE, cx.theme.palette.text_muted);
    ui.painter().rect(bar(place), 0, colour, outline, StrokeKind::Inside);
}

/// The place of a swatch in its line.
fn bar(place: Rect) -> Rect {
    Rect::from_center_size(place.center(), vec2(place.width(), TALL))
}

/// A mark with its words, which stay together where the line ends.
fn entry_ui(ui: &mut Ui, cx: &Context<'_>, width: f32, text: &str, paint: impl FnOnce(&Ui, Rect)) {
    let words = if text.is_empty() { 0.0 } else { SPACE + widget::width(ui, text, Text::Caption) + 1.0 };
    let (rect, response) = ui.allocate_exact_size(vec2(width + words, LINE), Sense::hover());
    paint(ui, rect.with_max_x(rect.left() + width));
    if !text.is_empty() {
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
        let place = rect.with_min_x(rect.left() + width + SPACE);
        widget::put(ui, place, Align::Min, text, Text::Caption, cx.theme.palette.text_muted);
    }
}
