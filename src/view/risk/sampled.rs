//! Single paths of one business over its fan.

use egui::Ui;
use wattfolio_economics::business::Business;
use wattfolio_economics::risk::{BusinessRisk, PathStory};

use super::titles_ui;
use crate::state::{Action, CashFlowView, Deep, Simulated};
use crate::view::Context;
use crate::view::payback;
use crate::widget::{self, Band, Chart, Curve, Label, LabelSide, Stroke};
use crate::words::capitalised;
use crate::{format, theme};

/// Height of the chart.
const HEIGHT: f32 = 260.0;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, simulated: &Simulated, deep: &Deep) {
    let view = cx.state.view.cash_flow;
    let business = view.business;
    let titles = |ui: &mut Ui| {
        let title = format!("{} on {} of its paths", capitalised(business.word()), deep.sampled.len());
        titles_ui(ui, cx, title, "Cumulative cash, P5–P95; bold: the worst");
    };
    super::super::heading_ui(ui, cx, titles, |ui| {
        let names = Business::ALL.map(|business| capitalised(business.word()));
        let names = names.each_ref().map(String::as_str);
        let selected = Business::ALL.iter().position(|other| *other == business).unwrap_or(0);
        if let Some(index) = widget::segmented(ui, cx.theme, &names, selected) {
            cx.actions.push(Action::SetCashFlow(CashFlowView { business: Business::ALL[index], ..view }));
        }
    });
    let Ok(risk) = simulated.simulation.business(business) else {
        widget::caption(ui, cx.theme, "This business is not evaluated.");
        return;
    };
    chart(cx, risk, deep, business, f64::from(simulated.scenario.horizon_months)).show(ui, cx.theme);
}

fn chart<'a>(
    cx: &Context<'_>,
    risk: &BusinessRisk,
    deep: &Deep,
    business: Business,
    months: f64,
) -> Chart<'a> {
    let colour = cx.theme.mark(business);
    let band = |low: usize, high: usize| Band {
        low: risk.fan[low].clone(),
        high: risk.fan[high].clone(),
        fill: colour.gamma_multiply(theme::HISTOGRAM_BODY / 3.0),
        edge: None,
    };
    let of_path = |story: &PathStory, width: f32, name: String| {
        let values = story.businesses[business].as_ref()?.cumulative_usd.clone();
        Some(Curve { name, values, colour, width, stroke: Stroke::Solid, is_read: false })
    };
    let thin = theme::HAIRLINE * 0.8;
    let mut curves: Vec<Curve> = deep
        .sampled
        .iter()
        .filter_map(|story| of_path(story, thin, format!("path {}", story.path)))
        .collect();
    let mut labels = Vec::new();
    let worst = deep.worst[business].as_ref();
    if let Some(curve) = worst.and_then(|[worst, _]| of_path(worst, theme::PROBABILITY, "worst".to_owned())) {
        labels.push(Label {
            month: months,
            value: curve.values.last().copied().unwrap_or(0.0),
            lines: vec![(curve.name.clone(), cx.theme.mark_text(business))],
            side: LabelSide::RightEdge,
            is_strong: true,
        });
        curves.push(curve);
    }
    let bands = vec![band(0, 4), band(1, 3)];
    let edges = bands.iter().flat_map(|band| [&band.low[..], &band.high[..]]);
    let range = payback::range(edges.chain(curves.iter().map(|curve| &curve.values[..])));
    Chart {
        id: "sampled paths",
        summary: format!("{} simulated paths of {} over its fan.", deep.sampled.len(), business.word()),
        height: HEIGHT,
        months,
        calendar: None,
        range,
        bands,
        curves,
        markers: Vec::new(),
        verticals: Vec::new(),
        labels,
        cursor: None,
        tick: format::axis_tick,
        axis_width: 52.0,
    }
}
