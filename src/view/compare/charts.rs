//! The payback charts: one a business side by side, or one for all.

use egui::Ui;
use wattfolio_economics::business::Business;
use wattfolio_economics::number::within;
use wattfolio_economics::results::{Evaluation, Timeline};

use super::curves::{Drawing, drawings};
use super::fan;
use super::pull;
use super::read_out::read_out_ui;
use super::scenarios;
use super::timeline::timeline_ui;
use crate::format;
use crate::state::{ChartScale, ChartView};
use crate::theme::{self, Text};
use crate::view::Context;
use crate::view::{markers, payback};
use crate::widget::{self, Band, Chart, Curve, Label, LabelSide, Marker, Stroke};
use crate::words;

/// Height of what stands above and below a chart: its titles, the timeline, and the space to the next part.
const TITLES_AND_TIMELINE: f32 = 106.0;
/// Height of a chart, and the least where that brings the whole table of scenarios into sight.
const HEIGHTS: (f32, f32) = (240.0, 420.0);
const LEAST_BESIDE_TABLE: f32 = 100.0;

pub(super) fn height(ui: &Ui, cx: &Context<'_>) -> f32 {
    let room = ui.clip_rect().bottom() - ui.cursor().top();
    // Fills the page down to the table of scenarios, and never shrinks below what can be read.
    let table = scenarios::height(ui, cx, ui.available_width());
    let below = if table == 0.0 { 156.0 } else { TITLES_AND_TIMELINE + table };
    let (least, most) = HEIGHTS;
    // A chart that stays too high for the table however small it is made keeps its height.
    let is_reached = table > 0.0 && room - below >= LEAST_BESIDE_TABLE;
    within(room - below, if is_reached { LEAST_BESIDE_TABLE } else { least }, most)
}

pub(super) fn side_by_side_ui(ui: &mut Ui, cx: &Context<'_>, height: f32) -> Option<f64> {
    let chart = cx.state.view.chart;
    let comparison = &cx.state.results.comparison;
    // A business without capital is drawn in dollars, as there are no multiples of none.
    let views = Business::ALL.map(|business| {
        comparison.business(business).map_or(chart, |evaluation| payback::chart_of(evaluation, &chart))
    });
    let all: Vec<Vec<Drawing>> =
        Business::ALL.iter().zip(&views).map(|(business, view)| drawings(cx, *business, view)).collect();
    let fans: Vec<Vec<Band>> = Business::ALL
        .iter()
        .zip(&views)
        .map(|(&business, view)| {
            comparison.business(business).map(|one| fan::bands(cx, one, view)).unwrap_or_default()
        })
        .collect();
    let on_shared = |index: &usize| views[*index].scale == ChartScale::Capital;
    let shares = (0..Business::ALL.len()).filter(on_shared);
    let curves = shares.clone().flat_map(|index| &all[index]);
    let shared = payback::range(curves.map(|drawing| drawing.curve.values.as_slice()));
    let shared = fan::stretched(shared, shares.flat_map(|index| &fans[index]));
    let gutter = if cx.is_narrow { theme::GUTTER_NARROW } else { theme::GUTTER };
    let mut hovered = None;
    let mut all = all.into_iter().zip(fans);
    widget::columns(ui, Business::ALL.len(), (gutter, theme::LEAST_CHART), |ui, index| {
        let business = Business::ALL[index];
        let (drawings, bands) = all.next().unwrap_or_default();
        let Ok(evaluation) = cx.state.results.comparison.business(business) else {
            let reason = cx.state.results.comparison.business(business).err().map(words::sentence_of);
            let title = format!("{} is not evaluated", business.label());
            widget::label(ui, title, Text::Title, cx.theme.palette.text_muted);
            widget::caption(ui, cx.theme, reason.unwrap_or_default());
            ui.add_space(height);
            return;
        };
        let view = &views[index];
        let range = if view.scale == ChartScale::Capital {
            shared
        } else {
            let range = payback::range(drawings.iter().map(|drawing| drawing.curve.values.as_slice()));
            fan::stretched(range, bands.iter())
        };
        let timeline = Timeline::new(&cx.state.results.scenario, evaluation);
        let title = words::payback_title(evaluation, &timeline, view.curve());
        widget::tracked(ui, widget::colored(title.clone(), Text::Title, cx.theme.palette.text));
        let subtitle = subtitle(ui, cx, business, view);
        let (unit, paths) = subtitle;
        let muted = cx.theme.palette.text_muted;
        let old = if cx.state.risk.is_stale { muted.gamma_multiply(theme::STALE) } else { muted };
        widget::tracked_phrase(ui, &[(&unit, Text::Caption, muted), (&paths, Text::Caption, old)]);
        let drawn =
            business_chart(cx, (evaluation, &timeline), view, (drawings, bands), (range, height), &title)
                .show(ui, cx.theme);
        if let Some(month) = drawn.hovered_month {
            hovered = Some(month);
            read_out_ui(ui, cx, &drawn, month);
        }
        pull::ui(ui, cx, &drawn, (evaluation, view));
        timeline_ui(ui, cx, evaluation, &timeline, &drawn);
    });
    hovered
}

