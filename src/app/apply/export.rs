//! Results written to files for other programs.

use std::path::Path;
use std::sync::Arc;

use egui::Context;
use wattfolio_economics::risk::ToTheEnd;
use wattfolio_economics::scenario::ValidScenario;

use super::files::{file_stem, how};
use crate::app::App;
use crate::export::{self, Compared, Exported, Offer, Shape, SimulationRun};
use crate::state::{Dialog, ExportRequest, Exports, Notice, Simulated};
use crate::store::Placed;
use crate::view;

/// Makes results, perhaps on another thread.
type Make = Box<dyn FnOnce() -> Box<dyn Exported> + Send>;

impl App {
    /// Asks where to write the results that are shown.
    pub(super) fn ask_export(&mut self, ctx: &Context) {
        let what = Exports::of(self.state.view.page);
        if self.shown(what).is_none() {
            return self.notify(Notice::alert("Nothing is simulated yet that could be exported"));
        }
        let name = file_stem(self.state.document.title());
        let path = format!("{name}.{}", usual_ending(&view::export_offers(what)));
        self.state.view.dialog = Some(Dialog::Export { what, path });
        self.browse(ctx);
    }

    /// Writes results, unless the name ends as no format does or the user has to be asked before a file is replaced.
    pub(super) fn export(&mut self, ctx: &Context, request: ExportRequest) {
        let offers = view::export_offers(request.what);
        let exporter = match export::offer_for(&request.path, &offers) {
            Ok(offer) => offer.exporter,
            Err(fault) => return self.notify(Notice::alert(format!("Not exported. {fault}"))),
        };
        if request.path.exists() && !request.may_replace {
            self.state.view.dialog = Some(Dialog::ConfirmExport(request));
            return;
        }
        let Some(results) = self.shown(request.what) else { return };
        self.state.view.dialog = None;
        self.notify(Notice::note(format!("Writing {}…", request.path.display())));
        self.jobs.export(ctx, exporter, request.path, results);
    }

    /// Results were written, or were not.
    pub(super) fn exported(&mut self, path: &Path, written: Result<Placed, String>) {
        self.notify(match written {
            Ok(placed) => Notice::done(format!("Exported to {}{}", path.display(), how(placed))),
            Err(fault) => Notice::alert(format!("Not exported. {fault}")),
        });
    }

    /// The results that are shown, which need not be those of the latest inputs.
    fn shown(&self, what: Exports) -> Option<Make> {
        let title = self.state.document.title().to_owned();
        match what {
            Exports::Comparison => {
                let results = &self.state.results;
                let (scenario, comparison) = (Arc::clone(&results.scenario), Arc::clone(&results.comparison));
                Some(Box::new(move || Box::new(Compared { title, scenario, comparison })))
            }
            Exports::Simulation => {
                let simulated = Arc::clone(self.state.risk.simulated.as_ref()?);
                Some(Box::new(move || Box::new(simulation(title, &simulated))))
            }
        }
    }
}

/// A simulation with a copy of its figures, so that the window can go on with its own.
fn simulation(title: String, simulated: &Simulated) -> SimulationRun<ToTheEnd> {
    let scenario = ValidScenario::clone(&simulated.scenario);
    let simulation = simulated.simulation.clone();
    SimulationRun { title, scenario, simulation, simulator: None, control: ToTheEnd }
}

/// The ending that is suggested: a table, as most ask for one, where there is one.
fn usual_ending(offers: &[Offer]) -> &'static str {
    let table = offers.iter().find(|offer| offer.exporter.needs == Shape::Table);
    table.or(offers.first()).map_or("", |offer| offer.exporter.format.ending())
}
