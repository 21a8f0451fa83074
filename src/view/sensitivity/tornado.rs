//! Bars of the inputs that do most, the largest first; a click on one goes to its slider.

use egui::{Align, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use wattfolio_economics::answers::{Bar, BarEnd};
use wattfolio_economics::business::Business;
use wattfolio_economics::units::Unit;

use super::{shown, titles_ui};
use crate::format;
use crate::state::{Action, Answered};
use crate::theme::{HAIRLINE, Text};
use crate::view::Context;
use crate::widget;
use crate::words::{capitalised, sensitivity as words};

/// Bars that are drawn; the export has all of them.
pub(super) const SHOWN: usize = 20;
/// Height of a row, and of its bar.
const ROW: f32 = 26.0;
const BAR: f32 = 12.0;
/// Shares of the width that names take, and the room of the texts at each end.
const NAMES: f32 = 0.26;
const ENDS: f32 = 0.22;

/// What a tornado is drawn from.
pub(super) struct Chart<'a> {
    /// The business whose colour the bars have.
    pub of: Business,
    /// Unit of the figure.
    pub unit: Unit,
    /// The figure now.
    pub now: Option<f64>,
    /// The bars that are drawn, the largest first.
    pub bars: Vec<&'a Bar>,
    /// Whether the name of a bar is muted: what it does may be chance.
    pub is_muted: &'a dyn Fn(usize) -> bool,
    /// What is said where a bar is pointed at.
    pub spoken: &'a dyn Fn(usize) -> String,
}

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, answered: &Answered) {
    let tornado = &answered.tornado;
    let unit = tornado.asked.quantity.unit();
    titles_ui(
        ui,
        cx,
        &title(tornado.bars.first()),
        &format!(
            "{}, low end pale, high end full; click a row to go to its input",
            words::quantity(&tornado.asked)
        ),
    );
    ui.add_space(4.0);
    let bars: Vec<&Bar> = tornado.bars.iter().take(SHOWN).collect();
    let spoken = |index: usize| spoken(answered, &tornado.bars[index]);
    let chart = Chart {
        of: tornado.asked.quantity.of,
        unit,
        now: tornado.now.as_ref().ok().copied(),
        bars,
        is_muted: &|_| false,
        spoken: &spoken,
    };
    chart.ui(ui, cx);
    ui.add_space(4.0);
    let counts = (tornado.bars.len(), tornado.without_effect, tornado.moved());
    widget::caption(ui, cx.theme, capitalised(&rest(&chart, counts)));
}

/// The finding.
pub(super) fn title(first: Option<&Bar>) -> String {
    first.map_or_else(|| "No input changes it".to_owned(), |first| format!("{} decides", first.input.label))
}

/// What of the bars is not drawn: their number, and those of inputs without effect and of all that were moved.
pub(super) fn rest(chart: &Chart<'_>, (all, without_effect, moved): (usize, usize, usize)) -> String {
    let more = all - chart.bars.len();
    let rest = match chart.bars.last() {
        Some(last) if more > 0 && last.effect.is_finite() => {
            format!(
                "{more} more inputs move it by less than {} each; ",
                format::short(last.effect, chart.unit)
            )
        }
        _ => String::new(),
    };
    format!("{rest}{without_effect} of {moved} do not change it.")
}

