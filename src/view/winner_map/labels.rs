//! What stands on the map: the point of today, and the names of its parts and of its lines.

use egui::{Align, Color32, Pos2, Rect, Shape, Stroke, Ui, Vec2, pos2, vec2};
use wattfolio_economics::answers::{Field, WinnerMap};
use wattfolio_economics::business::Business;
use wattfolio_economics::number::within;

use super::lines;
use crate::state::MapFound;
use crate::theme::{self, Text};
use crate::view::Context;
use crate::widget;
use crate::words::winner_map as words;

/// Height of a name.
const LABEL: f32 = 20.0;
/// Share of the cells from which on a part of the map has its name on it, and most places that are tried for it.
const NAMED: f64 = 0.04;
const TRIED: usize = 400;

/// Draws the point over the lines of the map, and each name where it covers neither it nor another.
pub(super) fn ui(ui: &Ui, cx: &Context<'_>, (rect, found): (Rect, &MapFound), now: Option<[f64; 2]>) {
    let map = &found.map;
    let mut taken = Vec::new();
    if let Some(now) = now {
        now_ui(ui, cx, (rect, map), now, &mut taken);
    }
    names_ui(ui, cx, (rect, map), &mut taken);
    line_names_ui(ui, cx, (rect, found), &mut taken);
}

/// The point of today with its lines and its values.
fn now_ui(ui: &Ui, cx: &Context<'_>, (rect, map): (Rect, &WinnerMap), now: [f64; 2], taken: &mut Vec<Rect>) {
    let palette = &cx.theme.palette;
    let at = lines::place(rect, now);
    let dots = |ends: [Pos2; 2]| Shape::dotted_line(&ends, palette.text, 4.0, 0.8);
    ui.painter().extend(dots([pos2(at.x, rect.top()), pos2(at.x, rect.bottom())]));
    ui.painter().extend(dots([pos2(rect.left(), at.y), pos2(rect.right(), at.y)]));
    ui.painter().circle(at, theme::MARKER_RADIUS, palette.text, Stroke::new(1.5, palette.app));
    // No name may lie on the point.
    taken.push(Rect::from_center_size(at, Vec2::splat(2.0 * theme::MARKER_RADIUS)));
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
    (at, width): (Pos2, f32),
    parts: &[(&str, Color32)],
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

/// A part of the map that has its name on it.
fn parts() -> Vec<Field> {
    let best = Business::ALL.map(Field::Best);
    let losing = Business::ALL.map(Field::LosesValue);
    // Whoever is the least bad is not told apart.
    let rest = [Field::NoneEarns(Business::ALL[0]), Field::NoValue, Field::NotAllowed];
    best.into_iter().chain(losing).chain(rest).collect()
}

fn is_of(field: Field, part: Field) -> bool {
    field == part || matches!((field, part), (Field::NoneEarns(_), Field::NoneEarns(_)))
}

/// The name of each part of the map on it, at the place nearest to its middle that is free.
fn names_ui(ui: &Ui, cx: &Context<'_>, (rect, map): (Rect, &WinnerMap), taken: &mut Vec<Rect>) {
    let columns = map.columns.len();
    for part in parts() {
        let cells = || {
            let of = map.cells.iter().enumerate().filter(|(_, cell)| is_of(cell.field, part));
            of.map(|(index, _)| [(index % columns) as f64, (index / columns) as f64])
        };
        let count = cells().count();
        if (count as f64) < NAMED * map.cells.len() as f64 || count == 0 {
            continue;
        }
        let mean = [0, 1].map(|axis| cells().map(|cell| cell[axis]).sum::<f64>() / count as f64);
        let distance = |cell: &[f64; 2]| (cell[0] - mean[0]).powi(2) + (cell[1] - mean[1]).powi(2);
        let name = words::of_part(part, map.criterion);
        let glyph = part.first().filter(|_| !matches!(part, Field::NoneEarns(_)));
        let glyph = glyph.map(|one| (theme::glyph(one), cx.theme.mark_text(one)));
        let named: Vec<(&str, Color32)> =
            glyph.into_iter().chain([(name.as_str(), cx.theme.palette.text)]).collect();
        let width =
            named.iter().map(|(text, _)| widget::width(ui, text, Text::Caption) + 4.0).sum::<f32>() + 8.0;
        let mut put = |[column, row]: [f64; 2]| {
            let share = [(column + 0.5) / columns as f64, (row + 0.5) / map.rows.len() as f64];
            let corner = lines::place(rect, share) - vec2(width / 2.0, LABEL / 2.0);
            let corner = pos2(
                within(corner.x, rect.left() + 2.0, (rect.right() - width - 2.0).max(rect.left())),
                within(corner.y, rect.top() + 2.0, (rect.bottom() - LABEL - 2.0).max(rect.top())),
            );
            label_ui(ui, cx, rect, (corner, width), &named, taken)
        };
        // The mean of a bent part may lie outside it.
        if cells().min_by(|a, b| distance(a).total_cmp(&distance(b))).is_some_and(&mut put) {
            continue;
        }
        let mut others: Vec<[f64; 2]> = cells().step_by(count.div_ceil(TRIED)).collect();
        others.sort_by(|a, b| distance(a).total_cmp(&distance(b)));
        others.into_iter().any(put);
    }
}

/// The name of each line on it, at the place nearest to its middle that is free.
fn line_names_ui(ui: &Ui, cx: &Context<'_>, (rect, found): (Rect, &MapFound), taken: &mut Vec<Rect>) {
    for (name, places) in lines::named(cx, rect, found) {
        let width = widget::width(ui, &name.0, Text::Caption) + 12.0;
        let corner = |at: Pos2| at - vec2(width / 2.0, LABEL / 2.0);
        let part = [(name.0.as_str(), name.1)];
        let mut places = places.into_iter().map(corner);
        places.any(|at| label_ui(ui, cx, rect, (at, width), &part, taken));
    }
}
