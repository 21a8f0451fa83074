//! The scenarios of a document: which there are, which is shown, and every change of their list.

use std::sync::Arc;

use wattfolio_economics::scenario::{Fault, Faults, Scenario, ValidScenario};

use super::content::{Content, Other};
use super::{Baseline, Document};
use crate::store::{Label, Letter, LineStyle, Preset};

/// Why a change of the list of scenarios was not made.
#[derive(Clone, Debug, PartialEq)]
pub enum NotDone {
    /// There is no scenario with this letter.
    NotThere(Letter),
    /// The current scenario has faults, so that nothing can be compared with it.
    Faults,
    /// The last scenario cannot be deleted.
    Last,
    /// A value that was typed is not allowed.
    Refused(Fault),
    /// A value is allowed by itself, but not beside the others.
    Contradicts(Faults),
}

impl NotDone {
    /// The reason as a sentence without its stop.
    pub fn words(&self) -> String {
        match self {
            Self::NotThere(letter) => format!("There is no scenario {letter}"),
            Self::Faults => "The scenario has faults; correct what is named below the page first".to_owned(),
            Self::Last => "A file has at least one scenario".to_owned(),
            Self::Refused(fault) => fault.to_string(),
            Self::Contradicts(faults) => faults.to_string(),
        }
    }
}

/// A scenario of the document in its place.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What tells it from the others; its name is that of the document where it has none.
    pub label: Label,
    /// Its inputs; none for the current one, which may have faults.
    pub scenario: Option<Arc<ValidScenario>>,
    /// Whether the others are measured against it.
    pub is_baseline: bool,
}

impl Entry {
    /// Whether it is the one that is shown and edited.
    pub const fn is_current(&self) -> bool {
        self.scenario.is_none()
    }
}

impl Document {
    /// Every scenario in order.
    pub fn entries(&self) -> Vec<Entry> {
        let Content { label, place, others, baseline, .. } = &self.now.content;
        let entry = |label: &Label, scenario| Entry {
            label: Label { name: self.name_of(label), ..label.clone() },
            scenario,
            is_baseline: label.letter == *baseline,
        };
        let mut entries: Vec<Entry> =
            others.iter().map(|other| entry(&other.label, Some(Arc::clone(&other.scenario)))).collect();
        entries.insert((*place).min(entries.len()), entry(label, None));
        entries
    }

    /// Number of scenarios.
    pub fn count(&self) -> usize {
        self.now.content.others.len() + 1
    }

    /// The label of the scenario that is shown and edited.
    pub fn label(&self) -> Label {
        let label = &self.now.content.label;
        Label { name: self.name_of(label), ..(**label).clone() }
    }

    /// The letter of the scenario that is shown and edited.
    pub fn current(&self) -> Letter {
        self.now.content.label.letter
    }

    /// The letter of the scenario that the others are measured against.
    pub fn baseline_letter(&self) -> Letter {
        self.now.content.baseline
    }

    fn name_of(&self, label: &Label) -> String {
        if label.name.is_empty() { self.title().to_owned() } else { label.name.clone() }
    }

    fn own_valid(&self) -> Result<Arc<ValidScenario>, NotDone> {
        self.scenario().validate().map(Arc::new).map_err(|_faults| NotDone::Faults)
    }

    fn find(&self, letter: Letter) -> Result<usize, NotDone> {
        let others = &self.now.content.others;
        others.iter().position(|other| other.label.letter == letter).ok_or(NotDone::NotThere(letter))
    }

    /// Changes the list as one step of history. A step that fails leaves everything as it was.
    fn step<T>(&mut self, change: impl FnOnce(&mut Self) -> Result<T, NotDone>) -> Result<T, NotDone> {
        self.settle();
        let before = self.now.clone();
        match change(self) {
            Ok(done) => {
                self.follow_baseline();
                self.settle();
                Ok(done)
            }
            Err(fault) => {
                self.now = before;
                Err(fault)
            }
        }
    }

