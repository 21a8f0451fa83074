//! Sequences of random actions: nothing panics, and every step can be undone and redone.

use std::path::Path;

use egui::{Event, Key, Modifiers, PointerButton, Pos2};
use proptest::prelude::*;
use wattfolio::app::Options;
use wattfolio::state::{
    Action, Command, Dialog, ExportRequest, Exports, Page, SaveQuestion, SaveRequest, ScenarioAction,
};
use wattfolio::store;
use wattfolio_economics::catalogue;
use wattfolio_economics::input::Kind;
use wattfolio_economics::scenario::Scenario;

use crate::support::economics::soak::config;
use crate::support::stage::Stage;

/// A user action; the numbers between 0 and 1 choose among the available items.
#[derive(Clone, Debug)]
enum Deed {
    Run(f64),
    SetNumber(f64, f64),
    SetText(f64, String),
    Reset(f64),
    OpenBundled(f64),
    SaveFile(f64, bool),
    Export(f64, f64, bool),
    OpenFile(f64),
    Scenario(f64, f64),
    Resize(f64, f64),
    Click(f64, f64),
    Drag(f64, f64, f64),
    Press(f64, bool),
    Type(String),
    CloseDialog,
}

fn deed() -> impl Strategy<Value = Deed> {
    let share = || 0.0..1.0f64;
    let words =
        prop_oneof!["[0-9.,-]{0,8}", "[ -~]{0,12}", Just("None".to_owned()), Just("1e999".to_owned())];
    prop_oneof![
        4 => share().prop_map(Deed::Run),
        4 => (share(), -0.2..1.2f64).prop_map(|(which, at)| Deed::SetNumber(which, at)),
        2 => (share(), words.clone()).prop_map(|(which, text)| Deed::SetText(which, text)),
        1 => share().prop_map(Deed::Reset),
        1 => share().prop_map(Deed::OpenBundled),
        1 => (share(), any::<bool>()).prop_map(|(which, agreed)| Deed::SaveFile(which, agreed)),
        1 => (share(), share(), any::<bool>()).prop_map(|(what, which, may_replace)| Deed::Export(what, which, may_replace)),
        1 => share().prop_map(Deed::OpenFile),
        3 => (share(), share()).prop_map(|(which, what)| Deed::Scenario(which, what)),
        1 => (share(), share()).prop_map(|(x, y)| Deed::Resize(x, y)),
        4 => (share(), share()).prop_map(|(x, y)| Deed::Click(x, y)),
        2 => (share(), share(), share()).prop_map(|(x, y, by)| Deed::Drag(x, y, by)),
        2 => (share(), any::<bool>()).prop_map(|(key, ctrl)| Deed::Press(key, ctrl)),
        1 => words.prop_map(Deed::Type),
        1 => Just(Deed::CloseDialog),
    ]
}

/// Something that is done with a scenario.
fn scenario_action(what: f64) -> ScenarioAction {
    match (what * 8.0) as u32 {
        0 => ScenarioAction::Show,
        1 => ScenarioAction::Duplicate,
        2 => ScenarioAction::Rename(format!("{what}")),
        3 => ScenarioAction::Delete,
        4 => ScenarioAction::MakeBaseline,
        5 => ScenarioAction::MoveTo((what * 10.0) as usize),
        6 => ScenarioAction::SetNumber(one(catalogue::inputs(), what), what * 100.0),
        _ => ScenarioAction::Reset(one(catalogue::inputs(), what)),
    }
}

/// The item at a share of a list.
fn one<T>(things: &[T], share: f64) -> &T {
    &things[((share * things.len() as f64) as usize).min(things.len() - 1)]
}

const FILES: [&str; 3] = ["plan.ron", "no preset.txt", "a/folder/that/is/not.ron"];

const EXPORTS: [&str; 6] =
    ["plan.csv", "plan.txt", "plan.json", "no ending", "plan.xlsx", "a/folder/that/is/not.csv"];

