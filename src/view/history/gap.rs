//! The way from the plan's value to that of what came, a bar for each market.

use egui::{Align, Color32, Rect, Sense, Stroke, Ui, WidgetInfo, vec2};
use wattfolio_economics::history::{Driver, Gap, Replay};
use wattfolio_economics::units::Unit;

use super::titles_ui;
use crate::theme::{HAIRLINE, Text};
use crate::view::Context;
use crate::words::history as history_words;
use crate::{format, widget};

/// Height of a row.
const ROW: f32 = 32.0;
/// Most of the width that labels take, and the width of the figures.
const LABELS: f32 = 0.3;
const FIGURES: f32 = 76.0;

/// A row of the waterfall.
struct Row {
    label: &'static str,
    /// From where to where, USD; words in its place where there is nothing to show.
    span: Result<(f64, f64), String>,
    value: String,
    role: Role,
}

/// What a row stands for, which its colour says as the curves do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Believed,
    Market,
    Came,
}

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, replay: &Replay) {
    let business = cx.state.view.history.business;
    let replayed = cx.state.history.replayed.as_ref();
    let Some(gap) = replayed.and_then(|replayed| replayed.gaps[business].as_ref()) else {
        let reason = replay.came.business(business).err().map(crate::words::sentence_of);
        return titles_ui(ui, cx, "There is no gap to explain", &reason.unwrap_or_default());
    };
    let rate = replay.plan.business(business).map_or(0.0, |plan| plan.measures.discount_rate);
    let rate = format::short(rate, Unit::FractionPerYear);
    let start = replay.start().short_name();
    let subtitle = format!(
        "NPV of {start} at {rate} a year, USD, from the plan to what came; each driver’s share is its mean over all orders"
    );
    titles_ui(ui, cx, &history_words::gap_title(gap), &subtitle);
    ui.add_space(6.0);
    let rows = rows(cx, replay, gap);
    let ends =
        rows.iter().filter_map(|row| row.span.as_ref().ok().copied()).flat_map(|(from, to)| [from, to]);
    let (low, high) = ends.fold((0.0_f64, 0.0_f64), |(low, high), end| (low.min(end), high.max(end)));
    let size = (high - low).max(1e-9);
    for row in &rows {
        row_ui(ui, cx, row, |value| ((value - low) / size) as f32);
    }
}

fn rows(cx: &Context<'_>, replay: &Replay, gap: &Gap) -> Vec<Row> {
    let business = cx.state.view.history.business;
    let usd = |value: f64| format::short(value, Unit::Usd);
    let total = |label, value: f64, role| Row { label, span: Ok((0.0, value)), value: usd(value), role };
    let mut rows = vec![total("Believed", gap.believed_usd, Role::Believed)];
    let mut at = gap.believed_usd;
    for driver in Driver::ALL {
        let row = if let Some(share) = gap.share(driver) {
            at += share;
            let value = format::signed(usd(share), share);
            Row { label: driver.label(), span: Ok((at - share, at)), value, role: Role::Market }
        } else {
            let words = history_words::without_share(business, driver, replay.believed());
            Row { label: driver.label(), span: Err(words), value: String::new(), role: Role::Market }
        };
        rows.push(row);
    }
    rows.push(total("What came", gap.came_usd, Role::Came));
    rows
}

fn row_ui(ui: &mut Ui, cx: &Context<'_>, row: &Row, x: impl Fn(f64) -> f32) {
    let palette = &cx.theme.palette;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW - 6.0), Sense::hover());
    let labels = (rect.width() * LABELS).min(130.0);
    let name = rect.with_max_x(rect.left() + labels);
    let style = if row.role == Role::Market { Text::Body } else { Text::BodyMedium };
    widget::put(ui, name, Align::Min, row.label, style, palette.text);
    let figures = rect.with_min_x(rect.right() - FIGURES.min(rect.width() * 0.3));
    let bars = Rect::from_x_y_ranges(name.right() + 8.0..=figures.left() - 8.0, rect.y_range());
    let spoken = match &row.span {
        Ok((from, to)) => {
            let (from, to) = (*from, *to);
            let at = |value: f64| bars.left() + bars.width().max(0.0) * x(value);
            let (left, right) = (at(from.min(to)), at(from.max(to)).max(at(from.min(to)) + 1.0));
            let fill = fill(cx, row.role);
            let zero = at(0.0);
            ui.painter().vline(zero, bars.y_range(), Stroke::new(HAIRLINE, palette.zero_line));
            let bar = Rect::from_x_y_ranges(left..=right, bars.shrink2(vec2(0.0, 3.0)).y_range());
            ui.painter().rect_filled(bar, 2, fill);
            widget::put(ui, figures, Align::Max, &row.value, Text::BodyMedium, palette.text);
            format!("{} {}", row.label, row.value)
        }
        Err(words) => {
            let place = Rect::from_x_y_ranges(bars.left()..=rect.right(), rect.y_range());
            widget::put(ui, place, Align::Min, words, Text::Caption, palette.text_muted);
            format!("{}, {words}", row.label)
        }
    };
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &spoken));
}

fn fill(cx: &Context<'_>, role: Role) -> Color32 {
    match role {
        Role::Believed => cx.theme.palette.baseline,
        Role::Market => cx.theme.palette.costs[0],
        Role::Came => cx.theme.mark(cx.state.view.history.business),
    }
}