    /// Measures changes against the baseline as it is now. While it is the one that is edited, it counts as it was when it was
    /// opened, shown or made the baseline: else there would be nothing to go back to.
    pub(super) fn follow_baseline(&mut self) {
        let Ok(index) = self.find(self.now.content.baseline) else { return };
        let other = &self.now.content.others[index];
        let name = self.name_of(&other.label);
        let now = &self.now.baseline;
        if now.name != name || !Arc::ptr_eq(&now.scenario, &other.scenario) {
            self.now.baseline = Arc::new(Baseline { name, scenario: Arc::clone(&other.scenario) });
        }
    }

    /// Shows another scenario, which the inputs then edit.
    ///
    /// # Errors
    /// If it is not there, or the current one has faults.
    pub fn select(&mut self, letter: Letter) -> Result<(), NotDone> {
        if letter == self.current() {
            return Ok(());
        }
        self.step(|document| document.show_entry(letter))
    }

    fn show_entry(&mut self, letter: Letter) -> Result<(), NotDone> {
        let index = self.find(letter)?;
        let scenario = self.own_valid()?;
        let content = &mut self.now.content;
        let mut others = content.others.to_vec();
        others.insert(content.place, Other { label: (*content.label).clone(), scenario });
        let place = if index >= content.place { index + 1 } else { index };
        let shown = others.remove(place);
        content.place = place;
        content.label = Arc::new(shown.label);
        content.scenario = Scenario::clone(&shown.scenario);
        content.others = Arc::new(others);
        if self.now.content.baseline == letter {
            let name = self.label().name;
            self.now.baseline = Arc::new(Baseline { name, scenario: shown.scenario });
        }
        Ok(())
    }

    /// Adds a copy of a scenario behind it and shows the copy; its letter.
    ///
    /// # Errors
    /// If it is not there, or the current one has faults.
    pub fn duplicate(&mut self, letter: Letter) -> Result<Letter, NotDone> {
        self.step(|document| {
            if letter != document.current() {
                document.show_entry(letter)?;
            }
            let scenario = document.own_valid()?;
            let entries = document.entries();
            let new = Letter::free(&entries.iter().map(|entry| entry.label.letter).collect::<Vec<_>>());
            let content = &mut document.now.content;
            let mut others = content.others.to_vec();
            others.insert(content.place, Other { label: (*content.label).clone(), scenario });
            content.others = Arc::new(others);
            content.place += 1;
            content.label = Arc::new(Label::new(new, format!("Scenario {new}")));
            Ok(new)
        })
    }

    /// Adds the scenarios of a file at the end, with letters of their own; how many they are.
    ///
    /// # Errors
    /// None so far: the current scenario may have faults.
    pub fn add(&mut self, preset: &Preset) -> Result<usize, NotDone> {
        self.step(|document| {
            let listed = preset.listed();
            let added = listed.len();
            let mut taken: Vec<Letter> = document.entries().iter().map(|entry| entry.label.letter).collect();
            let mut others = document.now.content.others.to_vec();
            for one in listed {
                let letter = Letter::free(&taken);
                taken.push(letter);
                let name = if one.is_current || one.label.name.is_empty() {
                    preset.about.title.clone()
                } else {
                    one.label.name
                };
                let label = Label { note: one.label.note, ..Label::new(letter, name) };
                others.push(Other { label, scenario: one.scenario });
            }
            document.now.content.others = Arc::new(others);
            Ok(added)
        })
    }

    /// Deletes a scenario. In place of the current one its neighbour is shown, in place of the baseline the first is it.
    ///
    /// # Errors
    /// If it is not there, or the last.
    pub fn delete(&mut self, letter: Letter) -> Result<(), NotDone> {
        self.step(|document| {
            if document.count() == 1 {
                return Err(NotDone::Last);
            }
            let content = &mut document.now.content;
            let mut others = content.others.to_vec();
            if content.label.letter == letter {
                let next = content.place.min(others.len() - 1);
                let shown = others.remove(next);
                content.place = next;
                content.scenario = Scenario::clone(&shown.scenario);
                content.label = Arc::new(shown.label);
                let baseline = Baseline { name: document.label().name, scenario: shown.scenario };
                document.now.content.others = Arc::new(others);
                return document.keep_baseline(letter, Some(baseline));
            }
            let index = document.find(letter)?;
            others.remove(index);
            let content = &mut document.now.content;
            if index < content.place {
                content.place -= 1;
            }
            content.others = Arc::new(others);
            document.keep_baseline(letter, None)
        })
    }