/// The unit of a chart, and how many of the simulated paths pay back: as much of it as has room.
fn subtitle(ui: &Ui, cx: &Context<'_>, business: Business, view: &ChartView) -> (String, String) {
    let unit = payback::unit_words(view);
    // The simulation counts plain cash, and must not speak for a discounted curve.
    let simulated = cx.state.risk.simulated.as_ref().filter(|_| !view.is_discounted);
    let risk =
        simulated.and_then(|simulated| Some((simulated, simulated.simulation.business(business).ok()?)));
    let Some((simulated, Ok(paybacks))) = risk.map(|(of, risk)| (of, &risk.payback)) else {
        return (unit, String::new());
    };
    // Older paths are as long as the plan that they are of.
    let horizon = words::horizon(&simulated.scenario);
    let short = format!("{} of paths pay back", format::probability(&paybacks.share));
    let fits = |(unit, words): &(String, String)| {
        widget::width(ui, &format!("{unit}{words}"), Text::Caption) <= ui.available_width()
    };
    if view.has_end_proceeds {
        // Beside a curve with resale a payback without it is called that, or left out.
        let short = format!("{short} without resale");
        let whole = (unit.clone(), format!("; {short}"));
        return [whole, (String::new(), short)].into_iter().find(fits).unwrap_or((unit, String::new()));
    }
    let paths = format!("{short} within {horizon}");
    // In a narrow window the segments above say the unit, and the axis how long the plan is.
    let whole = Some((unit, format!("; {paths}"))).filter(|_| !cx.is_narrow);
    let rest = [(String::new(), paths)];
    whole.into_iter().chain(rest).find(fits).unwrap_or((String::new(), short))
}

fn business_chart<'a>(
    cx: &Context<'_>,
    (evaluation, timeline): (&Evaluation, &Timeline),
    chart: &ChartView,
    (drawings, bands): (Vec<Drawing>, Vec<Band>),
    (range, height): ((f64, f64), f32),
    title: &str,
) -> Chart<'a> {
    let scenario = &cx.state.results.scenario;
    let months = f64::from(scenario.horizon_months);
    let mut labels: Vec<Label> = Vec::new();
    labels.extend(payback_label(cx, evaluation));
    labels.extend(fan::leaving(cx, evaluation, chart, range));
    let mut curves = Vec::new();
    if chart.has_holding {
        let business = Some(evaluation.business);
        curves.extend(holding_curve(cx, chart, (business, range), &mut labels));
    }
    for drawing in drawings {
        let colour = if drawing.is_now {
            cx.theme.mark_text(evaluation.business)
        } else if drawing.curve.stroke == Stroke::Dashed {
            cx.theme.palette.baseline
        } else {
            cx.theme.mark_text(evaluation.business)
        };
        labels.push(Label {
            month: months,
            value: drawing.curve.values.last().copied().unwrap_or(0.0),
            lines: vec![(drawing.label, colour)],
            side: LabelSide::RightEdge,
            is_strong: drawing.is_now,
        });
        curves.push(drawing.curve);
    }
    let marker = payback::crossing(evaluation, chart).map(|month| Marker {
        business: evaluation.business,
        month,
        value: 0.0,
    });
    Chart {
        id: evaluation.business.id(),
        summary: format!("{} payback curve. {title}.", evaluation.business.label()),
        height,
        months,
        calendar: None,
        range,
        bands,
        curves,
        markers: marker.into_iter().collect(),
        verticals: markers::halvings_of(timeline),
        labels,
        cursor: cx.state.view.hovered_month,
        tick: payback::tick(chart.scale),
        axis_width: 44.0,
    }
}

fn payback_label(cx: &Context<'_>, evaluation: &Evaluation) -> Option<Label> {
    let month = payback::crossing(evaluation, &cx.state.view.chart)?;
    let scenario = &cx.state.results.scenario;
    let palette = &cx.theme.palette;
    Some(Label {
        month,
        value: 0.0,
        lines: vec![
            (
                format!("pays back {}", format::months_as_years(month)),
                cx.theme.mark_text(evaluation.business),
            ),
            (words::calendar(scenario, month), palette.text_secondary),
        ],
        side: LabelSide::LeftAbove,
        is_strong: true,
    })
}

