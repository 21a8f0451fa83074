//! Content of a document, and equality of two contents.

use std::sync::Arc;

use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::risk::FactorSource;
use wattfolio_economics::scenario::{Scenario, ValidScenario};

use crate::store::{About, Draft, Preset, PresetView, Variant};

/// Everything that is saved in a file. Cheap to keep: what rarely changes is shared.
#[derive(Clone, Debug)]
pub struct Content {
    /// Title, story and sources.
    pub about: Arc<About>,
    /// The inputs.
    pub scenario: Scenario,
    /// Scenarios kept for comparison.
    pub pins: Arc<Vec<Pinned>>,
    /// Basis of the flows.
    pub basis: Basis,
    /// Criterion of the verdict.
    pub criterion: Criterion,
    /// Source of bitcoin and the network in simulations.
    pub factors: FactorSource,
}

/// A scenario kept for comparison, as it is saved.
#[derive(Clone, Debug)]
pub struct Pinned {
    /// `A`, `B`, `C`: for this window alone.
    pub letter: char,
    /// Its name.
    pub name: String,
    /// Its inputs.
    pub scenario: Arc<ValidScenario>,
}

/// Letters are no part of what is saved.
impl PartialEq for Pinned {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
            && (Arc::ptr_eq(&self.scenario, &other.scenario) || self.scenario == other.scenario)
    }
}

impl PartialEq for Content {
    fn eq(&self, other: &Self) -> bool {
        self.view() == other.view() && self.is_same_but_for_view(other)
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

    /// Whether nothing differs but, perhaps, the view: ways of looking that are no step of history.
    pub(super) fn is_same_but_for_view(&self, other: &Self) -> bool {
        self.scenario == other.scenario
            && (Arc::ptr_eq(&self.about, &other.about) || self.about == other.about)
            && (Arc::ptr_eq(&self.pins, &other.pins) || self.pins == other.pins)
    }

    /// The content as it is written to a file.
    pub fn to_draft(&self) -> Draft {
        let variant = |pin: &Pinned| Variant { name: pin.name.clone(), scenario: (*pin.scenario).clone() };
        Draft {
            about: (*self.about).clone(),
            view: self.view(),
            scenario: self.scenario.clone(),
            variants: self.pins.iter().map(variant).collect(),
        }
    }
}

impl<S: Into<Scenario>> From<Preset<S>> for Content {
    fn from(preset: Preset<S>) -> Self {
        let pins = preset.variants.into_iter().zip('A'..).map(|(variant, letter)| Pinned {
            letter,
            name: variant.name,
            scenario: Arc::new(variant.scenario),
        });
        Self {
            about: Arc::new(preset.about),
            scenario: preset.scenario.into(),
            pins: Arc::new(pins.collect()),
            basis: preset.view.basis,
            criterion: preset.view.criterion,
            factors: preset.view.factors,
        }
    }
}
