//! The map with its axes: the point of today is dragged or moved by the arrows, and both inputs follow.

use egui::{
    Align, EventFilter, Key, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};
use wattfolio_economics::answers::{Axis, Field, WinnerMap};
use wattfolio_economics::business::Business;
use wattfolio_economics::number::within;

use super::{field, lines};
use crate::state::{Action, MapFound};
use crate::theme::{self, HAIRLINE, Text};
use crate::view::Context;
use crate::widget;
use crate::words::winner_map as words;

/// Largest height of the map, and its height for each point of its width.
const MOST_HEIGHT: f32 = 600.0;
const SHAPE: f32 = 0.86;
/// Height of the line of values below it, and of a label inside it.
const AXIS: f32 = 20.0;
const LABEL: f32 = 20.0;
/// Values along an axis.
const TICKS: usize = 4;
/// Share of the cells from which on the part of a business has its name on it.
const NAMED: f64 = 0.04;

/// Values along an axis, each with its share of the length.
type Ticks = Vec<(f64, String)>;

/// Draws the map; gives the cell under the pointer.
pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, found: &MapFound) -> Option<(usize, usize)> {
    let map = &found.map;
    let palette = &cx.theme.palette;
    let ticks = |axis: &Axis| -> Ticks {
        let share = |tick: usize| tick as f64 / TICKS as f64;
        (0..=TICKS).map(|tick| (share(tick), words::at(axis, axis.at(share(tick))))).collect()
    };
    let (along, up) = (ticks(&map.x), ticks(&map.y));
    let widest = up.iter().map(|(_, text)| widget::width(ui, text, Text::Caption)).fold(0.0, f32::max) + 8.0;
    let width = ui.available_width().max(widest + 1.0);
    let height = (SHAPE * (width - widest)).min(MOST_HEIGHT);
    let (whole, response) =
        ui.allocate_exact_size(vec2(width, height + AXIS + LABEL), Sense::click_and_drag());
    let rect = Rect::from_min_size(pos2(whole.left() + widest, whole.top()), vec2(width - widest, height));
    field::cells_ui(ui, cx, rect, (map, found));
    lines::ui(ui, cx, rect, map);
    axes_ui(ui, cx, (whole, rect), (&along, &up));
    widget::put(
        ui,
        Rect::from_x_y_ranges(rect.x_range(), rect.bottom() + AXIS..=whole.bottom()),
        Align::Max,
        &format!("{}{}", map.x.input.label, if map.x.is_log { ", log" } else { "" }),
        Text::Caption,
        palette.text_muted,
    );
    let now = map.now(&cx.state.results.scenario);
    let mut taken = Vec::new();
    if let Some(now) = now {
        now_ui(ui, cx, (rect, map), now, &mut taken);
    }
    names_ui(ui, cx, (rect, map), &mut taken);
    line_names_ui(ui, cx, (rect, map), &mut taken);
    if response.has_focus() {
        ui.painter().rect_stroke(rect, 0, Stroke::new(2.0, palette.text), StrokeKind::Inside);
    }
    move_ui(ui, cx, (rect, map), &response, now);
    let at = response.hover_pos().filter(|at| rect.contains(*at))?;
    let share = (at - rect.min) / rect.size();
    Some(map.place([f64::from(share.x), f64::from(1.0 - share.y)]))
}

