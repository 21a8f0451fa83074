//! Saving: content, questions before it, and undo after it.

use std::fs;
use std::path::Path;

use egui::{Event, Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use wattfolio::state::{Action, Command, Dialog, Life, SaveQuestion};
use wattfolio::store;
use wattfolio_economics::business::Business;
use wattfolio_economics::units::Unit;

use crate::support::files::{closes, enter_path, folder, kept_in, open, save_as};
use crate::support::window::{CTRL, CTRL_SHIFT, Window};

fn life(window: &Window) -> Life {
    window.state().document.life()
}

/// The open question.
fn question(window: &Window) -> Option<SaveQuestion> {
    match &window.state().view.dialog {
        Some(Dialog::ConfirmSave { question, .. }) => Some(question.clone()),
        _ => None,
    }
}

#[test]
fn undo_after_saving_is_a_change() {
    let folder = folder();
    let mut window = Window::with(kept_in(&folder));
    window.set("Rental rate", "2.5");
    save_as(&mut window, &folder.path().join("plan.ron"), "Plan");
    assert_eq!(life(&window), Life::Saved);
    window.key(CTRL, Key::Z);
    assert!(life(&window) == Life::Changed && window.reads("Not saved"));
    assert!(!closes(&mut window), "the file holds another value");
    window.click(Role::Button, "Save and quit");
    assert!(closes(&mut window));
    let saved = store::load(&folder.path().join("plan.ron")).expect("saved").preset;
    assert_eq!(saved.scenario.leasing.rental_usd_per_gpu_hour.value, 3.7);
}

#[test]
fn page_zoom_and_theme_are_no_changes_and_the_basis_is_one() {
    let folder = folder();
    let mut window = Window::open();
    save_as(&mut window, &folder.path().join("plan.ron"), "Plan");
    for key in [Key::Num2, Key::Plus] {
        window.key(CTRL, key);
    }
    assert_eq!(life(&window), Life::Saved);
    window.key(CTRL_SHIFT, Key::E);
    assert_eq!(life(&window), Life::Changed);
    window.key(CTRL, Key::S);
    let mut other = Window::open();
    open(&mut other, &folder.path().join("plan.ron"));
    assert_eq!(other.state().document.basis().id(), window.state().document.basis().id());
    assert_eq!(other.state().results.comparison.basis, window.state().document.basis());
}

#[test]
fn the_row_of_the_baseline_keeps_its_own_name_after_saving_under_another() {
    let folder = folder();
    let mut window = Window::open();
    window.set("Rental rate", "2.5");
    let today = &store::bundled()[0].preset.about.title;
    let of_baseline = |window: &mut Window| -> Vec<String> {
        let rows = window.harness().query_all_by_role(egui::Role::Label);
        let names = rows.filter_map(|row| row.accesskit_node().value());
        names.filter(|name| name.starts_with("Baseline: ")).collect()
    };
    let before = of_baseline(&mut window);
    let figure = wattfolio::format::short(
        window.state().results.baseline.business(Business::Leasing).expect("evaluated").measures.npv_usd,
        Unit::Usd,
    );
    assert!(before.len() == 1 && before[0].starts_with(&format!("Baseline: {today}; ")), "{before:?}");
    assert!(before[0].contains(&format!("NPV {figure}")), "{before:?}");
    save_as(&mut window, &folder.path().join("plan.ron"), "My own plan");
    assert_eq!(window.state().document.title(), "My own plan");
    assert_eq!(of_baseline(&mut window), before);
    // A new baseline is called what it is.
    window.request(Action::Run(Command::SetBaseline));
    window.set("Rental rate", "3");
    let now = of_baseline(&mut window);
    assert!(now.len() == 1 && !now[0].contains(today) && !now[0].contains(&figure), "{now:?}");
}

#[test]
fn scenarios_are_saved_together_with_their_names() {
    let folder = folder();
    let path = folder.path().join("plan.ron");
    let mut window = Window::open();
    window.set("Rental rate", "2.5");
    window.click(Role::Button, "New scenario");
    window.set("Rental rate", "5");
    window.click(Role::Button, "New scenario");
    window.set("Rental rate", "6");
    let content = window.state().document.content().clone();
    save_as(&mut window, &path, "Plan");
    let saved = store::load(&path).expect("saved").preset;
    let names: Vec<_> = saved.variants.iter().map(|variant| variant.name.as_str()).collect();
    assert_eq!(names, ["Scenario A", "Scenario B"]);
    assert_eq!(saved.scenario.leasing.rental_usd_per_gpu_hour.value, 2.5);
    assert!(std::fs::read_to_string(&path).expect("text").contains("schema: 2,"), "nothing new is in it");
    let mut other = Window::open();
    open(&mut other, &path);
    assert!(other.state().document.content().in_order().eq(content.in_order()));
    // Deleting one is a change, and undo restores it.
    other.activate(Role::Button, "Delete scenario A");
    assert_eq!(life(&other), Life::Changed);
    other.key(CTRL, Key::Z);
    assert_eq!((life(&other), other.state().scenarios.len()), (Life::Saved, 3));
}

#[test]
fn files_are_opened_into_one_document() {
    let folder = folder();
    let path = folder.path().join("other.ron");
    std::fs::write(&path, store::to_text(&store::bundled()[1].preset).expect("text")).expect("written");
    let mut window = Window::open();
    let before = window.state().scenarios.len();
    window.request(Action::OpenInto(path.clone()));
    let added = 1 + store::bundled()[1].preset.variants.len();
    assert_eq!(window.state().scenarios.len(), before + added);
    assert!(window.reads(" added from "), "{:#?}", window.texts());
    window.key(CTRL, Key::Z);
    assert_eq!(window.state().scenarios.len(), before);
    // Several at once: the first is the document, the others are added.
    window.request(Action::OpenTogether(vec![path.clone(), path.clone()]));
    assert_eq!(window.state().scenarios.len(), 2 * added);
    assert_eq!(window.state().document.file(), Some(path.as_path()));
    window.request(Action::OpenInto(folder.path().join("nobody.ron")));
    assert!(window.reads("Not added, your scenarios are as they were"), "{:#?}", window.texts());
}

#[test]
fn undo_after_opening_an_example_restores_the_other_scenarios() {
    let mut window = Window::open();
    window.set("Rental rate", "2.5");
    window.click(Role::Button, "New scenario");
    let content = window.state().document.content().clone();
    let example = store::find_bundled("tight-grid").expect("bundled");
    window.request(Action::OpenBundled(example));
    assert_eq!(window.state().scenarios.len(), 1 + example.preset.variants.len());
    window.key(CTRL, Key::Z);
    assert_eq!(*window.state().document.content(), content);
    assert_eq!(window.state().scenarios.len(), 2);
    window.assert_up_to_date();
}

#[test]
fn an_existing_file_is_not_replaced_without_a_question() {
    let folder = folder();
    let (plan, notes) = (folder.path().join("plan.ron"), folder.path().join("notes.ron"));
    store::save(&store::bundled()[1].preset, &plan).expect("saved");
    fs::write(&notes, "my notes").expect("written");
    let mut window = Window::open();
    save_as(&mut window, &plan, "Mine");
    assert_eq!(question(&window), Some(SaveQuestion::Replaces));
    window.click(Role::Button, "Cancel");
    assert_ne!(store::load(&plan).expect("untouched").preset.about.title, "Mine");
    save_as(&mut window, &notes, "Mine");
    assert_eq!(question(&window), Some(SaveQuestion::NotAPreset));
    window.click(Role::Button, "Cancel");
    assert_eq!(fs::read_to_string(&notes).expect("untouched"), "my notes");
    save_as(&mut window, &plan, "Mine");
    window.click(Role::Button, "Replace");
    assert_eq!(life(&window), Life::Saved);
    assert_eq!(store::load(&plan).expect("replaced").preset.about.title, "Mine");
    // Saving to the open file asks nothing.
    window.set("Rental rate", "2.5");
    save_as(&mut window, &plan, "Mine");
    assert_eq!(window.state().view.dialog, None);
    // Pictures neither.
    let picture = folder.path().join("view.png");
    fs::write(&picture, "no picture").expect("written");
    window.key(CTRL_SHIFT, Key::P);
    enter_path(&mut window, "Path of the picture", &picture);
    assert!(window.reads("Replace view.png?"));
    window.click(Role::Button, "Cancel");
    assert_eq!(fs::read_to_string(&picture).expect("untouched"), "no picture");
    window.key(CTRL_SHIFT, Key::P);
    enter_path(&mut window, "Path of the picture", &folder.path().join("view.jpg"));
    assert!(window.reads("view.jpg would be a JPEG picture by its name, and pictures are PNG"));
}

#[test]
fn an_ending_is_added_and_found_again() {
    let folder = folder();
    let name = folder.path().join("plan v1.5");
    let mut window = Window::open();
    window.set("Rental rate", "2.5");
    save_as(&mut window, &name, "Plan");
    assert!(folder.path().join("plan v1.5.wattfolio.ron").exists() && !name.exists());
    let mut other = Window::open();
    open(&mut other, &name);
    assert_eq!(other.state().document.scenario(), window.state().document.scenario());
}

#[test]
fn comments_are_not_dropped_without_a_question() {
    let folder = folder();
    let path = folder.path().join("plan.ron");
    let text = "(schema: 2, title: \"Plan\", scenario: (\n    // Why so long?\n    horizon_months: 240))";
    fs::write(&path, text).expect("written");
    let mut window = Window::open();
    open(&mut window, &path);
    window.set("Rental rate", "2.5");
    window.key(CTRL, Key::S);
    assert_eq!(question(&window), Some(SaveQuestion::Comments(1)));
    window.click(Role::Button, "Cancel");
    assert_eq!(fs::read_to_string(&path).expect("untouched"), text);
    window.key(CTRL, Key::S);
    window.click(Role::Button, "Save without comments");
    assert_eq!(life(&window), Life::Saved);
    window.set("Rental rate", "2.6");
    window.key(CTRL, Key::S);
    assert_eq!((question(&window), life(&window)), (None, Life::Saved), "there are none left to lose");
}

#[test]
fn files_changed_by_others_are_asked_about() {
    let folder = folder();
    let path = folder.path().join("plan.ron");
    let mut window = Window::open();
    save_as(&mut window, &path, "Plan");
    fs::write(&path, "(schema: 2, title: \"Theirs\")").expect("written");
    window.set("Rental rate", "2.5");
    window.key(CTRL, Key::S);
    assert_eq!(question(&window), Some(SaveQuestion::ChangedOnDisk));
    window.click(Role::Button, "Replace");
    assert_eq!(life(&window), Life::Saved);
    // The window checks the file when it gets the focus.
    fs::write(&path, "(schema: 2, title: \"Theirs\")").expect("written");
    for is_focused in [false, true] {
        window.harness().input_mut().focused = is_focused;
        window.frame(Event::WindowFocused(is_focused));
        window.settle();
    }
    assert_eq!(life(&window), Life::ChangedOnDisk);
    assert!(window.reads("plan.ron was changed by somebody else"));
    // A deleted file is written again without a question.
    fs::remove_file(&path).expect("removed");
    window.key(CTRL, Key::S);
    assert!(path.exists() && life(&window) == Life::Saved);
    let mut permissions = path.metadata().expect("there").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).expect("set");
    window.set("Rental rate", "2.6");
    window.key(CTRL, Key::S);
    assert!(matches!(question(&window), Some(SaveQuestion::ReadOnly(_))));
    assert!(!window.has(Role::Button, "Replace"));
    window.click(Role::Button, "Save as…");
    enter_path(&mut window, "Path of the file", &folder.path().join("copy.ron"));
    assert_eq!(life(&window), Life::Saved);
}

