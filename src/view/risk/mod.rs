//! The risk page: what chance does to the businesses.

mod columns;
mod correlations;
mod drivers;
mod histograms;
mod markets;
mod pair;
mod paybacks;
mod sampled;
mod table;
mod what_if;
mod worst;

use std::sync::Arc;

use egui::Ui;
use wattfolio_economics::business::Business;
use wattfolio_economics::risk::{Outlook, Simulation};

use crate::state::{Deep, Simulated};
use crate::theme::{self, Text};
use crate::view::Context;
use crate::widget;
use crate::words::{self, risk as risk_words};

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    let gutter = if cx.is_narrow { theme::GUTTER_NARROW } else { theme::GUTTER };
    let simulated = cx.state.risk.simulated.clone();
    match &simulated {
        Some(simulated) => heading_ui(ui, cx, simulated),
        None => super::verdict_ui(
            ui,
            cx,
            &format!("Simulating the {} businesses…", words::count_of_businesses()),
            "The figures appear when they are ready.",
        ),
    }
    ui.add_space(8.0);
    if simulated.as_ref().is_some_and(|simulated| !has_any(&simulated.simulation)) {
        // Nothing to draw or to list; the inputs of the simulation stay.
        correlations::ui(ui, cx);
        return;
    }
    if let Some(simulated) = &simulated {
        ui.scope(|ui| {
            if cx.state.risk.is_stale {
                ui.multiply_opacity(theme::STALE);
            }
            widget::columns(ui, 2, (gutter, theme::LEAST_HALF), |ui, index| match index {
                0 => paybacks::ui(ui, cx, simulated),
                _ => histograms::ui(ui, cx, simulated),
            });
        });
        ui.add_space(20.0);
    }
    widget::columns(ui, 2, (gutter, theme::LEAST_HALF), |ui, index| match (index, &simulated) {
        (0, Some(simulated)) => {
            if cx.state.risk.is_stale {
                ui.multiply_opacity(theme::STALE);
            }
            table::ui(ui, cx, simulated);
        }
        (0, None) => {}
        _ => beside_table_ui(ui, cx, simulated.as_deref()),
    });
    if let (Some(simulated), Some(deep)) = (&simulated, &cx.state.risk.deep) {
        ui.add_space(20.0);
        widget::columns(ui, 2, (gutter, theme::LEAST_HALF), |ui, index| {
            fade_old(ui, cx, deep);
            markets::ui(ui, cx, deep, index);
        });
        ui.add_space(20.0);
        widget::columns(ui, 2, (gutter, theme::LEAST_HALF), |ui, index| {
            fade_old(ui, cx, deep);
            match index {
                0 => sampled::ui(ui, cx, simulated, deep),
                _ => worst::ui(ui, cx, deep),
            }
        });
    }
}

/// Beside the tails: how the factors hang together, what drives the tails, and calmer or wilder markets. The inputs come
/// first: what is found after the figures must not push them down.
fn beside_table_ui(ui: &mut Ui, cx: &Context<'_>, simulated: Option<&Simulated>) {
    correlations::ui(ui, cx);
    if let (Some(simulated), Some(deep)) = (simulated, &cx.state.risk.deep) {
        ui.add_space(20.0);
        fade_old(ui, cx, deep);
        drivers::ui(ui, cx, simulated, &deep.outlook);
        ui.add_space(20.0);
        what_if::ui(ui, cx, deep);
    }
}

/// The charts of the first row side by side.
pub(super) fn charts_ui(ui: &mut Ui, cx: &Context<'_>) {
    let Some(simulated) = &cx.state.risk.simulated else { return };
    widget::columns(ui, 2, (theme::GUTTER, theme::LEAST_HALF), |ui, index| match index {
        0 => paybacks::ui(ui, cx, simulated),
        _ => histograms::ui(ui, cx, simulated),
    });
}

/// One chart of the page alone.
pub(super) fn printed_ui(ui: &mut Ui, cx: &Context<'_>, chart: RiskChart<'_>) {
    let Some(simulated) = &cx.state.risk.simulated else { return };
    match chart {
        RiskChart::PaidBack => paybacks::ui(ui, cx, simulated),
        RiskChart::Spread => histograms::ui(ui, cx, simulated),
        RiskChart::Drivers(outlook) => drivers::ui(ui, cx, simulated, outlook),
    }
}

/// A chart of the page that stands alone in reports.
#[derive(Clone, Copy, Debug)]
pub(super) enum RiskChart<'a> {
    /// When businesses have paid back.
    PaidBack,
    /// Histograms of NPV.
    Spread,
    /// What the NPVs vary with.
    Drivers(&'a Outlook),
}

/// Whether a business was simulated at all.
fn has_any(simulation: &Simulation) -> bool {
    Business::ALL.into_iter().any(|business| simulation.business(business).is_ok())
}

/// Whether something was found for an earlier scenario.
fn is_old(cx: &Context<'_>, deep: &Deep) -> bool {
    !Arc::ptr_eq(&deep.scenario, &cx.state.results.scenario)
}

/// Draws what was found for an earlier scenario as such.
fn fade_old(ui: &mut Ui, cx: &Context<'_>, deep: &Deep) {
    if is_old(cx, deep) {
        ui.multiply_opacity(theme::STALE);
    }
}

fn heading_ui(ui: &mut Ui, cx: &Context<'_>, simulated: &Arc<Simulated>) {
    let simulation = &simulated.simulation;
    let mut conditions = if has_any(simulation) {
        risk_words::risk_conditions(&simulated.scenario, simulation)
    } else {
        words::reasons(|business| simulation.business(business).err())
    };
    // During a run the old figures are dimmed; words that come and go with every step of a drag would move the page.
    if cx.state.risk.is_left_behind() {
        conditions = format!("Figures of an earlier scenario. {conditions}");
    } else if cx.state.shows_timing {
        conditions = format!("{conditions} Took {:.0} ms.", simulated.took.as_secs_f64() * 1e3);
    }
    let deep = cx.state.risk.deep.as_deref();
    let verdict = risk_words::risk_verdict(simulation, deep.map(|deep| &deep.outlook.shares));
    // The drivers come after the figures.
    let is_old = cx.state.risk.is_stale || deep.is_some_and(|deep| is_old(cx, deep));
    if let Some(words) = super::beside::conditions(cx) {
        conditions = format!("{conditions} {words}");
    }
    let words = |ui: &mut Ui| super::spans_ui(ui, cx, &[(&verdict, is_old)], &conditions);
    if cx.state.scenarios.len() < 2 {
        return words(ui);
    }
    super::heading_ui(ui, cx, words, |ui| super::beside::menu_ui(ui, cx));
}

/// The finding of a chart or table, and what is shown.
fn titles_ui(ui: &mut Ui, cx: &Context<'_>, title: String, subtitle: &str) {
    let palette = &cx.theme.palette;
    widget::tracked(ui, widget::colored(title, Text::Title, palette.text));
    widget::tracked(ui, widget::colored(subtitle, Text::Caption, palette.text_muted));
}
