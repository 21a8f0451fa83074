//! Distributions of the net present values of the paths, one strip a business over one axis.

use std::sync::Arc;

use egui::{
    Align2, Color32, Galley, Painter, Rangef, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2,
};
use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::Maybe;
use wattfolio_economics::number::within;
use wattfolio_economics::risk::{BusinessRisk, Histogram, Share};
use wattfolio_economics::units::Unit;

use super::pair::{Outline, Second};
use super::paybacks::HEIGHT;
use super::titles_ui;
use crate::format;
use crate::state::Simulated;
use crate::theme::{self, Text};
use crate::view::{Context, line};
use crate::widget::{self, Step, Tick, label_stride};
use crate::words::risk as risk_words;

/// Height of the axis under the strips.
const AXIS: f32 = 22.0;
/// Height of the words above a strip, and of a second line of them.
const WORDS: f32 = 20.0;
const LINE: f32 = 16.0;
/// Width of the arrow that stands for what lies beyond the axis.
const BEYOND: f32 = 8.0;
/// A bin that is more than so often the next one is cut, and said.
const MOST_TIMES_NEXT: u32 = 3;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, simulated: &Simulated) {
    let title = risk_words::spread_title(&simulated.simulation, &simulated.comparison);
    let second = Second::of(cx);
    let mut subtitle = "NPV per $ of capital; worst 5 % filled; lines at P5, median, P95".to_owned();
    if let Some(second) = &second {
        subtitle = format!("{subtitle}; {}", second.line_words());
    }
    let summary = format!("Histograms of net present value. {title}.");
    titles_ui(ui, cx, title, &subtitle);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    // Clear of the last year of the chart at the left.
    let rect = rect.with_min_x(rect.left() + theme::UNIT);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &summary));
    let axis =
        Axis::of(rect, std::iter::once(simulated).chain(second.as_ref().map(|second| second.simulated)));
    if let Some(axis) = &axis {
        axis.paint(ui, cx);
    }
    let strip = (rect.height() - AXIS) / Business::ALL.len() as f32;
    for (index, business) in Business::ALL.into_iter().enumerate() {
        let top = rect.top() + strip * index as f32;
        let area = Rect::from_x_y_ranges(rect.x_range(), top..=top + strip);
        let Ok(risk) = simulated.simulation.business(business) else { continue };
        let spread =
            match (simulated.comparison.capital_usd(business), &simulated.histograms[business], &axis) {
                (Ok(capital_usd), Some(histogram), Some(axis)) => Ok(Spread { axis, histogram, capital_usd }),
                (Err(reason), ..) => Err(reason),
                (Ok(_), ..) => continue,
            };
        let outline = second.as_ref().and_then(|second| {
            Some(Outline { second, histogram: second.simulated.histograms[business].as_ref()? })
        });
        Strip { area, business, risk, spread, outline }.paint(ui, cx);
    }
}

/// The axis that all strips share.
struct Axis {
    rect: Rect,
    low: f64,
    high: f64,
}

impl Axis {
    /// The axis on which the histograms of all simulations lie, each of which has one pair of edges.
    fn of<'a>(rect: Rect, all: impl Iterator<Item = &'a Simulated>) -> Option<Self> {
        let any = |simulated: &'a Simulated| {
            simulated.histograms.iter().find_map(|(_, histogram)| histogram.as_ref())
        };
        all.filter_map(any).map(|any| Self { rect, low: any.low, high: any.high }).reduce(|one, other| Self {
            rect,
            low: one.low.min(other.low),
            high: one.high.max(other.high),
        })
    }

    fn x(&self, value: f64) -> f32 {
        let share = (value - self.low) / (self.high - self.low);
        self.rect.left() + share as f32 * self.rect.width()
    }

    fn paint(&self, ui: &Ui, cx: &Context<'_>) {
        let palette = &cx.theme.palette;
        let painter = ui.painter_at(self.rect.expand(1.0));
        let bottom = self.rect.bottom() - AXIS;
        let Some(step) = Step::at_least((self.high - self.low) / 6.0) else { return };
        let mut labels = Vec::new();
        for Tick { number, value } in step.ticks(self.low, self.high) {
            let x = self.x(value);
            let colour = if number == 0 { palette.zero_line } else { palette.grid };
            painter.vline(x, self.rect.top()..=bottom, Stroke::new(theme::HAIRLINE, colour));
            let text = format::multiple_tick(value);
            let galley = painter.layout_no_wrap(text, Text::Caption.font(), palette.text_muted);
            let width = galley.size().x;
            let left = within(x - width / 2.0, self.rect.left(), self.rect.right() - width);
            labels.push((number, Rangef::new(left, left + width), galley));
        }
        let spans: Vec<(i64, Rangef)> = labels.iter().map(|(number, span, _)| (*number, *span)).collect();
        let stride = label_stride(&spans);
        for (_, span, galley) in labels.into_iter().filter(|(number, ..)| number % stride == 0) {
            painter.galley(pos2(span.min, bottom + 5.0), galley, palette.text_muted);
        }
    }
}

