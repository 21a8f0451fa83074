//! The filmstrip: a small map at each value of a third input; a click sets it.

use egui::{Align, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};
use wattfolio_economics::answers::{Cell, Field, Filmstrip, Frame, Leader, WinnerMap};
use wattfolio_economics::number::within;

use super::{field, lines};
use crate::state::{Action, MapFound};
use crate::theme::{self, HAIRLINE, Text, UNIT};
use crate::view::Context;
use crate::widget;
use crate::words::{sensitivity::label, winner_map as words};

/// The narrowest frame, and its height for each point of its width.
const LEAST_WIDTH: f32 = 116.0;
const SHAPE: f32 = 0.8;
/// Height of the line above a frame.
const TITLE: f32 = 20.0;
/// What stands beside the value of today.
const NOW: &str = "now";
/// Radius of the point of today.
const POINT: f32 = 3.5;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, (strip, is_old): (&Filmstrip, bool), found: &MapFound) {
    let palette = &cx.theme.palette;
    let verdicts = cx.state.winner_map.near.as_ref().map(|(near, _)| &near.frames[..]).unwrap_or_default();
    let reigns = cx.state.winner_map.near.as_ref().map(|(near, _)| &near.reigns[..]).unwrap_or_default();
    let title = match reigns {
        [] => format!("The map at {} values of {}", strip.frames.len(), label(strip.z.input)),
        reigns => words::strip_finding(&strip.z, reigns),
    };
    widget::label(ui, title, Text::Title, palette.text);
    let subtitle = format!("Same axes at other values of {}; a click sets it", label(strip.z.input));
    widget::caption(ui, cx.theme, subtitle);
    ui.add_space(4.0);
    let room = ui.available_width();
    let in_row = ((room + UNIT) / (LEAST_WIDTH + UNIT)).floor().max(1.0);
    let in_row = in_row.min(strip.frames.len() as f32);
    let width = within(((room - UNIT * (in_row - 1.0)) / in_row).floor(), 1.0, 2.0 * LEAST_WIDTH);
    ui.scope(|ui| {
        if is_old {
            ui.multiply_opacity(theme::STALE);
        }
        ui.spacing_mut().item_spacing = vec2(UNIT, UNIT);
        for row in strip.frames.chunks(in_row as usize) {
            ui.horizontal(|ui| {
                for frame in row {
                    let verdict = verdicts.iter().find(|(value, _)| *value == frame.value);
                    frame_ui(ui, cx, (strip, frame), (verdict.and_then(|(_, cell)| *cell), found), width);
                }
            });
        }
    });
}

fn frame_ui(
    ui: &mut Ui,
    cx: &Context<'_>,
    (strip, frame): (&Filmstrip, &Frame),
    (today, found): (Option<Cell>, &MapFound),
    width: f32,
) {
    let palette = &cx.theme.palette;
    let scenario = &cx.state.results.scenario;
    let is_now = strip.z.now(scenario) == Some(frame.value);
    let (whole, response) = ui.allocate_exact_size(vec2(width, TITLE + SHAPE * width), Sense::click());
    let rect = whole.with_min_y(whole.top() + TITLE);
    let (value, colour) = (words::at(&strip.z, frame.value), palette.text);
    let style = if is_now { Text::BodyMedium } else { Text::Body };
    let right = widget::put(ui, whole.with_max_y(rect.top()), Align::Min, &value, style, colour).right();
    let beside = Rect::from_x_y_ranges(right + 6.0..=whole.right(), whole.top()..=rect.top());
    note_ui(ui, cx, beside, (is_now, today, &frame.map));
    field::cells_ui(ui, cx, rect, (&frame.map, found));
    ui.painter().rect_stroke(rect, 0, Stroke::new(HAIRLINE, palette.line), StrokeKind::Inside);
    if let Some(now) = frame.map.now(scenario) {
        let at = lines::place(rect, now);
        ui.painter().circle(at, POINT, palette.text, Stroke::new(1.0, palette.app));
    }
    if is_now {
        ui.painter().rect_stroke(rect, 0, Stroke::new(2.0, palette.text), StrokeKind::Inside);
    }
    if response.has_focus() {
        let ring = Stroke::new(2.0, palette.text);
        ui.painter().rect_stroke(whole.expand(3.0), theme::RADIUS_FIELD, ring, StrokeKind::Inside);
    }
    let name = words::named(&strip.z, frame.value);
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_now, &name));
    if response.clicked() && !is_now {
        cx.actions.push(Action::SetNumber { input: strip.z.input, value: frame.value });
    }
    response.on_hover_text(format!("{name}\n{}", words::finding(&frame.map)));
}

/// Beside the value of a frame: that it is today's, and who leads today's pair.
fn note_ui(ui: &Ui, cx: &Context<'_>, place: Rect, (is_now, today, map): (bool, Option<Cell>, &WinnerMap)) {
    let palette = &cx.theme.palette;
    let mut left = place.left();
    let mut say = |text: &str, colour| {
        let room = place.with_min_x(left.min(place.right()));
        left = widget::put(ui, room, Align::Min, text, Text::Caption, colour).right() + 4.0;
    };
    if map.cells.iter().all(|cell| cell.field == Field::NotAllowed) {
        return say("not allowed", palette.text_muted);
    }
    match today.and_then(|cell| Leader::of(cell.field)) {
        Some(Leader::Business(business)) => say(theme::glyph(business), cx.theme.mark_text(business)),
        Some(Leader::Losing(business)) => {
            say(theme::glyph(business), cx.theme.mark_text(business));
            say("at a loss", palette.text_muted);
        }
        Some(Leader::NoneEarns | Leader::NoValue) => say("none", palette.text_muted),
        None => {}
    }
    // The outline of the frame says so as well.
    if is_now && widget::width(ui, NOW, Text::Caption) <= place.right() - left {
        widget::put(ui, place.with_min_x(left), Align::Min, NOW, Text::Caption, palette.text_muted);
    }
}
