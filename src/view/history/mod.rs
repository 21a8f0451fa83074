//! The history page: what a plan of the past believed beside what came.

mod calibration;
mod chart;
mod coverage;
mod gap;
mod markets;
mod strip;

use egui::Ui;
use wattfolio_economics::business::Business;
use wattfolio_economics::history::{Machines, Replay};
use wattfolio_economics::results::Comparison;
use wattfolio_economics::results::verdict::Verdict;
use wattfolio_economics::scenario::Scenario;

use crate::market_data;
use crate::state::{Action, HistoryView};
use crate::theme::{self, Text};
use crate::view::Context;
use crate::widget;
use crate::words::{self, history as history_words};

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    let business = cx.state.view.history.business;
    let replayed = cx.state.history.replayed.as_ref();
    let replay = replayed.and_then(|replayed| replayed.replay.as_ref().ok());
    let (verdict, conditions) = match replayed.map(|replayed| &replayed.replay) {
        Some(Ok(replay)) => {
            (history_words::verdict(replay, business), history_words::conditions(replay, business))
        }
        Some(Err(reason)) => {
            ("This scenario cannot be replayed.".to_owned(), words::capitalised(&reason.to_string()))
        }
        None => ("Reading the record…".to_owned(), "The figures appear when they are ready.".to_owned()),
    };
    super::verdict_ui(ui, cx, &verdict, &conditions);
    ui.horizontal_wrapped(|ui| {
        business_ui(ui, cx);
        machines_ui(ui, cx);
        calibrate_ui(ui, cx);
    });
    ui.add_space(8.0);
    strip::ui(ui, cx);
    if cx.state.view.history.is_calibrating {
        ui.add_space(20.0);
        calibration::ui(ui, cx);
    }
    let Some(replay) = replay else { return };
    let gutter = if cx.is_narrow { theme::GUTTER_NARROW } else { theme::GUTTER };
    ui.add_space(20.0);
    widget::columns(ui, 2, (gutter, theme::LEAST_HALF), |ui, index| match index {
        0 => chart::ui(ui, cx, replay),
        _ => gap::ui(ui, cx, replay),
    });
    ui.add_space(20.0);
    widget::columns(ui, 2, (gutter, theme::LEAST_HALF), |ui, index| match index {
        0 => markets::ui(ui, cx, replay),
        _ => coverage::ui(ui, cx),
    });
    ui.add_space(20.0);
    verdicts_ui(ui, cx, replay);
    ui.add_space(16.0);
    sources_ui(ui, cx, replay);
}

/// The chart of the page alone.
pub(super) fn printed_ui(ui: &mut Ui, cx: &Context<'_>) {
    let replayed = cx.state.history.replayed.as_ref();
    if let Some(replay) = replayed.and_then(|replayed| replayed.replay.as_ref().ok()) {
        chart::ui(ui, cx, replay);
    }
}

/// Asks for other settings of the page.
fn set(cx: &Context<'_>, change: impl FnOnce(&mut HistoryView)) {
    let mut view = cx.state.view.history.clone();
    change(&mut view);
    cx.actions.push(Action::SetHistory(view));
}

fn calibrate_ui(ui: &mut Ui, cx: &Context<'_>) {
    let is_calibrating = cx.state.view.history.is_calibrating;
    let text = if is_calibrating { "Hide the calibration" } else { "Calibrate to the record…" };
    if widget::button(ui, cx.theme, text).clicked() {
        set(cx, |view| view.is_calibrating = !view.is_calibrating);
    }
}

fn machines_ui(ui: &mut Ui, cx: &Context<'_>) {
    let (all, now) = (Machines::ALL, cx.state.view.history.machines);
    let selected = all.iter().position(|machines| *machines == now).unwrap_or(0);
    if let Some(index) = widget::segmented(ui, cx.theme, &all.map(history_words::machines), selected) {
        set(cx, |view| view.machines = all[index]);
    }
}

fn business_ui(ui: &mut Ui, cx: &Context<'_>) {
    let names = Business::ALL.map(Business::label);
    let now = cx.state.view.history.business;
    let selected = Business::ALL.iter().position(|business| *business == now).unwrap_or(0);
    if let Some(index) = widget::segmented(ui, cx.theme, &names, selected) {
        set(cx, |view| view.business = Business::ALL[index]);
    }
}

/// The finding of a part, and what is shown: in full, as units and dates are part of it.
fn titles_ui(ui: &mut Ui, cx: &Context<'_>, title: &str, subtitle: &str) {
    widget::label(ui, title, Text::Title, cx.theme.palette.text);
    widget::caption(ui, cx.theme, subtitle);
}

/// The verdict that the plan would have had, and that of what came, by the same criterion.
fn verdicts_ui(ui: &mut Ui, cx: &Context<'_>, replay: &Replay) {
    let criterion = cx.state.document.criterion();
    let sentence = |scenario: &Scenario, comparison: &Comparison| {
        let verdict = Verdict::new(scenario, comparison, None, criterion);
        words::verdict::sentence(scenario, comparison, &verdict).to_string()
    };
    let rows = [
        ("The plan’s verdict", sentence(replay.believed(), &replay.plan)),
        ("What came", sentence(replay.came_scenario(), &replay.came)),
    ];
    widget::card(ui, cx.theme, None, |ui| {
        for (title, sentence) in rows {
            widget::label(ui, title, Text::BodyMedium, cx.theme.palette.text);
            widget::body(ui, cx.theme, sentence);
            ui.add_space(4.0);
        }
        for business in Business::ALL {
            let both = replay.plan.business(business).ok().zip(replay.came.business(business).ok());
            if let Some(words) = both.and_then(|(plan, came)| history_words::loan(plan, came, replay.start()))
            {
                widget::body(ui, cx.theme, words);
            }
        }
        let reasons = words::reasons(|business| replay.came.business(business).err());
        if !reasons.is_empty() {
            widget::caption(ui, cx.theme, reasons);
        }
    });
}

/// Where the figures come from, and which of them are estimates.
fn sources_ui(ui: &mut Ui, cx: &Context<'_>, replay: &Replay) {
    for line in market_data::replay_sources(replay) {
        widget::caption(ui, cx.theme, line);
    }
}
