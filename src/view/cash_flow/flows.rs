//! Bars of revenue and cost with the line of operating cash.

use egui::Ui;
use wattfolio_economics::results::Evaluation;

use super::parts::Part;
use super::second::Second;
use crate::format;
use crate::state::Action;
use crate::view::Context;
use crate::view::markers;
use crate::widget::{Bars, Behind, Chart, LineOver, Stroke};

/// Draws the bars; returns the month under the pointer.
pub(super) fn flows_ui(
    ui: &mut Ui,
    cx: &Context<'_>,
    evaluation: &Evaluation,
    title: &str,
    [revenue, costs]: [&[Part]; 2],
    (cash, second): (&[f64], Option<&Second<'_>>),
) -> Option<f64> {
    let period = cx.state.view.cash_flow.period.months() as f64;
    let periods = cash.len();
    let stack = |parts: &[Part]| -> Vec<Vec<(f64, f64)>> {
        let mut level = vec![0.0; periods];
        let spans = |part: &Part, level: &mut Vec<f64>| {
            let mut spans = Vec::with_capacity(periods);
            for (top, value) in level.iter_mut().zip(&part.values) {
                spans.push((*top, *top + value));
                *top += value;
            }
            spans
        };
        parts.iter().map(|part| spans(part, &mut level)).collect()
    };
    let (up, down) = (stack(revenue), stack(costs));
    let edge = |spans: &[Vec<(f64, f64)>]| {
        spans
            .iter()
            .flatten()
            .map(|span| span.1)
            .fold((0.0_f64, 0.0_f64), |(low, high), v| (low.min(v), high.max(v)))
    };
    let beside = second.map_or(&[][..], |second| &second.cash);
    let low = beside.iter().copied().fold(edge(&down).0, f64::min);
    let high = beside.iter().copied().fold(edge(&up).1.max(1.0), f64::max);
    let size = high - low;
    let months = cx.state.results.scenario.horizon_months;
    let months = f64::from(second.map_or(months, |second| months.max(second.months())));
    let ink = cx.theme.palette.text_strong;
    let chart = Chart {
        id: "flows",
        summary: format!("{} revenue and costs. {}.", evaluation.business.label(), title),
        height: 300.0,
        months,
        calendar: None,
        range: (low - 0.06 * size, high + 0.10 * size),
        bands: Vec::new(),
        curves: Vec::new(),
        markers: Vec::new(),
        verticals: markers::events_of(&cx.state.results.scenario, evaluation),
        labels: Vec::new(),
        cursor: cx.state.view.hovered_month,
        tick: format::axis_tick,
        axis_width: 56.0,
    };
    let parts = revenue.iter().zip(&up).chain(costs.iter().zip(&down));
    let line = |cash: &[f64], stroke| {
        let points = cash.iter().enumerate().map(|(i, value)| [(i as f64 + 0.5) * period, *value]);
        LineOver { points: points.collect(), colour: ink, stroke }
    };
    let own = line(cash, Stroke::Solid);
    let other = second.map(|second| line(&second.cash, second.stroke()));
    let behind = Behind {
        bars: parts.map(|(part, spans)| Bars::stacked(part.name, part.colour, spans, period)).collect(),
        lines: other.into_iter().chain([own]).collect(),
    };
    let drawn = chart.show_over(ui, cx.theme, behind);
    if drawn.hovered_month != cx.state.view.hovered_month {
        cx.actions.push(Action::Hover(drawn.hovered_month));
    }
    drawn.hovered_month
}
