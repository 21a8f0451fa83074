//! Results written to files for other programs.

use std::path::Path;
use std::sync::Arc;

use egui::Context;
use wattfolio_economics::answers::mix::Portfolio;
use wattfolio_economics::results::Comparison;
use wattfolio_economics::risk::{Outlook, Simulation, ToTheEnd, judgement};
use wattfolio_economics::scenario::{Scenario, ValidScenario};

use super::files::{file_stem, how};
use crate::app::App;
use crate::export::{
    Compared, ExportError, Exported, Inputs, Mapped, MarketReport, MixReport, Pair, Ranked,
    RankedBySimulation, Replayed, SideBySide, SimulationRun, TrainingCosts,
};
use crate::market_data;
use crate::state::{Dialog, ExportRequest, Exports, Notice, Shown, Simulated};
use crate::store::{FileError, Label, Placed};
use crate::view;

/// Makes results, perhaps on another thread.
pub(super) type Make = Box<dyn FnOnce() -> Box<dyn Exported> + Send>;

impl App {
    /// Asks where to write what the page shows.
    pub(super) fn ask_export(&mut self, ctx: &Context) {
        let what = Exports::of(self.state.view.page);
        if let Some(obstacle) = self.state.export_obstacle(what) {
            return self.not_exported(obstacle);
        }
        let name = file_stem(self.state.document.title());
        let path = format!("{name}-{}.{}", what.word().replace(' ', "-"), view::usual_format(what).ending());
        self.state.view.dialog = Some(Dialog::Export { what, path });
        self.browse(ctx);
    }

    /// Writes results, unless the name ends as no format does or the user has to be asked before a file is replaced.
    pub(super) fn export(&mut self, ctx: &Context, request: ExportRequest) {
        let ExportRequest { what, path, may_replace } = request;
        let (exporter, path) = match view::export_target(what, &path) {
            Ok(target) => target,
            Err(fault) => return self.not_exported(&fault),
        };
        let results = match self.shown(what) {
            Ok(results) => results,
            Err(obstacle) => return self.not_exported(obstacle),
        };
        if path.exists() && !may_replace {
            self.state.view.dialog = Some(Dialog::ConfirmExport(ExportRequest { what, path, may_replace }));
            return;
        }
        self.state.view.dialog = None;
        self.notify(Notice::note(format!("Writing {}…", path.display())));
        let place = path.clone();
        self.jobs.export(ctx, path, move || {
            let written = exporter.write_file(&mut *results(), &place);
            written.map_err(|fault| format!("{fault}{}", advice(&fault)))
        });
    }

    /// Results were written, or were not.
    pub(super) fn exported(&mut self, path: &Path, written: Result<Placed, String>) {
        self.state.reporting = None;
        match written {
            Ok(placed) => {
                self.notify(Notice::done(format!("Exported to {}{}", path.display(), how(placed))));
            }
            Err(fault) => self.not_exported(&fault),
        }
    }

    pub(super) fn not_exported(&mut self, reason: &str) {
        self.notify(Notice::alert(format!("Not exported. {reason}")));
    }

    /// The tornado that the sensitivity page shows: of a measure of the plan, or of a figure of the simulation.
    fn tornado(&self, title: String, scenario: Arc<ValidScenario>) -> Result<Make, &'static str> {
        let answered = self.state.sensitivity.as_ref().ok_or("Open the sensitivity page first")?;
        if answered.view.figure.is_none() {
            let (tornado, slopes) = (Arc::clone(&answered.tornado), Arc::clone(&answered.slopes));
            return Ok(Box::new(move || Box::new(Ranked { title, scenario, tornado, slopes })));
        }
        let moved = &self.state.moved_figure;
        let found =
            moved.found.as_ref().filter(|_| !moved.is_old).ok_or("The inputs are still being moved")?;
        let tornado = Arc::clone(&found.tornado);
        Ok(Box::new(move || Box::new(RankedBySimulation { title, scenario, tornado })))
    }

    /// The results that are shown, or why they cannot be exported.
    pub(super) fn shown(&self, what: Exports) -> Result<Make, &'static str> {
        if let Some(obstacle) = self.state.export_obstacle(what) {
            return Err(obstacle);
        }
        let title = self.state.document.title().to_owned();
        let results = &self.state.results;
        let scenario = Arc::clone(&results.scenario);
        Ok(match what {
            Exports::Comparison => {
                let compared = self.compared(title, scenario, Arc::clone(&results.comparison))?;
                Box::new(move || Box::new(compared))
            }
            Exports::Ledger => {
                let own = self.compared(title.clone(), scenario, Arc::clone(&results.comparison))?;
                let Some((labels, second)) = self.labels_of_both() else {
                    return Ok(Box::new(move || Box::new(own)));
                };
                let (scenario, comparison) = (&second.listed.scenario, &second.comparison);
                let other = self.compared(title, Arc::clone(scenario), Arc::clone(comparison))?;
                Box::new(move || Box::new(Pair { labels, both: [own, other] }))
            }
            Exports::Simulation => {
                let simulated = self.state.current_simulation().ok_or("There is no simulation")?;
                let simulated = Arc::clone(simulated);
                let outlook = self.outlook_of(&simulated);
                let Some((labels, second)) = self.labels_of_both() else {
                    return Ok(Box::new(move || Box::new(simulation(title, &simulated, outlook))));
                };
                let other = self.state.simulated_of(second).ok_or("There is no second simulation")?.0;
                let other = Arc::clone(other);
                Box::new(move || {
                    let both = [(&simulated, outlook), (&other, None)];
                    let both = both.map(|(simulated, outlook)| simulation(title.clone(), simulated, outlook));
                    Box::new(Pair { labels, both })
                })
            }
            Exports::Tornado => self.tornado(title, scenario)?,
            Exports::WinnerMap => {
                let found = self.state.winner_map.found.as_ref().ok_or("There is no map")?;
                let (axes, how) = (found.key.axes.clone(), (found.key.basis, found.key.criterion));
                let third = self.state.winner_map.third.clone();
                Box::new(move || Box::new(Mapped { title, scenario, axes, third, how, steps: None }))
            }
            Exports::Scenarios => {
                let side_by_side = self.side_by_side(title);
                Box::new(move || Box::new(side_by_side))
            }
            Exports::History => {
                let asked =
                    self.state.history.replayed.as_ref().ok_or("The scenario is not replayed")?.asked.clone();
                let criterion = self.state.document.criterion();
                let replayed = Replayed {
                    title,
                    scenario: asked.scenario,
                    basis: asked.basis,
                    criterion,
                    machines: asked.machines,
                    start: asked.start,
                };
                Box::new(move || Box::new(replayed))
            }
            Exports::Mix => {
                let found = self.state.current_mixes().ok_or("There are no mixes")?;
                let mixes = Arc::clone(&found.mixes);
                let criterion = self.state.document.criterion();
                let portfolio = self.state.shown_portfolio().map(|portfolio| Portfolio::clone(portfolio));
                let per = self.state.view.mix.per;
                Box::new(move || Box::new(MixReport { title, scenario, mixes, criterion, per, portfolio }))
            }
            Exports::TrainingCost => Box::new(move || Box::new(TrainingCosts { title, scenario })),
            Exports::Market => {
                let report = self.market_report();
                Box::new(move || Box::new(report))
            }
            Exports::Inputs => Box::new(move || Box::new(Inputs(Scenario::clone(&scenario)))),
        })
    }
}