fn axes_ui(ui: &Ui, cx: &Context<'_>, (whole, rect): (Rect, Rect), (along, up): (&Ticks, &Ticks)) {
    let palette = &cx.theme.palette;
    ui.painter().rect_stroke(rect, 0, Stroke::new(HAIRLINE, palette.line), StrokeKind::Outside);
    for (share, text) in up {
        let y = lines::place(rect, [0.0, *share]).y;
        // The ends stand inside the height of the map.
        let y = within(y, rect.top() + LABEL / 2.0, rect.bottom() - LABEL / 2.0);
        let place =
            Rect::from_x_y_ranges(whole.left()..=rect.left() - 6.0, y - LABEL / 2.0..=y + LABEL / 2.0);
        widget::put(ui, place, Align::Max, text, Text::Caption, palette.text_muted);
    }
    let mut free = rect.left();
    for (share, text) in along {
        let width = widget::width(ui, text, Text::Caption) + 1.0;
        let x = lines::place(rect, [*share, 0.0]).x - width / 2.0;
        let x = within(x, rect.left(), (rect.right() - width).max(rect.left()));
        if x < free {
            continue;
        }
        free = x + width + 8.0;
        let place = Rect::from_min_size(pos2(x, rect.bottom() + 2.0), vec2(width, AXIS - 2.0));
        widget::put(ui, place, Align::Min, text, Text::Caption, palette.text_muted);
    }
}

/// The point of today with its lines and its values.
fn now_ui(ui: &Ui, cx: &Context<'_>, (rect, map): (Rect, &WinnerMap), now: [f64; 2], taken: &mut Vec<Rect>) {
    let palette = &cx.theme.palette;
    let at = lines::place(rect, now);
    let dots = |ends: [egui::Pos2; 2]| egui::Shape::dotted_line(&ends, palette.text, 4.0, 0.8);
    ui.painter().extend(dots([pos2(at.x, rect.top()), pos2(at.x, rect.bottom())]));
    ui.painter().extend(dots([pos2(rect.left(), at.y), pos2(rect.right(), at.y)]));
    ui.painter().circle(at, theme::MARKER_RADIUS, palette.text, Stroke::new(1.5, palette.app));
    let scenario = &cx.state.results.scenario;
    let (Some(x), Some(y)) = (map.x.now(scenario), map.y.now(scenario)) else { return };
    let text = format!("now {}", words::pair(map, x, y));
    let width = widget::width(ui, &text, Text::Caption) + 12.0;
    let left = if at.x + 12.0 + width <= rect.right() { at.x + 12.0 } else { at.x - 12.0 - width };
    let top = if at.y - 12.0 - LABEL >= rect.top() { at.y - 12.0 - LABEL } else { at.y + 12.0 };
    label_ui(ui, cx, rect, (pos2(left, top), width), &[(&text, palette.text)], taken);
}

/// A text on a backing, if it is inside the map and clear of those before it; `false` if it is not.
fn label_ui(
    ui: &Ui,
    cx: &Context<'_>,
    rect: Rect,
    (at, width): (egui::Pos2, f32),
    parts: &[(&str, egui::Color32)],
    taken: &mut Vec<Rect>,
) -> bool {
    let place = Rect::from_min_size(at, vec2(width, LABEL));
    if !rect.contains_rect(place) || taken.iter().any(|other| other.expand(4.0).intersects(place)) {
        return false;
    }
    taken.push(place);
    let backing = cx.theme.palette.app.gamma_multiply(theme::LABEL_BACKING);
    ui.painter().rect_filled(place, theme::RADIUS_FIELD, backing);
    let mut left = place.left() + 6.0;
    for (text, colour) in parts {
        let room = Rect::from_x_y_ranges(left..=place.right(), place.y_range());
        left = widget::put(ui, room, Align::Min, text, Text::Caption, *colour).right() + 4.0;
    }
    true
}

