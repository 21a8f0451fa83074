//! What was believed beside what came: cumulative cash over the plan, with the fan of then.

use egui::Ui;
use wattfolio_economics::history::Replay;
use wattfolio_economics::results::{Curve as Which, Evaluation, Timeline};
use wattfolio_economics::units::Unit;

use super::titles_ui;
use crate::format;
use crate::state::HistoryFound;
use crate::theme;
use crate::view::{Context, markers, payback};
use crate::widget::{Band, Chart, Curve, Label, LabelSide, Marker, Stroke};
use crate::words::history as history_words;

/// Height of the chart.
const HEIGHT: f32 = 260.0;
/// Shortest stretch of a plan that is drawn, months: of a start at the end of the record its own rules are drawn.
const SHORTEST: usize = 24;
/// How far a fan may stretch the chart beyond its curves, in heights of what the curves need.
const MOST_STRETCH: f64 = 0.35;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, replay: &Replay) {
    let business = cx.state.view.history.business;
    let (plan, came) = match (replay.plan.business(business), replay.came.business(business)) {
        (Ok(plan), Ok(came)) => (plan, came),
        (Err(reason), _) | (_, Err(reason)) => {
            let title = format!("{} has no curve", business.label());
            return titles_ui(ui, cx, &title, &crate::words::sentence_of(reason));
        }
    };
    let months = replay.last_recorded().max(SHORTEST).min(came.horizon());
    // Both in multiples of the capital that the plan asked for, so that they can be compared.
    let capital = plan.capital_usd().unwrap_or(1.0);
    let scaled = |evaluation: &Evaluation| {
        let curve = evaluation.curve(Which::default());
        curve[..=months].iter().map(|usd| usd / capital).collect::<Vec<f64>>()
    };
    let (believed, realised) = (scaled(plan), scaled(came));
    let fan = fan_of(cx, replay, plan, months);
    let last = months.min(replay.last_recorded());
    let title = history_words::curve_title(plan, came, (replay.start(), last));
    let range = range(&believed, &realised, fan.as_ref());
    let subtitle = subtitle(cx, (fan.as_ref(), range), plan);
    titles_ui(ui, cx, &title, &format!("{subtitle}{}", history_words::beyond_capital(&realised)));
    let timeline = Timeline::new(replay.came_scenario(), came);
    let mut verticals = markers::halvings_of(&timeline);
    verticals.retain(|line| line.month <= months as f64);
    Chart {
        id: "plan and what came",
        summary: format!("Plan and what came. {title}."),
        height: HEIGHT,
        months: months as f64,
        calendar: Some(replay.start()),
        range,
        bands: fan.as_ref().map(|fan| bands(cx, fan)).unwrap_or_default(),
        labels: labels(cx, plan, (&believed[..], &realised[..]), months),
        curves: curves(cx, replay, (believed, realised)),
        markers: plan
            .measures
            .payback_months
            .ok()
            .filter(|month| *month <= months as f64)
            .map(|month| Marker { business, month, value: 0.0 })
            .into_iter()
            .collect(),
        verticals,
        cursor: None,
        tick: format::multiple_tick,
        axis_width: 44.0,
    }
    .show(ui, cx.theme);
}

fn subtitle(
    cx: &Context<'_>,
    (fan, (low, high)): (Option<&[Vec<f64>; 5]>, (f64, f64)),
    plan: &Evaluation,
) -> String {
    let unit = plan.capital_usd().map_or_else(
        |_| "USD".to_owned(),
        |capital| format!("× the plan’s capital of {}", format::short(capital, Unit::Usd)),
    );
    let known = cx.state.history.fan.as_ref().and_then(|answer| match &answer.found {
        HistoryFound::Fan(fan) => fan.calibrated,
        _ => None,
    });
    // Nothing is cut silently.
    let beyond = fan.map_or_else(String::new, |[p5, .., p95]| {
        let least = p5.iter().copied().fold(f64::INFINITY, f64::min);
        let most = p95.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let ends = [(most > high, "up", most), (least < low, "down", least)];
        let words = ends.iter().filter(|(is_beyond, ..)| *is_beyond);
        let words =
            words.map(|(_, way, end)| format!(", going on {way} to {}", history_words::multiple(*end)));
        words.collect::<Vec<String>>().concat()
    });
    let words = match known {
        _ if fan.is_none() => String::new(),
        Some((from, to)) => {
            format!(
                "; band: P5–P95 and P25–P75 as drawn then, from {} to {}{beyond}",
                from.short_name(),
                to.short_name()
            )
        }
        None => {
            format!("; band: P5–P95 and P25–P75 with the scenario’s own risks, too few months before{beyond}")
        }
    };
    format!(
        "Cumulative cash, {unit}, without end proceeds; dotted: estimates and the scenario’s own rules{words}"
    )
}

