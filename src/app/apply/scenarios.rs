//! Actions on the scenarios of the document.

use std::path::Path;
use std::sync::Arc;

use egui::Context;
use wattfolio_economics::input::Input;
use wattfolio_economics::scenario::{Fault, Mix, Scenario};

use crate::app::App;
use crate::state::{Command, Dialog, Entry, MOST_DRAWN, NotDone, Notice, Refusal, ScenarioAction};
use crate::store::{self, FileError, Letter, Opened};

impl App {
    /// Does something with a scenario that is known by its letter.
    pub(super) fn apply_to_scenario(&mut self, letter: Letter, action: ScenarioAction) {
        let document = &mut self.state.document;
        let done = match action {
            ScenarioAction::Show => document.select(letter),
            ScenarioAction::Duplicate => document.duplicate(letter).map(|_| ()),
            ScenarioAction::Rename(name) => document.rename(letter, name),
            ScenarioAction::Describe(form) => {
                self.state.view.dialog = None;
                document.describe(letter, form.name.trim().to_owned(), form.note.trim().to_owned(), form.line)
            }
            ScenarioAction::Delete => document.delete(letter),
            ScenarioAction::MakeBaseline => document.make_baseline(letter),
            ScenarioAction::MoveTo(place) => document.move_to(letter, place),
            ScenarioAction::SetNumber(input, value) => {
                self.edit_scenario(letter, input, |scenario| input.write_number(scenario, value))
            }
            ScenarioAction::SetText(input, text) => {
                self.edit_scenario(letter, input, |scenario| input.write(scenario, &text))
            }
            ScenarioAction::SetMix(shares) => document.edit_other(letter, |scenario| {
                scenario.mix = Mix::from(shares);
                Ok(())
            }),
            ScenarioAction::Reset(input) => {
                let baseline = Arc::clone(&document.baseline().scenario);
                self.edit_scenario(letter, input, |scenario| {
                    input.copy(&baseline, scenario);
                    Ok(())
                })
            }
        };
        self.say_not_done(done);
    }

    /// Writes an input of a scenario. One that is refused is said at its row where it is shown, else below the tabs.
    fn edit_scenario(
        &mut self,
        letter: Letter,
        input: &'static Input,
        write: impl FnOnce(&mut Scenario) -> Result<(), Fault>,
    ) -> Result<(), NotDone> {
        if letter == self.state.document.current() {
            self.set_input(input, write);
            return Ok(());
        }
        self.state.view.inputs.refused = None;
        match self.state.document.edit_other(letter, write) {
            Err(NotDone::Refused(fault)) => {
                let refusal = Refusal::NotAllowed { input, fault };
                self.notify(Notice::alert(format!("Scenario {letter}. {}", refusal.sentence())));
                Ok(())
            }
            done => done,
        }
    }

    fn say_not_done(&mut self, done: Result<(), NotDone>) {
        if let Err(reason) = done {
            self.notify(Notice::alert(format!("Nothing was changed. {}", reason.words())));
        }
    }

    /// A command on the scenario that is shown.
    pub(super) fn run_on_current(&mut self, command: Command) {
        let letter = self.state.document.current();
        let entries = self.state.document.entries();
        let place = entries.iter().position(Entry::is_current).unwrap_or(0);
        let at =
            |place: Option<usize>| place.and_then(|place| entries.get(place)).map(|entry| entry.label.letter);
        let action = match command {
            Command::NewScenario => Some((letter, ScenarioAction::Duplicate)),
            Command::EditScenario => {
                let form = self.state.document.label().into();
                self.state.view.dialog = Some(Dialog::Scenario(letter, form));
                None
            }
            Command::DeleteScenario => Some((letter, ScenarioAction::Delete)),
            Command::SetBaseline => Some((letter, ScenarioAction::MakeBaseline)),
            Command::MoveLeft => place.checked_sub(1).map(|place| (letter, ScenarioAction::MoveTo(place))),
            Command::MoveRight => Some((letter, ScenarioAction::MoveTo(place + 1))),
            Command::ShowLeft => at(place.checked_sub(1)).map(|letter| (letter, ScenarioAction::Show)),
            Command::ShowRight => at(place.checked_add(1)).map(|letter| (letter, ScenarioAction::Show)),
            _ => None,
        };
        if let Some((letter, action)) = action {
            self.apply_to_scenario(letter, action);
        }
    }

    /// Shows the next scenario beside the current one, and none after the last.
    pub(super) fn show_next_beside(&mut self) {
        let next = self.state.next_beside();
        if next.is_none() && self.state.second().is_none() {
            self.notify(Notice::alert("There is one scenario; add another to show it beside this one"));
        }
        self.state.view.beside = next;
    }

    /// Reads a file whose scenarios are added to the document.
    pub(super) fn open_into(&mut self, ctx: &Context, path: &Path) {
        self.jobs.open_into(ctx, store::existing(path));
    }

    /// Such a file was read.
    pub(super) fn opened_into(&mut self, opened: Result<Opened, FileError>) {
        self.state.view.dialog = None;
        let opened = match opened {
            Ok(opened) => opened,
            Err(fault) => {
                return self
                    .notify(Notice::alert(format!("Not added, your scenarios are as they were. {fault}")));
            }
        };
        match self.state.document.add(&opened.preset) {
            Ok(added) => {
                let words = if added == 1 { "1 scenario".to_owned() } else { format!("{added} scenarios") };
                let all = self.state.document.count();
                let drawn = if all > MOST_DRAWN {
                    format!("; {MOST_DRAWN} of {all} are shown at once")
                } else {
                    String::new()
                };
                let from = opened.source.path.display();
                self.notify(Notice::done(format!("{words} added from {from}{drawn}")));
            }
            Err(reason) => self.say_not_done(Err(reason)),
        }
    }
}
