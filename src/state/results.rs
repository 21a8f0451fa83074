//! What came out for the scenario, its baseline and its pins.

use std::sync::Arc;
use std::time::{Duration, Instant};

use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::{Comparison, compare_on};
use wattfolio_economics::scenario::{Faults, Scenario, ValidScenario};

use super::State;
use super::document::Pinned;

/// What came out for a scenario.
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
    /// Evaluates a scenario and its baseline.
    ///
    /// # Errors
    /// If the scenario is not valid.
    pub fn new(scenario: &Scenario, baseline: &Scenario, basis: Basis) -> Result<Self, Faults> {
        let scenario = Arc::new(scenario.clone().validate()?);
        let started = Instant::now();
        let comparison = Arc::new(compare_on(&scenario, basis));
        let took = started.elapsed();
        let baseline_scenario = Arc::new(baseline.clone().validate()?);
        let baseline = Arc::new(compare_on(&baseline_scenario, basis));
        Ok(Self { comparison, scenario, baseline, baseline_scenario, faults: None, took })
    }

    /// Brings the results up to date; keeps the old ones and the faults if the scenario is not valid.
    pub fn update(&mut self, scenario: &Scenario, baseline: &Scenario, basis: Basis) {
        if basis != self.comparison.basis {
            self.baseline = Arc::new(compare_on(&self.baseline_scenario, basis));
            self.comparison = Arc::new(compare_on(&self.scenario, basis));
        }
        if **self.baseline_scenario != *baseline
            && let Ok(valid) = baseline.clone().validate()
        {
            self.baseline = Arc::new(compare_on(&valid, basis));
            self.baseline_scenario = Arc::new(valid);
        }
        if **self.scenario == *scenario {
            self.faults = None;
            return;
        }
        match scenario.clone().validate() {
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
    /// What it is called.
    pub name: String,
    /// Its results.
    pub comparison: Arc<Comparison>,
    /// Its inputs, so that it can be opened again.
    pub scenario: Arc<Scenario>,
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
                None => Arc::new(compare_on(&(*pinned.scenario).clone().validate().ok()?, basis)),
            };
            Some(Pin {
                letter: pinned.letter,
                name: pinned.name.clone(),
                comparison,
                scenario: Arc::clone(&pinned.scenario),
            })
        };
        self.pins = document.pins().iter().take(MOST_PINS).filter_map(pin).collect();
    }
}
