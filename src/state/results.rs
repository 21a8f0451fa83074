//! Results of the current scenario, of the baseline, and of every other scenario of the document.

use std::sync::Arc;
use std::time::{Duration, Instant};

use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::{Comparison, compare_on};
use wattfolio_economics::scenario::{Faults, Scenario, ValidScenario};

use super::State;
use super::document::Entry;
use super::simulated::Simulated;
use crate::store::{Letter, Listed};

/// Results of a scenario.
#[derive(Debug)]
pub struct Results {
    /// Each business.
    pub comparison: Arc<Comparison>,
    /// The scenario they belong to: the latest that was valid.
    pub scenario: Arc<ValidScenario>,
    /// Each business at the baseline.
    pub baseline: Arc<Comparison>,
    baseline_scenario: Arc<ValidScenario>,
    /// Why the scenario at hand is not the one that is shown.
    pub faults: Option<Faults>,
    /// Time that the last computation took.
    pub took: Duration,
}

impl Results {
    /// Evaluates a scenario and its baseline. Of a scenario with faults nothing can be shown; then it is the baseline that
    /// is, with the faults.
    pub fn new(scenario: &Scenario, baseline: &Arc<ValidScenario>, basis: Basis) -> Self {
        let started = Instant::now();
        let comparison = Arc::new(compare_on(baseline, basis));
        let mut results = Self {
            comparison: Arc::clone(&comparison),
            scenario: Arc::clone(baseline),
            baseline: comparison,
            baseline_scenario: Arc::clone(baseline),
            faults: None,
            took: started.elapsed(),
        };
        results.update(scenario, baseline, basis);
        results
    }

    /// Brings the results up to date; keeps the old ones and the faults if the scenario is not valid.
    pub fn update(&mut self, scenario: &Scenario, baseline: &Arc<ValidScenario>, basis: Basis) {
        let has_new_basis = basis != self.comparison.basis;
        if has_new_basis || !Arc::ptr_eq(&self.baseline_scenario, baseline) {
            self.baseline = Arc::new(compare_on(baseline, basis));
            self.baseline_scenario = Arc::clone(baseline);
        }
        if has_new_basis {
            self.comparison = Arc::new(compare_on(&self.scenario, basis));
        }
        if *self.scenario == *scenario {
            self.faults = None;
            return;
        }
        match scenario.validate() {
            Ok(valid) => {
                let started = Instant::now();
                self.comparison = Arc::new(compare_on(&valid, basis));
                self.took = started.elapsed();
                self.scenario = Arc::new(valid);
                self.faults = None;
            }
            Err(faults) => self.faults = Some(faults),
        }
    }
}

/// A scenario of the document, and what came out for it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Letter, name, note, line and inputs. Of a current scenario with faults they are the latest that had none.
    pub listed: Listed,
    /// Its results.
    pub comparison: Arc<Comparison>,
}

/// Most scenarios that are drawn at once. A document may hold more.
pub const MOST_DRAWN: usize = 8;

impl State {
    /// Brings the results of all scenarios up to date with the document; what is known already is kept.
    pub fn update_scenarios(&mut self) {
        let Self { document, results, scenarios, .. } = self;
        let basis = document.basis();
        let known = std::mem::take(scenarios);
        let evaluated = |scenario: &Arc<ValidScenario>| {
            let is_same = |other: &Shown| {
                let own = &other.listed.scenario;
                other.comparison.basis == basis && (Arc::ptr_eq(own, scenario) || own == scenario)
            };
            match known.iter().find(|other| is_same(other)) {
                Some(known) => Arc::clone(&known.comparison),
                None => Arc::new(compare_on(scenario, basis)),
            }
        };
        let shown = |Entry { label, scenario, is_baseline }: Entry| {
            let is_current = scenario.is_none();
            let comparison = match &scenario {
                Some(scenario) => evaluated(scenario),
                None => Arc::clone(&results.comparison),
            };
            let scenario = scenario.unwrap_or_else(|| Arc::clone(&results.scenario));
            Shown { listed: Listed { label, scenario, is_baseline, is_current }, comparison }
        };
        *scenarios = document.entries().into_iter().map(shown).collect();
    }

    /// The scenarios that are drawn, in order: the current one, the baseline, and the first others as far as there is room.
    pub fn drawn(&self) -> Vec<&Shown> {
        let is_needed = |one: &&Shown| one.listed.is_current || one.listed.is_baseline;
        let mut room = MOST_DRAWN - self.scenarios.iter().filter(is_needed).count().min(MOST_DRAWN);
        let mut is_drawn = |one: &&Shown| {
            if is_needed(one) {
                return true;
            }
            let has_room = room > 0;
            room = room.saturating_sub(1);
            has_room
        };
        self.scenarios.iter().filter(|one| is_drawn(one)).collect()
    }

    /// The latest simulation of a scenario, and whether it is of earlier inputs.
    pub fn simulated_of(&self, shown: &Shown) -> Option<(&Arc<Simulated>, bool)> {
        let is_of = |simulated: &Simulated| {
            (Arc::ptr_eq(&simulated.scenario, &shown.listed.scenario)
                || simulated.scenario == shown.listed.scenario)
                && simulated.simulation.basis == shown.comparison.basis
                && simulated.simulation.factors() == self.document.factors()
        };
        let beside = self.beside.get(&shown.listed.label.letter);
        let own = self.risk.simulated.as_ref().filter(|_| shown.listed.is_current);
        let known = || own.into_iter().chain(beside);
        match known().find(|simulated| is_of(simulated)) {
            Some(simulated) => Some((simulated, false)),
            None => beside.or(own).map(|simulated| (simulated, true)),
        }
    }

    /// The drawn scenarios beside the current one.
    pub fn others(&self) -> impl Iterator<Item = &Shown> {
        self.drawn().into_iter().filter(|one| !one.listed.is_current)
    }

    /// The scenario that pages show beside the current one, if one was chosen that is another and still there.
    pub fn second(&self) -> Option<&Shown> {
        let letter = self.view.beside?;
        self.scenarios.iter().find(|one| one.listed.label.letter == letter && !one.listed.is_current)
    }

    /// The scenario beside the current one after the present choice; none after the last.
    pub fn next_beside(&self) -> Option<Letter> {
        let now = self.second().map(|second| second.listed.label.letter);
        let mut letters = self
            .scenarios
            .iter()
            .filter(|one| !one.listed.is_current)
            .map(|one| one.listed.label.letter)
            .skip_while(|letter| now.is_some_and(|now| *letter != now));
        if now.is_some() {
            letters.next();
        }
        letters.next()
    }

    /// Which scenarios are not drawn, in words; none where all are.
    pub fn undrawn(&self) -> Option<String> {
        let drawn = self.drawn();
        let is_left_out =
            |one: &&Shown| drawn.iter().all(|other| other.listed.label.letter != one.listed.label.letter);
        let letters: Vec<String> = self
            .scenarios
            .iter()
            .filter(is_left_out)
            .map(|one| one.listed.label.letter.to_string())
            .collect();
        (!letters.is_empty()).then(|| {
            format!(
                "{MOST_DRAWN} of {} scenarios are shown at once; not shown: {}",
                self.scenarios.len(),
                letters.join(", ")
            )
        })
    }
}
