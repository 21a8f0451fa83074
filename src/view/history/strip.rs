//! How every start month did, one row a business; the start of the replay is dragged along it.

use chrono::Datelike as _;
use egui::{
    Align, Color32, EventFilter, Key, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};
use wattfolio_economics::business::Business;
use wattfolio_economics::history::{Cell, Strip};
use wattfolio_economics::number::within;
use wattfolio_economics::scenario::{CalendarMonth, ValidScenario};

use super::{set, titles_ui};
use crate::market_data;
use crate::state::{HistoryAnswer, StripMeasure};
use crate::theme::{HAIRLINE, Text};
use crate::view::Context;
use crate::widget;
use crate::words::history as history_words;

/// Height of a row, and the space between two.
const ROW: f32 = 22.0;
const GAP: f32 = 4.0;
/// Height of the axis below the rows, and of the handle above them.
const AXIS: f32 = 18.0;
const HANDLE: f32 = 14.0;
/// Least space between the names of two years.
const YEAR: f32 = 52.0;
/// Multiple of the capital at which a colour is full, and months after which a payback has none.
const FULL: f64 = 1.0;
const SLOW: f64 = 120.0;

/// The months of the record along a width.
struct Axis {
    area: Rect,
    first: CalendarMonth,
    months: u32,
}

impl Axis {
    fn x(&self, month: f32) -> f32 {
        self.area.left() + self.area.width() * month / self.months.max(1) as f32
    }

    fn month_at(&self, x: f32) -> CalendarMonth {
        let share = within((x - self.area.left()) / self.area.width().max(1.0), 0.0, 1.0);
        let index = (share * self.months as f32).floor().min(self.months.saturating_sub(1) as f32);
        self.first.plus(index.max(0.0) as u32)
    }
}

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    let record = market_data::record();
    let view = &cx.state.view.history;
    let start = view.start_of(record, &cx.state.results.scenario);
    let strip = cx.state.history.strip.as_ref().and_then(HistoryAnswer::strip);
    let open = first_open(&cx.state.results.scenario);
    let at = heading_ui(ui, cx, start, (strip, open));
    let rows = Business::ALL.len() as f32;
    let height = HANDLE + rows * (ROW + GAP) + AXIS;
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click_and_drag());
    let labels = Business::ALL.map(|business| widget::width(ui, business.label(), Text::Body));
    let labels = labels.into_iter().fold(0.0, f32::max).min(rect.width() * 0.3) + 8.0;
    let months = record.last().months_since(record.first_start()) + 1;
    let area = rect.with_min_x(rect.left() + labels);
    let axis = Axis { area, first: record.first_start(), months };
    for (index, business) in Business::ALL.into_iter().enumerate() {
        let top = rect.top() + HANDLE + index as f32 * (ROW + GAP);
        let row = Rect::from_x_y_ranges(area.x_range(), top..=top + ROW);
        let name = Rect::from_x_y_ranges(rect.left()..=area.left() - 4.0, top..=top + ROW);
        widget::put(ui, name, Align::Min, business.label(), Text::Body, cx.theme.palette.text_secondary);
        row_ui(ui, cx, &axis, (row, business), strip);
    }
    if let Some(first) = open {
        open_ui(ui, cx, &axis, first);
    }
    halvings_ui(ui, cx, &axis);
    years_ui(ui, cx, &axis);
    handle_ui(ui, cx, &axis, start, &response);
    scrub(ui, cx, &axis, start, &response, &at);
}

/// Title, figures of the start, and legend, with the choice of the measure beside them. Gives what is said of the start.
fn heading_ui(
    ui: &mut Ui,
    cx: &Context<'_>,
    start: CalendarMonth,
    (strip, open): (Option<&Strip>, Option<CalendarMonth>),
) -> String {
    let view = &cx.state.view.history;
    let title = strip.map_or_else(
        || "Every start month is being replayed…".to_owned(),
        |strip| match view.measure {
            StripMeasure::Value => history_words::value_title(strip, view.business),
            StripMeasure::Payback => history_words::payback_title(strip, view.business),
            StripMeasure::Drawdown => history_words::drawdown_title(strip, view.business),
        },
    );
    let at = match strip {
        Some(strip) => {
            let words = history_words::cell(strip, start, view.business);
            let is_open = open.is_some_and(|first| start >= first);
            let goes_on = if is_open { ", its plan not over" } else { "" };
            format!("Start {}: {words}{goes_on}", start.short_name())
        }
        None => format!("Start {}", start.short_name()),
    };
    let unfinished = if open.is_some() { "; dotted below: plans that are not over" } else { "" };
    let legend = legend(view.measure);
    let subtitle = format!("{at}. {legend}{unfinished}; drag, or ← → by a month, with Shift by a year.");
    let names = StripMeasure::ALL.map(|(_, name)| name);
    let selected = StripMeasure::ALL.iter().position(|(measure, _)| *measure == view.measure).unwrap_or(0);
    crate::view::heading_ui(
        ui,
        cx,
        |ui| titles_ui(ui, cx, &title, &subtitle),
        |ui| {
            if let Some(index) = widget::segmented(ui, cx.theme, &names, selected) {
                set(cx, |view| view.measure = StripMeasure::ALL[index].0);
            }
        },
    );
    at
}

