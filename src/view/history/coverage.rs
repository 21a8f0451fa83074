//! How often what came stayed inside the fan that would have been drawn then.

use egui::{Align, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use wattfolio_economics::history::{Coverage, CoveredStart, MONTHS_AFTER, MONTHS_BEFORE};
use wattfolio_economics::number::within;

use super::{set, titles_ui};
use crate::state::{Command, HistoryFound};
use crate::theme::{self, HAIRLINE, Text};
use crate::view::Context;
use crate::words::history as history_words;
use crate::{format, widget};

/// Height of the chart, of its axis, and width of its ticks.
const HEIGHT: f32 = 200.0;
const AXIS: f32 = 18.0;
const TICKS: f32 = 40.0;
/// How far what came stretches the range beyond what a fan of then needs at least, and how far a fan may reach.
const LEAST: (f64, f64) = (-1.0, 1.0);
const MOST: (f64, f64) = (-4.0, 4.0);
/// Height of the range from which on every second tick is left out.
const MOST_TICKS: f64 = 5.0;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    let answer = cx.state.history.coverage.as_ref();
    let coverage = answer.and_then(|answer| match &answer.found {
        HistoryFound::Coverage(coverage) => Some(coverage),
        _ => None,
    });
    let Some(coverage) = coverage else { return progress_ui(ui, cx) };
    let (low, high) = range(coverage);
    let is_cut = |start: &CoveredStart| start.fan[4] > high || start.fan[0] < low;
    let cut = if coverage.starts.iter().any(is_cut) {
        format!("; bars at the edge go on beyond {} or {}", tick_text(low), tick_text(high))
    } else {
        String::new()
    };
    let subtitle = format!(
        "Mining’s cash after {MONTHS_AFTER} months, × the plan’s capital, by start: bar P5–P95 and P25–P75 as drawn then from the {MONTHS_BEFORE} months before or more, dot what came, hollow outside{cut}. Neighbouring starts overlap, so that they are no independent trials."
    );
    titles_ui(ui, cx, &history_words::coverage_title(coverage), &subtitle);
    let is_old = cx.state.history.replayed.as_ref().zip(answer);
    let is_old = is_old.is_some_and(|(now, answer)| !now.asked.has_same_starts(&answer.asked));
    ui.scope(|ui| {
        if is_old {
            ui.multiply_opacity(theme::STALE);
        }
        chart_ui(ui, cx, coverage);
    });
    if cx.state.history.progress.is_some() && is_old {
        progress_ui(ui, cx);
    }
}

fn progress_ui(ui: &mut Ui, cx: &Context<'_>) {
    let Some(done) = cx.state.history.progress else {
        let words = if cx.state.history.was_cancelled {
            "It was cancelled; the next change of an input starts it again"
        } else {
            "No start can be compared"
        };
        return titles_ui(ui, cx, "How often the fans held is not known", words);
    };
    let percent = format::grouped(f64::from(done) * 100.0, 0);
    titles_ui(
        ui,
        cx,
        &format!("Drawing the fans of every start: {percent} %"),
        "The last answer stays until it is done",
    );
    if widget::button(ui, cx.theme, "Cancel").clicked() {
        cx.actions.run(Command::CancelSimulation);
    }
}

/// From the least to the most of what came, and as far as most fans reach.
fn range(coverage: &Coverage) -> (f64, f64) {
    let ends = coverage.starts.iter();
    let (low, high) = ends.fold(LEAST, |(low, high), start| {
        let [p5, .., p95] = start.fan;
        (low.min(start.came).min(p5.max(MOST.0)).floor(), high.max(start.came).max(p95.min(MOST.1)).ceil())
    });
    // Both ends have a tick.
    let every = f64::from(every(low, high));
    ((low / every).floor() * every, (high / every).ceil() * every)
}

/// Multiples of the capital between two ticks.
fn every(low: f64, high: f64) -> i32 {
    if high - low > MOST_TICKS { 2 } else { 1 }
}

fn tick_text(value: f64) -> String {
    format::multiple_tick(value)
}

fn chart_ui(ui: &mut Ui, cx: &Context<'_>, coverage: &Coverage) {
    let palette = &cx.theme.palette;
    // The strip of starts does the same for the keyboard.
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::CLICK);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, history_words::coverage_title(coverage)));
    let area =
        Rect::from_min_max(pos2(rect.left() + TICKS, rect.top()), pos2(rect.right(), rect.bottom() - AXIS));
    let count = coverage.starts.len();
    if area.width() <= 0.0 || count == 0 {
        return;
    }
    let (low, high) = range(coverage);
    let y = |value: f64| {
        let share = (within(value, low, high) - low) / (high - low);
        area.bottom() - area.height() * share as f32
    };
    let every = every(low, high);
    let ticks = (low.ceil() as i32..=high.floor() as i32).filter(|tick| tick % every == 0);
    for tick in ticks.map(f64::from) {
        let colour = if tick == 0.0 { palette.zero_line } else { palette.grid };
        ui.painter().hline(area.x_range(), y(tick), Stroke::new(HAIRLINE, colour));
        let top = within(y(tick) - 8.0, rect.top(), area.bottom() - 16.0);
        let place = Rect::from_min_size(pos2(rect.left(), top), vec2(TICKS - 6.0, 16.0));
        widget::put(ui, place, Align::Max, &tick_text(tick), Text::Caption, palette.text_muted);
    }
    let mark = cx.theme.mark(wattfolio_economics::business::Business::Mining);
    let step = area.width() / count as f32;
    for (index, start) in coverage.starts.iter().enumerate() {
        let left = area.left() + step * index as f32;
        let x = left + step / 2.0;
        let bar = |low: f64, high: f64| {
            let wide = (step * 0.35).max(0.5);
            Rect::from_x_y_ranges(x - wide..=x + wide, y(high)..=y(low))
        };
        let [p5, p25, _, p75, p95] = start.fan;
        ui.painter().rect_filled(bar(p5, p95), 0, mark.gamma_multiply(0.3));
        ui.painter().rect_filled(bar(p25, p75), 0, mark.gamma_multiply(0.45));
        let at = pos2(x, y(start.came));
        if start.is_inside() {
            ui.painter().circle_filled(at, 2.0, palette.text);
        } else {
            ui.painter().circle(at, 3.0, palette.app, Stroke::new(1.5, palette.text));
        }
        if start.start.month() == 1
            && left + 40.0 <= area.right()
            && (step * 12.0 > 44.0 || start.start.year().is_multiple_of(3))
        {
            let place = Rect::from_min_size(pos2(left, area.bottom() + 1.0), vec2(40.0, AXIS - 2.0));
            let year = start.start.year().to_string();
            widget::put(ui, place, Align::Min, &year, Text::Caption, palette.text_muted);
        }
    }
    if let Some(position) = response.interact_pointer_pos().filter(|_| response.clicked()) {
        let index = ((position.x - area.left()) / step).floor().max(0.0) as usize;
        if let Some(start) = coverage.starts.get(index) {
            set(cx, |view| view.start = Some(start.start));
        }
    }
}
