//! The map with its axes: the point of today is dragged or moved by the arrows, and both inputs follow.

use egui::{
    Align, EventFilter, Key, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};
use wattfolio_economics::answers::{Axis, WinnerMap};
use wattfolio_economics::number::within;
use wattfolio_economics::units::Unit;

use super::{field, labels, lines};
use crate::state::{Action, MapFound};
use crate::theme::{HAIRLINE, Text};
use crate::view::Context;
use crate::widget;
use crate::words::winner_map as words;

/// Height of the map for each point of its width.
const SHAPE: f32 = 0.86;
/// Height of the line of values below it, and of the title of an axis.
const AXIS: f32 = 20.0;
const TITLE: f32 = 20.0;
/// Space that a value takes along an axis, and most values along one.
const TICK_ACROSS: f32 = 88.0;
const TICK_UP: f32 = 56.0;
const MOST_TICKS: usize = 9;
/// Months of a year, in which long times have their values.
const YEAR: f64 = 12.0;

/// Values along an axis, each with its share of the length.
type Ticks = Vec<(f64, String)>;

/// Draws the map, up to a height; gives the cell under the pointer.
pub(super) fn ui(
    ui: &mut Ui,
    cx: &Context<'_>,
    found: &MapFound,
    most_height: f32,
) -> Option<(usize, usize)> {
    let map = &found.map;
    let palette = &cx.theme.palette;
    let width = ui.available_width().max(1.0);
    let widest_of = |ui: &Ui, ticks: &Ticks| {
        ticks.iter().map(|(_, text)| widget::width(ui, text, Text::Caption)).fold(0.0, f32::max) + 8.0
    };
    let up = ticks(&map.y, most_height.min(SHAPE * width) / TICK_UP);
    let widest = widest_of(ui, &up);
    let width = width.max(widest + 1.0);
    let along = ticks(&map.x, (width - widest) / TICK_ACROSS);
    let height = (SHAPE * (width - widest)).min(most_height);
    let size = vec2(width, TITLE + height + AXIS + TITLE);
    let (whole, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    let corner = pos2(whole.left() + widest, whole.top() + TITLE);
    let rect = Rect::from_min_size(corner, vec2(width - widest, height));
    field::cells_ui(ui, cx, rect, (map, found));
    lines::ui(ui, cx, rect, found);
    axes_ui(ui, cx, (whole, rect), (&along, &up));
    let title = |place: Rect, align: Align, axis: &Axis| {
        widget::put(ui, place, align, &words::title(axis), Text::Caption, palette.text_muted);
    };
    title(whole.with_max_y(rect.top()), Align::Min, &map.y);
    title(Rect::from_x_y_ranges(rect.x_range(), rect.bottom() + AXIS..=whole.bottom()), Align::Max, &map.x);
    let now = map.now(&cx.state.results.scenario);
    labels::ui(ui, cx, (rect, found), now);
    if response.has_focus() {
        ui.painter().rect_stroke(rect, 0, Stroke::new(2.0, palette.text), StrokeKind::Inside);
    }
    move_ui(ui, cx, (rect, map), &response, now);
    let at = response.hover_pos().filter(|at| rect.contains(*at))?;
    let share = (at - rect.min) / rect.size();
    Some(map.place([f64::from(share.x), f64::from(1.0 - share.y)]))
}

/// Round values of an axis that has room for about `room` of them.
fn ticks(axis: &Axis, room: f32) -> Ticks {
    let most = (room.max(2.0) as usize).min(MOST_TICKS);
    let is_long = axis.input.unit == Unit::Months && axis.to - axis.from >= 2.0 * YEAR;
    let scale = if is_long { YEAR } else { 1.0 };
    let (low, high) = (axis.from / scale, axis.to / scale);
    let values: Vec<f64> = if !axis.stops.is_empty() {
        axis.stops.iter().copied().step_by(axis.stops.len().div_ceil(most)).collect()
    } else if axis.is_log {
        widget::log_ticks(low, high, most.max(3)).into_iter().map(|value| value * scale).collect()
    } else {
        let step = widget::Step::at_least((high - low) / most as f64);
        step.iter().flat_map(|step| step.ticks(low, high)).map(|tick| tick.value * scale).collect()
    };
    values.into_iter().map(|value| (axis.share(value), words::at(axis, value))).collect()
}

fn axes_ui(ui: &Ui, cx: &Context<'_>, (whole, rect): (Rect, Rect), (along, up): (&Ticks, &Ticks)) {
    let palette = &cx.theme.palette;
    ui.painter().rect_stroke(rect, 0, Stroke::new(HAIRLINE, palette.line), StrokeKind::Outside);
    for (share, text) in up {
        let y = lines::place(rect, [0.0, *share]).y;
        // The ends stand inside the height of the map.
        let y = within(y, rect.top() + TITLE / 2.0, rect.bottom() - TITLE / 2.0);
        let place =
            Rect::from_x_y_ranges(whole.left()..=rect.left() - 6.0, y - TITLE / 2.0..=y + TITLE / 2.0);
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

#[cfg(test)]
mod tests {
    use wattfolio_economics::catalogue;
    use wattfolio_economics::scenario::Scenario;

    use super::*;

    fn texts(id: &str, ends: Option<(f64, f64)>, room: f32) -> Vec<String> {
        let scenario = Scenario::default().validate().expect("valid");
        let input = catalogue::find(id).expect("an input");
        let axis = match ends {
            Some(ends) => Axis::between(&scenario, input, ends),
            None => Axis::of(&scenario, input),
        };
        ticks(&axis.expect("an axis"), room).into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn values_along_an_axis_are_round_and_have_the_digits_that_they_need() {
        assert_eq!(
            texts("bitcoin.price_usd", None, 8.0),
            ["$10k", "$20k", "$50k", "$100k", "$200k", "$500k", "$1M"]
        );
        assert_eq!(
            texts("leasing.rental_usd_per_gpu_hour.growth_per_year", None, 6.0),
            ["−40 %", "−20 %", "0 %", "20 %", "40 %"]
        );
        let fee = "hosting.fee_usd_per_kw_month";
        assert_eq!(
            texts(fee, Some((100.0, 112.5)), 5.0),
            ["$100/kW-mo", "$102.5/kW-mo", "$105/kW-mo", "$107.5/kW-mo", "$110/kW-mo", "$112.5/kW-mo"]
        );
        assert_eq!(texts("horizon_months", Some((12.0, 120.0)), 5.0), ["2 y", "4 y", "6 y", "8 y", "10 y"]);
    }

    #[test]
    fn every_axis_has_values_in_order_and_none_twice() {
        let scenario = Scenario::default().validate().expect("valid");
        for input in catalogue::inputs() {
            let Ok(axis) = Axis::of(&scenario, input) else { continue };
            for room in [2.0, 5.0, 9.0] {
                let ticks = ticks(&axis, room);
                assert!(!ticks.is_empty() && ticks.len() <= MOST_TICKS + 1, "{}: {ticks:?}", input.id);
                let differ = ticks.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 != pair[1].1);
                assert!(differ, "{}: {ticks:?}", input.id);
            }
        }
    }
}