/// Does a deed, and lays out every frame that it takes.
fn act(stage: &mut Stage, folder: &Path, deed: &Deed) -> Result<(), String> {
    let at = |x: f64, y: f64| Pos2::new(x as f32 * stage.size().x, y as f32 * stage.size().y);
    let button = |pos, pressed| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    let inputs = catalogue::inputs();
    match deed {
        Deed::Run(which) => stage.request(Action::Run(*one(&Command::all().collect::<Vec<_>>(), *which))),
        Deed::SetNumber(which, share) => {
            let input = one(inputs, *which);
            // More paths would only take longer.
            if let Kind::Number(number) = &input.kind
                && input.id != "risk.paths"
            {
                let value = number.min + share * (number.max - number.min);
                stage.request(Action::SetNumber { input, value });
            }
        }
        Deed::SetText(which, text) => {
            stage.request(Action::SetText { input: one(inputs, *which), text: text.clone() });
        }
        Deed::Reset(which) => stage.request(Action::Reset(one(inputs, *which))),
        Deed::OpenBundled(which) => stage.request(Action::OpenBundled(one(store::bundled(), *which))),
        Deed::SaveFile(which, agreed) => {
            let mut request = SaveRequest::new(folder.join(one(&FILES, *which)), "Title");
            if *agreed {
                request.agreed.push(SaveQuestion::Replaces);
            }
            stage.request(Action::SaveFile(request));
        }
        Deed::Export(what, which, may_replace) => {
            let (what, may_replace) = (*one(&Exports::ALL, *what), *may_replace);
            let path = folder.join(one(&EXPORTS, *which));
            stage.request(Action::Export(ExportRequest { what, path, may_replace }));
        }
        Deed::OpenFile(which) => stage.request(Action::OpenFile(folder.join(one(&FILES, *which)))),
        Deed::Scenario(which, what) => {
            let letter = one(&["0", "A", "B", "C", "ZZ"], *which).parse().expect("a letter");
            stage.request(Action::Scenario(letter, scenario_action(*what)));
        }
        Deed::Resize(x, y) => stage.resize(320.0 + 1600.0 * *x as f32, 240.0 + 1000.0 * *y as f32),
        Deed::Click(x, y) => {
            let pos = at(*x, *y);
            stage.frame(vec![Event::PointerMoved(pos), button(pos, true)])?;
            stage.frame(vec![button(pos, false)])?;
        }
        Deed::Drag(x, y, by) => {
            let (from, to) = (at(*x, *y), at(*by, *y));
            stage.frame(vec![Event::PointerMoved(from), button(from, true)])?;
            stage.frame(vec![Event::PointerMoved(to)])?;
            stage.frame(vec![button(to, false)])?;
        }
        Deed::Press(which, ctrl) => {
            let modifiers = if *ctrl { Modifiers::CTRL | Modifiers::COMMAND } else { Modifiers::NONE };
            let key = *one(Key::ALL, *which);
            let event = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
            stage.frame(vec![event(true)])?;
            stage.frame(vec![event(false)])?;
        }
        Deed::Type(text) => stage.frame(vec![Event::Text(text.clone())])?,
        Deed::CloseDialog => stage.request(Action::ShowDialog(None::<Dialog>)),
    }
    stage.frame(Vec::new())
}

/// Undoes every step and redoes it; the result is as before.
fn undo_and_redo(stage: &mut Stage) -> Result<(), String> {
    let scenario = |stage: &Stage| -> Scenario { stage.state().document.scenario().clone() };
    stage.request(Action::ShowDialog(None));
    stage.frame(Vec::new())?;
    let last = scenario(stage);
    let mut steps = 0;
    while stage.state().document.can_undo() {
        stage.request(Action::Run(Command::Undo));
        stage.frame(Vec::new())?;
        steps += 1;
        if steps > 1000 {
            return Err("undo has no end".to_owned());
        }
    }
    for _ in 0..steps {
        stage.request(Action::Run(Command::Redo));
        stage.frame(Vec::new())?;
    }
    if scenario(stage) == last { Ok(()) } else { Err("made again, the plan is another".to_owned()) }
}

proptest! {
    #![proptest_config(config("rows of random actions", 24, 900))]

    #[test]
    fn no_sequence_of_actions_ends_the_program(deeds in prop::collection::vec(deed(), 1..24)) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILES[1]), "what is no preset").unwrap();
        let scenario = Scenario { risk: few_paths(), ..Scenario::default() };
        let mut stage = Stage::new(Options { scenario: Some(scenario.validate().expect("valid")), ..Options::default() });
        stage.frame(Vec::new()).unwrap();
        for deed in &deeds {
            act(&mut stage, folder.path(), deed).map_err(|fault| TestCaseError::fail(format!("{deed:?}: {fault}")))?;
        }
        prop_assert!(Page::ALL.contains(&stage.state().view.page));
        undo_and_redo(&mut stage).map_err(TestCaseError::fail)?;
        // A file that is no preset was never replaced without a question.
        let other = std::fs::read_to_string(folder.path().join(FILES[1])).unwrap();
        prop_assert!(other == "what is no preset" || other.starts_with("(schema:"), "{other}");
    }
}

fn few_paths() -> wattfolio_economics::scenario::Risk {
    wattfolio_economics::scenario::Risk { paths: 100, ..Scenario::default().risk }
}

/// Found by the test above: a message beside open inputs left its text a negative width.
#[test]
fn the_smallest_window_shows_a_message_in_every_page_and_dialog() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = Stage::new(Options::default());
    stage.frame(Vec::new()).unwrap();
    for (width, height) in [(320.0, 240.0), (140.0, 120.0)] {
        stage.resize(width, height);
        for command in Command::all() {
            stage.request(Action::Run(command));
            stage.request(Action::SaveFile(SaveRequest::new(folder.path().join(FILES[2]), "Title")));
            stage
                .frame(Vec::new())
                .unwrap_or_else(|fault| panic!("{command:?} at {width}×{height}: {fault}"));
        }
    }
}
