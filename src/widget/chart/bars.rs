//! Bars of a chart, behind its lines.

use egui::{Color32, Stroke};
use egui_plot::{Bar, BarChart, Line, PlotPoints, PlotUi};

/// Bars of one name and colour.
#[derive(Clone, Debug)]
pub struct Bars {
    /// Their name.
    pub name: &'static str,
    /// Their colour.
    pub colour: Color32,
    /// Each of them.
    pub bars: Vec<BarOfMonth>,
}

/// A bar from one value to another.
#[derive(Clone, Copy, Debug)]
pub struct BarOfMonth {
    /// Its middle in months.
    pub middle: f64,
    /// Its width in months.
    pub width: f64,
    /// Where it begins and ends, in the chart's unit.
    pub span: (f64, f64),
}

/// A line across bars.
#[derive(Clone, Debug)]
pub struct LineOver {
    /// Its points, months and value.
    pub points: Vec<[f64; 2]>,
    /// Its colour.
    pub colour: Color32,
    /// Its line style.
    pub stroke: super::Stroke,
}

/// Bars behind the lines of a chart, and lines across them.
#[derive(Clone, Debug, Default)]
pub struct Behind {
    /// The bars, from back to front.
    pub bars: Vec<Bars>,
    /// The lines across them, from back to front.
    pub lines: Vec<LineOver>,
}

impl Bars {
    /// Bars of one line, stacked on others: where it begins and ends in each period.
    pub fn stacked(name: &'static str, colour: Color32, spans: &[(f64, f64)], period_months: f64) -> Self {
        let width = period_months * if period_months > 1.0 { 0.86 } else { 0.78 };
        let bar = |(index, &span): (usize, &(f64, f64))| BarOfMonth {
            middle: (index as f64 + 0.5) * period_months,
            width,
            span,
        };
        let seen = spans.iter().enumerate().filter(|(_, (from, to))| from != to);
        Self { name, colour, bars: seen.map(bar).collect() }
    }

    fn chart(&self) -> BarChart {
        let bar = |bar: &BarOfMonth| {
            let (from, to) = bar.span;
            Bar::new(bar.middle, to - from)
                .base_offset(from)
                .width(bar.width)
                .fill(self.colour)
                .stroke(Stroke::NONE)
        };
        let bars = self.bars.iter().map(bar).collect();
        BarChart::new(self.name, bars).color(self.colour).allow_hover(false)
    }
}

impl Behind {
    pub(super) fn draw(self, plot_ui: &mut PlotUi<'_>) {
        for bars in &self.bars {
            plot_ui.bar_chart(bars.chart());
        }
        for LineOver { points, colour, stroke } in self.lines {
            let line = Line::new("line over bars", PlotPoints::from(points));
            plot_ui.line(line.color(colour).width(2.0).style(stroke.style()).allow_hover(false));
        }
    }
}