/// The name of each business on its part of the map.
fn names_ui(ui: &Ui, cx: &Context<'_>, (rect, map): (Rect, &WinnerMap), taken: &mut Vec<Rect>) {
    let columns = map.columns.len();
    for business in Business::ALL {
        let won = || {
            let won = map.cells.iter().enumerate().filter(|(_, cell)| cell.field == Field::Best(business));
            won.map(|(index, _)| [(index % columns) as f64, (index / columns) as f64])
        };
        let count = won().count() as f64;
        if count < NAMED * map.cells.len() as f64 {
            continue;
        }
        let mean = [0, 1].map(|axis| won().map(|cell| cell[axis]).sum::<f64>() / count);
        let distance = |cell: &[f64; 2]| (cell[0] - mean[0]).powi(2) + (cell[1] - mean[1]).powi(2);
        // The mean of a bent part may lie outside it.
        let Some([column, row]) = won().min_by(|a, b| distance(a).total_cmp(&distance(b))) else { continue };
        let at = lines::place(rect, [(column + 0.5) / columns as f64, (row + 0.5) / map.rows.len() as f64]);
        let glyph = theme::glyph(business);
        let width = |text: &str| widget::width(ui, text, Text::Caption);
        let width = width(glyph) + width(business.label()) + 18.0;
        let corner = at - vec2(width / 2.0, LABEL / 2.0);
        let corner = pos2(
            within(corner.x, rect.left() + 2.0, (rect.right() - width - 2.0).max(rect.left())),
            within(corner.y, rect.top() + 2.0, (rect.bottom() - LABEL - 2.0).max(rect.top())),
        );
        let parts = [(glyph, cx.theme.mark_text(business)), (business.label(), cx.theme.palette.text)];
        label_ui(ui, cx, rect, (corner, width), &parts, taken);
    }
}

/// The name of each line on it, at the place nearest to its middle that is free.
fn line_names_ui(ui: &Ui, cx: &Context<'_>, (rect, map): (Rect, &WinnerMap), taken: &mut Vec<Rect>) {
    for (name, places) in lines::named(cx, rect, map) {
        let width = widget::width(ui, &name.0, Text::Caption) + 12.0;
        let corner = |at: egui::Pos2| at - vec2(width / 2.0, LABEL / 2.0);
        let part = [(name.0.as_str(), name.1)];
        let mut places = places.into_iter().map(corner);
        places.any(|at| label_ui(ui, cx, rect, (at, width), &part, taken));
    }
}

/// Drags and arrows move the point: an arrow by a cell.
fn move_ui(
    ui: &Ui,
    cx: &Context<'_>,
    (rect, map): (Rect, &WinnerMap),
    response: &Response,
    now: Option<[f64; 2]>,
) {
    let scenario = &cx.state.results.scenario;
    let pair = map.x.now(scenario).zip(map.y.now(scenario)).map(|(x, y)| words::pair(map, x, y));
    let words = format!(
        "Winner map of {} and {}, now {}. {}",
        map.x.input.label,
        map.y.input.label,
        pair.unwrap_or_default(),
        words::finding(map)
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
    if response.clicked() {
        response.request_focus();
    }
    let pressed = response.interact_pointer_pos().filter(|_| response.dragged() || response.clicked());
    if let Some(at) = pressed {
        let share = (at - rect.min) / rect.size();
        set(cx, &map.x, f64::from(share.x));
        set(cx, &map.y, f64::from(1.0 - share.y));
        return;
    }
    let Some([x, y]) = now.filter(|_| response.has_focus()) else { return };
    let arrows = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
    let pressed = |key| ui.input(|input| input.key_pressed(key));
    let (column, row) = (1.0 / map.columns.len() as f64, 1.0 / map.rows.len() as f64);
    for (key, axis, share) in [
        (Key::ArrowLeft, &map.x, x - column),
        (Key::ArrowRight, &map.x, x + column),
        (Key::ArrowDown, &map.y, y - row),
        (Key::ArrowUp, &map.y, y + row),
    ] {
        if pressed(key) {
            set(cx, axis, share);
        }
    }
}

/// Sets an input to the value at a share of its axis, rounded as a slider rounds.
fn set(cx: &Context<'_>, axis: &Axis, share: f64) {
    let value = axis.rounded(axis.at(share));
    if axis.now(&cx.state.results.scenario) != Some(value) {
        cx.actions.push(Action::SetNumber { input: axis.input, value });
    }
}
