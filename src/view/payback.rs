//! Payback curves as numbers: what is drawn, in which unit, and how it reads.

use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::Maybe;
use wattfolio_economics::results::{Comparison, Evaluation};
use wattfolio_economics::scenario::Scenario;

use crate::format;
use crate::state::{ChartScale, ChartView};
use wattfolio_economics::units::Unit;

/// Dollars of one unit of the chart; absent where it is a capital that the business does not have.
pub(super) fn divisor(evaluation: &Evaluation, scenario: &Scenario, scale: ChartScale) -> Maybe<f64> {
    match scale {
        ChartScale::Usd => Ok(1.0),
        ChartScale::UsdPerMw => Ok(scenario.site.capacity_mw),
        ChartScale::Capital => evaluation.capital_usd(),
    }
}

/// A chart of one business: in dollars where it has no capital to be a multiple of.
pub(super) fn chart_of(evaluation: &Evaluation, chart: &ChartView) -> ChartView {
    let has_unit = chart.scale != ChartScale::Capital || evaluation.capital_usd().is_ok();
    ChartView { scale: if has_unit { chart.scale } else { ChartScale::Usd }, ..*chart }
}

/// Cumulative cash by month in the unit of the chart.
pub(super) fn curve(evaluation: &Evaluation, scenario: &Scenario, chart: &ChartView) -> Maybe<Vec<f64>> {
    Ok(scaled(evaluation.curve(chart.curve()), divisor(evaluation, scenario, chart.scale)?))
}

/// The same dollars in bitcoin, beside the business that spends them.
pub(super) fn holding(
    comparison: &Comparison,
    scenario: &Scenario,
    chart: &ChartView,
    beside: Option<Business>,
) -> Option<Vec<f64>> {
    let holding = comparison.buy_and_hold.as_ref().filter(|holding| holding.spent_usd > 0.0)?;
    if beside.is_some_and(|business| business != holding.business) {
        return None;
    }
    let evaluation = comparison.business(holding.business).ok()?;
    let divisor = divisor(evaluation, scenario, chart.scale).ok()?;
    Some(scaled(holding.curve(chart.is_discounted), divisor))
}

fn scaled(mut usd: Vec<f64>, divisor: f64) -> Vec<f64> {
    for value in &mut usd {
        *value /= divisor;
    }
    usd
}

/// When the curve comes back to zero, in months: on the flows that are drawn.
pub(super) fn crossing(evaluation: &Evaluation, chart: &ChartView) -> Option<f64> {
    let measures = &evaluation.measures;
    let payback =
        if chart.is_discounted { measures.discounted_payback_months } else { measures.payback_months };
    payback.ok()
}

/// A value of the chart in words: `+0.05×`, `$24.5M`.
pub(super) fn value(value: f64, scale: ChartScale) -> String {
    match scale {
        ChartScale::Capital => format::signed(format!("{}×", format::grouped(value, 2)), value),
        ChartScale::Usd | ChartScale::UsdPerMw => format::short(value, Unit::Usd),
    }
}

/// A tick of the value axis.
pub(super) fn tick(scale: ChartScale) -> fn(f64) -> String {
    match scale {
        ChartScale::Capital => format::multiple_tick,
        ChartScale::Usd | ChartScale::UsdPerMw => format::axis_tick,
    }
}

/// The unit under a chart's title.
pub(super) fn unit_words(chart: &ChartView) -> String {
    let unit = match chart.scale {
        ChartScale::Capital => "× capital",
        ChartScale::Usd => "USD",
        ChartScale::UsdPerMw => "USD per MW of the site",
    };
    let kind = if chart.is_discounted { "Discounted cumulative cash" } else { "Cumulative cash" };
    let resale = if chart.has_end_proceeds { ", with end proceeds" } else { "" };
    format!("{kind}, {unit}{resale}")
}

/// Lowest and highest value of curves with some air, and always the line of zero.
pub(super) fn range<'a>(curves: impl Iterator<Item = &'a [f64]>) -> (f64, f64) {
    let (mut low, mut high) = (0.0_f64, 0.0_f64);
    for value in curves.flatten() {
        low = low.min(*value);
        high = high.max(*value);
    }
    let size = (high - low).max(1e-9);
    // A curve that stays below zero leaves room for the words about it.
    let high = high.max(0.18 * size);
    (low - 0.10 * size, high + 0.12 * size)
}

/// The businesses of a comparison with their evaluation, in order.
pub(super) fn evaluated(comparison: &Comparison) -> impl Iterator<Item = (Business, &Evaluation)> {
    comparison.evaluations().map(|evaluation| (evaluation.business, evaluation))
}
