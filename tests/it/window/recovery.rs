//! Unsaved work: kept, offered, restored, declined, and never lost.

use std::fs;
use std::path::{Path, PathBuf};

use egui::{Key, Modifiers, Role};
use tempfile::TempDir;
use wattfolio::state::{Action, Life};
use wattfolio::store;

use crate::support::files::{closes, folder, kept_in, save_as};
use crate::support::window::{CTRL, Window};

fn start(folder: &TempDir) -> Window {
    Window::with(kept_in(folder))
}

/// Ends without cleanup, and the system releases the lock.
fn crash(window: Window) {
    drop(window);
}

fn kept_files(folder: &TempDir) -> Vec<PathBuf> {
    let entries = folder.path().join("recovery").read_dir().into_iter().flatten().flatten();
    entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|own| own == "ron"))
        .collect()
}

fn recover(window: &mut Window, title: &str) {
    window.key(CTRL, Key::K);
    window.text("recover");
    window.key(Modifiers::NONE, Key::Enter);
    window.activate(Role::Button, &format!("Restore {title}"));
}

const TODAY: &str = "Today: 20 MW powered site";

#[test]
fn unsaved_work_survives_a_crash_and_is_unsaved_still() {
    let folder = folder();
    let mut window = start(&folder);
    window.click(Role::Button, "New scenario");
    window.set("Rental rate", "2.5");
    let scenario = window.state().document.scenario().clone();
    crash(window);
    let mut window = start(&folder);
    assert!(window.reads("Unsaved work of an earlier run was kept"));
    assert_ne!(*window.state().document.scenario(), scenario);
    recover(&mut window, TODAY);
    assert_eq!(*window.state().document.scenario(), scenario);
    assert_eq!(window.state().scenarios.len(), 2);
    window.assert_up_to_date();
    assert_eq!(window.state().document.life(), Life::Restored);
    assert!(window.reads("Restored, not saved") && window.reads("1 changed from baseline"));
    // Restored work is unsaved: closing asks about it, and a crash keeps it again.
    assert!(!closes(&mut window));
    window.click(Role::Button, "Cancel");
    crash(window);
    let mut window = start(&folder);
    recover(&mut window, TODAY);
    assert_eq!(*window.state().document.scenario(), scenario);
    // Dropping the window waits for the autosave thread.
    crash(window);
    assert_eq!(kept_files(&folder).len(), 1, "taken over by this instance");
}

#[test]
fn pending_work_is_not_overwritten_and_several_files_are_listed() {
    let folder = folder();
    for (name, value) in [("Rental rate", "2.5"), ("GPU capex", "45000")] {
        let mut window = start(&folder);
        window.set(name, value);
        crash(window);
    }
    let old = kept_files(&folder);
    let mut window = start(&folder);
    assert!(window.reads("Unsaved work of 2 earlier runs was kept"));
    window.set("Hosting fee", "150");
    assert!(old.len() == 2 && old.iter().all(|file| file.exists()), "its own comes third, on its thread");
    // A second window is offered the work of ended instances, never of living ones.
    let second = start(&folder);
    assert_eq!(second.state().kept.len(), 2);
    drop(second);
    window.key(CTRL, Key::K);
    window.text("recover");
    window.key(Modifiers::NONE, Key::Enter);
    assert_eq!(window.count(Role::Button, &format!("Restore {TODAY}")), 2);
}

#[test]
fn declined_work_is_not_offered_again_and_can_still_be_restored() {
    let folder = folder();
    let mut window = start(&folder);
    window.set("Rental rate", "2.5");
    let scenario = window.state().document.scenario().clone();
    crash(window);
    let mut window = start(&folder);
    window.key(CTRL, Key::K);
    window.text("recover");
    window.key(Modifiers::NONE, Key::Enter);
    window.activate(Role::Button, &format!("Decline {TODAY}"));
    assert!(window.reads("No unsaved work is waiting.") && window.reads("Declined or left behind"));
    assert!(closes(&mut window));
    drop(window);
    let mut window = start(&folder);
    assert!(!window.reads("Unsaved work"));
    recover(&mut window, TODAY);
    assert_eq!(*window.state().document.scenario(), scenario);
}