#[test]
fn a_newer_file_opens_read_only_as_far_as_it_can_be_read() {
    let folder = folder();
    let path = folder.path().join("newer.ron");
    let text = "(schema: 9, title: \"Later\", mood: (good: [1, 2]), scenario: (horizon_months: 60, \
                mining: (pue: 1.2, robots: 4, treasury: Dance(steps: 3)), hosting: (pue: 99.0)))";
    fs::write(&path, text).expect("written");
    let mut window = Window::open();
    open(&mut window, &path);
    let notice = window.state().view.notice.clone().expect("a message").text;
    for field in ["mood", "scenario.mining.robots", "scenario.mining.treasury", "hosting.pue"] {
        assert!(notice.contains(field), "{notice}");
    }
    let scenario = window.state().document.scenario();
    assert_eq!((scenario.horizon_months, scenario.mining.pue), (60, 1.2));
    assert!(life(&window) == Life::ReadOnly && window.reads("newer.ron, read-only"));
    window.key(CTRL, Key::S);
    assert_eq!(question(&window), Some(SaveQuestion::Newer { schema: 9 }));
    assert_eq!(fs::read_to_string(&path).expect("untouched"), text);
}

#[test]
fn saving_takes_a_half_typed_number() {
    let folder = folder();
    let path = folder.path().join("plan.ron");
    let mut window = Window::open();
    save_as(&mut window, &path, "Plan");
    window.write(Role::SpinButton, "Rental rate", "2.5");
    window.key(CTRL, Key::S);
    let saved = || store::load(&path).expect("saved").preset.scenario.leasing.rental_usd_per_gpu_hour.value;
    assert_eq!((saved(), life(&window)), (2.5, Life::Saved));
    // A refused value stops the save.
    window.write(Role::SpinButton, "Rental rate", "-4");
    window.key(CTRL, Key::S);
    assert!(window.reads("Nothing was done, because a typed value is refused"), "{:#?}", window.texts());
    assert_eq!(saved(), 2.5);
}

