//! Dialog for the path of an export, with the formats by ending.

use std::path::{Path, PathBuf};

use egui::Ui;
use wattfolio_economics::explain::small;
use wattfolio_economics::risk::ToTheEnd;

use super::heading_ui;
use super::path::{choice_ui, expanded, field_ui};
use crate::export::{
    self, Compared, Exporter, Format, Inputs, Mapped, MarketReport, MixReport, Offer, Promise, Ranked,
    Replayed, Shape, SideBySide, SimulationRun, TrainingCosts,
};
use crate::state::{Action, Dialog, ExportRequest, Exports, State};
use crate::theme::Text;
use crate::view::Context;
use crate::{format, store, widget};

/// The formats in which results are offered: those of the command line.
pub fn offers(what: Exports) -> Vec<Offer> {
    match what {
        Exports::Comparison => export::offers::<Compared>(),
        Exports::Ledger => {
            let mut offers = export::offers::<Compared>();
            // The text is of measures alone.
            offers.retain(|offer| offer.exporter.needs != Shape::Text);
            offers
        }
        Exports::Simulation => export::offers::<SimulationRun<ToTheEnd>>(),
        Exports::Tornado => export::offers::<Ranked>(),
        Exports::WinnerMap => export::offers::<Mapped>(),
        Exports::Scenarios => export::offers::<SideBySide>(),
        Exports::History => export::offers::<Replayed>(),
        Exports::Mix => export::offers::<MixReport>(),
        Exports::TrainingCost => export::offers::<TrainingCosts>(),
        Exports::Market => export::offers::<MarketReport>(),
        Exports::Inputs => export::offers::<Inputs>(),
    }
}

/// The format that is suggested: the one that holds what the page shows.
pub fn usual_format(what: Exports) -> &'static Format {
    match what {
        Exports::Comparison
        | Exports::Simulation
        | Exports::Tornado
        | Exports::WinnerMap
        | Exports::Scenarios
        | Exports::History
        | Exports::Mix
        | Exports::TrainingCost
        | Exports::Market => &export::TEXT.format,
        Exports::Ledger | Exports::Inputs => &export::CSV.format,
    }
}

/// The format that a name asks for by its ending. A name whose ending says nothing gets the usual one: `plan v1.5`
/// becomes `plan v1.5.csv`.
///
/// # Errors
/// In words, if it is a format that is not offered.
pub fn export_target(what: Exports, path: &Path) -> Result<(&'static Exporter, PathBuf), String> {
    let promise = Promise::of(path);
    let path = match promise {
        Promise::Nothing => store::with_ending(path, usual_format(what).ending()),
        Promise::Format(_) | Promise::Foreign(_) => path.to_owned(),
    };
    // Every kind of results that the window exports has a table, which the format that a build can lack holds.
    let left_out =
        export::left_out::<Compared>().find(|exporter| promise == Promise::Format(&exporter.format));
    if let Some(exporter) = left_out {
        return Err(exporter.not_built());
    }
    let offers = offers(what);
    let offer = export::offer_for(&path, &offers).map_err(|fault| fault.to_string())?;
    Ok((offer.exporter, path))
}

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, what: Exports, path: &str) {
    let obstacle = cx.state.export_obstacle(what);
    let words = match obstacle {
        Some(obstacle) => format!("{obstacle}."),
        None => shown(cx.state, what),
    };
    heading_ui(ui, cx, &format!("Export the {}", what.word()), &words);
    let mut text = path.to_owned();
    let entered = field_ui(ui, cx, "Path of the export", &mut text, true);
    if text != path {
        cx.actions.push(Action::ShowDialog(Some(Dialog::Export { what, path: text.clone() })));
    }
    let chosen = export_target(what, &expanded(&text)).ok().map(|(exporter, _)| exporter.format);
    for offer in &offers(what) {
        offer_ui(ui, cx, offer, chosen == Some(offer.exporter.format));
    }
    let words = format!(
        "The ending of the name decides the format; .{} is added if there is none.",
        usual_format(what).ending()
    );
    widget::caption(ui, cx.theme, words);
    let can_export = obstacle.is_none() && !text.trim().is_empty();
    if choice_ui(ui, cx, "Export", can_export) || (entered && can_export) {
        cx.actions.push(Action::Export(ExportRequest { what, path: expanded(&text), may_replace: false }));
    }
}

/// Sentence that names the exported results.
fn shown(state: &State, what: Exports) -> String {
    let basis = small(state.results.comparison.basis.label());
    let basis = match state.second() {
        Some(second) if matches!(what, Exports::Ledger | Exports::Simulation) => {
            format!("{basis}, and the same of {} beside it", second.listed.label.letter)
        }
        _ => basis,
    };
    match what {
        Exports::Comparison => format!("The comparison that is shown, {basis}."),
        Exports::Ledger => format!("The ledger of every business, month by month, {basis}."),
        Exports::Simulation => {
            let paths = format::grouped(f64::from(state.results.scenario.risk.paths), 0);
            format!("The {paths} paths that are shown, {basis}.")
        }
        Exports::Tornado => format!("Every input that changes the figure, with its slope, {basis}."),
        Exports::WinnerMap => "The map that is shown, a cell a row where the format has rows.".to_owned(),
        Exports::Scenarios => format!("All scenarios side by side with what is simulated of them, {basis}."),
        Exports::History => format!("The replay that is shown, {basis}, and every other start."),
        Exports::Mix => format!("Every mix in steps of 5 %, before tax; the plan of the own one {basis}."),
        Exports::TrainingCost => "Every known run, priced in the scenario that is shown.".to_owned(),
        Exports::Market => "The figures that are shown, each quote, and who was asked.".to_owned(),
        Exports::Inputs => "Every input with its value, formula and source.".to_owned(),
    }
}

/// The endings of a format and what it holds; that of the path is brighter.
fn offer_ui(ui: &mut Ui, cx: &Context<'_>, offer: &Offer, is_chosen: bool) {
    let palette = &cx.theme.palette;
    let colour = if is_chosen { palette.text } else { palette.text_muted };
    let endings: Vec<String> =
        offer.exporter.format.endings.iter().map(|ending| format!(".{ending}")).collect();
    widget::label(ui, format!("{}: {}", endings.join(" or "), offer.help), Text::Caption, colour);
}