/// Drawn elements of one business.
struct Strip<'a> {
    area: Rect,
    business: Business,
    risk: &'a BusinessRisk,
    /// Absent without capital to divide by.
    spread: Maybe<Spread<'a>>,
    /// The same business in a second scenario.
    outline: Option<Outline<'a>>,
}

/// A histogram per dollar of capital.
struct Spread<'a> {
    axis: &'a Axis,
    histogram: &'a Histogram,
    capital_usd: f64,
}

impl Strip<'_> {
    fn paint(&self, ui: &Ui, cx: &Context<'_>) {
        let palette = &cx.theme.palette;
        let painter = ui.painter_at(self.area.expand(1.0));
        let words = self.words(ui, cx);
        let room = self.area.height() - WORDS - LINE * (words.len().max(1) - 1) as f32 - 6.0;
        let base = self.area.bottom() - 1.0;
        painter.hline(self.area.x_range(), base, Stroke::new(theme::HAIRLINE, palette.line));
        if let Ok(spread) = &self.spread {
            let shares = self.risk.npv.quantiles.map(|usd| usd / spread.capital_usd);
            spread.paint(&painter, (base, room), shares, (cx.theme.mark(self.business), palette.text));
            if let Some(outline) = &self.outline {
                outline.paint(&painter, spread, (base, room), cx.theme.mark_text(self.business));
            }
        }
        self.name_ui(ui, cx);
        for (line, galley) in words.into_iter().enumerate() {
            let size = galley.size();
            let y = self.middle() + LINE * line as f32 - size.y / 2.0;
            let place = Rect::from_min_size(pos2(self.area.right() - size.x, y), size);
            put_ui(ui, cx, place, galley);
        }
    }

    /// The middle of the first line of words.
    fn middle(&self) -> f32 {
        self.area.top() + WORDS / 2.0 + 2.0
    }

    fn name_ui(&self, ui: &Ui, cx: &Context<'_>) {
        let palette = &cx.theme.palette;
        let left = pos2(self.area.left(), self.middle());
        let (glyph, mark) = (theme::glyph(self.business), cx.theme.mark(self.business));
        ui.painter().text(left, Align2::LEFT_CENTER, glyph, Text::Caption.font(), mark);
        let (name, font) = (self.business.label().to_owned(), Text::BodyMedium.font());
        let name = ui.painter().layout_no_wrap(name, font, cx.theme.mark_text(self.business));
        let at = left + vec2(16.0, -name.size().y / 2.0);
        let place = Rect::from_min_size(at, name.size());
        ui.painter().rect_filled(place, 0, palette.app);
        ui.painter().galley(at, name, palette.text);
    }

    /// Values beyond the axis, and the quantiles: in one line, or in two where they are too long for one.
    fn words(&self, ui: &Ui, cx: &Context<'_>) -> Vec<Arc<Galley>> {
        let layout = |words: &str, room: f32| {
            widget::one_line(ui, words, Text::Caption, cx.theme.palette.text_secondary, room)
        };
        let [p5, _, median, _, p95] = self.risk.npv.quantiles.map(|usd| format::short(usd, Unit::Usd));
        let quantiles = format!("P5 {p5}   median {median}   P95 {p95}");
        let name = 16.0 + widget::width(ui, self.business.label(), Text::BodyMedium);
        let (room, whole) = (self.area.width() - name - theme::UNIT, self.area.width());
        let Some(more) = self.left_out() else { return vec![layout(&quantiles, room)] };
        let all = format!("{more}   {quantiles}");
        if widget::width(ui, &all, Text::Caption) <= room {
            return vec![layout(&all, room)];
        }
        vec![layout(&quantiles, room), layout(&more, whole)]
    }

    /// Note on values that the picture shows not at all, or not in proportion.
    fn left_out(&self) -> Option<String> {
        let own = match &self.spread {
            Ok(spread) => spread.cut(),
            Err(reason) => Some(reason.to_string()),
        };
        let second = self.outline.as_ref().and_then(Outline::beyond);
        match (own, second) {
            (Some(own), Some(second)) => Some(format!("{own}   {second}")),
            (own, second) => own.or(second),
        }
    }
}

/// Paints words so that no line of the axis runs through them.
fn put_ui(ui: &Ui, cx: &Context<'_>, place: Rect, words: Arc<Galley>) {
    let palette = &cx.theme.palette;
    ui.painter().rect_filled(place, 0, palette.app);
    widget::whole_on_hover(ui, place, &words);
    ui.painter().galley(place.min, words, palette.text_secondary);
}

