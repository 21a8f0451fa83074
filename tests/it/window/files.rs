//! Presets on disk: saved, changed, opened again, refused, and never lost.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use egui::{Key, Modifiers, Role};
use wattfolio::state::Dialog;
use wattfolio::store;

use crate::support::files::{Dropped, closes, enter_path, folder, kept_in, open, save_as};
use crate::support::window::{CTRL, CTRL_SHIFT, Window};

#[test]
fn a_preset_saved_changed_and_reopened_is_identical() {
    let folder = folder();
    let path = folder.path().join("mine.ron");
    let mut window = Window::open();
    window.set("Rental rate", "2.5");
    window.set("Bitcoin price", "123456.789");
    window.set("Halving reward", "6.25");
    let (scenario, flows) = (window.state().document.scenario().clone(), window.flows());
    save_as(&mut window, &path, "Mine");
    assert!(window.reads("Saved to") && window.state().view.dialog.is_none());
    assert!(window.reads("Saved in mine.ron"), "{:#?}", window.texts());
    let bytes = fs::read(&path).expect("saved");
    window.set("Rental rate", "9");
    assert!(window.reads("Not saved"));
    open(&mut window, &path);
    assert_eq!(*window.state().document.scenario(), scenario);
    assert_eq!(window.flows(), flows);
    assert_eq!(window.state().document.title(), "Mine");
    window.assert_up_to_date();
    // Saving again, without a question, writes the same bytes.
    window.key(CTRL, Key::S);
    assert_eq!(window.state().view.dialog, None);
    assert_eq!(fs::read(&path).expect("saved"), bytes);
}

#[test]
fn the_story_of_a_preset_is_saved_with_it() {
    let folder = folder();
    let path = folder.path().join("story");
    let mut window = Window::open();
    save_as(&mut window, &path, "Story");
    let saved = store::load(&store::document_path(&path)).expect("saved with an ending").preset.about;
    let today = &store::bundled()[0].preset.about;
    assert_eq!((saved.title.as_str(), &saved.story), ("Story", &today.story));
    assert_eq!((&saved.sources, &saved.assumptions), (&today.sources, &today.assumptions));
}

#[test]
fn a_save_that_fails_keeps_the_dialog_and_the_work() {
    let mut window = Window::open();
    window.set("Rental rate", "2.5");
    save_as(&mut window, Path::new("/no/such/folder/mine.ron"), "Mine");
    assert!(window.reads("/no/such/folder/mine.ron"), "{:#?}", window.texts());
    assert!(matches!(window.state().view.dialog, Some(Dialog::SaveAs { .. })), "another path can be typed");
    assert!(window.state().document.is_unsaved());
    window.key(Modifiers::NONE, Key::Escape);
    assert_eq!(window.state().view.dialog, None);
}

#[test]
fn a_wrong_file_is_reported_with_line_and_field_and_changes_nothing() {
    let folder = folder();
    let cases = [
        (
            "type.ron",
            "(schema: 1, title: \"x\",\n scenario: (mining: (\n  pue: \"one\")))",
            "type.ron:3",
            "mining.pue",
        ),
        (
            "range.ron",
            "(schema: 1, title: \"x\",\n scenario: (mining: (\n  pue: 9.0)))",
            "range.ron:3",
            "mining.pue is 9; allowed: 1…3",
        ),
        ("field.ron", "(schema: 1, title: \"x\",\n scenario: (minning: ()))", "field.ron:2", "minning"),
        ("empty.ron", "", "empty.ron", "1:1"),
        ("newer.ron", "(schema: 99, title: 4)", "newer.ron", "newer version"),
    ];
    let mut window = Window::open();
    window.set("Rental rate", "2.5");
    let (scenario, flows) = (window.state().document.scenario().clone(), window.flows());
    for (name, text, place, words) in cases {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("written");
        open(&mut window, &path);
        let notice = window.state().view.notice.clone().expect("a message");
        assert!(notice.is_alert && notice.text.contains(place) && notice.text.contains(words), "{notice:?}");
        assert!(window.reads(&notice.text), "the message is drawn");
        assert_eq!((window.state().document.scenario(), window.flows()), (&scenario, flows.clone()));
        assert!(window.state().document.can_undo(), "the way back is still there");
    }
    open(&mut window, Path::new("/no/such/file.ron"));
    assert!(window.reads("/no/such/file.ron"));
    assert_eq!(*window.state().document.scenario(), scenario);
}

#[test]
fn a_file_dropped_on_the_window_is_opened() {
    let folder = folder();
    let path = folder.path().join("dropped.ron");
    fs::write(&path, "(schema: 1, title: \"Dropped\", scenario: (horizon_months: 60))").expect("written");
    let mut window = Window::open();
    window.harness().input_mut().dropped_files.push(Arc::new(Dropped(path)));
    window.settle();
    assert_eq!(window.state().document.title(), "Dropped");
    assert_eq!(window.state().document.scenario().horizon_months, 60);
    window.assert_up_to_date();
}

#[test]
fn a_file_of_an_earlier_version_says_what_counts_differently_until_it_is_saved() {
    let folder = folder();
    let path = folder.path().join("old.ron");
    fs::write(&path, "(schema: 1, title: \"Old\", scenario: (horizon_months: 60))").expect("written");
    let mut window = Window::open();
    open(&mut window, &path);
    let older = window.state().document.source().and_then(|source| source.older).expect("an older file");
    assert_eq!((older.schema, older.defaults), (1, "2026-10"));
    for line in older.changed() {
        assert!(window.reads(line), "{line} in {:#?}", window.texts());
    }
    window.key(CTRL, Key::S);
    open(&mut window, &path);
    assert_eq!(window.state().document.source().and_then(|source| source.older), None);
    assert!(!window.reads("earlier version"), "{:#?}", window.texts());
}

#[test]
fn a_picture_of_the_window_is_saved() {
    let folder = folder();
    let path = folder.path().join("window.png");
    let mut window = Window::open();
    window.harness().set_size(egui::vec2(1100.0, 700.0));
    window.settle();
    window.key(CTRL_SHIFT, Key::P);
    enter_path(&mut window, "Path of the picture", &path);
    assert!(window.reads("Picture saved to"), "{:#?}", window.texts());
    let file = std::io::BufReader::new(fs::File::open(&path).expect("saved"));
    let reader = png::Decoder::new(file).read_info().expect("a PNG");
    assert_eq!((reader.info().width, reader.info().height), (2200, 1400), "twice the size of the window");
    assert_eq!(window.state().view.dialog, None);
}

#[test]
fn unsaved_work_is_not_lost_by_closing() {
    let folder = folder();
    let mut window = Window::with(kept_in(&folder));
    assert!(closes(&mut window), "nothing is unsaved");
    window.set("Rental rate", "2.5");
    assert!(!closes(&mut window));
    assert!(window.reads("Quit without saving?"));
    window.click(Role::Button, "Cancel");
    assert_eq!(window.state().view.dialog, None);
    assert!(!closes(&mut window));
    window.click(Role::Button, "Quit without saving");
    assert!(closes(&mut window), "the user has agreed");
}
