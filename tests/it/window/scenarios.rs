//! The page of scenarios: what differs, what comes of it, and what can be done with each.

use egui::{Key, Modifiers, Role};
use wattfolio::app::Options;
use wattfolio::state::{Action, Command, Page, ScenarioAction, ScenariosView};
use wattfolio::store::{Chosen, Letter};
use wattfolio_economics::business::Business;
use wattfolio_economics::catalogue;
use wattfolio_economics::scenario::Scenario;

use crate::support::window::{CTRL, Window};

fn letter(text: &str) -> Letter {
    text.parse().expect("a letter")
}

/// A window on the page with three scenarios of few paths: 0, A with cheap power, and B, shown, with a high fee.
fn window() -> Window {
    let mut scenario = Scenario::default();
    scenario.risk.paths = 200;
    let scenario = Some(scenario.validate().expect("valid"));
    let mut window = Window::with(Options { scenario, ..Options::default() });
    for (id, text) in [("power.price_usd_per_kwh", "0.03"), ("hosting.fee_usd_per_kw_month", "150")] {
        window.request(Action::Scenario(letter("0"), ScenarioAction::Duplicate));
        let input = catalogue::find(id).expect("an input");
        window.request(Action::SetText { input, text: text.to_owned() });
    }
    // The second copy stands beside the original.
    window.request(Action::Scenario(letter("A"), ScenarioAction::MoveTo(1)));
    window.key(CTRL, Page::Scenarios.key());
    window
}

fn order(window: &Window) -> Vec<String> {
    window.state().scenarios.iter().map(|one| one.listed.label.letter.to_string()).collect()
}

#[test]
fn only_inputs_that_differ_are_listed_and_a_cell_edits_its_own_scenario() {
    let mut window = window();
    for name in ["Electricity cost in 0", "Electricity cost in A", "Hosting fee in B"] {
        assert!(window.has(Role::SpinButton, name), "{name}");
    }
    assert!(!window.has(Role::SpinButton, "Bitcoin price in A"));
    window.write(Role::SpinButton, "Electricity cost in A", "20");
    window.key(Modifiers::NONE, Key::Enter);
    let price = |window: &Window, index: usize| {
        window.state().scenarios[index].listed.scenario.power.price_usd_per_kwh.value
    };
    assert_eq!((price(&window, 0), price(&window, 1), price(&window, 2)), (0.045, 0.02, 0.045));
    window.activate(Role::Button, "Reset Electricity cost in A");
    assert_eq!(price(&window, 1), 0.045);
    assert!(!window.has(Role::SpinButton, "Electricity cost in A"), "it does not differ any more");
    window.key(CTRL, Key::Z);
    assert_eq!(price(&window, 1), 0.02);
    window.key(CTRL, Key::Z);
    assert_eq!(price(&window, 1), 0.03);
}

#[test]
fn a_cell_refuses_what_is_not_allowed_and_says_so() {
    let mut window = window();
    window.write(Role::SpinButton, "Hosting fee in A", "-5000");
    window.key(Modifiers::NONE, Key::Enter);
    assert!(window.reads("Scenario A. Hosting fee: "), "{:#?}", window.texts());
}

#[test]
fn measures_stand_beside_the_baseline_and_the_better_one_is_marked() {
    let window = window();
    let of = |words: &str| {
        let found: Vec<String> = window.texts().into_iter().filter(|text| text.starts_with(words)).collect();
        assert_eq!(found.len(), 1, "{words}: {found:?}");
        found.into_iter().next().unwrap_or_default()
    };
    assert!(!of("NPV mining in 0: ").contains("same"));
    assert!(of("NPV mining in A: ").ends_with(", best"), "{}", of("NPV mining in A: "));
    assert!(of("NPV mining in B: ").contains(" same"));
    assert!(of("NPV hosting in B: ").contains(" +$") && of("NPV hosting in B: ").ends_with(", best"));
    // Simulated figures of the others are there as well, of the same seed.
    assert!(of("Loss risk leasing in B: ").contains(" same"), "{}", of("Loss risk leasing in B: "));
    assert!(window.reads("One seed for all three"));
}

#[test]
fn any_measure_can_be_added_and_capital_has_no_better_one() {
    let mut window = window();
    window.click(Role::Button, "More measures ▼");
    window.activate(Role::Button, "Capital");
    assert_eq!(window.state().view.scenarios.measures, ["capex_usd"]);
    let rows: Vec<String> = window.texts().into_iter().filter(|text| text.starts_with("Capital ")).collect();
    assert_eq!(rows.len(), 3 * Business::COUNT, "{rows:?}");
    assert!(rows.iter().all(|row| !row.contains("best")), "{rows:?}");
}

