//! Which curves a chart shows: other scenarios, the baseline, and now on top.

use wattfolio_economics::business::Business;
use wattfolio_economics::results::Comparison;

use crate::state::ChartView;
use crate::theme;
use crate::view::Context;
use crate::view::{line, payback};
use crate::widget::{Curve, Stroke};

/// A curve of one business in some scenario, as it is drawn.
pub(super) struct Drawing {
    pub curve: Curve,
    pub label: String,
    pub is_now: bool,
}

/// Every curve of a business: other scenarios, baseline, then now on top.
pub(super) fn drawings(cx: &Context<'_>, business: Business, chart: &ChartView) -> Vec<Drawing> {
    let palette = &cx.theme.palette;
    let scenario = &cx.state.results.scenario;
    let mut drawings = Vec::new();
    let mut add = |comparison: &Comparison, scenario, name: &str, colour, width, stroke, is_now| {
        // A business without capital is in no chart of multiples.
        if let Ok(evaluation) = comparison.business(business)
            && let Ok(values) = payback::curve(evaluation, scenario, chart)
        {
            let end = values.last().copied().unwrap_or(0.0);
            let label = format!("{name} {}", payback::value(end, chart.scale));
            let curve = Curve { name: name.to_owned(), values, colour, width, stroke, is_read: is_now };
            drawings.push(Drawing { curve, label, is_now });
        }
    };
    // The baseline has a line of its own below.
    for other in cx.state.others().filter(|other| !other.listed.is_baseline) {
        let (label, mark) = (&other.listed.label, cx.theme.mark(business));
        let name = label.letter.to_string();
        let stroke = line::stroke(label.line);
        add(&other.comparison, &other.listed.scenario, &name, mark, theme::PINNED, stroke, false);
    }
    if cx.state.document.changes().next().is_some() {
        let baseline = &cx.state.document.baseline().scenario;
        add(
            &cx.state.results.baseline,
            baseline,
            "baseline",
            palette.baseline,
            theme::BASELINE,
            Stroke::Dashed,
            false,
        );
    }
    let now = &cx.state.results.comparison;
    add(now, scenario, "now", cx.theme.mark(business), theme::NOW, Stroke::Solid, true);
    leave_out_equals(drawings)
}

/// Drops what lies under the curve of now: a change may not touch every business.
fn leave_out_equals(mut drawings: Vec<Drawing>) -> Vec<Drawing> {
    let Some(now) = drawings.pop() else { return drawings };
    let size = now.curve.values.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
    drawings.retain(|drawing| {
        let pairs = drawing.curve.values.iter().zip(&now.curve.values);
        drawing.curve.values.len() != now.curve.values.len()
            || pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max) > 1e-3 * size
    });
    drawings.push(now);
    drawings
}
