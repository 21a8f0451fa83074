//! Results of the scenario, its baseline and its pins.

use std::sync::Arc;
use std::time::{Duration, Instant};

use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::{Comparison, compare_on};
use wattfolio_economics::scenario::{Faults, Scenario, ValidScenario};

use super::State;
use super::document::Pinned;

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

/// A scenario kept for comparison, and what came out for it.
#[derive(Clone, Debug)]
pub struct Pin {
    /// `A`, `B`, `C`.
    pub letter: char,
    /// Its name.
    pub name: String,
    /// Its results.
    pub comparison: Arc<Comparison>,
    /// Its inputs, so that it can be opened again.
    pub scenario: Arc<ValidScenario>,
}

/// Most pins that are drawn: with now and the baseline a chart then has five lines. A file may hold more.
pub const MOST_PINS: usize = 3;

impl State {
    /// Brings the pins up to date with the document; what is known already is kept.
    pub fn update_pins(&mut self) {
        let (document, basis) = (&self.document, self.document.basis());
        let known = std::mem::take(&mut self.pins);
        let pin = |pinned: &Pinned| {
            let known = known
                .iter()
                .find(|pin| Arc::ptr_eq(&pin.scenario, &pinned.scenario) && pin.comparison.basis == basis);
            let comparison = match known {
                Some(pin) => Arc::clone(&pin.comparison),
                None => Arc::new(compare_on(&pinned.scenario, basis)),
            };
            Pin {
                letter: pinned.letter,
                name: pinned.name.clone(),
                comparison,
                scenario: Arc::clone(&pinned.scenario),
            }
        };
        self.pins = document.pins().iter().take(MOST_PINS).map(pin).collect();
    }
}
