//! The document: the scenario at hand, where it came from, and the way back.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use wattfolio_economics::catalogue::{self, Input};
use wattfolio_economics::scenario::Scenario;

use crate::store::Preset;

/// Most steps that can be taken back.
const MOST_STEPS: usize = 100;

/// Where a scenario came from.
#[derive(Debug)]
pub struct Origin {
    /// Title, story and sources; its scenario is the one that was opened or saved last.
    pub preset: Preset,
    /// The file, if there is one.
    pub file: Option<PathBuf>,
    /// What changes are measured against.
    pub baseline: Scenario,
}

/// One state of the document. Cheap to keep: what rarely changes is shared.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The inputs.
    pub scenario: Scenario,
    /// Where they came from.
    pub origin: Arc<Origin>,
}

impl Snapshot {
    fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.origin, &other.origin) && self.scenario == other.scenario
    }
}

/// The scenario at hand and the way back.
#[derive(Debug)]
pub struct Document {
    now: Snapshot,
    /// What the next change is measured against; equal to `now` at rest.
    settled: Snapshot,
    undo: Vec<Snapshot>,
    redo: Vec<Snapshot>,
}

impl Document {
    /// A document opened from a preset.
    pub fn open(preset: Preset, file: Option<PathBuf>) -> Self {
        let now = Self::snapshot(preset, file);
        Self { settled: now.clone(), now, undo: Vec::new(), redo: Vec::new() }
    }

    fn snapshot(preset: Preset, file: Option<PathBuf>) -> Snapshot {
        let scenario = preset.scenario.clone();
        Snapshot { scenario: scenario.clone(), origin: Arc::new(Origin { preset, file, baseline: scenario }) }
    }

    /// The inputs.
    pub fn scenario(&self) -> &Scenario {
        &self.now.scenario
    }

    /// The inputs, for a change.
    pub fn scenario_mut(&mut self) -> &mut Scenario {
        &mut self.now.scenario
    }

    /// Where the inputs came from.
    pub fn origin(&self) -> &Origin {
        &self.now.origin
    }

    /// Replaces everything; undo brings it back.
    pub fn replace(&mut self, preset: Preset, file: Option<PathBuf>) {
        self.settle();
        self.now = Self::snapshot(preset, file);
        self.settle();
    }

    /// Measures changes against the scenario as it is.
    pub fn set_baseline(&mut self) {
        self.settle();
        let Origin { preset, file, .. } = self.origin();
        let origin =
            Origin { preset: preset.clone(), file: file.clone(), baseline: self.now.scenario.clone() };
        self.now.origin = Arc::new(origin);
        self.settle();
    }

    /// Notes that the scenario now stands in a file.
    pub fn saved_to(&mut self, file: &Path, preset: Preset) {
        let origin = Origin { preset, file: Some(file.to_owned()), baseline: self.origin().baseline.clone() };
        self.now.origin = Arc::new(origin);
        // Saving is no change of the scenario: it is not a step to take back.
        self.settled.origin = Arc::clone(&self.now.origin);
    }

    /// Whether the scenario differs from what was opened or saved last.
    pub fn is_unsaved(&self) -> bool {
        self.now.scenario != self.origin().preset.scenario
    }

    /// The inputs that differ from the baseline.
    pub fn changes(&self) -> impl Iterator<Item = &'static Input> + '_ {
        let baseline = &self.origin().baseline;
        catalogue::inputs().iter().filter(|input| input.differs(&self.now.scenario, baseline))
    }

    /// Takes a step of history if something changed. Called when the user has let go.
    pub fn settle(&mut self) {
        if !self.now.is_same(&self.settled) {
            self.undo.push(std::mem::replace(&mut self.settled, self.now.clone()));
            if self.undo.len() > MOST_STEPS {
                self.undo.remove(0);
            }
            self.redo.clear();
        }
    }

    /// Takes the last step back; `false` if there is none.
    pub fn undo(&mut self) -> bool {
        self.settle();
        let Some(before) = self.undo.pop() else { return false };
        self.redo.push(std::mem::replace(&mut self.now, before));
        self.settled = self.now.clone();
        true
    }

    /// Makes the last step again; `false` if there is none.
    pub fn redo(&mut self) -> bool {
        let Some(after) = self.redo.pop() else { return false };
        self.undo.push(std::mem::replace(&mut self.now, after));
        self.settled = self.now.clone();
        true
    }

    /// Whether there is a step to take back.
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty() || !self.now.is_same(&self.settled)
    }

    /// Whether there is a step to make again.
    pub fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }

    /// The scenario as a preset to be saved, with the story it came with.
    pub fn to_preset(&self) -> Preset {
        Preset { scenario: self.now.scenario.clone(), ..self.origin().preset.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Document {
        Document::open(Preset::new("Test".to_owned(), Scenario::default()), None)
    }

    #[test]
    fn a_drag_is_one_step() {
        let mut document = document();
        for price in [0.05, 0.06, 0.07] {
            document.scenario_mut().power.price_usd_per_kwh.value = price;
        }
        assert!(document.can_undo());
        document.settle();
        document.settle();
        assert!(document.undo() && !document.undo());
        assert_eq!(document.scenario().power.price_usd_per_kwh.value, 0.045);
        assert!(document.redo() && !document.redo());
        assert_eq!(document.scenario().power.price_usd_per_kwh.value, 0.07);
    }

    #[test]
    fn opening_can_be_taken_back_and_a_new_change_ends_redo() {
        let mut document = document();
        document.scenario_mut().horizon_months = 60;
        document.replace(Preset::new("Other".to_owned(), Scenario::default()), None);
        assert_eq!(document.origin().preset.title, "Other");
        document.undo();
        assert_eq!(
            (document.origin().preset.title.as_str(), document.scenario().horizon_months),
            ("Test", 60)
        );
        document.scenario_mut().horizon_months = 72;
        document.settle();
        assert!(!document.can_redo());
    }

    #[test]
    fn unsaved_and_changed_are_two_things() {
        let mut document = document();
        document.scenario_mut().horizon_months = 60;
        document.settle();
        assert!(document.is_unsaved());
        assert_eq!(document.changes().map(|input| input.id).collect::<Vec<_>>(), ["horizon_months"]);
        let preset = document.to_preset();
        document.saved_to(Path::new("x.ron"), preset);
        assert!(!document.is_unsaved());
        assert_eq!(document.changes().count(), 1);
        document.set_baseline();
        assert_eq!(document.changes().count(), 0);
        document.undo();
        assert_eq!(document.changes().count(), 1);
    }
}