#[test]
fn heads_show_menus_and_the_baseline_is_one_click() {
    let mut window = window();
    window.activate(Role::Button, "Scenario A Scenario A");
    assert_eq!(window.state().document.current(), letter("A"));
    window.activate(Role::Button, "Menu of scenario B");
    window.activate(Role::Button, "Make baseline");
    assert_eq!(window.state().document.baseline_letter(), letter("B"));
    window.activate(Role::Button, "Menu of scenario A");
    window.activate(Role::Button, "Move left");
    assert_eq!(order(&window), ["A", "0", "B"]);
    window.activate(Role::Button, "Menu of scenario 0");
    window.activate(Role::Button, "Delete");
    assert_eq!(order(&window), ["A", "B"]);
    window.key(CTRL, Key::Z);
    window.key(CTRL, Key::Z);
    window.key(CTRL, Key::Z);
    assert_eq!(order(&window), ["0", "A", "B"]);
    assert_eq!(window.state().document.baseline_letter(), letter("0"));
}

#[test]
fn a_head_is_dragged_to_another_place() {
    let mut window = window();
    let middle = |window: &Window, name: &str| window.node(Role::Button, name).rect().center();
    let (from, to) = (middle(&window, "Scenario B Scenario B"), middle(&window, "Scenario A Scenario A"));
    let harness = window.harness();
    harness.drag_at(from);
    harness.run();
    harness.hover_at(to);
    harness.run();
    harness.drop_at(to);
    harness.run();
    assert_eq!(order(&window), ["0", "B", "A"]);
}

#[test]
fn other_starts_and_horizons_are_said_and_are_not_subtracted() {
    let mut window = window();
    assert!(window.reads("at the rate of B hosting, "), "{:#?}", window.texts());
    let input = catalogue::find("horizon_months").expect("an input");
    window.request(Action::SetText { input, text: "96".to_owned() });
    assert!(window.reads("Horizons differ: 120 months in 0 and A, 96 months in B."), "{:#?}", window.texts());
    assert!(window.reads("These two cannot be subtracted"));
    assert!(window.reads("One plan has 96 months, the other 120; give both the same horizon."));
    let of = Some(Chosen::planned(letter("A"), Business::Hosting));
    let minus = Some(Chosen::planned(letter("0"), Business::Mining));
    let view = ScenariosView { of, minus, ..ScenariosView::default() };
    window.request(Action::SetScenarios(view));
    assert!(window.reads("at the rate of A hosting, "), "{:#?}", window.texts());
}

#[test]
fn what_is_known_of_a_scenario_stays_known_when_another_is_shown() {
    let mut window = window();
    let results = |window: &Window| {
        let one = |index: usize| std::sync::Arc::clone(&window.state().scenarios[index].comparison);
        [one(0), one(1), one(2)]
    };
    let before = results(&window);
    window.request(Action::Run(Command::ShowLeft));
    let after = results(&window);
    // The one that is shown is compared anew; the others are not.
    assert!(std::sync::Arc::ptr_eq(&before[0], &after[0]) && std::sync::Arc::ptr_eq(&before[2], &after[2]));
    let is_fresh = |one| window.state().simulated_of(one).is_some_and(|(_, is_old)| !is_old);
    assert!(window.state().scenarios.iter().all(is_fresh));
}

#[test]
fn choices_switches_and_texts_are_edited_in_their_cells() {
    let mut window = window();
    let set = |id: &str, text: &str| {
        let input = catalogue::find(id).expect("an input");
        Action::SetText { input, text: text.to_owned() }
    };
    // They differ in B, so that they have a row.
    window.request(set("power.contract", "Wholesale(hourly_sigma:0.5)"));
    window.request(set("start", "2027-01"));
    let text_of = |window: &Window, index: usize, id: &str| {
        let input = catalogue::find(id).expect("an input");
        input.text(&window.state().scenarios[index].listed.scenario).expect("it applies")
    };
    let before = text_of(&window, 0, "start");
    window.write(Role::TextInput, "Start in A", "2026-12");
    window.key(Modifiers::NONE, Key::Enter);
    assert_eq!(text_of(&window, 1, "start"), "2026-12", "{:#?}", window.texts());
    assert_eq!((text_of(&window, 0, "start"), text_of(&window, 2, "start")), (before, "2027-01".to_owned()));
    window.key(CTRL, Key::Z);
    assert!(text_of(&window, 1, "start") != "2026-12");
    let wholesale = text_of(&window, 2, "power.contract");
    assert!(text_of(&window, 1, "power.contract") != wholesale);
    window.activate(Role::ComboBox, "Power contract in A");
    window.activate(Role::Button, "Wholesale");
    assert!(text_of(&window, 1, "power.contract").starts_with("Wholesale"), "{:#?}", window.texts());
    assert!(!text_of(&window, 0, "power.contract").starts_with("Wholesale"));
}
