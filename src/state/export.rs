//! Results that the window writes to files for other programs.

use std::path::PathBuf;
use std::sync::Arc;

use super::State;
use super::mix::{MixFound, MixPart};
use super::page::Page;
use super::simulated::Simulated;

/// Results that can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exports {
    /// The comparison, as `wattfolio compare` writes it.
    Comparison,
    /// The ledger of every business: what `wattfolio compare` writes in the formats that hold it.
    Ledger,
    /// The simulation, as `wattfolio simulate` writes it.
    Simulation,
    /// The tornado of the sensitivity page, as `wattfolio tornado` writes it.
    Tornado,
    /// The winner map, as `wattfolio map` writes it.
    WinnerMap,
    /// The scenarios side by side, as `wattfolio scenarios` writes them.
    Scenarios,
    /// The replay of the history page, as `wattfolio history` writes it.
    History,
    /// The mixes, as `wattfolio mix` writes them.
    Mix,
    /// The costs of training runs, as `wattfolio training-cost` writes them.
    TrainingCost,
    /// The figures of the market, as `wattfolio market` writes them.
    Market,
    /// The inputs with their formulas and sources, as `wattfolio inputs` writes them.
    Inputs,
}

impl Exports {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Comparison,
        Self::Ledger,
        Self::Simulation,
        Self::Tornado,
        Self::WinnerMap,
        Self::Scenarios,
        Self::History,
        Self::Mix,
        Self::TrainingCost,
        Self::Market,
        Self::Inputs,
    ];

    /// Results that a page exports.
    pub const fn of(page: Page) -> Self {
        match page {
            Page::Compare => Self::Comparison,
            Page::CashFlow => Self::Ledger,
            Page::Risk => Self::Simulation,
            Page::Sensitivity => Self::Tornado,
            Page::WinnerMap => Self::WinnerMap,
            Page::Scenarios => Self::Scenarios,
            Page::History => Self::History,
            Page::Mix => Self::Mix,
            Page::TrainingCost => Self::TrainingCost,
            Page::Market => Self::Market,
            Page::Method => Self::Inputs,
        }
    }

    /// Name within a sentence and in the names of files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Comparison => "comparison",
            Self::Ledger => "ledger",
            Self::Simulation => "simulation",
            Self::Tornado => "tornado",
            Self::WinnerMap => "map",
            Self::Scenarios => "scenarios",
            Self::History => "history",
            Self::Mix => "mix",
            Self::TrainingCost => "training costs",
            Self::Market => "market",
            Self::Inputs => "inputs",
        }
    }

    /// Text of the command that exports it.
    pub const fn command_text(self) -> &'static str {
        match self {
            Self::Comparison => "Export the comparison…",
            Self::Ledger => "Export the ledger…",
            Self::Simulation => "Export the simulation…",
            Self::Tornado => "Export the tornado…",
            Self::WinnerMap => "Export the map…",
            Self::Scenarios => "Export the scenarios…",
            Self::History => "Export the history…",
            Self::Mix => "Export the mix…",
            Self::TrainingCost => "Export the training costs…",
            Self::Market => "Export the market…",
            Self::Inputs => "Export the inputs…",
        }
    }
}

/// Results to be written to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportRequest {
    /// The results.
    pub what: Exports,
    /// The file; its ending decides the format.
    pub path: PathBuf,
    /// Whether a file of that name may be replaced.
    pub may_replace: bool,
}

impl State {
    /// Why results cannot be exported now, in a sentence without its stop; `None` if they can. What is exported always belongs
    /// to the inputs at hand.
    pub fn export_obstacle(&self, what: Exports) -> Option<&'static str> {
        if self.results.faults.is_some() {
            return Some(
                "The results are those of earlier inputs; correct what is named below the page first",
            );
        }
        if what == Exports::Tornado {
            return self.sensitivity.is_none().then_some("Open the sensitivity page first");
        }
        if what == Exports::WinnerMap {
            return self.winner_map.found.is_none().then_some("Open the page of the winner map first");
        }
        if what == Exports::History {
            let replayed = self.history.replayed.as_ref();
            let is_replayed = replayed.is_some_and(|replayed| replayed.replay.is_ok());
            return (!is_replayed).then_some("The scenario cannot be replayed; the page says why");
        }
        if what == Exports::Mix {
            if self.current_mixes().is_none() {
                return Some(
                    "The mixes of these inputs are not found yet; they can be exported when they are",
                );
            }
            let has_sites = self.view.mix.part == MixPart::SeveralSites && self.sites().len() > 1;
            return (has_sites && self.shown_portfolio().is_none()).then_some(
                "The sites are not added up; the page says how far they are, or why they make no portfolio",
            );
        }
        if what != Exports::Simulation {
            return None;
        }
        if self.current_simulation().is_some() {
            let is_simulated = |second| self.simulated_of(second).is_some_and(|(_, is_old)| !is_old);
            let is_waiting = self.second().is_some_and(|second| !is_simulated(second));
            return is_waiting.then_some("The scenario beside this one is not simulated yet");
        }
        Some(if self.risk.was_cancelled && self.risk.progress.is_none() {
            "The simulation was cancelled; the next change of an input starts it again"
        } else if self.risk.progress.is_some() {
            "The simulation is still running; it can be exported when it is done"
        } else {
            "There is no simulation of these inputs"
        })
    }

    /// The mixes of the results that are shown, if they were found already.
    pub fn current_mixes(&self) -> Option<&Arc<MixFound>> {
        self.mix.found.as_ref().filter(|found| {
            Arc::ptr_eq(&found.asked.scenario, &self.results.scenario)
                && found.asked.basis == self.results.comparison.basis
                && found.asked.factors == self.document.factors()
        })
    }

    /// The simulation of the results that are shown, if there is one already.
    pub fn current_simulation(&self) -> Option<&Arc<Simulated>> {
        let Self { results, risk, .. } = self;
        risk.simulated.as_ref().filter(|simulated| {
            Arc::ptr_eq(&simulated.scenario, &results.scenario)
                && simulated.simulation.basis == results.comparison.basis
                && simulated.simulation.factors() == self.document.factors()
        })
    }
}
