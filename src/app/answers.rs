//! Results of simulations: requested, and stored in the state unless a newer request has superseded them.

use std::sync::Arc;

use wattfolio_economics::risk::Unfinished;

use super::App;
use crate::state::{Action, Deep, Finished, Notice, Page, Simulated};
use crate::words;

impl App {
    /// Requests a simulation of the shown scenario; one that runs in the frame stores its result at once.
    pub(super) fn simulate(&mut self) {
        let results = &self.state.results;
        let is_deep = matches!(self.state.view.page, Page::Risk | Page::Sensitivity);
        let factors = self.state.document.factors();
        self.simulations.ask((&results.scenario, &results.comparison), factors, is_deep);
        for finished in self.jobs.take() {
            match finished {
                Finished::Simulated(simulated) => self.take_simulated(*simulated),
                Finished::NotSimulated(revision, reason) => self.not_simulated(revision, reason),
                Finished::LookedDeeper(deep) => self.take_deep(*deep),
                other => self.actions.push(Action::Finished(other)),
            }
        }
        let (scenario, basis) = (&self.state.results.scenario, self.state.results.comparison.basis);
        self.state.risk.is_stale = self.state.risk.simulated.as_ref().is_none_or(|simulated| {
            !Arc::ptr_eq(&simulated.scenario, scenario)
                || simulated.simulation.basis != basis
                || simulated.simulation.factors() != factors
        });
    }

    /// Shows the result of a simulation, unless a newer request is pending.
    pub(super) fn take_simulated(&mut self, simulated: Simulated) {
        if self.simulations.accept(&simulated) {
            if let Some(spent) = self.state.risk.simulated.replace(Arc::new(simulated)) {
                self.simulations.give_back(spent);
            }
            self.state.risk.was_cancelled = false;
        }
    }

    /// Shows the reason for a failed simulation, unless a newer request is pending.
    pub(super) fn not_simulated(&mut self, revision: u64, reason: Unfinished) {
        if self.simulations.end(revision) {
            let words = words::capitalised(&reason.to_string());
            self.state.view.notice = Some(Notice::alert(format!("{words}.")));
        }
    }

    /// Adds the results of a deeper analysis.
    pub(super) fn take_deep(&mut self, deep: Deep) {
        if self.simulations.accept_deep(&deep) {
            // The only reference between two frames, so unwrapping copies nothing.
            let simulated = self.state.risk.simulated.take().map(Arc::unwrap_or_clone);
            self.state.risk.simulated =
                simulated.map(|simulated| Arc::new(simulated.with_returns(deep.returns)));
            self.state.risk.deep = Some(Arc::new(deep));
        }
    }
}
