//! What the record says of the risk inputs, beside their values; chosen ones are taken over.

use egui::Ui;
use wattfolio_economics::history::{Calibration, Estimated};
use wattfolio_economics::scenario::CalendarMonth;

use super::set;
use crate::market_data;
use crate::state::Action;
use crate::theme::Text;
use crate::view::Context;
use crate::{format, widget};

/// The ranges that are offered, by name: the first and the last month.
fn ranges() -> [(&'static str, CalendarMonth, CalendarMonth); 3] {
    let record = market_data::record();
    let last = record.last_recorded().unwrap_or(record.last());
    [
        ("Since Oct 2014", record.first_start(), last),
        ("Since Aug 2021", CalendarMonth::known(2021, 8), last),
        ("Since Jan 2024", CalendarMonth::known(2024, 1), last),
    ]
}

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    let Some(calibrated) = &cx.state.history.calibrated else { return };
    let palette = &cx.theme.palette;
    widget::card(ui, cx.theme, None, |ui| {
        widget::label(ui, "Calibration", Text::Title, palette.text);
        let ranges = ranges();
        let view = &cx.state.view.history;
        let selected = ranges.iter().position(|(_, from, to)| (*from, *to) == (view.from, view.to));
        let names = ranges.map(|(name, ..)| name);
        ui.horizontal_wrapped(|ui| {
            if let Some(index) = widget::segmented(ui, cx.theme, &names, selected.unwrap_or(names.len())) {
                set(cx, |view| (view.from, view.to) = (ranges[index].1, ranges[index].2));
            }
        });
        crate::view::factors::ui(ui, cx);
        match &calibrated.found {
            Ok(found) => found_ui(ui, cx, found),
            Err(reason) => {
                widget::body(ui, cx.theme, crate::words::capitalised(&reason.to_string()));
            }
        }
    });
}

fn found_ui(ui: &mut Ui, cx: &Context<'_>, found: &Calibration) {
    let cut = found.cut.as_ref().map_or_else(String::new, |cut| format!("; {cut}"));
    let words = format!("{} to {}, bundled record{cut}.", found.from.short_name(), found.to.short_name());
    widget::body(ui, cx.theme, words);
    ui.add_space(4.0);
    let view = &cx.state.view.history;
    let scenario = &cx.state.results.scenario;
    let mut taken = 0;
    for estimated in &found.estimated {
        let is_allowed = estimated.is_allowed(scenario);
        let is_on = is_allowed && !view.left_out.contains(estimated.input.id);
        taken += usize::from(is_on);
        let changed = widget::check_if(ui, cx.theme, estimated.input.label, is_allowed.then_some(is_on));
        if let Some(is_on) = changed {
            set(cx, |view| {
                if is_on {
                    view.left_out.remove(estimated.input.id);
                } else {
                    view.left_out.insert(estimated.input.id);
                }
            });
        }
        widget::caption(ui, cx.theme, row_words(estimated, is_allowed));
        ui.add_space(2.0);
    }
    ui.add_space(4.0);
    let text = format!("Take {taken} values over");
    if taken > 0 && widget::primary_button(ui, cx.theme, &text).clicked() {
        cx.actions.push(Action::TakeCalibrated);
    }
    ui.add_space(8.0);
    widget::label(ui, "What the record does not tell", Text::BodyMedium, cx.theme.palette.text);
    for untold in &found.untold {
        let names: Vec<&str> = untold.inputs.iter().map(|input| input.label).collect();
        widget::caption(ui, cx.theme, format!("{}: {}.", names.join(", "), untold.reason));
    }
}

/// The estimate with its error and the value of the scenario: `0.031 ± 0.010 of 58 months; now 0.03`.
fn row_words(estimated: &Estimated, is_allowed: bool) -> String {
    let unit = estimated.input.unit;
    let value = |value: f64| format::short(value, unit);
    let error = format::significant(format::to_shown(estimated.standard_error, unit), 2);
    let remark = estimated.remark.as_ref().map_or_else(String::new, |remark| format!("; {remark}"));
    let allowed =
        if is_allowed { String::new() } else { format!("; not allowed, {}", estimated.input.allowed()) };
    format!(
        "{} ± {error} of {} months; now {}{remark}{allowed}",
        value(estimated.value),
        estimated.observations,
        value(estimated.scenario)
    )
}
