//! Simulations of the scenarios beside the current one: one after the other, while a page shows them.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use wattfolio_economics::results::Comparison;
use wattfolio_economics::risk::FactorSource;
use wattfolio_economics::scenario::ValidScenario;

use super::App;
use super::simulation::{Simulate, Simulations};
use crate::state::{Finished, Page, Shown, Simulated};
use crate::store::Letter;

/// A plan that is simulated, and the source of its markets.
#[derive(Debug)]
struct Asked {
    letter: Letter,
    comparison: Arc<Comparison>,
    factors: FactorSource,
}

impl Asked {
    fn is_of(&self, comparison: &Arc<Comparison>, factors: FactorSource) -> bool {
        Arc::ptr_eq(&self.comparison, comparison) && self.factors == factors
    }
}

/// A simulator of its own, so that the current scenario never waits for the others.
#[derive(Debug)]
pub(super) struct Beside {
    simulations: Simulations,
    answers: Receiver<Finished>,
    /// What is simulated now.
    running: Option<Asked>,
    /// Plans that could not be simulated, and are not tried again.
    failed: Vec<Asked>,
}

impl Beside {
    pub(super) fn new(ctx: &egui::Context, mode: Simulate) -> Self {
        let (sender, answers) = channel();
        let simulations = Simulations::new(ctx, mode, sender);
        Self { simulations, answers, running: None, failed: Vec::new() }
    }

    /// Results since the last call, each with the scenario that it is of.
    fn take(&mut self) -> Vec<(Letter, Simulated)> {
        let mut found = Vec::new();
        for finished in self.answers.try_iter() {
            match finished {
                Finished::Simulated(simulated) if self.simulations.accept(&simulated) => {
                    found.extend(self.running.take().map(|asked| (asked.letter, *simulated)));
                }
                Finished::NotSimulated(revision, _) if self.simulations.end(revision) => {
                    self.failed.extend(self.running.take());
                }
                _ => {}
            }
        }
        found
    }
}

impl App {
    /// Takes what was simulated of other scenarios, and asks for the next one that is shown and missing.
    pub(super) fn simulate_others(&mut self) {
        for (letter, simulated) in self.beside.take() {
            self.state.beside.insert(letter, Arc::new(simulated));
        }
        if self.wanted_beside().is_empty() {
            return;
        }
        let letters: Vec<Letter> = self.state.scenarios.iter().map(|one| one.listed.label.letter).collect();
        self.state.beside.retain(|letter, _| letters.contains(letter));
        self.keep_current();
        // Where simulations run in the frame, each has its answer at once.
        while let Some((letter, scenario, comparison)) = self.next_missing() {
            let factors = self.state.document.factors();
            if self.beside.running.as_ref().is_some_and(|asked| asked.is_of(&comparison, factors)) {
                return;
            }
            self.beside.running = Some(Asked { letter, comparison: Arc::clone(&comparison), factors });
            self.beside.simulations.ask((&scenario, &comparison), factors, false);
            for (letter, simulated) in self.beside.take() {
                self.state.beside.insert(letter, Arc::new(simulated));
            }
        }
    }

    /// What is known of the current scenario stays known when another one is shown.
    fn keep_current(&mut self) {
        let Some(simulated) = self.state.risk.simulated.clone() else { return };
        let known = self.state.scenarios.iter().find(|one| *one.listed.scenario == *simulated.scenario);
        if let Some(letter) = known.map(|one| one.listed.label.letter) {
            self.state.beside.insert(letter, simulated);
        }
    }

    /// The scenarios whose simulations the page shows beside that of the current one.
    fn wanted_beside(&self) -> Vec<&Shown> {
        match self.state.view.page {
            Page::Scenarios => self.state.others().collect(),
            Page::Risk => self.state.second().into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// The running one while it is still wanted, else the first shown scenario without a simulation of its own.
    fn next_missing(&self) -> Option<(Letter, Arc<ValidScenario>, Arc<Comparison>)> {
        let factors = self.state.document.factors();
        let missing: Vec<_> = self
            .wanted_beside()
            .into_iter()
            .filter(|one| self.state.simulated_of(one).is_none_or(|(_, is_old)| is_old))
            .filter(|one| !self.beside.failed.iter().any(|failed| failed.is_of(&one.comparison, factors)))
            .collect();
        let is_running = |one: &&&Shown| {
            self.beside.running.as_ref().is_some_and(|asked| asked.is_of(&one.comparison, factors))
        };
        let next = missing.iter().find(is_running).or_else(|| missing.first())?;
        let listed = &next.listed;
        Some((listed.label.letter, Arc::clone(&listed.scenario), Arc::clone(&next.comparison)))
    }
}