/// The same dollars in bitcoin; where the curve leaves the chart its label says where it goes.
fn holding_curve(
    cx: &Context<'_>,
    chart: &ChartView,
    (business, range): (Option<Business>, (f64, f64)),
    labels: &mut Vec<Label>,
) -> Option<Curve> {
    let scenario = &cx.state.results.scenario;
    let palette = &cx.theme.palette;
    let values = payback::holding(&cx.state.results.comparison, scenario, chart, business)?;
    let end = values.last().copied()?;
    let leaves = values.iter().position(|value| *value > range.1);
    let (month, value) = match leaves {
        Some(month) => (month as f64, range.1),
        None => (f64::from(scenario.horizon_months), end),
    };
    let text = format!("same $ in bitcoin {}", payback::value(end, chart.scale));
    labels.push(Label {
        month,
        value,
        lines: vec![(text, palette.text_secondary)],
        side: if leaves.is_some() { LabelSide::LeftAbove } else { LabelSide::RightEdge },
        is_strong: false,
    });
    Some(Curve {
        name: "same dollars in bitcoin".to_owned(),
        values,
        colour: palette.text_secondary,
        width: theme::BASELINE,
        stroke: Stroke::Dotted,
        is_read: false,
    })
}

pub(super) fn overlaid_ui(ui: &mut Ui, cx: &Context<'_>, height: f32) -> Option<f64> {
    let chart = cx.state.view.chart;
    let comparison = &cx.state.results.comparison;
    let scenario = &cx.state.results.scenario;
    let months = f64::from(scenario.horizon_months);
    let (mut curves, mut labels, mut markers) = (Vec::new(), Vec::new(), Vec::new());
    let (mut bands, mut without_capital) = (Vec::new(), Vec::new());
    for (business, evaluation) in payback::evaluated(comparison) {
        if payback::divisor(evaluation, scenario, chart.scale).is_err() {
            without_capital.push(business.word());
            continue;
        }
        bands.extend(fan::bands(cx, evaluation, &chart));
        labels.extend(payback_label(cx, evaluation));
        markers.extend(payback::crossing(evaluation, &chart).map(|month| Marker {
            business,
            month,
            value: 0.0,
        }));
        for drawing in drawings(cx, business, &chart) {
            let value = drawing.curve.values.last().copied().unwrap_or(0.0);
            if drawing.is_now {
                let text = format!("{} {}", business.word(), payback::value(value, chart.scale));
                let lines = vec![(text, cx.theme.mark_text(business))];
                labels.push(Label {
                    month: months,
                    value,
                    lines,
                    side: LabelSide::RightEdge,
                    is_strong: true,
                });
            }
            // Baselines take the hue of their business here, where all of them share a chart.
            let colour = if drawing.curve.stroke == Stroke::Dashed {
                cx.theme.mark(business)
            } else {
                drawing.curve.colour
            };
            curves.push(Curve { colour, ..drawing.curve });
        }
    }
    let range = payback::range(curves.iter().map(|curve| curve.values.as_slice()));
    let range = fan::stretched(range, bands.iter());
    for (_, evaluation) in payback::evaluated(comparison) {
        labels.extend(fan::leaving(cx, evaluation, &chart, range));
    }
    if chart.has_holding {
        curves.extend(holding_curve(cx, &chart, (None, range), &mut labels));
    }
    let verdict = words::verdict::sentence(scenario, comparison, &cx.state.verdict());
    let count = words::count_of_businesses();
    let title = format!("The {count} businesses on one scale");
    widget::label(ui, title, Text::Title, cx.theme.palette.text);
    let left_out = words::without_capital(&without_capital);
    widget::caption(ui, cx.theme, format!("{}{left_out}", payback::unit_words(&chart)));
    let drawn = Chart {
        id: "overlaid",
        summary: format!("Payback curves of the {count} businesses. {verdict}"),
        height,
        months,
        calendar: None,
        range,
        bands,
        curves,
        markers,
        verticals: markers::halvings_of_all(scenario, comparison),
        labels,
        cursor: cx.state.view.hovered_month,
        tick: payback::tick(chart.scale),
        axis_width: 52.0,
    }
    .show(ui, cx.theme);
    if let Some(month) = drawn.hovered_month {
        read_out_ui(ui, cx, &drawn, month);
    }
    for (_, evaluation) in payback::evaluated(comparison) {
        if payback::divisor(evaluation, scenario, chart.scale).is_ok() {
            pull::ui(ui, cx, &drawn, (evaluation, &chart));
        }
    }
    drawn.hovered_month
}
