//! Undo, redo, and scenarios beside the current one.

use egui::{Event, Key, Modifiers, Role};
use wattfolio::state::{Action, Command, MOST_DRAWN, ScenarioAction};
use wattfolio::store::{Letter, LineStyle};
use wattfolio_economics::business::Business;

use crate::support::window::{CTRL, CTRL_SHIFT, Window};

#[test]
fn undo_and_redo_walk_through_the_changes() {
    let mut window = Window::open();
    let mut states = vec![window.state().document.scenario().clone()];
    for (name, value) in [("Rental rate", "2.5"), ("GPU capex", "45000"), ("Hosting fee", "150")] {
        window.set(name, value);
        states.push(window.state().document.scenario().clone());
    }
    for state in states[..3].iter().rev() {
        window.key(CTRL, Key::Z);
        assert_eq!(window.state().document.scenario(), state);
        window.assert_up_to_date();
    }
    for state in &states[1..] {
        window.key(CTRL_SHIFT, Key::Z);
        assert_eq!(window.state().document.scenario(), state);
        window.assert_up_to_date();
    }
    window.click(Role::Button, "Undo");
    assert_eq!(window.state().document.scenario(), &states[2]);
    window.key(CTRL, Key::Y);
    assert_eq!(window.state().document.scenario(), &states[3]);
}

#[test]
fn a_drag_is_one_step() {
    let mut window = Window::open();
    let before = window.state().document.scenario().clone();
    let places: Vec<_> = (2..9).map(|i| window.place_on("GPU capex", i as f32 / 10.0)).collect();
    window.frame(Event::PointerMoved(places[0]));
    window.button_frame(places[0], true);
    for place in &places {
        window.frame(Event::PointerMoved(*place));
    }
    window.button_frame(places[6], false);
    window.settle();
    assert_ne!(*window.state().document.scenario(), before);
    window.key(CTRL, Key::Z);
    assert_eq!(*window.state().document.scenario(), before);
    assert!(!window.state().document.can_undo());
}

#[test]
fn a_new_change_ends_the_way_forward() {
    let mut window = Window::open();
    window.set("Rental rate", "2.5");
    window.key(CTRL, Key::Z);
    window.set("Rental rate", "2.7");
    assert!(!window.state().document.can_redo());
    window.key(CTRL_SHIFT, Key::Z);
    assert_eq!(window.state().document.scenario().leasing.rental_usd_per_gpu_hour.value, 2.7);
}

fn letter(text: &str) -> Letter {
    text.parse().expect("a letter")
}

/// The letters of all scenarios, in order.
fn letters(window: &Window) -> Vec<String> {
    window.state().scenarios.iter().map(|one| one.listed.label.letter.to_string()).collect()
}

#[test]
fn a_new_scenario_goes_on_from_the_one_that_stays_beside_it() {
    let mut window = Window::open();
    window.set("Rental rate", "2.5");
    window.click(Role::Button, "New scenario");
    let first = window.state().document.scenario().clone();
    window.set("Rental rate", "5");
    assert_eq!(letters(&window), ["0", "A"]);
    assert_eq!(*window.state().scenarios[0].listed.scenario, first, "the other stays as it was");
    assert!(window.reads("the baseline"), "{:#?}", window.texts());
    window.activate(Role::Button, "Show scenario 0");
    assert_eq!(*window.state().document.scenario(), first);
    window.assert_up_to_date();
    window.key(CTRL, Key::Z);
    assert_eq!(window.state().document.scenario().leasing.rental_usd_per_gpu_hour.value, 5.0);
    window.activate(Role::Button, "Delete scenario 0");
    assert!(letters(&window) == ["A"] && !window.has(Role::Button, "Show scenario 0"));
    assert_eq!(window.state().document.scenario().leasing.rental_usd_per_gpu_hour.value, 5.0);
}

#[test]
fn there_are_as_many_scenarios_as_one_likes_and_those_that_are_not_drawn_are_named() {
    let mut window = Window::open();
    for _ in 0..MOST_DRAWN {
        window.key(CTRL, Key::D);
    }
    assert_eq!((window.state().scenarios.len(), window.state().drawn().len()), (MOST_DRAWN + 1, MOST_DRAWN));
    assert!(window.reads("8 of 9 scenarios are shown at once; not shown: G"), "{:#?}", window.texts());
    // The letter of a deleted one is used again, and its copy stands behind the one that was shown.
    window.activate(Role::Button, "Delete scenario B");
    assert!(!window.reads("not shown"));
    window.key(CTRL, Key::D);
    assert_eq!(letters(&window), ["0", "A", "C", "D", "E", "F", "G", "H", "B"]);
}

#[test]
fn a_scenario_that_is_not_there_is_named() {
    let mut window = Window::open();
    for action in [ScenarioAction::Show, ScenarioAction::Rename("Stress".to_owned()), ScenarioAction::Delete]
    {
        window.request(Action::Scenario(letter("Z"), action));
        let said = "Nothing was changed. ";
        assert!(window.reads(said), "{:#?}", window.texts());
        window.click(Role::Button, "Dismiss message");
    }
}

#[test]
fn the_baseline_can_be_moved() {
    let mut window = Window::open();
    window.set("Rental rate", "2.5");
    window.key(CTRL, Key::K);
    window.text("use as baseline");
    window.key(Modifiers::NONE, Key::Enter);
    assert!(window.reads("As the baseline"));
    let results = &window.state().results;
    assert_eq!(results.baseline.business(Business::Leasing), results.comparison.business(Business::Leasing));
    window.key(CTRL, Key::Z);
    assert!(window.reads("1 changed from baseline"));
}

#[test]
fn a_scenario_is_renamed_in_its_row_and_that_is_one_step() {
    let mut window = Window::open();
    window.set("Bitcoin price", "60k");
    window.click(Role::Button, "New scenario");
    window.key(CTRL, Key::D);
    window.write(Role::TextInput, "Name of scenario A", "Stress");
    window.key(Modifiers::NONE, Key::Enter);
    let name = |window: &Window| window.state().scenarios[1].listed.label.name.clone();
    assert_eq!(name(&window), "Stress");
    assert!(window.reads("A Stress: "), "{:#?}", window.texts());
    window.key(CTRL, Key::Z);
    assert_eq!(name(&window), "Scenario A");
    // A cancelled name and an empty one are discarded.
    window.write(Role::TextInput, "Name of scenario A", "Other");
    window.key(Modifiers::NONE, Key::Escape);
    window.write(Role::TextInput, "Name of scenario A", " ");
    window.key(Modifiers::NONE, Key::Enter);
    assert_eq!(name(&window), "Scenario A");
}

#[test]
fn a_dialog_gives_name_note_and_line() {
    let mut window = Window::open();
    window.request(Action::Run(Command::EditScenario));
    window.write(Role::TextInput, "Name", "Today");
    window.write(Role::MultilineTextInput, "Note", "as it is");
    window.activate(Role::RadioButton, "Dotted");
    window.click(Role::Button, "Apply");
    let label = window.state().document.label();
    assert_eq!(
        (label.name.as_str(), label.note.as_str(), label.line),
        ("Today", "as it is", LineStyle::Dotted)
    );
    window.key(CTRL, Key::Z);
    assert_eq!(window.state().document.label().note, "");
}
