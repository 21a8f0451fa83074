//! A result that is older than the slider: it is dimmed, and nothing leaves its place.

use std::time::{Duration, Instant};

use egui::{Color32, Rect, Role};
use wattfolio::app::{Options, Simulate};
use wattfolio::state::{Action, Command};
use wattfolio_economics::catalogue;
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::scenario::Scenario;

use crate::support::window::Window;

/// Draws frames until the simulation belongs to what is shown.
fn wait(window: &mut Window) {
    let started = Instant::now();
    while window.state().risk.is_stale {
        assert!(started.elapsed() < Duration::from_mins(2), "waited in vain");
        std::thread::sleep(Duration::from_millis(20));
        window.harness().step();
    }
    window.harness().step();
}

/// A window whose simulation takes longer than a frame.
fn slow_window() -> Window {
    let mut scenario = Scenario::default();
    scenario.risk.paths = 200_000;
    let mut window = Window::with(Options {
        scenario: Some(scenario.validate().expect("valid")),
        simulate: Simulate::InBackground,
        ..Options::default()
    });
    wait(&mut window);
    window
}

/// A step of a drag: the one frame in which a slider has moved.
fn step(window: &mut Window, usd: f64) {
    let input = catalogue::find("bitcoin.price_usd").expect("an input");
    window.harness().state().request(Action::SetNumber { input, value: usd });
    window.harness().step();
    assert!(window.state().risk.is_stale, "the simulation is still that of the step before");
}

/// The colours of the drawn text with these words, by run.
fn colours(window: &mut Window, words: &str) -> Vec<Color32> {
    let harness = window.harness();
    let drawn = harness.output().shapes.iter().find_map(|clipped| match &clipped.shape {
        egui::Shape::Text(text) if text.galley.text().contains(words) => Some(text.galley.job.clone()),
        _ => None,
    });
    drawn.expect(words).sections.iter().map(|section| section.format.color).collect()
}

fn heights(window: &Window) -> Vec<Rect> {
    // What stands below the sentence, below the cards, and below the charts.
    ["Side by side", "× capital"].map(|name| window.node(Role::RadioButton, name).rect()).to_vec()
}

#[test]
fn a_drag_leaves_every_simulated_text_in_its_place() {
    let mut window = slow_window();
    let simulated = [" on plan and $", "on average", "of paths pay back within 10 y", "Loss risk"];
    let before = heights(&window);
    let assert_all = |window: &Window| {
        for words in simulated {
            assert!(window.reads(words), "{words} in {:#?}", window.texts());
        }
    };
    assert_all(&window);
    assert_eq!(colours(&mut window, "Leasing is worth most").len(), 1, "one colour at rest");
    for usd in [101_000.0, 102_000.0, 103_000.0] {
        step(&mut window, usd);
        assert_all(&window);
        assert_eq!(heights(&window), before);
        let colours = colours(&mut window, "Leasing is worth most");
        assert!(colours.len() > 1, "what is simulated is dimmed: {colours:?}");
        assert!(!window.reads("earlier scenario"), "words that come and go move the page");
    }
    wait(&mut window);
    assert_eq!(colours(&mut window, "Leasing is worth most").len(), 1);
}

#[test]
fn by_chance_of_loss_a_drag_keeps_ranking_and_badges() {
    let mut window = slow_window();
    window.harness().state().request(Action::Run(Command::for_criterion(Criterion::Loss)));
    window.harness().step();
    window.harness().step();
    let (sentence, before) = (window.state().verdict(), heights(&window));
    let winner = sentence.winner().expect("it is simulated").business;
    step(&mut window, 101_000.0);
    assert!(!window.reads("are being simulated"), "{:#?}", window.texts());
    assert!(window.reads("in 2") && window.reads("of 100 futures"), "{:#?}", window.texts());
    assert_eq!(window.state().verdict().winner().map(|winner| winner.business), Some(winner));
    assert_eq!(heights(&window), before);
    let badges =
        |window: &Window| window.texts().iter().filter(|text| text.contains(" by loss risk")).count();
    assert!(badges(&window) > 0 || window.reads("about equal"), "{:#?}", window.texts());
}

#[test]
fn what_an_ended_run_leaves_is_named_as_old() {
    let mut window = slow_window();
    step(&mut window, 101_000.0);
    window.harness().state().request(Action::Run(Command::CancelSimulation));
    window.harness().step();
    window.harness().step();
    // A machine that is done within a frame has nothing to end.
    if window.state().risk.is_stale {
        assert!(window.reads("Simulated figures are of an earlier scenario."), "{:#?}", window.texts());
    }
}
