//! How the net present values of the paths are spread, one strip a business over one axis.

use egui::{Align2, Color32, Painter, Pos2, Rangef, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::Maybe;
use wattfolio_economics::number::within;
use wattfolio_economics::risk::{BusinessRisk, Histogram, Share};
use wattfolio_economics::units::Unit;

use super::paybacks::HEIGHT;
use super::titles_ui;
use crate::format;
use crate::state::Simulated;
use crate::theme::{self, Text};
use crate::view::Context;
use crate::widget::{Step, Tick, label_stride};
use crate::words::risk as risk_words;

/// Height of the axis under the strips.
const AXIS: f32 = 22.0;
/// Height of the words above a strip.
const WORDS: f32 = 20.0;
/// A bin that is more than so often the next one is cut, and said.
const MOST_TIMES_NEXT: u32 = 3;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, simulated: &Simulated) {
    let title = risk_words::spread_title(&simulated.simulation, &simulated.comparison);
    let subtitle = "NPV per $ of capital; worst 5 % filled; lines at P5, median, P95";
    let summary = format!("Histograms of net present value. {title}.");
    titles_ui(ui, cx, title, subtitle);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    // Clear of the last year of the chart at the left.
    let rect = rect.with_min_x(rect.left() + theme::UNIT);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &summary));
    let axis = simulated.histograms.iter().find_map(|(_, histogram)| histogram.as_ref()).map(|any| Axis {
        rect,
        low: any.low,
        high: any.high,
    });
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
        Strip { area, business, risk, spread }.paint(ui, cx);
    }
}

/// The axis that all strips share.
struct Axis {
    rect: Rect,
    low: f64,
    high: f64,
}

impl Axis {
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

/// What is drawn of one business.
struct Strip<'a> {
    area: Rect,
    business: Business,
    risk: &'a BusinessRisk,
    /// Absent without capital to divide by.
    spread: Maybe<Spread<'a>>,
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
        let (base, room) = (self.area.bottom() - 1.0, self.area.height() - WORDS - 6.0);
        painter.hline(self.area.x_range(), base, Stroke::new(theme::HAIRLINE, palette.line));
        if let Ok(spread) = &self.spread {
            let shares = self.risk.npv.quantiles.map(|usd| usd / spread.capital_usd);
            spread.paint(&painter, (base, room), shares, (cx.theme.mark(self.business), palette.text));
        }
        self.words(ui, cx);
    }

    fn words(&self, ui: &Ui, cx: &Context<'_>) {
        let palette = &cx.theme.palette;
        let y = self.area.top() + WORDS / 2.0 + 2.0;
        let painter = ui.painter();
        let put = |at: Pos2, align, words: &str, style: Text, colour| {
            painter.text(at, align, words, style.font(), colour)
        };
        let left = pos2(self.area.left(), y);
        put(
            left,
            Align2::LEFT_CENTER,
            theme::glyph(self.business),
            Text::Caption,
            cx.theme.mark(self.business),
        );
        let name = left + vec2(16.0, 0.0);
        let name = put(
            name,
            Align2::LEFT_CENTER,
            self.business.label(),
            Text::BodyMedium,
            cx.theme.mark_text(self.business),
        );
        let [p5, _, median, _, p95] = self.risk.npv.quantiles.map(|usd| format::short(usd, Unit::Usd));
        let quantiles = format!("P5 {p5}   median {median}   P95 {p95}");
        // What the picture leaves out is said first; the quantiles stand in the table as well.
        let candidates = match self.left_out() {
            Some(more) => vec![format!("{more}   {quantiles}"), more],
            None => vec![quantiles],
        };
        let room = self.area.right() - name.right() - theme::UNIT;
        let galleys = candidates
            .into_iter()
            .map(|words| painter.layout_no_wrap(words, Text::Caption.font(), palette.text_secondary));
        if let Some(galley) = galleys.into_iter().find(|galley| galley.size().x <= room) {
            let at = pos2(self.area.right() - galley.size().x, y - galley.size().y / 2.0);
            painter.galley(at, galley, palette.text_secondary);
        }
    }

    /// What the picture cannot show, or not in proportion.
    fn left_out(&self) -> Option<String> {
        match &self.spread {
            Ok(spread) => spread.cut(),
            Err(reason) => Some(reason.to_string()),
        }
    }
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
        for (quantile, width) in [(0, 1.0), (2, 2.0), (4, 1.0)] {
            let x = self.axis.x(shares[quantile]);
            painter.vline(x, base - room..=base, Stroke::new(width, ink));
        }
    }

    /// The count that fills the strip: a single bin that towers over the rest is cut.
    fn tallest(&self) -> u32 {
        let mut counts = self.histogram.counts.clone();
        counts.sort_unstable();
        let [.., next, most] = counts.as_slice() else { return 1 };
        if *next > 0 { (*most).min(next * MOST_TIMES_NEXT) } else { *most }.max(1)
    }

    /// What the picture cannot show in proportion.
    fn cut(&self) -> Option<String> {
        let total = self.histogram.total() as usize;
        let share = |count: u32| format::probability(&Share::new(count as usize, total));
        if self.histogram.above > 0 {
            let edge = format::signed(
                format!("{}×", format::significant(self.histogram.high, 2)),
                self.histogram.high,
            );
            return Some(format!("{} beyond {edge}", share(self.histogram.above)));
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