impl App {
    /// A scenario with its results and its verdict.
    fn compared(
        &self,
        title: String,
        scenario: Arc<ValidScenario>,
        comparison: Arc<Comparison>,
    ) -> Result<Compared, &'static str> {
        let criterion = self.state.document.criterion();
        let record = market_data::resampled(self.state.document.factors(), &scenario);
        let judgement = judgement(&scenario, &comparison, criterion, record.as_ref())
            .map_err(|_no_threads| "The system gives no threads for a simulation")?;
        Ok(Compared { title, scenario, comparison, judgement })
    }

    /// The labels of the current scenario and of the one beside it, if there is one.
    fn labels_of_both(&self) -> Option<([Label; 2], &Shown)> {
        let second = self.state.second()?;
        Some(([self.state.document.label(), second.listed.label.clone()], second))
    }

    /// The scenarios as they are shown, with the difference that was chosen.
    fn side_by_side(&self, title: String) -> SideBySide {
        let state = &self.state;
        let scenarios = state.scenarios.iter();
        SideBySide {
            title,
            scenarios: scenarios.map(|one| (one.listed.clone(), Arc::clone(&one.comparison))).collect(),
            simulated: state.scenarios.iter().map(|one| self.simulation_of(one)).collect(),
            criterion: state.document.criterion(),
            minus: state.view.scenarios.of.zip(state.view.scenarios.minus).map(|(of, minus)| [of, minus]),
        }
    }

    /// The simulation of a scenario, if it is of its inputs.
    fn simulation_of(&self, shown: &Shown) -> Option<Simulation> {
        let (simulated, is_old) = self.state.simulated_of(shown)?;
        (!is_old).then(|| simulated.simulation.clone())
    }

    /// The market as it is shown.
    fn market_report(&self) -> MarketReport {
        let market = &self.state.market;
        let answers = market.answers.iter().filter(|answer| market.permissions.allows(answer.source));
        let (answers, gpu_name) =
            (answers.cloned().collect(), self.state.results.scenario.gpu_name().to_owned());
        let taken = self.state.document.about().taken.clone();
        let regions = market.permissions.regions();
        MarketReport { now: market.now(), answers, gpu_name, regions, notes: Vec::new(), taken }
    }

    /// What was found of a simulation beside its figures, if the risk page has looked for it.
    pub(super) fn outlook_of(&self, simulated: &Simulated) -> Option<Arc<Outlook>> {
        let deep = self.state.risk.deep.as_ref()?;
        let is_its_own = Arc::ptr_eq(&deep.scenario, &simulated.scenario)
            && deep.comparison.basis == simulated.simulation.basis;
        is_its_own.then(|| Arc::clone(&deep.outlook))
    }
}

/// A simulation with a copy of its figures, so that the window can go on with its own.
fn simulation(
    title: String,
    simulated: &Simulated,
    outlook: Option<Arc<Outlook>>,
) -> SimulationRun<ToTheEnd> {
    let scenario = ValidScenario::clone(&simulated.scenario);
    let simulation = simulated.simulation.clone();
    SimulationRun { title, scenario, simulation, simulator: None, outlook, control: ToTheEnd }
}

/// What to do about a fault, where its own words do not say it.
fn advice(fault: &ExportError) -> &'static str {
    match fault {
        ExportError::File(FileError::Io { .. } | FileError::NotAFile { .. }) | ExportError::Unwritten(_) => {
            "; choose another place"
        }
        ExportError::Unfinished(_) => "; ask for fewer paths (risk.paths)",
        _ => "",
    }
}