impl Chart<'_> {
    /// Draws a row a bar.
    pub(super) fn ui(&self, ui: &mut Ui, cx: &Context<'_>) {
        let results = self.bars.iter().flat_map(|bar| &bar.ends).filter_map(|end| end.result.as_ref().ok());
        let (low, high) = results
            .copied()
            .chain(self.now)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (v.min(low), v.max(high)));
        let size = (high - low).max(f64::MIN_POSITIVE);
        for index in 0..self.bars.len() {
            self.row_ui(ui, cx, index, |value| ((value - low) / size) as f32);
        }
    }

    fn row_ui(&self, ui: &mut Ui, cx: &Context<'_>, index: usize, x: impl Fn(f64) -> f32) {
        let palette = &cx.theme.palette;
        let bar = self.bars[index];
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
        if response.hovered() || response.has_focus() {
            ui.painter().rect_filled(rect, 4, palette.hover);
        }
        let names = rect.width() * NAMES;
        let ends = rect.width() * ENDS;
        let name = rect.with_max_x(rect.left() + names - 8.0);
        let colour = if (self.is_muted)(index) { palette.text_muted } else { palette.text };
        widget::put(ui, name, Align::Max, bar.input.label, Text::Body, colour);
        let inner = Rect::from_x_y_ranges(rect.left() + names + ends..=rect.right() - ends, rect.y_range());
        let at = |value: f64| inner.left() + inner.width().max(1.0) * x(value);
        let mut span = self.now.map_or((inner.center().x, inner.center().x), |now| (at(now), at(now)));
        if let Some(now) = self.now {
            for (index, end) in bar.ends.iter().enumerate() {
                let Ok(value) = end.result else { continue };
                let (left, right) = (at(now).min(at(value)), at(now).max(at(value)));
                span = (span.0.min(left), span.1.max(right));
                let place = Rect::from_center_size(
                    pos2(f32::midpoint(left, right), rect.center().y),
                    vec2(right - left, BAR),
                );
                let full = cx.theme.mark(self.of);
                let fill = if index == 0 && bar.ends.len() > 1 { full.gamma_multiply(0.5) } else { full };
                ui.painter().rect_filled(place, 1, fill);
            }
            ui.painter().vline(at(now), rect.y_range(), Stroke::new(HAIRLINE, palette.text));
        }
        ends_ui(ui, cx, bar, (rect, names, span), (self.now, self.unit));
        widget::focus_ring(ui, cx.theme, &response, rect);
        let spoken = (self.spoken)(index);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spoken));
        if response.on_hover_text(spoken).clicked() {
            cx.actions.push(Action::Find(bar.input));
        }
    }
}

/// The texts at both ends: input in ink, result muted. The one with the lower result stands at the left.
fn ends_ui(
    ui: &Ui,
    cx: &Context<'_>,
    bar: &Bar,
    (rect, names, span): (Rect, f32, (f32, f32)),
    (now, unit): (Option<f64>, Unit),
) {
    let value = |end: &BarEnd| end.result.as_ref().ok().copied().unwrap_or(f64::NEG_INFINITY);
    let mut ends: Vec<&BarEnd> = bar.ends.iter().collect();
    ends.sort_by(|a, b| value(a).total_cmp(&value(b)));
    let texts = |end: &BarEnd| (words::moved(end.value, bar.input), shown(&end.result, unit));
    let palette = &cx.theme.palette;
    let (low, high) = match ends[..] {
        [] => return,
        [one] if now.is_some_and(|now| value(one) < now) => (Some(one), None),
        [one] => (None, Some(one)),
        [first, .., last] => (Some(first), Some(last)),
    };
    if let Some(end) = low {
        let (input, result) = texts(end);
        let place = Rect::from_x_y_ranges(
            rect.left() + names..=(span.0 - 6.0).max(rect.left() + names),
            rect.y_range(),
        );
        let used = widget::put(ui, place, Align::Max, &result, Text::Caption, palette.text_muted);
        let rest = place.with_max_x((used.left() - 6.0).max(place.left()));
        let shown = widget::fitting(ui, &[&input, words::bare(&input)], Text::Caption, rest.width());
        widget::put(ui, rest, Align::Max, shown, Text::Caption, palette.text);
    }
    if let Some(end) = high {
        let (input, result) = texts(end);
        let place = Rect::from_x_y_ranges((span.1 + 6.0).min(rect.right())..=rect.right(), rect.y_range());
        let used = widget::put(ui, place, Align::Min, &input, Text::Caption, palette.text);
        let rest = place.with_min_x((used.right() + 6.0).min(place.right()));
        widget::put(ui, rest, Align::Min, &result, Text::Caption, palette.text_muted);
    }
}

/// Every end with its result, and the slope.
fn spoken(answered: &Answered, bar: &Bar) -> String {
    let unit = answered.asked().quantity.unit();
    let mut lines = vec![format!("{}, now {}", bar.input.label, words::moved(bar.now, bar.input))];
    for end in &bar.ends {
        let result = match &end.result {
            Ok(value) => format::full(*value, unit),
            Err(missing) => words::missing(missing),
        };
        lines.push(format!("{}, {result}", words::moved(end.value, bar.input)));
    }
    if let Some(slope) = answered.slopes.iter().find(|slope| slope.input == bar.input) {
        lines.push(words::slope(slope, &answered.asked()));
    }
    lines.join("\n")
}
