//! Where to export results to, and what the endings of names stand for.

use egui::Ui;
use wattfolio_economics::explain::small;
use wattfolio_economics::risk::ToTheEnd;

use super::heading_ui;
use super::path::{choice_ui, expanded, field_ui};
use crate::export::{self, Compared, Offer, SimulationRun};
use crate::state::{Action, Dialog, ExportRequest, Exports, State};
use crate::theme::Text;
use crate::view::Context;
use crate::{format, widget};

/// The formats in which results are offered.
pub fn offers(what: Exports) -> Vec<Offer> {
    match what {
        Exports::Comparison => export::offers::<Compared>(),
        Exports::Simulation => export::offers::<SimulationRun<ToTheEnd>>(),
    }
}

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, what: Exports, path: &str) {
    let words = format!("{} The ending of the name decides the format.", shown(cx.state, what));
    heading_ui(ui, cx, &format!("Export the {}", what.word()), &words);
    let mut text = path.to_owned();
    let entered = field_ui(ui, cx, "Path of the export", &mut text, true);
    if text != path {
        cx.actions.push(Action::ShowDialog(Some(Dialog::Export { what, path: text.clone() })));
    }
    let offers = offers(what);
    let chosen = export::offer_for(&expanded(&text), &offers).ok();
    for offer in &offers {
        let is_chosen = chosen.is_some_and(|chosen| chosen.exporter.format == offer.exporter.format);
        offer_ui(ui, cx, offer, is_chosen);
    }
    let is_given = !text.trim().is_empty();
    if choice_ui(ui, cx, "Export", is_given) || (entered && is_given) {
        cx.actions.push(Action::Export(ExportRequest { what, path: expanded(&text), may_replace: false }));
    }
}

/// What is exported, in a sentence.
fn shown(state: &State, what: Exports) -> String {
    match (what, &state.risk.simulated) {
        (Exports::Simulation, Some(simulated)) => {
            let simulation = &simulated.simulation;
            let (paths, basis) =
                (format::grouped(simulation.paths as f64, 0), small(simulation.basis.label()));
            let earlier = if state.risk.is_stale { ", of an earlier scenario" } else { "" };
            format!("The {paths} paths that are shown, {basis}{earlier}.")
        }
        _ => format!("The comparison that is shown, {}.", small(state.results.comparison.basis.label())),
    }
}

/// An ending and what it stands for; that of the path is brighter.
fn offer_ui(ui: &mut Ui, cx: &Context<'_>, offer: &Offer, is_chosen: bool) {
    let palette = &cx.theme.palette;
    let colour = if is_chosen { palette.text } else { palette.text_muted };
    let words = format!(".{}: {}", offer.exporter.format.ending(), offer.help);
    widget::label(ui, words, Text::Caption, colour);
}
