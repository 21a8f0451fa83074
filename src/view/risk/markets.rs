//! Fans of the simulated network hashrate and hashprice, beside the plan.

use egui::Ui;
use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::MarketSeries;
use wattfolio_economics::risk::Markets;

use super::titles_ui;
use crate::state::Deep;
use crate::view::{Context, markers};
use crate::widget::{Band, Chart, Curve, Label, LabelSide, Stroke};
use crate::words::risk as risk_words;
use crate::{format, theme};

/// Height of the charts.
const HEIGHT: f32 = 230.0;
/// The lowest value that is drawn: a level of 0 has no logarithm.
const LEAST: f64 = 1e-3;

/// One of the two fans.
pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, deep: &Deep, index: usize) {
    let markets = &deep.outlook.markets;
    let (series, fan) = &markets.fans[index];
    let series = *series;
    let title = risk_words::market_title(markets, series);
    let subtitle = risk_words::market_subtitle(markets, series);
    let summary = format!("{title}. {subtitle}");
    titles_ui(ui, cx, title, &subtitle);
    let log = |values: &[f64]| values.iter().map(|value| value.max(LEAST).log10()).collect::<Vec<f64>>();
    let [p5, p25, p50, p75, p95] = fan.each_ref().map(|values| log(values));
    let planned = log(deep.comparison.network.values(series));
    let range = range([&p5, &p95, &planned]);
    let colour = cx.theme.mark(Business::OF_NETWORK);
    let edge = Some(colour.gamma_multiply(theme::FAN_EDGE));
    let labels = end_labels(cx, markets, series, f64::from(deep.scenario.horizon_months));
    let curve = |name: &str, values, colour, stroke| Curve {
        name: name.to_owned(),
        values,
        colour,
        width: theme::PROBABILITY,
        stroke,
        is_read: false,
    };
    Chart {
        id: series.id(),
        summary,
        height: HEIGHT,
        months: f64::from(deep.scenario.horizon_months),
        calendar: None,
        range,
        bands: vec![
            Band { low: p5, high: p95, fill: colour.gamma_multiply(theme::FAN_WIDE), edge },
            Band { low: p25, high: p75, fill: colour.gamma_multiply(theme::FAN_MIDDLE), edge: None },
        ],
        curves: vec![
            curve("Plan", planned, cx.theme.palette.text_muted, Stroke::Dashed),
            curve("Median", p50, colour, Stroke::Solid),
        ],
        markers: Vec::new(),
        verticals: markers::halvings_of_all(&deep.scenario, &deep.comparison),
        labels,
        cursor: None,
        tick: |log| format::significant(10.0_f64.powf(log), 2),
        axis_width: 52.0,
    }
    .show(ui, cx.theme);
}

/// From the lowest to the highest of the curves, with some air.
fn range(curves: [&Vec<f64>; 3]) -> (f64, f64) {
    let values = || curves.into_iter().flatten().copied();
    let (low, high) = (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
    let air = (0.06 * (high - low)).max(0.02);
    (low - air, high + air)
}

fn end_labels(cx: &Context<'_>, markets: &Markets, series: MarketSeries, month: f64) -> Vec<Label> {
    let Some(end) = markets.end_of(series) else { return Vec::new() };
    let label = |name: &str, value: f64, colour| Label {
        month,
        value: value.max(LEAST).log10(),
        lines: vec![(format!("{name} {}", format::short(value, series.unit())), colour)],
        side: LabelSide::RightEdge,
        is_strong: name == "median",
    };
    vec![
        label("median", end.quantiles[2], cx.theme.mark_text(Business::OF_NETWORK)),
        label("plan", end.planned, cx.theme.palette.text_muted),
    ]
}