#[test]
fn work_left_by_opening_or_quitting_can_be_restored_for_a_while() {
    let folder = folder();
    let mut window = start(&folder);
    window.set("Rental rate", "2.5");
    let first = window.state().document.scenario().clone();
    window.request(Action::OpenBundled(store::find_bundled("hodl").expect("bundled")));
    window.set("Rental rate", "2.6");
    assert!(!closes(&mut window));
    window.click(Role::Button, "Quit without saving");
    window.request(Action::DismissNotice);
    window.harness().state_mut().on_exit();
    drop(window);
    let window = start(&folder);
    assert!(!window.reads("Unsaved work"), "nothing is asked");
    let kept = &window.state().kept;
    assert!(kept.len() == 2 && kept.iter().all(|kept| kept.is_declined));
    let scenarios: Vec<_> = kept.iter().map(|kept| &kept.work.as_ref().unwrap().preset.scenario).collect();
    assert!(scenarios.contains(&&first));
}

#[test]
fn a_scenario_with_a_fault_is_kept_as_it_is() {
    let folder = folder();
    let mut window = start(&folder);
    let mut correlation = window.state().document.scenario().risk.correlation.clone();
    (correlation.bitcoin_network, correlation.bitcoin_rental, correlation.network_rental) = (0.9, 0.9, -0.9);
    window.request(Action::SetCorrelations(correlation.clone()));
    assert!(window.state().results.faults.is_some());
    crash(window);
    let mut window = start(&folder);
    recover(&mut window, TODAY);
    assert_eq!(window.state().document.scenario().risk.correlation, correlation);
    assert!(window.reads("The results are those of the last valid inputs"));
}

#[test]
fn an_unwritable_folder_is_reported_and_damage_is_reported_once() {
    let folder = folder();
    fs::write(folder.path().join("recovery"), "in the way").expect("written");
    let mut window = start(&folder);
    window.set("Rental rate", "2.5");
    // The thread reports with a delay.
    for _ in 0..200 {
        window.settle();
        if window.state().keeping_problem.is_some() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    window.settle();
    assert!(window.reads("Unsaved work is not kept against a crash"), "{:#?}", window.texts());
    drop(window);
    fs::remove_file(folder.path().join("recovery")).expect("removed");

    let mut window = start(&folder);
    window.set("Rental rate", "2.5");
    crash(window);
    let file = kept_files(&folder).remove(0);
    let text = fs::read_to_string(&file).expect("kept");
    fs::write(&file, &text[..100]).expect("damaged");
    let window = start(&folder);
    assert!(window.reads("damaged"));
    drop(window);
    let mut window = start(&folder);
    assert!(!window.reads("damaged"));
    window.key(CTRL, Key::K);
    window.text("recover");
    window.key(Modifiers::NONE, Key::Enter);
    assert!(window.reads("Damaged"), "it is listed");
}

#[test]
fn restored_work_knows_its_file() {
    let folder = folder();
    let path = folder.path().join("plan.ron");
    let mut window = start(&folder);
    save_as(&mut window, &path, "Plan");
    window.set("Rental rate", "2.5");
    crash(window);
    let mut window = start(&folder);
    recover(&mut window, "Plan");
    assert_eq!(window.state().document.file(), Some(Path::new(&path)));
    window.key(CTRL, Key::S);
    assert_eq!(window.state().view.dialog, None, "its file is as it was: nothing to ask");
    assert!(window.reads("Saved in plan.ron"));
    assert!(closes(&mut window));
}

#[test]
fn unsaved_work_that_is_gone_is_named() {
    let folder = folder();
    let mut window = start(&folder);
    let gone = folder.path().join("gone.ron");
    for action in [Action::Restore(gone.clone()), Action::Decline(gone.clone())] {
        window.request(action);
        assert!(window.reads("gone.ron is no longer among the unsaved work"), "{:#?}", window.texts());
        window.click(Role::Button, "Dismiss message");
    }
}
