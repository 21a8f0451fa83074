//! Presets: scenarios with their story, in RON.

mod label;
mod locate;
mod older;
mod read;
mod set;
mod write;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use wattfolio_economics::input::Input;
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::risk::FactorSource;
use wattfolio_economics::scenario::{Faults, Scenario, ValidScenario};

pub use label::{Chosen, Label, Letter, LineStyle};
pub use older::Older;
pub use read::{Newer, Opened, Source, existing, load, open, parse};
pub use set::variant_values;
pub use write::{DOCUMENT_ENDING, document_path, save, to_text, with_ending};

/// Latest version of the file format. It is written where a file needs it, so that older programs read the others: only a
/// file whose scenarios have notes, letters, lines or a baseline of the user's own needs it.
pub const SCHEMA: u32 = 5;
/// Version of files that simulate from recorded months.
const RECORDED_SCHEMA: u32 = 4;
/// Version of files with values from the market.
const TAKEN_SCHEMA: u32 = 3;
/// Version of files without values from the market.
const PLAIN_SCHEMA: u32 = 2;

/// Content of a preset file: one or more scenarios with their story. One of them is its own: what the command line evaluates,
/// and what a window shows at first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Preset<S = ValidScenario> {
    /// Title, story and sources.
    pub about: About,
    /// View settings.
    pub view: PresetView,
    /// The inputs of its own scenario.
    pub scenario: S,
    /// What tells that one from the others.
    #[serde(default)]
    pub label: Label,
    /// Where it stands among all; 0 in a file, whose own scenario is the first.
    #[serde(default)]
    pub place: usize,
    /// The scenario that the others are measured against.
    #[serde(default)]
    pub baseline: Letter,
    /// Its further scenarios in their order. Files call them variants.
    pub variants: Vec<Variant>,
}

/// A preset being edited: its inputs are not validated until it is saved.
pub type Draft = Preset<Scenario>;

/// The texts of a preset.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct About {
    /// Displayed name.
    pub title: String,
    /// Story, one paragraph.
    pub story: String,
    /// Title of the worked example that story, facts and assumptions come from, if its inputs were changed.
    pub based_on: String,
    /// Notes of the user.
    pub notes: String,
    /// Published facts.
    pub facts: Vec<String>,
    /// Sources of the facts.
    pub sources: Vec<String>,
    /// Assumptions where nothing is published.
    pub assumptions: Vec<String>,
    /// Tags for filtering.
    pub tags: Vec<String>,
    /// Values taken over from the market.
    pub taken: Vec<Taken>,
}

/// A value taken over from the market: where it comes from, and when it was observed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Taken {
    /// The id of the input.
    pub input: String,
    /// The value in the stored unit, as it is written in files.
    pub value: String,
    /// Where it comes from: `median of 4 of 5: mempool.space, Coinbase, Kraken, Bitstamp`.
    pub from: String,
    /// When it was observed.
    pub observed_at: DateTime<Utc>,
}

impl About {
    /// Where the value of an input comes from, as long as it is the value that was taken over.
    pub fn origin(&self, input: &Input, scenario: &Scenario) -> Option<&Taken> {
        let taken = self.taken.iter().find(|taken| taken.input == input.id)?;
        (input.text(scenario).as_ref() == Some(&taken.value)).then_some(taken)
    }

    /// Notes values that were taken over, in place of what was noted for the same inputs.
    pub fn note_taken(&mut self, taken: Vec<Taken>) {
        self.taken.retain(|old| taken.iter().all(|new| new.input != old.input));
        self.taken.extend(taken);
    }
}

/// View settings of a preset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PresetView {
    /// Basis of the flows.
    #[serde(with = "basis_id")]
    pub basis: Basis,
    /// What the verdict goes by.
    // Left out where it is the default, so that files of a basis alone stay as they were.
    #[serde(with = "criterion_id", skip_serializing_if = "is_default")]
    pub criterion: Criterion,
    /// Source of bitcoin and the network in simulations.
    #[serde(with = "factors_id", skip_serializing_if = "is_default")]
    pub factors: FactorSource,
}

impl PresetView {
    /// The same with what is asked for in place of what the file says.
    #[must_use]
    pub fn asked(self, basis: Option<Basis>, criterion: Option<Criterion>) -> Self {
        Self {
            basis: basis.unwrap_or(self.basis),
            criterion: criterion.unwrap_or(self.criterion),
            factors: self.factors,
        }
    }

    /// The same with simulations from another source, if one is asked for.
    #[must_use]
    pub fn drawn_from(self, factors: Option<FactorSource>) -> Self {
        Self { factors: factors.unwrap_or(self.factors), ..self }
    }
}

/// Name of the variant of a past plan that runs on what was recorded since.
const WHAT_CAME: &str = "What came";

fn is_default<T: Default + PartialEq>(choice: &T) -> bool {
    *choice == T::default()
}

