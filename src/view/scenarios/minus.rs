//! One business of a scenario minus another: converting, less what going on would have earned.

use egui::{ComboBox, Ui};
use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::{Absent, Maybe};
use wattfolio_economics::results::Incremental;
use wattfolio_economics::units::Unit;

use super::charts::HEIGHT;
use crate::export::SideOf;
use crate::format;
use crate::state::Shown;
use crate::store::{Chosen, Letter};
use crate::theme::{self, Text};
use crate::view::{Context, payback};
use crate::widget::{self, Chart, Curve, Label, LabelSide, Stroke};
use crate::words;

/// Height of the menus above the chart, less what the caption of the charts beside it takes.
const MENUS: f32 = 12.0;

/// What is subtracted unless the user chooses: going on with mining at the baseline, from hosting in the current scenario.
fn usual(cx: &Context<'_>) -> (Chosen, Chosen) {
    let view = &cx.state.view.scenarios;
    let document = &cx.state.document;
    // A scenario that was chosen may have been deleted since.
    let here = |chosen: &Chosen| find(cx, chosen.letter).is_some();
    let of = view.of.filter(here).unwrap_or(Chosen::planned(document.current(), Business::ALL[1]));
    let minus = view.minus.filter(here).unwrap_or(Chosen::going_on(document.baseline_letter()));
    (of, minus)
}

fn find<'a>(cx: &Context<'a>, letter: Letter) -> Option<&'a Shown> {
    cx.state.scenarios.iter().find(|one| one.listed.label.letter == letter)
}

fn side(shown: &Shown, chosen: Chosen) -> Result<SideOf<'_>, String> {
    SideOf::new(&shown.listed.scenario, &shown.comparison, chosen).map_err(|faults| faults.to_string())
}

/// The difference of two businesses, or why there is none.
fn difference(cx: &Context<'_>, (of, minus): (Chosen, Chosen)) -> Option<Result<Incremental, String>> {
    let (one, other) = (find(cx, of.letter)?, find(cx, minus.letter)?);
    let sides = side(one, of).and_then(|of| Ok((of, side(other, minus)?)));
    Some(sides.and_then(|(of, minus)| {
        Incremental::new(of.side(), minus.side()).map_err(|reason| reason.to_string())
    }))
}

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    let (of, minus) = usual(cx);
    let Some(difference) = difference(cx, (of, minus)) else { return };
    let title = match &difference {
        Ok(difference) => title(difference),
        Err(_) => "These two cannot be subtracted".to_owned(),
    };
    widget::tracked(ui, widget::colored(title.clone(), Text::Title, cx.theme.palette.text));
    choices_ui(ui, cx, (of, minus));
    match difference {
        Ok(difference) => {
            chart_ui(ui, cx, &difference, &title);
            figures_ui(ui, cx, &difference, &of.words());
        }
        Err(reason) => {
            let words = format!("{}.", words::capitalised(&reason));
            widget::body(ui, cx.theme, words);
        }
    }
}

/// When the difference is back, as a title.
fn title(difference: &Incremental) -> String {
    match difference.payback_months {
        Ok(months) => format!("Back after {}", words::duration(months)),
        Err(Absent::NoFunding) => "The first never costs more".to_owned(),
        Err(reason) => format!("Back {}", reason.short()),
    }
}

/// Two menus of all businesses of all scenarios.
fn choices_ui(ui: &mut Ui, cx: &Context<'_>, (of, minus): (Chosen, Chosen)) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        if let Some(chosen) = choice_ui(ui, cx, "First business", of) {
            super::set(cx, |view| (view.of, view.minus) = (Some(chosen), Some(minus)));
        }
        widget::caption(ui, cx.theme, "minus");
        if let Some(chosen) = choice_ui(ui, cx, "Second business", minus) {
            super::set(cx, |view| (view.of, view.minus) = (Some(of), Some(chosen)));
        }
    });
}

fn choice_ui(ui: &mut Ui, cx: &Context<'_>, what: &str, now: Chosen) -> Option<Chosen> {
    let mut chosen = now;
    let combo = ComboBox::from_id_salt(what)
        .selected_text(widget::colored(now.words(), Text::Caption, cx.theme.palette.text))
        .width(84.0)
        .truncate()
        .show_ui(ui, |ui| {
            for shown in &cx.state.scenarios {
                for one in Chosen::all(shown.listed.label.letter) {
                    ui.selectable_value(&mut chosen, one, one.words());
                }
            }
        });
    combo.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, what));
    (chosen != now).then_some(chosen)
}

fn chart_ui(ui: &mut Ui, cx: &Context<'_>, difference: &Incremental, title: &str) {
    let values = difference.cumulative_usd.clone();
    let palette = &cx.theme.palette;
    let end = values.last().copied().unwrap_or(0.0);
    let months = values.len().saturating_sub(1) as f64;
    let label = Label {
        month: months,
        value: end,
        lines: vec![(format::short(end, Unit::Usd), palette.text)],
        side: LabelSide::RightEdge,
        is_strong: true,
    };
    let range = payback::range(std::iter::once(values.as_slice()));
    let curve = Curve {
        name: "difference".to_owned(),
        values,
        colour: palette.text,
        width: theme::NOW,
        stroke: Stroke::Solid,
        is_read: true,
    };
    let chart = Chart {
        id: "difference",
        summary: format!("Cumulative difference of cash without end proceeds, USD. {title}."),
        // The menus take the room of a line; the figures stand below the labels of the axes beside it.
        height: HEIGHT - MENUS,
        months,
        calendar: None,
        range,
        bands: Vec::new(),
        curves: vec![curve],
        markers: Vec::new(),
        verticals: Vec::new(),
        labels: vec![label],
        cursor: cx.state.view.hovered_month,
        tick: format::axis_tick,
        axis_width: 44.0,
    };
    drop(chart.show(ui, cx.theme));
}

/// The figures of the difference; the rate is named with the business whose it is.
fn figures_ui(ui: &mut Ui, cx: &Context<'_>, difference: &Incremental, of: &str) {
    let value = |value: &Maybe<f64>, unit| match value {
        Ok(value) => format::short(*value, unit),
        Err(reason) => reason.short().to_owned(),
    };
    let rate = format::short(difference.discount_rate, Unit::FractionPerYear);
    let words = format!(
        "Cumulative, without end proceeds. NPV {} at the rate of {of}, {rate}; IRR {}; payback {}",
        format::short(difference.npv_usd, Unit::Usd),
        value(&difference.irr, Unit::FractionPerYear),
        value(&difference.payback_months, Unit::Months),
    );
    widget::body(ui, cx.theme, words);
}
