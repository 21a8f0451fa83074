//! The gallery: what a card says, by which criterion and on which basis, and what it simulates beside the frame.

use std::time::{Duration, Instant};

use egui::{Key, Role};
use wattfolio::app::{Options, Simulate};
use wattfolio::state::{Action, Command};
use wattfolio::store::{Preset, bundled, find_bundled};
use wattfolio::words::verdict::Judged;
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::verdict::Criterion;

use crate::support::window::{CTRL, Window};

/// The gallery in a window that shows every card.
fn gallery(options: Options) -> Window {
    let mut window = Window::with(options);
    window.harness().set_size(egui::vec2(1600.0, 2400.0));
    window.settle();
    window.key(CTRL, Key::G);
    window
}

fn preset(name: &str) -> &'static Preset {
    &find_bundled(name).expect("bundled").preset
}

fn sentence(preset: &Preset, basis: Basis, criterion: Criterion) -> String {
    Judged::new(&preset.scenario, basis, criterion, None).expect("threads").sentence.to_string()
}

#[test]
fn a_card_says_what_speaks_against_the_winner_and_what_came() {
    let window = gallery(Options::default());
    for bundled in bundled() {
        let (preset, view) = (&bundled.preset, bundled.preset.view);
        let verdict = sentence(preset, view.basis, view.criterion);
        assert!(window.shows(&verdict), "{}: {verdict}", bundled.name);
        if let Some(variant) = preset.what_came() {
            let came = Judged::new(&variant.scenario, view.basis, view.criterion, None).expect("threads");
            assert!(window.shows(&format!("What came: {}", came.sentence)), "{}", bundled.name);
        }
        // A plan of the past that tells what came itself has the plan of then beside it.
        if let Some(then) = wattfolio::market_data::plan_of_then(preset, view) {
            assert!(window.shows(&format!("The plan of then: {then}")), "{}", bundled.name);
        }
    }
    assert!(bundled().iter().filter(|bundled| bundled.preset.what_came().is_some()).count() >= 9);
}

#[test]
fn a_card_goes_by_the_criterion_and_basis_of_its_file_until_another_is_chosen() {
    let mut window = gallery(Options::default());
    assert!(window.shows("By payback leasing comes first, at 4.2 years"), "of the file of the old machines");
    let crash = preset("crash-2022");
    assert_eq!(crash.view.basis, Basis::EquityAfterTax, "the case that is meant");
    assert!(window.shows(&sentence(crash, Basis::EquityAfterTax, Criterion::Value)));
    let tags = format!("Bitcoin cycles   Debt   {}", Basis::EquityAfterTax.label().to_lowercase());
    assert!(window.shows(&tags), "{tags}");
    window.key(egui::Modifiers::NONE, Key::Escape);
    window.request(Action::Run(Command::for_criterion(Criterion::Irr)));
    window.key(CTRL, Key::G);
    assert!(!window.shows("By payback"));
    let today = preset("today");
    assert!(window.shows(&sentence(today, today.view.basis, Criterion::Irr)));
}

#[test]
fn the_usual_criterion_can_be_asked_of_a_file_that_says_another() {
    let mut window = gallery(Options::default());
    let old =
        bundled().iter().find(|one| one.preset.view.criterion == Criterion::Payback).expect("one by payback");
    let view = old.preset.view;
    assert!(window.shows(&sentence(&old.preset, view.basis, Criterion::Payback)));
    window.click(Role::ComboBox, "Best by");
    window.click(Role::Button, Criterion::Value.label());
    assert!(window.shows(&sentence(&old.preset, view.basis, Criterion::Value)));
    assert!(!window.shows(&sentence(&old.preset, view.basis, Criterion::Payback)));
    // A choice of the gallery is none of the open scenario.
    assert_eq!(window.state().document.criterion(), Criterion::default());
    window.click(Role::ComboBox, "Best by");
    window.click(Role::Button, "what each file says");
    assert!(window.shows(&sentence(&old.preset, view.basis, Criterion::Payback)));
}

#[test]
fn by_chance_of_loss_the_cards_are_simulated_beside_the_frame_one_at_a_time() {
    let options = Options { simulate: Simulate::InBackground, ..Options::default() };
    let mut window = Window::with(options);
    window.harness().set_size(egui::vec2(1600.0, 2400.0));
    window.harness().step();
    for command in [Command::for_criterion(Criterion::Loss), Command::OpenGallery] {
        window.harness().state().request(Action::Run(command));
        window.harness().step();
    }
    // A dialog is measured in its first frame, and drawn in the second.
    window.harness().step();
    assert!(window.shows("Simulating…"), "no frame waits for eighteen simulations");
    assert!(window.reads("2,000 simulated paths of each"), "{:#?}", window.texts());
    let started = Instant::now();
    while window.state().examples.missing(Some(Criterion::Loss)).next().is_some() {
        assert!(started.elapsed() < Duration::from_mins(2), "waited in vain");
        std::thread::sleep(Duration::from_millis(5));
        window.harness().step();
        assert!(window.state().examples.awaited <= 1, "one at a time");
    }
    window.harness().step();
    assert!(!window.shows("Simulating…"));
    for name in ["today", "crash-2022"] {
        let preset = preset(name);
        assert!(window.shows(&sentence(preset, preset.view.basis, Criterion::Loss)), "{name}");
    }
    // A closed gallery simulates nothing, and an open one what it has is enough.
    window.harness().step();
    assert_eq!(window.state().examples.awaited, 0);
}
