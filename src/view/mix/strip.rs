//! What the frontier is made of: shares along it as stacked areas, from the least risk to the most value.

use egui::{Align, Mesh, Pos2, Rangef, Rect, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};
use wattfolio_economics::answers::mix::{Mixed, Mixes};
use wattfolio_economics::business::Business;
use wattfolio_economics::number::within;

use crate::theme::{self, HAIRLINE, Text};
use crate::view::Context;
use crate::widget;
use crate::words::mix as words;

/// Height of the areas.
const HEIGHT: f32 = 64.0;
/// Height of a name in an area.
const NAME: f32 = 16.0;
/// Least width of the areas: that of a frontier of one mix.
const LEAST_WIDTH: f32 = 16.0;

/// Draws the strip below a chart whose axis across reaches over these points, from the first to the second risk.
pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, mixes: &Mixes, (across, risks): (Rangef, (f64, f64))) {
    let per = cx.state.view.mix.per;
    let frontier = mixes.frontier_of(per);
    let (Some(first), Some(last)) = (frontier.first(), frontier.last()) else { return };
    let made_of = words::made_of(mixes, per);
    widget::label(ui, "What the frontier is made of", Text::Title, cx.theme.palette.text);
    widget::caption(ui, cx.theme, &made_of);
    ui.add_space(4.0);
    let size = vec2(ui.available_width().max(1.0), HEIGHT + NAME / 2.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, format!("Stacked shares. {made_of}")));
    let area = Rect::from_x_y_ranges(across, Rangef::new(rect.top() + 4.0, rect.top() + 4.0 + HEIGHT));
    axis(ui, cx, area);
    let share = |mixed: &Mixed| ((mixed.risk(per).value - risks.0) / (risks.1 - risks.0)) as f32;
    let x = |mixed: &Mixed| area.left() + area.width() * within(share(mixed), 0.0, 1.0);
    let stops: Vec<(f32, &Mixed)> = if x(last) - x(first) < LEAST_WIDTH {
        let middle =
            within(f32::midpoint(x(first), x(last)), area.left() + LEAST_WIDTH, area.right() - LEAST_WIDTH);
        vec![(middle - LEAST_WIDTH / 2.0, first), (middle + LEAST_WIDTH / 2.0, last)]
    } else {
        frontier.iter().map(|mixed| (x(mixed), mixed)).collect()
    };
    let mut below = vec![0.0; stops.len()];
    for business in &mixes.parts {
        stack(ui, cx, area, (*business, &stops), &mut below);
    }
}

/// The two ends of the upright axis.
fn axis(ui: &Ui, cx: &Context<'_>, area: Rect) {
    let palette = &cx.theme.palette;
    for (y, text) in [(area.top(), "100 %"), (area.bottom(), "0")] {
        ui.painter().hline(area.x_range(), y, egui::Stroke::new(HAIRLINE, palette.grid));
        let place = Rect::from_min_max(
            pos2(area.left() - 90.0, y - NAME / 2.0),
            pos2(area.left() - 8.0, y + NAME / 2.0),
        );
        widget::put(ui, place, Align::Max, text, Text::Caption, palette.text_muted);
    }
}

/// One business on top of those `below`, with its name where there is most room for it.
fn stack(
    ui: &Ui,
    cx: &Context<'_>,
    area: Rect,
    (business, stops): (Business, &[(f32, &Mixed)]),
    below: &mut [f64],
) {
    let y = |share: f64| area.bottom() - area.height() * share as f32;
    let colour = cx.theme.mark(business);
    let mut mesh = Mesh::default();
    let mut bands = Vec::with_capacity(stops.len());
    for (index, ((x, mixed), below)) in stops.iter().zip(below.iter_mut()).enumerate() {
        let top = *below + mixed.shares[business];
        mesh.colored_vertex(pos2(*x, y(*below)), colour);
        mesh.colored_vertex(pos2(*x, y(top)), colour);
        if index > 0 {
            let first = 2 * index as u32 - 2;
            mesh.add_triangle(first, first + 1, first + 2);
            mesh.add_triangle(first + 1, first + 2, first + 3);
        }
        bands.push((*x, y(*below), y(top)));
        *below = top;
    }
    ui.painter().add(mesh);
    let text = format!("{} {}", theme::glyph(business), business.word());
    let size = vec2(widget::width(ui, &text, Text::Caption) + 8.0, NAME);
    // A name that fits nowhere is in the caption.
    let Some(center) = room_for(&bands, size) else { return };
    let place = Rect::from_center_size(center, size);
    ui.painter().rect_filled(place, theme::RADIUS_FIELD, cx.theme.palette.app);
    widget::put(
        ui,
        place.shrink2(vec2(4.0, 0.0)),
        Align::Min,
        &text,
        Text::Caption,
        cx.theme.mark_text(business),
    );
}

/// The middle of the tallest room for a name within a band, of which each stop has its place across, its lower and its
/// upper edge; `None` if it fits nowhere.
fn room_for(bands: &[(f32, f32, f32)], size: Vec2) -> Option<Pos2> {
    let (first, last) = (bands.first()?.0, bands.last()?.0);
    let half = size.x / 2.0 + 2.0;
    if last - first < 2.0 * half {
        return None;
    }
    let at = |x: f32| {
        let next = bands.iter().position(|band| band.0 >= x).unwrap_or(bands.len() - 1).max(1);
        let ((left, low, high), (right, next_low, next_high)) = (bands[next - 1], bands[next]);
        let share = if right > left { within((x - left) / (right - left), 0.0, 1.0) } else { 0.0 };
        (low + (next_low - low) * share, high + (next_high - high) * share)
    };
    let room = |x: f32| {
        let x = within(x, first + half, last - half);
        let edges = [x - half, x - half / 2.0, x, x + half / 2.0, x + half].map(at);
        // Down is larger.
        let low = edges.iter().map(|edge| edge.0).fold(f32::INFINITY, f32::min);
        let high = edges.iter().map(|edge| edge.1).fold(f32::NEG_INFINITY, f32::max);
        (pos2(x, f32::midpoint(low, high)), low - high)
    };
    let tallest = bands.iter().map(|band| room(band.0)).max_by(|a, b| a.1.total_cmp(&b.1))?;
    (tallest.1 >= size.y).then_some(tallest.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_inside_its_band_or_nowhere() {
        let size = vec2(40.0, 16.0);
        let center = room_for(&[(0.0, 64.0, 64.0), (100.0, 64.0, 0.0)], size).unwrap();
        assert!(center.x > 50.0 && center.x + 20.0 <= 100.0, "{center}");
        // Within a band that falls to nothing there is no room for a wide name, nor in one that is too short.
        assert_eq!(room_for(&[(0.0, 20.0, 0.0), (60.0, 0.0, 0.0)], size), None);
        assert_eq!(room_for(&[(0.0, 64.0, 0.0), (30.0, 64.0, 0.0)], size), None);
        assert_eq!(room_for(&[], size), None);
    }
}
