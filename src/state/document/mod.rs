//! The document: what is worked on, how it stands to its file, and the way back.

mod content;
mod life;
mod scenarios;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use chrono::Utc;
use wattfolio_economics::catalogue;
use wattfolio_economics::input::Input;
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::risk::FactorSource;
use wattfolio_economics::scenario::{Scenario, ValidScenario};

pub use content::Content;
pub use life::{Life, OnDisk, SaveQuestion, look, questions_of_other};
pub use scenarios::{Entry, NotDone};

use crate::store::{About, Label, Opened, Preset, SavedPath, Source, Work};
use life::Link;

/// Most steps that can be taken back.
const MOST_STEPS: usize = 100;

/// Reference for changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Baseline {
    /// Its name.
    pub name: String,
    /// Its inputs.
    pub scenario: Arc<ValidScenario>,
}

/// One state of the document.
#[derive(Clone, Debug)]
struct Snapshot {
    /// Which of the documents that were opened one after the other it belongs to.
    id: u64,
    content: Content,
    baseline: Arc<Baseline>,
}

impl Snapshot {
    fn is_same(&self, other: &Self) -> bool {
        self.id == other.id
            && (Arc::ptr_eq(&self.baseline, &other.baseline) || self.baseline == other.baseline)
            && self.content.is_same_but_for_view(&other.content)
    }
}

/// The scenarios, of which one is shown, their story, and the way back.
///
/// The save state belongs to the opened document, not to a step of its history: after *undo* the file is the
/// same, and holds what was written last.
#[derive(Debug)]
pub struct Document {
    now: Snapshot,
    /// State before the change at hand; equal to `now` at rest.
    settled: Snapshot,
    undo: Vec<Snapshot>,
    redo: Vec<Snapshot>,
    /// Save state of each document of the history.
    links: BTreeMap<u64, Link>,
}

impl Document {
    /// A document made from a preset: a worked example, or a file.
    pub fn new(preset: Preset, source: Option<Source>) -> Self {
        let scenario = Arc::new(preset.scenario.clone());
        let name = &preset.label.name;
        let name = if name.is_empty() { preset.about.title.clone() } else { name.clone() };
        let baseline = Baseline { name, scenario };
        let content = Content::from(preset);
        let now = Snapshot { id: 0, content, baseline: Arc::new(baseline) };
        let link =
            Link { saved: Some(now.content.clone()), source, is_restored: false, on_disk: OnDisk::default() };
        let mut document = Self {
            settled: now.clone(),
            now,
            undo: Vec::new(),
            redo: Vec::new(),
            links: BTreeMap::from([(0, link)]),
        };
        document.follow_baseline();
        document.settled = document.now.clone();
        document
    }

    /// A document of a file.
    pub fn open(opened: Opened) -> Self {
        Self::new(opened.preset, Some(opened.source))
    }

    /// The same with what its scenarios were compared with where they were shown before. Another of its scenarios that is the
    /// baseline tells that by itself.
    #[must_use]
    pub fn with_baseline(mut self, baseline: Baseline) -> Self {
        if self.now.content.baseline == self.now.content.label.letter {
            self.now.baseline = Arc::new(baseline);
            self.settled = self.now.clone();
        }
        self
    }

    /// Unsaved work of an earlier run: it is unsaved still, with its own file and baseline.
    pub fn restore(work: Work) -> Self {
        let source = work.file.zip(work.file_text);
        let source = source.map(|(path, text)| Source::read(path.0, text.into()));
        let saved =
            source.as_ref().and_then(|source| crate::store::parse(&source.text, "").ok().map(Content::from));
        let mut document = Self::new(Preset::new(work.baseline_name, work.baseline), source);
        document.now.content = Content::from(work.preset);
        document.follow_baseline();
        document.settled = document.now.clone();
        let link = document.link_mut();
        link.saved = saved;
        link.is_restored = true;
        document
    }

    #[expect(clippy::indexing_slicing, reason = "each document of the history has its link from the start")]
    fn link(&self) -> &Link {
        &self.links[&self.now.id]
    }

