//! Undo, redo and pins.

use egui::{Event, Key, Modifiers, Role};
use wattfolio::state::{Action, MOST_PINS};
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

#[test]
fn pins_keep_curves_for_comparison() {
    let mut window = Window::open();
    window.set("Rental rate", "2.5");
    window.click(Role::Button, "Pin");
    let pinned = window.state().document.scenario().clone();
    window.set("Rental rate", "5");
    let pins = &window.state().pins;
    assert_eq!((pins.len(), pins[0].letter), (1, 'A'));
    assert_eq!(*pins[0].scenario, pinned, "a pin stays as it was");
    assert!(window.reads("A Pin A: Rental rate $2.50/GPU-h"), "{:#?}", window.texts());
    window.activate(Role::Button, "Open pin A");
    assert_eq!(*window.state().document.scenario(), pinned);
    window.assert_up_to_date();
    window.key(CTRL, Key::Z);
    assert_eq!(window.state().document.scenario().leasing.rental_usd_per_gpu_hour.value, 5.0);
    window.activate(Role::Button, "Remove pin A");
    assert!(window.state().pins.is_empty() && !window.has(Role::Button, "Open pin A"));
}

#[test]
fn there_are_only_so_many_pins() {
    let mut window = Window::open();
    for _ in 0..MOST_PINS {
        window.key(CTRL, Key::D);
    }
    assert_eq!(window.state().pins.len(), MOST_PINS);
    window.key(CTRL, Key::D);
    assert_eq!(window.state().pins.len(), MOST_PINS);
    assert!(window.reads(&format!("At most {MOST_PINS} pins")));
    window.click(Role::Button, "Dismiss message");
    assert!(!window.reads("At most"));
    // The letter of a removed pin is reused.
    window.activate(Role::Button, "Remove pin B");
    window.key(CTRL, Key::D);
    let letters: Vec<char> = window.state().pins.iter().map(|pin| pin.letter).collect();
    assert_eq!(letters, ['A', 'C', 'B']);
}

#[test]
fn a_pin_that_is_not_there_is_named() {
    let mut window = Window::open();
    for (action, said) in [
        (Action::OpenPin('Z'), "Not opened: there is no pin Z"),
        (Action::RenamePin('Z', "Stress".to_owned()), "Not renamed: there is no pin Z"),
    ] {
        window.request(action);
        assert!(window.reads(said), "{:#?}", window.texts());
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
fn a_pin_is_renamed_in_its_row_and_that_is_one_step() {
    let mut window = Window::open();
    window.set("Bitcoin price", "60k");
    window.click(Role::Button, "Pin");
    window.write(Role::TextInput, "Name of pin A", "Stress");
    window.key(Modifiers::NONE, Key::Enter);
    assert_eq!(window.state().pins[0].name, "Stress");
    assert!(window.reads("A Stress: "), "{:#?}", window.texts());
    window.key(CTRL, Key::Z);
    assert_eq!(window.state().pins[0].name, "Pin A");
    // A cancelled name and an empty one are discarded.
    window.write(Role::TextInput, "Name of pin A", "Other");
    window.key(Modifiers::NONE, Key::Escape);
    window.write(Role::TextInput, "Name of pin A", " ");
    window.key(Modifiers::NONE, Key::Enter);
    assert_eq!(window.state().pins[0].name, "Pin A");
}
