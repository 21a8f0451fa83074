//! Content of a document, and equality of two contents.

use std::sync::Arc;

use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::risk::FactorSource;
use wattfolio_economics::scenario::{Scenario, ValidScenario};

use crate::store::{About, Draft, Label, Letter, Preset, PresetView, Variant};

/// Everything that is saved in a file. Cheap to keep: what rarely changes is shared.
///
/// The current scenario stands beside the others, not among them: it alone changes with every step of a drag, and it alone may
/// have faults.
#[derive(Clone, Debug)]
pub struct Content {
    /// Title, story and sources.
    pub about: Arc<About>,
    /// The inputs of the current scenario.
    pub scenario: Scenario,
    /// What tells the current scenario from the others.
    pub label: Arc<Label>,
    /// Where the current scenario stands among all.
    pub place: usize,
    /// The other scenarios in their order.
    pub others: Arc<Vec<Other>>,
    /// The scenario that the others are measured against.
    pub baseline: Letter,
    /// Basis of the flows.
    pub basis: Basis,
    /// Criterion of the verdict.
    pub criterion: Criterion,
    /// Source of bitcoin and the network in simulations.
    pub factors: FactorSource,
}

/// A scenario that is not the current one.
#[derive(Clone, Debug)]
pub struct Other {
    /// What tells it from the others.
    pub label: Label,
    /// Its inputs.
    pub scenario: Arc<ValidScenario>,
}

impl PartialEq for Other {
    fn eq(&self, other: &Self) -> bool {
        self.label == other.label
            && (Arc::ptr_eq(&self.scenario, &other.scenario) || self.scenario == other.scenario)
    }
}

/// Which of the scenarios is shown is no part of what is saved.
impl PartialEq for Content {
    fn eq(&self, other: &Self) -> bool {
        self.view() == other.view()
            && self.has_same_about(other)
            && self.baseline == other.baseline
            && (self.has_same_scenarios(other) || self.in_order().eq(other.in_order()))
    }
}

impl Content {
    /// Its basis and criterion, and what it is simulated from.
    pub(super) const fn view(&self) -> PresetView {
        PresetView { basis: self.basis, criterion: self.criterion, factors: self.factors }
    }

    /// Looks at it in the same way as at another.
    pub(super) fn look_as(&mut self, other: &Self) {
        (self.basis, self.criterion, self.factors) = (other.basis, other.criterion, other.factors);
    }

    fn has_same_about(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.about, &other.about) || self.about == other.about
    }

    fn has_same_scenarios(&self, other: &Self) -> bool {
        self.place == other.place
            && self.scenario == other.scenario
            && (Arc::ptr_eq(&self.label, &other.label) || self.label == other.label)
            && (Arc::ptr_eq(&self.others, &other.others) || self.others == other.others)
    }

    /// Whether nothing differs but, perhaps, the view: ways of looking that are no step of history.
    pub(super) fn is_same_but_for_view(&self, other: &Self) -> bool {
        self.has_same_scenarios(other) && self.baseline == other.baseline && self.has_same_about(other)
    }

    /// Every scenario in order.
    pub fn in_order(&self) -> impl Iterator<Item = (&Label, &Scenario)> {
        let (before, after) = self.others.split_at(self.place.min(self.others.len()));
        before
            .iter()
            .map(|other| (&other.label, &**other.scenario))
            .chain([(&*self.label, &self.scenario)])
            .chain(after.iter().map(|other| (&other.label, &**other.scenario)))
    }

    /// The content as it is written to a file.
    pub fn to_draft(&self) -> Draft {
        let variant = |other: &Other| Variant::new(other.label.clone(), (*other.scenario).clone());
        Draft {
            about: (*self.about).clone(),
            view: self.view(),
            scenario: self.scenario.clone(),
            label: (*self.label).clone(),
            place: self.place,
            baseline: self.baseline,
            variants: self.others.iter().map(variant).collect(),
        }
    }
}

impl<S: Into<Scenario>> From<Preset<S>> for Content {
    fn from(preset: Preset<S>) -> Self {
        let Preset { about, view, scenario, label, place, baseline, variants } = preset;
        let mut taken = vec![label.letter];
        let mut others = Vec::new();
        for variant in variants {
            let mut label = variant.label();
            // Unsaved work of an earlier version knows no letters.
            if taken.contains(&label.letter) {
                let letter = Letter::free(&taken);
                label = Label { note: label.note, ..Label::new(letter, label.name) };
            }
            taken.push(label.letter);
            others.push(Other { label, scenario: Arc::new(variant.scenario) });
        }
        let baseline = if taken.contains(&baseline) { baseline } else { label.letter };
        Self {
            about: Arc::new(about),
            scenario: scenario.into(),
            label: Arc::new(label),
            place: place.min(others.len()),
            others: Arc::new(others),
            baseline,
            basis: view.basis,
            criterion: view.criterion,
            factors: view.factors,
        }
    }
}
