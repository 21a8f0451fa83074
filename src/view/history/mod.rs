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

use crate::market_data::{self, RecordSource, source_of};
use crate::state::{Action, HistoryView};
use crate::theme::{self, Text};
use crate::view::Context;
use crate::words::{self, history as history_words};
use crate::{format, widget};

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
    super::heading_ui(ui, cx, |ui| super::verdict_ui(ui, cx, &verdict, &conditions), |ui| tools_ui(ui, cx));
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

/// Asks for other settings of the page.
fn set(cx: &Context<'_>, change: impl FnOnce(&mut HistoryView)) {
    let mut view = cx.state.view.history.clone();
    change(&mut view);
    cx.actions.push(Action::SetHistory(view));
}

fn tools_ui(ui: &mut Ui, cx: &Context<'_>) {
    let view = &cx.state.view.history;
    let text = if view.is_calibrating { "Hide the calibration" } else { "Calibrate to the record…" };
    if widget::button(ui, cx.theme, text).clicked() {
        set(cx, |view| view.is_calibrating = !view.is_calibrating);
    }
    let machines = [Machines::OfTheTime, Machines::Same];
    let selected = machines.iter().position(|machines| *machines == view.machines).unwrap_or(0);
    if let Some(index) = widget::segmented(ui, cx.theme, &machines.map(history_words::machines), selected) {
        set(cx, |view| view.machines = machines[index]);
    }
    let names = Business::ALL.map(Business::label);
    let selected = Business::ALL.iter().position(|business| *business == view.business).unwrap_or(0);
    if let Some(index) = widget::segmented(ui, cx.theme, &names, selected) {
        set(cx, |view| view.business = Business::ALL[index]);
    }
}

/// The finding of a part, and what is shown.
fn titles_ui(ui: &mut Ui, cx: &Context<'_>, title: &str, subtitle: &str) {
    let palette = &cx.theme.palette;
    widget::tracked(ui, widget::colored(title, Text::Title, palette.text));
    widget::tracked(ui, widget::colored(subtitle, Text::Caption, palette.text_muted));
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
        let reasons = words::reasons(|business| replay.came.business(business).err());
        if !reasons.is_empty() {
            widget::caption(ui, cx.theme, reasons);
        }
    });
}

/// Where the figures come from, and which of them are estimates.
fn sources_ui(ui: &mut Ui, cx: &Context<'_>, replay: &Replay) {
    let record = market_data::record();
    let before = replay.start().before().unwrap_or(replay.start());
    let source = |series, month| source_of(series, month).unwrap_or("not recorded");
    let close = record.close_usd.get(before).map_or(0.0, |close| close.value);
    let network = record.network_eh_s.get(before).map_or(0.0, |network| network.value);
    let unit = wattfolio_economics::units::Unit::EhPerSecond;
    let mut lines = vec![
        format!(
            "Bitcoin ${}, close of {} ({}); at mid-month the geometric mean of two closes.",
            format::grouped(close, 0),
            before.short_name(),
            source(RecordSource::Close, before)
        ),
        format!(
            "Network {}, implied by the mean difficulty of {} ({}).",
            format::short(network, unit),
            before.short_name(),
            source(RecordSource::Network, before)
        ),
        format!(
            "Fees: share of the subsidy by era, an estimate ({}). Subsidy by recorded heights, good to a day.",
            source(RecordSource::Fees, replay.start())
        ),
    ];
    if replay.start() >= record.rental_usd.first() {
        lines.push(format!(
            "GPU rental: median of H100 list prices by month ({}), over that of Sep 2026 times the scenario’s rental; a month with fewer than three prices is an estimate.",
            source(RecordSource::Rental, replay.start())
        ));
    }
    let last = replay.start().plus((replay.last_recorded() as u32).saturating_sub(1)).short_name();
    lines.push(match replay.estimates_from() {
        Some(month) => {
            let from = replay.start().plus((month as u32).saturating_sub(1)).short_name();
            format!("Bundled record to {last}; price and network from {from} on are estimates. Power is as planned.")
        }
        None => format!("Bundled record to {last}. Power is as planned."),
    });
    for line in lines {
        widget::caption(ui, cx.theme, line);
    }
}