impl Spread<'_> {
    /// Bars and the lines of quantiles; `shares` are the quantiles per dollar of capital.
    fn paint(
        &self,
        painter: &Painter,
        (base, room): (f32, f32),
        shares: [f64; 5],
        (mark, ink): (Color32, Color32),
    ) {
        let most = self.tallest();
        for (bin, &count) in self.histogram.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let (from, to) = self.histogram.edges(bin);
            let height = room * (count as f32 / most as f32).min(1.0);
            let bar = Rect::from_x_y_ranges(
                self.axis.x(from)..=self.axis.x(to) - 0.7,
                base - height.max(1.0)..=base,
            );
            let is_worst = f64::midpoint(from, to) <= shares[0];
            let fill = if is_worst { mark } else { mark.gamma_multiply(theme::HISTOGRAM_BODY) };
            painter.rect_filled(bar, 0, fill);
        }
        self.paint_beyond(painter, (base, room), mark);
        for (quantile, width) in [(0, 1.0), (2, 2.0), (4, 1.0)] {
            let x = self.axis.x(shares[quantile]);
            painter.vline(x, base - room..=base, Stroke::new(width, ink));
        }
    }

    /// Values beyond the axis as a bar at its end, open towards them.
    fn paint_beyond(&self, painter: &Painter, (base, room): (f32, f32), mark: Color32) {
        let (left, right) = (self.axis.x(self.histogram.low), self.axis.x(self.histogram.high));
        let most = self.tallest() as f32;
        for (count, edge, inwards) in [(self.histogram.below, left, 1.0), (self.histogram.above, right, -1.0)]
        {
            if count == 0 {
                continue;
            }
            let height = (room * (count as f32 / most).min(1.0)).max(1.0);
            let inner = edge + inwards * BEYOND;
            let middle = base - height / 2.0;
            let corners = vec![pos2(inner, base - height), pos2(edge, middle), pos2(inner, base)];
            painter.add(Shape::convex_polygon(
                corners,
                mark.gamma_multiply(theme::HISTOGRAM_BODY),
                Stroke::NONE,
            ));
        }
    }

    /// The count that fills the strip: a single bin that towers over the rest is cut.
    fn tallest(&self) -> u32 {
        let mut counts = self.histogram.counts.clone();
        counts.sort_unstable();
        let [.., next, most] = counts.as_slice() else { return 1 };
        let most = if *next > 0 { (*most).min(next * MOST_TIMES_NEXT) } else { *most };
        // Without a bar, what lies beyond the axis fills the strip.
        if most > 0 { most } else { self.histogram.above.max(self.histogram.below).max(1) }
    }

    /// Note on values that the picture does not show in proportion.
    fn cut(&self) -> Option<String> {
        let total = self.histogram.total() as usize;
        let share = |count: u32| format::probability(&Share::new(count as usize, total));
        if self.histogram.above > 0 {
            return Some(beyond(self.histogram));
        }
        let (bin, most) =
            self.histogram.counts.iter().copied().enumerate().max_by_key(|(_, count)| *count)?;
        let (from, to) = self.histogram.edges(bin);
        let middle = f64::midpoint(from, to);
        (most > self.tallest()).then(|| {
            let at = format::signed(format!("{}×", format::significant(middle, 2)), middle);
            format!("{} near {at}, bar cut", share(most))
        })
    }
}

/// The share of the values above the last bin: `2 % beyond +3.0×`.
fn beyond(histogram: &Histogram) -> String {
    let share = Share::new(histogram.above as usize, histogram.total() as usize);
    let edge = format::signed(format!("{}×", format::significant(histogram.high, 2)), histogram.high);
    format!("{} beyond {edge}", format::probability(&share))
}

impl Outline<'_> {
    /// Steps along the tops of the bins, to the scale of the bars of the other scenario: equal areas are equal chances.
    fn paint(&self, painter: &Painter, spread: &Spread<'_>, (base, room): (f32, f32), ink: Color32) {
        let density = |histogram: &Histogram, count: u32| {
            let (from, to) = histogram.edges(0);
            f64::from(count) / f64::from(histogram.total().max(1)) / (to - from)
        };
        let full = density(spread.histogram, spread.tallest());
        let mut points = Vec::with_capacity(2 * self.histogram.counts.len() + 2);
        points.push(pos2(spread.axis.x(self.histogram.low), base));
        for (bin, &count) in self.histogram.counts.iter().enumerate() {
            let (from, to) = self.histogram.edges(bin);
            let y = base - room * (density(self.histogram, count) / full).min(1.0) as f32;
            points.extend([pos2(spread.axis.x(from), y), pos2(spread.axis.x(to), y)]);
        }
        points.push(pos2(spread.axis.x(self.histogram.high), base));
        let fade = if self.second.is_old { theme::STALE } else { 1.0 };
        line::along(painter, &points, self.second.stroke(), theme::PINNED, ink.gamma_multiply(fade));
    }

    /// What of the second scenario lies beyond its last bin.
    fn beyond(&self) -> Option<String> {
        let letter = self.second.shown.listed.label.letter;
        (self.histogram.above > 0).then(|| format!("{letter}: {}", beyond(self.histogram)))
    }
}