    /// Gives the baseline to the first scenario if it was deleted, and freezes it where the current one is it.
    fn keep_baseline(&mut self, deleted: Letter, shown: Option<Baseline>) -> Result<(), NotDone> {
        let own = self.now.content.label.letter;
        if self.now.content.baseline == deleted {
            let first = self.now.content.in_order().next().map(|(label, _)| label.letter);
            self.now.content.baseline = first.unwrap_or(own);
        } else if shown.is_none() {
            return Ok(());
        }
        if self.now.content.baseline == own {
            let name = self.label().name;
            let scenario = match shown {
                Some(shown) => shown.scenario,
                None => self.own_valid()?,
            };
            self.now.baseline = Arc::new(Baseline { name, scenario });
        }
        Ok(())
    }

    /// Changes the label of a scenario.
    fn relabel(&mut self, letter: Letter, change: impl FnOnce(&mut Label)) -> Result<(), NotDone> {
        self.step(|document| {
            if letter == document.current() {
                change(Arc::make_mut(&mut document.now.content.label));
                return Ok(());
            }
            let index = document.find(letter)?;
            change(&mut Arc::make_mut(&mut document.now.content.others)[index].label);
            Ok(())
        })
    }

    /// Gives a scenario another name; an empty one makes it go by the title, which only the first does.
    ///
    /// # Errors
    /// If it is not there.
    pub fn rename(&mut self, letter: Letter, name: String) -> Result<(), NotDone> {
        self.relabel(letter, |label| label.name = name)
    }

    /// Gives a scenario name, note and line.
    ///
    /// # Errors
    /// If it is not there.
    pub fn describe(
        &mut self,
        letter: Letter,
        name: String,
        note: String,
        line: LineStyle,
    ) -> Result<(), NotDone> {
        self.relabel(letter, |label| {
            (label.name, label.note, label.line) = (name, note, line);
        })
    }

    /// Measures the others against a scenario.
    ///
    /// # Errors
    /// If it is not there, or has faults.
    pub fn make_baseline(&mut self, letter: Letter) -> Result<(), NotDone> {
        self.step(|document| {
            if letter == document.current() {
                let scenario = document.own_valid()?;
                document.now.baseline = Arc::new(Baseline { name: document.label().name, scenario });
            } else {
                document.find(letter)?;
            }
            document.now.content.baseline = letter;
            Ok(())
        })
    }

    /// Moves a scenario to another place among all, counted from 0; one beyond the last is the last.
    ///
    /// # Errors
    /// If it is not there.
    pub fn move_to(&mut self, letter: Letter, place: usize) -> Result<(), NotDone> {
        let place = place.min(self.count() - 1);
        self.step(|document| {
            if letter == document.current() {
                document.now.content.place = place;
                return Ok(());
            }
            let index = document.find(letter)?;
            let content = &mut document.now.content;
            let own = content.place;
            // In the list of all, so that both places count in the same way.
            let mut all: Vec<Option<Other>> = content.others.iter().cloned().map(Some).collect();
            all.insert(own.min(all.len()), None);
            let from = if index >= own { index + 1 } else { index };
            let moved = all.remove(from);
            all.insert(place, moved);
            content.place = all.iter().position(Option::is_none).unwrap_or(0);
            content.others = Arc::new(all.into_iter().flatten().collect());
            Ok(())
        })
    }

    /// Changes inputs of a scenario that is not shown. It stays as it was where the change is not allowed.
    ///
    /// # Errors
    /// If it is not there, or the value is not allowed.
    pub fn edit_other(
        &mut self,
        letter: Letter,
        write: impl FnOnce(&mut Scenario) -> Result<(), Fault>,
    ) -> Result<(), NotDone> {
        // No step of history yet: a drag in a cell is one step, as a drag of a slider is.
        let index = self.find(letter)?;
        let mut scenario = Scenario::clone(&self.now.content.others[index].scenario);
        write(&mut scenario).map_err(NotDone::Refused)?;
        let scenario = scenario.try_into().map(Arc::new).map_err(NotDone::Contradicts)?;
        Arc::make_mut(&mut self.now.content.others)[index].scenario = scenario;
        self.follow_baseline();
        Ok(())
    }
}

#[cfg(test)]
mod tests;