/// The first start whose plan reaches beyond the record: after its end the scenario's own rules go on.
fn first_open(scenario: &ValidScenario) -> Option<CalendarMonth> {
    let record = market_data::record();
    let months = record.last().months_since(record.first_start()) + 1;
    let finished = (months + 1).saturating_sub(scenario.horizon_months);
    (finished < months).then(|| record.first_start().plus(finished))
}

/// A dotted line below the starts whose plan is not over.
fn open_ui(ui: &Ui, cx: &Context<'_>, axis: &Axis, first: CalendarMonth) {
    let y = axis.area.bottom() - AXIS;
    let ends = [pos2(axis.x(first.months_since(axis.first) as f32), y), pos2(axis.area.right(), y)];
    ui.painter().extend(egui::Shape::dotted_line(&ends, cx.theme.palette.text_secondary, 5.0, 1.2));
}

/// What the colours of the strip mean.
const fn legend(measure: StripMeasure) -> &'static str {
    match measure {
        StripMeasure::Value => "Colour: a start that earns its capital, grey: one that does not",
        StripMeasure::Payback => "Colour: a start that is paid back, the stronger the sooner, grey: never",
        StripMeasure::Drawdown => "Grey: a fall by more than half of the capital, the stronger the deeper",
    }
}

/// A row: a colour for each start, and words where nothing is recorded.
fn row_ui(ui: &Ui, cx: &Context<'_>, axis: &Axis, (row, business): (Rect, Business), strip: Option<&Strip>) {
    let palette = &cx.theme.palette;
    let Some(strip) = strip else {
        ui.painter().rect_filled(row, 0, palette.field);
        return;
    };
    let cells = || strip.months.iter().map(|month| month[business].as_ref());
    let unknown = cells().position(|cell| cell.is_ok()).unwrap_or(strip.months.len());
    for (index, cell) in cells().enumerate() {
        let Ok(cell) = cell else { continue };
        let place = Rect::from_x_y_ranges(axis.x(index as f32)..=axis.x(index as f32 + 1.0), row.y_range());
        ui.painter().rect_filled(place, 0, colour(cx, business, cell));
    }
    if unknown > 0 {
        let place = Rect::from_x_y_ranges(row.left()..=axis.x(unknown as f32), row.y_range());
        ui.painter().rect_stroke(place, 0, Stroke::new(HAIRLINE, palette.line), StrokeKind::Inside);
        let words = match cells().next_back() {
            // Of a business that the scenario does not start within its plan.
            Some(Err(reason)) if unknown == strip.months.len() => reason.to_string(),
            _ => {
                let first = strip.first.plus(unknown as u32).short_name();
                let long = format!("nothing recorded before {first}");
                let is_long = widget::width(ui, &long, Text::Caption) > place.width() - 12.0;
                if is_long { format!("before {first}") } else { long }
            }
        };
        let room = place.shrink2(vec2(6.0, 2.0));
        widget::put(ui, room, Align::Min, &words, Text::Caption, palette.text_muted);
    }
}

/// The days on which the subsidy was halved, across the row of the business that they touch.
fn halvings_ui(ui: &Ui, cx: &Context<'_>, axis: &Axis) {
    let colour = cx.theme.palette.text_muted;
    let row = axis.area.top() + HANDLE + Business::OF_NETWORK as usize as f32 * (ROW + GAP);
    for halving in market_data::recorded::halvings() {
        let (year, month) = (halving.date_utc.year().try_into().unwrap_or(0), halving.date_utc.month());
        let Some(month) = CalendarMonth::new(year, month).filter(|month| *month >= axis.first) else {
            continue;
        };
        let ahead = month.months_since(axis.first);
        if ahead >= axis.months {
            continue;
        }
        let x = axis.x(ahead as f32 + halving.date_utc.day() as f32 / 31.0);
        let dots = [pos2(x, row), pos2(x, row + ROW)];
        ui.painter().extend(egui::Shape::dotted_line(&dots, colour, 4.0, 1.0));
        let place = Rect::from_min_size(pos2(x + 4.0, axis.area.top() - 4.0), vec2(60.0, HANDLE));
        if place.right() <= axis.area.right() {
            widget::put(ui, place, Align::Min, "halving", Text::Caption, colour);
        }
    }
}