    fn link_mut(&mut self) -> &mut Link {
        self.links.entry(self.now.id).or_insert(Link {
            saved: None,
            source: None,
            is_restored: false,
            on_disk: OnDisk::default(),
        })
    }

    /// Everything that is saved.
    pub fn content(&self) -> &Content {
        &self.now.content
    }

    /// The inputs.
    pub fn scenario(&self) -> &Scenario {
        &self.now.content.scenario
    }

    /// The inputs, for a change.
    pub fn scenario_mut(&mut self) -> &mut Scenario {
        &mut self.now.content.scenario
    }

    /// Title, story and sources.
    pub fn about(&self) -> &About {
        &self.now.content.about
    }

    /// The title.
    pub fn title(&self) -> &str {
        &self.now.content.about.title
    }

    /// Basis of the flows.
    pub fn basis(&self) -> Basis {
        self.now.content.basis
    }

    /// Source of bitcoin and the network in simulations.
    pub fn factors(&self) -> FactorSource {
        self.now.content.factors
    }

    /// Criterion of the verdict.
    pub fn criterion(&self) -> Criterion {
        self.now.content.criterion
    }

    /// Reference for changes.
    pub fn baseline(&self) -> &Baseline {
        &self.now.baseline
    }

    /// Its file, as it was read or written last.
    pub fn source(&self) -> Option<&Source> {
        self.link().source.as_ref()
    }

    /// The path of its file.
    pub fn file(&self) -> Option<&Path> {
        self.source().map(|source| source.path.as_path())
    }

    /// The state of the document.
    pub fn life(&self) -> Life {
        self.link().state(&self.now.content)
    }

    /// Whether something is in no file: work that closing the window would lose.
    pub fn is_unsaved(&self) -> bool {
        self.link().is_unsaved(&self.now.content)
    }

    /// Questions before its own file is written.
    pub fn save_questions(&self) -> Vec<SaveQuestion> {
        self.link().questions()
    }

    /// Notes what a look at the file found.
    pub fn set_on_disk(&mut self, source: &Source, on_disk: OnDisk) {
        let link = self.link_mut();
        // The file may have been saved since.
        if link.source.as_ref() == Some(source) {
            link.on_disk = on_disk;
        }
    }

    /// The title of the worked example whose story is shown although the inputs were changed.
    pub fn based_on(&self) -> Option<&str> {
        let about = self.about();
        if !about.based_on.is_empty() {
            return Some(&about.based_on);
        }
        let example = self.link().saved.as_ref().filter(|_| self.source().is_none())?;
        let has_its_words = about.story == example.about.story
            && about.facts == example.about.facts
            && about.assumptions == example.about.assumptions;
        let has_words = !about.story.is_empty() || !about.facts.is_empty();
        // Another scenario that is shown, or one that was added, changes none of the example's.
        let is_there = |(label, scenario): (&Label, &Scenario)| {
            let mut own = self.now.content.in_order();
            own.any(|(other, inputs)| other.letter == label.letter && inputs == scenario)
        };
        let is_changed = !example.in_order().all(is_there);
        (has_words && has_its_words && is_changed).then_some(example.about.title.as_str())
    }

    /// Replaces everything; one step of undo brings all of it back.
    pub fn replace(&mut self, document: Self) {
        self.settle();
        let id = self.links.keys().last().map_or(0, |last| last + 1);
        let Self { now, mut links, .. } = document;
        if let Some(link) = links.remove(&now.id) {
            self.links.insert(id, link);
        }
        self.now = Snapshot { id, ..now };
        self.settle();
    }

    /// Counts on another basis.
    pub fn set_basis(&mut self, basis: Basis) {
        self.now.content.basis = basis;
    }

    /// Simulates from another source.
    pub fn set_factors(&mut self, factors: FactorSource) {
        self.now.content.factors = factors;
    }

    /// Ranks by another criterion.
    pub fn set_criterion(&mut self, criterion: Criterion) {
        self.now.content.criterion = criterion;
    }

