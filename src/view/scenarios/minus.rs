//! One business of a scenario minus another: converting, less what going on would have earned.

use egui::{ComboBox, Ui};
use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::Maybe;
use wattfolio_economics::results::{Incremental, Side};
use wattfolio_economics::units::Unit;

use super::charts::HEIGHT;
use crate::format;
use crate::state::Shown;
use crate::store::Letter;
use crate::theme::{self, Text};
use crate::view::{Context, payback};
use crate::widget::{self, Chart, Curve, Label, LabelSide, Stroke};
use crate::words;

/// A business of a scenario.
type Chosen = (Letter, Business);

/// What is subtracted unless the user chooses: going on with mining at the baseline, from hosting in the current scenario.
fn usual(cx: &Context<'_>) -> (Chosen, Chosen) {
    let view = &cx.state.view.scenarios;
    let document = &cx.state.document;
    let of = view.of.unwrap_or((document.current(), Business::ALL[1]));
    let minus = view.minus.unwrap_or((document.baseline_letter(), Business::ALL[0]));
    (of, minus)
}

fn find<'a>(cx: &Context<'a>, letter: Letter) -> Option<&'a Shown> {
    cx.state.scenarios.iter().find(|one| one.listed.label.letter == letter)
}

/// What a choice is called.
fn name(cx: &Context<'_>, (letter, business): Chosen) -> String {
    if cx.state.document.count() == 1 {
        business.word().to_owned()
    } else {
        format!("{letter} {}", business.word())
    }
}

fn side(shown: &Shown, business: Business) -> Side<'_> {
    Side { scenario: &shown.listed.scenario, comparison: &shown.comparison, business }
}

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    let (of, minus) = usual(cx);
    // A scenario that was chosen may have been deleted since.
    let here =
        |chosen: Chosen, other: Letter| if find(cx, chosen.0).is_some() { chosen } else { (other, chosen.1) };
    let of = here(of, cx.state.document.current());
    let minus = here(minus, cx.state.document.baseline_letter());
    let (Some(one), Some(other)) = (find(cx, of.0), find(cx, minus.0)) else { return };
    let difference = Incremental::new(side(one, of.1), side(other, minus.1));
    let names = (name(cx, of), name(cx, minus));
    let title = match &difference {
        Ok(difference) => title(difference, &names),
        Err(_) => "These two cannot be subtracted".to_owned(),
    };
    widget::tracked(ui, widget::colored(title.clone(), Text::Title, cx.theme.palette.text));
    choices_ui(ui, cx, (of, minus));
    match difference {
        Ok(difference) => {
            chart_ui(ui, cx, &difference, &title);
            figures_ui(ui, cx, &difference, &names.0);
        }
        Err(reason) => {
            let words = format!("{}.", words::capitalised(&reason.to_string()));
            widget::body(ui, cx.theme, words);
        }
    }
}

/// When the difference is back, as a title.
fn title(difference: &Incremental, (of, minus): &(String, String)) -> String {
    let what = format!("{} instead of {minus}", words::capitalised(of));
    match difference.payback_months {
        Ok(months) => format!("{what} is back after {}", words::duration(months)),
        Err(reason) => format!("{what}: {}", reason.short()),
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
        .selected_text(widget::colored(name(cx, now), Text::Caption, cx.theme.palette.text))
        .width(76.0)
        .truncate()
        .show_ui(ui, |ui| {
            for shown in &cx.state.scenarios {
                for business in Business::ALL {
                    let one = (shown.listed.label.letter, business);
                    ui.selectable_value(&mut chosen, one, name(cx, one));
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
        // The figures below take the room of a line.
        height: HEIGHT - 36.0,
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