/// Above the threshold the hue of the business, below it grey, each the stronger the farther away.
fn colour(cx: &Context<'_>, business: Business, cell: &Cell) -> Color32 {
    let palette = &cx.theme.palette;
    let signed = match cx.state.view.history.measure {
        StripMeasure::Value => cell.npv_per_capital.unwrap_or(0.0) / FULL,
        StripMeasure::Payback => match cell.payback_months {
            Ok(months) => (1.0 - months / SLOW).max(0.05),
            Err(_) => -1.0,
        },
        StripMeasure::Drawdown => -(cell.worst_drawdown.unwrap_or(0.0) - 0.5).max(0.0),
    };
    let strength = within(signed.abs(), 0.08, 1.0) as f32;
    let hue = if signed > 0.0 { cx.theme.mark(business) } else { palette.text_muted };
    palette.app.lerp_to_gamma(hue, strength)
}

/// The names of the years, as many as there is room for.
fn years_ui(ui: &Ui, cx: &Context<'_>, axis: &Axis) {
    let per_year = axis.area.width() * 12.0 / axis.months.max(1) as f32;
    let every = (YEAR / per_year.max(1.0)).ceil().max(1.0) as u32;
    let last = axis.first.plus(axis.months).year();
    for year in (axis.first.year() + 1..=last).filter(|year| year.is_multiple_of(every)) {
        let Some(january) = CalendarMonth::new(year, 1) else { continue };
        let x = axis.x(january.months_since(axis.first) as f32);
        let place = Rect::from_min_size(pos2(x, axis.area.bottom() - AXIS), vec2(YEAR - 6.0, AXIS));
        if place.right() <= axis.area.right() {
            widget::put(ui, place, Align::Min, &year.to_string(), Text::Caption, cx.theme.palette.text_muted);
        }
    }
}

fn handle_ui(ui: &Ui, cx: &Context<'_>, axis: &Axis, start: CalendarMonth, response: &Response) {
    let palette = &cx.theme.palette;
    let x = axis.x(start.months_since(axis.first) as f32 + 0.5);
    let (top, bottom) = (axis.area.top() + HANDLE / 2.0, axis.area.bottom() - AXIS);
    ui.painter().vline(x, top..=bottom, Stroke::new(2.0, palette.text));
    ui.painter().circle(pos2(x, top), 5.0, palette.text, Stroke::new(1.5, palette.app));
    if response.has_focus() {
        ui.painter().circle_stroke(pos2(x, top), 7.0, Stroke::new(1.5, palette.text));
    }
}

/// Drags and keys move the start: ← and → by a month, with Shift by a year.
fn scrub(ui: &Ui, cx: &Context<'_>, axis: &Axis, start: CalendarMonth, response: &Response, words: &str) {
    response.widget_info(|| {
        let value = f64::from(start.months_since(axis.first));
        WidgetInfo::slider(true, value, format!("Start month. {words}"))
    });
    if response.clicked() {
        response.request_focus();
    }
    let mut wanted = start;
    if let Some(position) = response.interact_pointer_pos() {
        wanted = axis.month_at(position.x);
    }
    if response.has_focus() {
        let arrows = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
        let (left, right, shift) = ui.input(|input| {
            (input.key_pressed(Key::ArrowLeft), input.key_pressed(Key::ArrowRight), input.modifiers.shift)
        });
        let step = if shift { 12 } else { 1 };
        let index = start.months_since(axis.first);
        if left {
            wanted = axis.first.plus(index.saturating_sub(step));
        }
        if right {
            wanted = axis.first.plus((index + step).min(axis.months.saturating_sub(1)));
        }
    }
    if wanted != start {
        set(cx, |view| view.start = Some(wanted));
        if response.dragged() {
            // The page is drawn once more, so that every curve belongs to the month under the pointer.
            ui.ctx().request_discard("the start month was dragged");
        }
    }
}
