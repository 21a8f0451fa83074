//! The bars of a tornado, with what an input is moved to and the figure at both ends of each.

use egui::{Align, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use wattfolio_economics::answers::Bar;
use wattfolio_economics::business::Business;

use super::ends::{Ends, Layout};
use crate::state::Action;
use crate::theme::{HAIRLINE, Text};
use crate::view::Context;
use crate::widget;

/// Height of a row, and of its bar.
const ROW: f32 = 26.0;
const BAR: f32 = 12.0;
/// Height of the line that says what the figure is now.
const NOW: f32 = 18.0;
/// Largest share of the width that names take.
const NAMES: f32 = 0.3;

/// What a tornado is drawn from.
pub(super) struct Chart<'a> {
    /// The business whose colour the bars have.
    pub of: Business,
    /// The figure now, and its text.
    pub now: Option<(f64, String)>,
    /// The text of the figure at an end of a bar, by the places of both, or why there is none.
    pub figure: &'a dyn Fn(usize, usize) -> String,
    /// The bars that are drawn, the largest first.
    pub bars: Vec<&'a Bar>,
    /// Whether the name of a bar is muted: what it does may be chance.
    pub is_muted: &'a dyn Fn(usize) -> bool,
    /// What is said where a bar is pointed at.
    pub spoken: &'a dyn Fn(usize) -> String,
}

/// The figures from the lowest to the highest, as shares of the length of the longest bar.
#[derive(Clone, Copy)]
struct Span {
    low: f64,
    size: f64,
    /// The share of today's figure; the middle without one.
    now: f32,
}

impl Span {
    fn of(chart: &Chart<'_>) -> Self {
        let results = chart.bars.iter().flat_map(|bar| &bar.ends).filter_map(|end| end.result.as_ref().ok());
        let (low, high) = results
            .copied()
            .chain(chart.now())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (v.min(low), v.max(high)));
        let mut span = Self { low, size: (high - low).max(f64::MIN_POSITIVE), now: 0.5 };
        span.now = chart.now().map_or(0.5, |now| span.share(now));
        span
    }

    fn share(self, value: f64) -> f32 {
        ((value - self.low) / self.size) as f32
    }

    /// Where a bar begins and ends.
    fn bar(self, bar: &Bar) -> (f32, f32) {
        let ends = bar.ends.iter().filter_map(|end| end.result.as_ref().ok());
        let shares = ends.map(|value| self.share(*value));
        shares.fold((self.now, self.now), |(left, right), share| (left.min(share), right.max(share)))
    }
}

impl Chart<'_> {
    fn now(&self) -> Option<f64> {
        self.now.as_ref().map(|(now, _)| *now)
    }

    /// Draws a row a bar.
    pub(super) fn ui(&self, ui: &mut Ui, cx: &Context<'_>) {
        if self.bars.is_empty() {
            return;
        }
        let span = Span::of(self);
        let ends: Vec<Ends> = (0..self.bars.len()).map(|index| self.ends(index, span)).collect();
        let room = ui.available_width();
        let widest = self.bars.iter().map(|bar| widget::width(ui, bar.input.label, Text::Body));
        let names = widest.fold(0.0, f32::max).min(room * NAMES) + 8.0;
        let layout = Layout::fitting(ui, &ends, room - names);
        for (index, ends) in ends.iter().enumerate() {
            self.row_ui(ui, cx, index, (names, span), (ends, &layout));
        }
        self.now_ui(ui, cx, names + layout.left + layout.bars * span.now);
    }

    /// The texts at both ends of a bar. The one with the lower result stands at the left.
    fn ends(&self, index: usize, span: Span) -> Ends {
        let bar = self.bars[index];
        let value = |end: usize| bar.ends[end].result.as_ref().ok().copied().unwrap_or(f64::NEG_INFINITY);
        let mut ends: Vec<usize> = (0..bar.ends.len()).collect();
        ends.sort_by(|a, b| value(*a).total_cmp(&value(*b)));
        let (low, high) = match ends[..] {
            [] => (None, None),
            [one] if self.now().is_some_and(|now| value(one) < now) => (Some(one), None),
            [one] => (None, Some(one)),
            [first, .., last] => (Some(first), Some(last)),
        };
        let text = |end: usize| (bar.ends[end].value, (self.figure)(index, end));
        Ends::new(bar.input, [low, high].map(|end| end.map(text)), span.bar(bar))
    }

    fn row_ui(
        &self,
        ui: &mut Ui,
        cx: &Context<'_>,
        index: usize,
        (names, span): (f32, Span),
        (ends, layout): (&Ends, &Layout),
    ) {
        let palette = &cx.theme.palette;
        let bar = self.bars[index];
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
        if response.hovered() || response.has_focus() {
            ui.painter().rect_filled(rect, 4, palette.hover);
        }
        let name = rect.with_max_x(rect.left() + names - 8.0);
        let colour = if (self.is_muted)(index) { palette.text_muted } else { palette.text };
        widget::put(ui, name, Align::Max, bar.input.label, Text::Body, colour);
        let at = |share: f32| rect.left() + names + layout.left + layout.bars * share;
        if self.now.is_some() {
            for (index, end) in bar.ends.iter().enumerate() {
                let Ok(value) = end.result else { continue };
                let (now, value) = (at(span.now), at(span.share(value)));
                let place = Rect::from_center_size(
                    pos2(f32::midpoint(now, value), rect.center().y),
                    vec2((value - now).abs(), BAR),
                );
                let full = cx.theme.mark(self.of);
                // The only other option of a choice lies on no side.
                let has_sides = bar.ends.len() > 1 || end.value.number().is_some();
                let is_low = has_sides && bar.below_and_above()[0] == Some(index);
                let fill = if is_low { full.gamma_multiply(0.5) } else { full };
                ui.painter().rect_filled(place, 1, fill);
            }
            ui.painter().vline(at(span.now), rect.y_range(), Stroke::new(HAIRLINE, palette.text));
        }
        ends.ui(ui, cx, rect.with_min_x(rect.left() + names), layout);
        widget::focus_ring(ui, cx.theme, &response, rect);
        let spoken = (self.spoken)(index);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spoken));
        if response.on_hover_text(spoken).clicked() {
            cx.actions.push(Action::Find(bar.input));
        }
    }

    /// What the figure is now, under the line that all bars begin at.
    fn now_ui(&self, ui: &mut Ui, cx: &Context<'_>, at: f32) {
        let Some((_, now)) = &self.now else { return };
        let text = format!("now {now}");
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), NOW), Sense::hover());
        let half = widget::width(ui, &text, Text::Caption) / 2.0 + 1.0;
        let centre = (rect.left() + at).min(rect.right() - half).max(rect.left() + half);
        let place = Rect::from_center_size(pos2(centre, rect.center().y), vec2(2.0 * half, NOW));
        widget::put(ui, place, Align::Center, &text, Text::Caption, cx.theme.palette.text);
    }
}