/// The fan of this very start, scaled as the curves.
fn fan_of(cx: &Context<'_>, replay: &Replay, plan: &Evaluation, months: usize) -> Option<[Vec<f64>; 5]> {
    let answer = cx.state.history.fan.as_ref()?;
    let asked = &cx.state.history.replayed.as_ref()?.asked;
    let HistoryFound::Fan(found) = &answer.found else { return None };
    if !answer.asked.is_same(asked) || replay.start() != answer.asked.start {
        return None;
    }
    let fan = found.fans[plan.business].as_ref()?;
    let capital = plan.capital_usd().unwrap_or(1.0);
    let scaled = |values: &Vec<f64>| values.iter().take(months + 1).map(|usd| usd / capital).collect();
    Some(fan.each_ref().map(scaled))
}

fn bands(cx: &Context<'_>, [p5, p25, _, p75, p95]: &[Vec<f64>; 5]) -> Vec<Band> {
    let mark = cx.theme.mark(cx.state.view.history.business);
    let band = |low: &Vec<f64>, high: &Vec<f64>, strength: f32, edge| Band {
        low: low.clone(),
        high: high.clone(),
        fill: mark.gamma_multiply(strength),
        edge,
    };
    vec![
        band(p5, p95, theme::FAN_WIDE, Some(mark.gamma_multiply(theme::FAN_EDGE))),
        band(p25, p75, theme::FAN_MIDDLE, None),
    ]
}

fn range(believed: &[f64], realised: &[f64], fan: Option<&[Vec<f64>; 5]>) -> (f64, f64) {
    let (low, high) = payback::range([believed, realised].into_iter());
    let Some([p5, .., p95]) = fan else { return (low, high) };
    let size = high - low;
    let least = p5.iter().copied().fold(low, f64::min);
    let most = p95.iter().copied().fold(high, f64::max);
    (least.max(low - MOST_STRETCH * size), most.min(high + MOST_STRETCH * size))
}

/// The plan dashed, what came dotted as far as it is an estimate, and the record on top of it.
fn curves(cx: &Context<'_>, replay: &Replay, (believed, realised): (Vec<f64>, Vec<f64>)) -> Vec<Curve> {
    let mark = cx.theme.mark(cx.state.view.history.business);
    let first_estimate = replay.estimates_from().unwrap_or(replay.last_recorded() + 1);
    let recorded = first_estimate.min(replay.last_recorded() + 1).min(realised.len());
    let of_record = realised[..recorded].to_vec();
    vec![
        Curve::unread("believed", believed, cx.theme.palette.baseline, (theme::BASELINE, Stroke::Dashed)),
        Curve::unread("estimate", realised, mark, (theme::BASELINE, Stroke::Dotted)),
        Curve::unread("what came", of_record, mark, (theme::NOW, Stroke::Solid)),
    ]
}

fn labels(
    cx: &Context<'_>,
    plan: &Evaluation,
    (believed, realised): (&[f64], &[f64]),
    months: usize,
) -> Vec<Label> {
    let end = |name: &str, values: &[f64], colour, is_strong| Label {
        month: months as f64,
        value: values.last().copied().unwrap_or(0.0),
        lines: vec![(
            format!("{name} {}", history_words::multiple(values.last().copied().unwrap_or(0.0))),
            colour,
        )],
        side: LabelSide::RightEdge,
        is_strong,
    };
    vec![
        end("believed", believed, cx.theme.palette.text_muted, false),
        end("what came", realised, cx.theme.mark_text(plan.business), true),
    ]
}