/// A module that reads and writes a choice by its stable name.
macro_rules! by_id {
    ($module:ident, $Choice:path, $word:literal) => {
        mod $module {
            use serde::{Deserialize as _, Deserializer, Serializer};
            use $Choice as Choice;

            pub(super) fn serialize<S: Serializer>(
                choice: &Choice,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(choice.id())
            }

            pub(super) fn deserialize<'de, D: Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Choice, D::Error> {
                let id = String::deserialize(deserializer)?;
                let known = || Choice::ALL.map(Choice::id).join(", ");
                let unknown = || format!("{id} is no {}; there are {}", $word, known());
                let found = Choice::ALL.into_iter().find(|choice| choice.id() == id);
                found.ok_or_else(|| serde::de::Error::custom(unknown()))
            }
        }
    };
}
by_id!(basis_id, wattfolio_economics::kernel::Basis, "basis");
by_id!(criterion_id, wattfolio_economics::results::verdict::Criterion, "criterion");
by_id!(factors_id, wattfolio_economics::risk::FactorSource, "source of the simulated markets");

/// A further scenario of a preset.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    /// Displayed name.
    pub name: String,
    /// A note of the user.
    #[serde(default)]
    pub note: String,
    /// Its letter.
    #[serde(default)]
    pub letter: Letter,
    /// How its curves are drawn.
    #[serde(default)]
    pub line: LineStyle,
    /// The inputs.
    pub scenario: ValidScenario,
}

impl Variant {
    /// A scenario with its label.
    pub fn new(Label { letter, name, note, line }: Label, scenario: ValidScenario) -> Self {
        Self { name, note, letter, line, scenario }
    }

    /// A scenario with a name, at a place of its file.
    pub fn named(name: impl Into<String>, place: usize, scenario: ValidScenario) -> Self {
        Self::new(Label::new(Letter::at(place), name), scenario)
    }

    /// Its label.
    pub fn label(&self) -> Label {
        let Self { name, note, letter, line, .. } = self;
        Label { letter: *letter, name: name.clone(), note: note.clone(), line: *line }
    }
}

/// A scenario of a file or of the document in the window: all that others need to compare it with the rest.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// Letter, name, note and line; the name of one without a name is the title of its file.
    pub label: Label,
    /// Its inputs.
    pub scenario: Arc<ValidScenario>,
    /// Whether the others are measured against it.
    pub is_baseline: bool,
    /// Whether it is the one that is shown and edited.
    pub is_current: bool,
}

impl Preset {
    /// Every scenario in its order.
    pub fn listed(&self) -> Vec<Listed> {
        let listed = |label: Label, scenario: &ValidScenario, is_current| Listed {
            is_baseline: label.letter == self.baseline,
            scenario: Arc::new(scenario.clone()),
            label,
            is_current,
        };
        let others = self.variants.iter().map(|variant| listed(variant.label(), &variant.scenario, false));
        let mut all: Vec<Listed> = others.collect();
        let mut label = self.label.clone();
        if label.name.is_empty() {
            label.name.clone_from(&self.about.title);
        }
        all.insert(self.place.min(all.len()), listed(label, &self.scenario, true));
        all
    }

    /// The same with its first scenario as its own, as a file has it.
    #[must_use]
    pub(super) fn in_order(mut self) -> Self {
        let place = self.place.min(self.variants.len());
        if place > 0 {
            let label = std::mem::take(&mut self.label);
            self.variants.insert(place, Variant::new(label, self.scenario));
            let first = self.variants.remove(0);
            (self.label, self.scenario) = (first.label(), first.scenario);
        }
        self.place = 0;
        self
    }

    /// The variant on the record, where the preset tells a plan of the past as it was made.
    pub fn what_came(&self) -> Option<&Variant> {
        self.variants.iter().find(|variant| variant.name == WHAT_CAME)
    }
}

impl<S> Preset<S> {
    /// A preset with a title and a scenario only.
    pub fn new(title: String, scenario: S) -> Self {
        Self {
            about: About { title, ..About::default() },
            view: PresetView::default(),
            scenario,
            label: Label::default(),
            place: 0,
            baseline: Letter::default(),
            variants: Vec::new(),
        }
    }
}

impl Draft {
    /// Validates the inputs for saving.
    ///
    /// # Errors
    /// All faults of its inputs.
    pub fn check(self) -> Result<Preset, Faults> {
        let Self { about, view, scenario, label, place, baseline, variants } = self;
        Ok(Preset { about, view, scenario: scenario.try_into()?, label, place, baseline, variants })
    }
}

impl From<Preset> for Draft {
    fn from(preset: Preset) -> Self {
        let Preset { about, view, scenario, label, place, baseline, variants } = preset;
        Self { about, view, scenario: scenario.into(), label, place, baseline, variants }
    }
}