    /// Replaces title, story and sources, as one step of history.
    pub fn set_about(&mut self, about: About) {
        self.settle();
        self.now.content.about = Arc::new(about);
        self.settle();
    }

    /// Replaces inputs and the notes on where they come from, as one step of history.
    pub fn take_over(&mut self, scenario: Scenario, about: About) {
        self.settle();
        self.now.content.scenario = scenario;
        self.now.content.about = Arc::new(about);
        self.settle();
    }

    /// Content of a file under a title. The story of a changed example is marked as the example's.
    pub fn content_to_save(&self, title: String) -> Content {
        let based_on = self.based_on().unwrap_or_default().to_owned();
        let about = About { title, based_on, ..self.about().clone() };
        Content { about: Arc::new(about), ..self.now.content.clone() }
    }

    /// Notes that a content now stands in a file. Saving is no step of history: the title that was given belongs to the
    /// whole of it.
    pub fn saved(&mut self, source: Source, content: Content) {
        let id = self.now.id;
        let (old, new) = (Arc::clone(&self.now.content.about), Arc::clone(&content.about));
        let history = self.undo.iter_mut().chain(&mut self.redo);
        for snapshot in history.chain([&mut self.now, &mut self.settled]) {
            if snapshot.id == id && snapshot.content.about == old {
                snapshot.content.about = Arc::clone(&new);
            }
        }
        let link = self.link_mut();
        link.saved = Some(content);
        link.source = Some(source);
        link.is_restored = false;
        link.on_disk = OnDisk::Unchanged;
    }

    /// The work as it is kept against a crash.
    pub fn work(&self) -> Work {
        let source = self.source();
        Work {
            at: Utc::now(),
            preset: self.now.content.to_draft(),
            baseline: (*self.baseline().scenario).clone(),
            baseline_name: self.baseline().name.clone(),
            file: source.map(|source| SavedPath::from(source.path.as_path())),
            file_text: source.map(|source| source.text.to_string()),
        }
    }

    /// The inputs that differ from the baseline.
    pub fn changes(&self) -> impl Iterator<Item = &'static Input> + '_ {
        let baseline = &self.baseline().scenario;
        catalogue::inputs().iter().filter(|input| input.differs(self.scenario(), baseline))
    }

    /// Takes a step of history if something changed. Called when the user has let go.
    pub fn settle(&mut self) {
        if self.now.is_same(&self.settled) {
            self.settled.content.look_as(&self.now.content);
            return;
        }
        self.undo.push(std::mem::replace(&mut self.settled, self.now.clone()));
        if self.undo.len() > MOST_STEPS {
            self.undo.remove(0);
        }
        self.redo.clear();
        self.forget_links();
    }

    /// Forgets the files of documents that undo cannot reach any more.
    fn forget_links(&mut self) {
        let Self { undo, now, links, .. } = self;
        links.retain(|id, _| *id == now.id || undo.iter().any(|snapshot| snapshot.id == *id));
    }

    /// Takes the last step back; `false` if there is none.
    pub fn undo(&mut self) -> bool {
        self.settle();
        let Some(before) = self.undo.pop() else { return false };
        let left = self.go_to(before);
        self.redo.push(left);
        true
    }

    /// Makes the last step again; `false` if there is none.
    pub fn redo(&mut self) -> bool {
        let Some(after) = self.redo.pop() else { return false };
        let left = self.go_to(after);
        self.undo.push(left);
        true
    }

    /// Goes to another state. Basis and criterion stay as it is looked at, unless the whole document is another one.
    fn go_to(&mut self, mut to: Snapshot) -> Snapshot {
        if to.id == self.now.id {
            to.content.look_as(&self.now.content);
        }
        let left = std::mem::replace(&mut self.now, to);
        self.settled = self.now.clone();
        left
    }

    /// Whether there is a step to take back.
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty() || !self.now.is_same(&self.settled)
    }

    /// Whether there is a step to make again.
    pub fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }
}

#[cfg(test)]
mod tests;
