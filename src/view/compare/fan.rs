//! The fan behind a payback curve: where the simulated paths run.

use wattfolio_economics::results::Evaluation;

use crate::state::ChartView;
use crate::theme;
use crate::view::Context;
use crate::view::payback;
use crate::widget::{Band, Label, LabelSide};

/// Largest extension of a chart by its fan, in heights of its curves.
const MOST_STRETCH: f64 = 0.35;

/// Cumulative cash of the paths at P5, P25, P50, P75 and P95 by month, in the unit of the chart.
///
/// There is none of discounted cash: the simulation adds up plain cash.
pub(super) fn quantiles(
    cx: &Context<'_>,
    evaluation: &Evaluation,
    chart: &ChartView,
) -> Option<[Vec<f64>; 5]> {
    if !chart.has_fan || chart.is_discounted {
        return None;
    }
    let risk = cx.state.risk.business(evaluation.business)?;
    let divisor = payback::divisor(evaluation, &cx.state.results.scenario, chart.scale).ok()?;
    Some(std::array::from_fn(|which| {
        let mut values: Vec<f64> = risk.fan[which].iter().map(|usd| usd / divisor).collect();
        if let (true, Some(last)) = (chart.has_end_proceeds, values.last_mut()) {
            *last = risk.end_quantiles[which] / divisor;
        }
        values
    }))
}

/// P5–P95 and, on top of it, P25–P75; paler while a newer simulation runs.
pub(super) fn bands(cx: &Context<'_>, evaluation: &Evaluation, chart: &ChartView) -> Vec<Band> {
    let Some([p5, p25, _, p75, p95]) = quantiles(cx, evaluation, chart) else { return Vec::new() };
    let mark = cx.theme.mark(evaluation.business);
    let fade = if cx.state.risk.is_stale { theme::STALE } else { 1.0 };
    let edge = mark.gamma_multiply(theme::FAN_EDGE * fade);
    vec![
        Band { low: p5, high: p95, fill: mark.gamma_multiply(theme::FAN_WIDE * fade), edge: Some(edge) },
        Band { low: p25, high: p75, fill: mark.gamma_multiply(theme::FAN_MIDDLE * fade), edge: None },
    ]
}

/// The range of curves, stretched so that their fans fit as far as is reasonable.
pub(super) fn stretched<'a>(
    (low, high): (f64, f64),
    bands: impl Iterator<Item = &'a Band> + Clone,
) -> (f64, f64) {
    let size = high - low;
    let least = bands.clone().flat_map(|band| &band.low).copied().fold(f64::INFINITY, f64::min);
    let most = bands.flat_map(|band| &band.high).copied().fold(f64::NEG_INFINITY, f64::max);
    let air = 0.04 * size;
    (
        low.min((least - air).max(low - MOST_STRETCH * size)),
        high.max((most + air).min(high + MOST_STRETCH * size)),
    )
}

/// Words where the wide band leaves the chart, so that nothing is cut silently.
pub(super) fn leaving(
    cx: &Context<'_>,
    evaluation: &Evaluation,
    chart: &ChartView,
    range: (f64, f64),
) -> Vec<Label> {
    let Some([p5, .., p95]) = quantiles(cx, evaluation, chart) else { return Vec::new() };
    let scale = chart.scale;
    let colour = cx.theme.mark_text(evaluation.business);
    let month = f64::from(cx.state.results.scenario.horizon_months);
    let label = |value: f64, text: String| Label {
        month,
        value,
        lines: vec![(text, colour)],
        side: LabelSide::RightEdge,
        is_strong: false,
    };
    let end = |values: &[f64]| payback::value(values.last().copied().unwrap_or(0.0), scale);
    let over = p95
        .iter()
        .any(|value| *value > range.1)
        .then(|| label(range.1, format!("P95 goes on to {}", end(&p95))));
    let under = p5
        .iter()
        .any(|value| *value < range.0)
        .then(|| label(range.0, format!("P5 goes on to {}", end(&p5))));
    over.into_iter().chain(under).collect()
}
