//! The costs of a run along an axis.

use egui::{Color32, Ui};
use wattfolio_economics::answers::training_cost::{Against, NotCosted, RunCost};
use wattfolio_economics::units::Unit;

use super::{Shown, set, titles_ui};
use crate::format;
use crate::market_data::recorded::training_runs;
use crate::theme;
use crate::view::Context;
use crate::widget::{self, Stroke, Xy, XyAxis, XyDot, XyLine};
use crate::words::training as words;

/// Height of the chart.
const HEIGHT: f32 = 300.0;

/// Reads one cost of a run.
type Read = fn(&RunCost) -> &Result<f64, NotCosted>;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, shown: &Shown<'_>) {
    let against = cx.state.view.training.against;
    let Some(run) = training_runs().get(shown.run) else { return };
    let start = shown.trained.scenario.start;
    let title = format!("{}: {}", run.model, words::title(shown.now, &shown.trained.cost, start));
    let subtitle = format!(
        "Cost of {} {}-hours, against {}",
        words::hours(run.gpu_hours),
        run.gpu,
        match against {
            Against::Bitcoin => format!("the bitcoin price of {}", start.short_name()),
            Against::Rental => "the market rental of the scenario’s GPU".to_owned(),
            Against::Power => "the electricity price".to_owned(),
        }
    );
    titles_ui(ui, cx, &title, &subtitle);
    let all = Against::ALL;
    let selected = all.iter().position(|one| *one == against).unwrap_or(0);
    if let Some(index) = widget::segmented(ui, cx.theme, &all.map(Against::label), selected) {
        set(cx, |view| view.against = all[index]);
    }
    ui.add_space(4.0);
    chart_ui(ui, cx, shown, against, &title);
}

fn chart_ui(ui: &mut Ui, cx: &Context<'_>, shown: &Shown<'_>, against: Against, title: &str) {
    let palette = &cx.theme.palette;
    let trained = shown.trained;
    let along: Vec<(f64, RunCost)> = trained
        .along
        .iter()
        .filter_map(|(value, prices)| Some((*value, trained.cost.cost(shown.run, prices)?)))
        .collect();
    let points = |read: Read| -> Vec<[f64; 2]> {
        along.iter().filter_map(|(value, cost)| Some([*value, *read(cost).as_ref().ok()?])).collect()
    };
    let line = |name: &str, read: Read, colour: Color32, (width, stroke)| XyLine {
        name: name.to_owned(),
        points: points(read),
        colour,
        text: if width >= theme::NOW { palette.text } else { palette.text_secondary },
        width,
        stroke,
    };
    let rental = match trained.cost.strength() {
        0.0 => "at the rental".to_owned(),
        strength => format!("rental at {}", format::plain(strength)),
    };
    let mut lines = vec![
        line("own GPUs, site’s power", |cost| &cost.own_usd, palette.text_muted, (1.2, Stroke::Solid)),
        line(&rental, |cost| &cost.rental_usd, palette.text, (theme::NOW, Stroke::Solid)),
    ];
    if against != Against::Rental {
        lines.insert(
            0,
            line("own, miner’s power", |cost| &cost.own_at_miners_usd, palette.text, (1.5, Stroke::Solid)),
        );
    }
    // A network that does not answer has no second curve.
    if let (Against::Bitcoin, Some(months)) = (against, trained.cost.answer_months()) {
        let answered = format!("answered, {months} months");
        lines.insert(0, line(&answered, |cost| &cost.own_answered_usd, palette.text, (1.2, Stroke::Dashed)));
    }
    lines.retain(|line| line.points.len() > 1);
    let values = lines.iter().flat_map(|line| &line.points).map(|point| point[1]);
    let (low, high) =
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), usd| (low.min(usd), high.max(usd)));
    let (Some(first), Some(last)) = (along.first(), along.last()) else {
        widget::body(ui, cx.theme, "There is no curve around a value of zero.");
        return;
    };
    if lines.is_empty() || first.0 >= last.0 || !(high - low).is_finite() {
        widget::body(ui, cx.theme, "There is nothing to draw of this run.");
        return;
    }
    // A flat line has no height of its own.
    let room = (high - low).max(0.1 * high.abs()).max(1.0);
    let own = trained.cost.value(against);
    let unit = unit_of(against);
    let dot = |read: Read| {
        read(shown.now).as_ref().ok().map(|usd| XyDot {
            at: [own, *usd],
            radius: 4.5,
            fill: palette.app,
            outline: palette.text,
            width: 2.0,
            name: String::new(),
            text: palette.text,
        })
    };
    Xy {
        summary: format!("Costs of a training run. {title}."),
        height: HEIGHT,
        x: XyAxis { range: (first.0, last.0), is_log: true, tick: &|value| tick(value, unit) },
        // Costs lie far above 0, and their differences are what is asked for.
        y: XyAxis {
            range: (low - 0.1 * room, high + 0.25 * room),
            is_log: false,
            tick: &|usd| format::axis_tick(usd),
        },
        lines,
        dots: [dot(|cost| &cost.own_usd), dot(|cost| &cost.rental_usd)].into_iter().flatten().collect(),
        verticals: vec![(own, format!("now {}", format::short(own, unit)))],
        is_clicked: false,
    }
    .show(ui, cx.theme);
}

/// A tick of the axis: money in short, small amounts with their unit.
fn tick(value: f64, unit: Unit) -> String {
    if unit == Unit::UsdPerBtc { format::axis_tick(value) } else { format::short(value, unit) }
}

const fn unit_of(against: Against) -> Unit {
    match against {
        Against::Bitcoin => Unit::UsdPerBtc,
        Against::Rental => Unit::UsdPerGpuHour,
        Against::Power => Unit::UsdPerKwh,
    }
}