#[test]
fn closing_takes_a_half_typed_number() {
    let folder = folder();
    let mut window = Window::with(kept_in(&folder));
    window.write(Role::SpinButton, "Rental rate", "2.5");
    assert!(!closes(&mut window));
    assert_eq!(window.state().document.scenario().leasing.rental_usd_per_gpu_hour.value, 2.5);
}

#[test]
fn undo_in_a_text_field_undoes_the_text() {
    let mut window = Window::open();
    window.set("Rental rate", "2.5");
    window.key(CTRL, Key::F);
    window.text("power");
    window.key(CTRL, Key::Z);
    assert_eq!(window.state().document.scenario().leasing.rental_usd_per_gpu_hour.value, 2.5);
    assert_eq!(window.state().view.inputs.search, "");
    window.key(CTRL_SHIFT, Key::Z);
    assert_eq!(window.state().view.inputs.search, "power");
}

#[test]
fn the_texts_of_the_document_are_edited_in_one_dialog() {
    let mut window = Window::open();
    window.set("Rental rate", "2.5");
    window.key(CTRL, Key::K);
    window.text("document");
    window.key(Modifiers::NONE, Key::Enter);
    let today = &store::bundled()[0].preset.about;
    assert!(
        matches!(&window.state().view.dialog, Some(Dialog::Document(form)) if form.based_on == today.title)
    );
    window.write(Role::TextInput, "Title", "Mine");
    window.write(Role::MultilineTextInput, "Notes", "Ask the utility");
    window.click(Role::Button, "Apply");
    let about = window.state().document.about();
    assert_eq!((about.title.as_str(), about.notes.as_str()), ("Mine", "Ask the utility"));
    assert_eq!((&about.story, &about.facts), (&today.story, &today.facts));
    assert_eq!(about.based_on, today.title);
    window.key(CTRL, Key::Z);
    assert_eq!(window.state().document.title(), today.title);
}

#[test]
fn a_pipe_is_not_opened() {
    #[cfg(unix)]
    {
        let folder = folder();
        let path = folder.path().join("pipe.ron");
        rustix::fs::mknodat(rustix::fs::CWD, &path, rustix::fs::FileType::Fifo, 0o600.into(), 0)
            .expect("a pipe");
        let mut window = Window::open();
        open(&mut window, &path);
        assert!(window.reads("a pipe, not a file"));
        save_as(&mut window, Path::new(&path), "Mine");
        assert_eq!(question(&window), Some(SaveQuestion::NotAPreset));
        window.click(Role::Button, "Replace");
        assert!(window.reads("a pipe, not a file"));
    }
}
