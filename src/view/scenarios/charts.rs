//! Payback curves of one business in every scenario.

use egui::Ui;
use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::{Absent, Maybe};

use super::heads::weight;
use crate::state::{ChartScale, ChartView, Shown};
use crate::theme::Text;
use crate::view::{Context, line, payback};
use crate::widget::{self, Chart, Curve, Label, LabelSide, Marker};
use crate::words;

/// Height of a chart.
pub(super) const HEIGHT: f32 = 200.0;
/// Share of the size of a curve within which two of them are one line.
const SAME: f64 = 1e-3;

/// The curve of a scenario.
struct Drawn<'a> {
    shown: &'a Shown,
    values: Vec<f64>,
}

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, drawn: &[&Shown], business: Business) {
    let chart = chart_view(drawn, business);
    let curves: Vec<Drawn<'_>> = drawn
        .iter()
        .filter_map(|shown| {
            let evaluation = shown.comparison.business(business).ok()?;
            let values = payback::curve(evaluation, &shown.listed.scenario, &chart).ok()?;
            Some(Drawn { shown, values })
        })
        .collect();
    let (curves, same) = leave_out_equals(curves);
    let title = title(drawn, business);
    widget::tracked(ui, widget::colored(title.clone(), Text::Title, cx.theme.palette.text));
    let unit = if chart.scale == ChartScale::Capital { "× capital" } else { "USD" };
    let subtitle = match same.as_slice() {
        [] => format!("Cumulative cash, {unit}"),
        letters => format!("Cash, {unit}; {} as the baseline", words::join(letters)),
    };
    widget::tracked(ui, widget::colored(subtitle, Text::Caption, cx.theme.palette.text_muted));
    if curves.is_empty() {
        let missing = drawn.iter().find_map(|shown| shown.comparison.business(business).err());
        widget::body(ui, cx.theme, missing.map(words::sentence_of).unwrap_or_default());
        return;
    }
    let months = drawn.iter().map(|shown| shown.listed.scenario.horizon_months).max().unwrap_or(1);
    let range = payback::range(curves.iter().map(|curve| curve.values.as_slice()));
    let shown = Chart {
        id: business.id(),
        summary: format!("{} in {} scenarios. {title}.", business.label(), drawn.len()),
        height: HEIGHT,
        months: f64::from(months),
        calendar: None,
        range,
        bands: Vec::new(),
        labels: curves.iter().map(|curve| label(cx, curve, business, &chart)).collect(),
        markers: curves.iter().filter_map(|curve| marker(curve, business)).collect(),
        curves: curves.into_iter().map(|curve| line_of(cx, curve, business)).collect(),
        verticals: Vec::new(),
        cursor: cx.state.view.hovered_month,
        tick: payback::tick(chart.scale),
        axis_width: 44.0,
    }
    .show(ui, cx.theme);
    drop(shown);
}

/// Multiples of capital, or dollars where a scenario has no capital to be a multiple of.
fn chart_view(drawn: &[&Shown], business: Business) -> ChartView {
    let has_capital = |shown: &&Shown| {
        shown.comparison.business(business).is_ok_and(|evaluation| evaluation.capital_usd().is_ok())
    };
    let scale = if drawn.iter().all(has_capital) { ChartScale::Capital } else { ChartScale::Usd };
    ChartView { scale, ..ChartView::default() }
}

/// Curves that lie under that of the baseline are named, not drawn; the others come with the baseline first and the current one
/// on top.
fn leave_out_equals(mut curves: Vec<Drawn<'_>>) -> (Vec<Drawn<'_>>, Vec<String>) {
    let baseline = curves.iter().find(|curve| curve.shown.listed.is_baseline).map(|one| one.values.clone());
    let mut same = Vec::new();
    if let Some(baseline) = baseline {
        let size = baseline.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
        curves.retain(|curve| {
            let gaps = curve.values.iter().zip(&baseline).map(|(one, other)| (one - other).abs());
            let is_same = !curve.shown.listed.is_baseline
                && curve.values.len() == baseline.len()
                && gaps.fold(0.0, f64::max) <= SAME * size;
            if is_same {
                same.push(curve.shown.listed.label.letter.to_string());
            }
            !is_same
        });
    }
    curves.sort_by_key(|curve| (curve.shown.listed.is_current, !curve.shown.listed.is_baseline));
    (curves, same)
}

fn title(drawn: &[&Shown], business: Business) -> String {
    // By its letter, as at its curve: a name may be longer than the chart is wide.
    let letters: Vec<String> = drawn.iter().map(|shown| shown.listed.label.letter.to_string()).collect();
    let payback = |shown: &&Shown| {
        let evaluation = shown.comparison.business(business).ok();
        evaluation.map_or(Err(Absent::NotApplicable), |evaluation| evaluation.measures.payback_months)
    };
    let paybacks: Vec<(&str, Maybe<f64>)> =
        letters.iter().map(String::as_str).zip(drawn.iter().map(payback)).collect();
    let baseline = drawn.iter().position(|shown| shown.listed.is_baseline).unwrap_or(0);
    words::payback_change(business, &paybacks, baseline)
}

fn label(cx: &Context<'_>, curve: &Drawn<'_>, business: Business, chart: &ChartView) -> Label {
    let listed = &curve.shown.listed;
    let value = curve.values.last().copied().unwrap_or(0.0);
    let colour = if listed.is_baseline && !listed.is_current {
        cx.theme.palette.baseline
    } else {
        cx.theme.mark_text(business)
    };
    let text = format!("{} {}", listed.label.letter, payback::value(value, chart.scale));
    Label {
        month: curve.values.len().saturating_sub(1) as f64,
        value,
        lines: vec![(text, colour)],
        side: LabelSide::RightEdge,
        is_strong: listed.is_current,
    }
}

/// Where the current scenario pays back.
fn marker(curve: &Drawn<'_>, business: Business) -> Option<Marker> {
    if !curve.shown.listed.is_current {
        return None;
    }
    let month = curve.shown.comparison.business(business).ok()?.measures.payback_months.ok()?;
    Some(Marker { business, month, value: 0.0 })
}

fn line_of(cx: &Context<'_>, curve: Drawn<'_>, business: Business) -> Curve {
    let listed = &curve.shown.listed;
    let (width, grey) = weight(cx, curve.shown);
    let is_grey = listed.is_baseline && !listed.is_current;
    Curve {
        name: listed.label.letter.to_string(),
        values: curve.values,
        colour: if is_grey { grey } else { cx.theme.mark(business) },
        width,
        stroke: line::stroke(listed.label.line),
        is_read: listed.is_current,
    }
}
