//! The winner map in the window: its point moves both inputs, its menus choose the axes.

use egui::{Event, Key, Modifiers, Pos2, Rect, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use wattfolio::state::{Action, Command, Page, WinnerMapView};
use wattfolio_economics::answers::WinnerMap;
use wattfolio_economics::catalogue;
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::scenario::Scenario;

use crate::support::window::{CTRL, Window};

fn open() -> Window {
    let mut window = Window::open();
    window.request(Action::Run(Command::Page(Page::WinnerMap)));
    window
}

/// Where the map stands, without its axes.
fn map_place(window: &mut Window) -> Rect {
    let harness = window.harness();
    let nodes = harness.query_all_by_role(Role::Image);
    let is_map = |label: Option<String>| label.is_some_and(|label| label.starts_with("Winner map of "));
    nodes.into_iter().find(|node| is_map(node.accesskit_node().label())).expect("the map").rect()
}

fn pair(scenario: &Scenario) -> (f64, f64) {
    let rental = &scenario.leasing.rental_usd_per_gpu_hour;
    (scenario.bitcoin.price_usd.value, rental.growth_per_year)
}

#[test]
fn a_drag_of_the_point_moves_both_inputs_in_one_step_and_changes_no_cell() {
    let mut window = open();
    let before = window.state().document.scenario().clone();
    let cells = window.state().winner_map.found.as_ref().expect("a map").map.cells.clone();
    let rect = map_place(&mut window);
    let at = |x: f32, y: f32| Pos2::new(egui::lerp(rect.x_range(), x), egui::lerp(rect.y_range(), y));
    let places = [at(0.4, 0.3), at(0.5, 0.4), at(0.6, 0.5), at(0.7, 0.6)];
    window.frame(Event::PointerMoved(places[0]));
    window.button_frame(places[0], true);
    let mut last = pair(&before);
    for place in &places[1..] {
        window.frame(Event::PointerMoved(*place));
        let now = pair(window.state().document.scenario());
        assert!(now.0 != last.0 && now.1 != last.1, "{now:?} after {last:?}");
        last = now;
    }
    window.button_frame(places[3], false);
    window.settle();
    let found = window.state().winner_map.found.as_ref().expect("a map");
    assert!(found.map.cells == cells, "a map has both inputs at every value already");
    window.key(CTRL, Key::Z);
    assert_eq!(*window.state().document.scenario(), before);
    assert!(!window.state().document.can_undo());
}

#[test]
fn arrows_move_the_point_by_a_cell() {
    let mut window = open();
    let rect = map_place(&mut window);
    let (x, y) = pair(window.state().document.scenario());
    window.frame(Event::PointerMoved(rect.center()));
    window.button_frame(rect.center(), true);
    window.button_frame(rect.center(), false);
    window.settle();
    let clicked = pair(window.state().document.scenario());
    assert!(clicked.0 != x && clicked.1 != y, "a click sets the point");
    window.key(Modifiers::NONE, Key::ArrowRight);
    window.key(Modifiers::NONE, Key::ArrowDown);
    let moved = pair(window.state().document.scenario());
    assert!(moved.0 > clicked.0 && moved.1 < clicked.1, "{clicked:?} {moved:?}");
}

#[test]
fn the_map_follows_inputs_axes_basis_and_criterion() {
    let mut window = open();
    let axes = |window: &Window| {
        let map = &window.state().winner_map.found.as_ref().expect("a map").map;
        (map.x.input.id, map.y.input.id, map.criterion)
    };
    let usual = ("bitcoin.price_usd", "leasing.rental_usd_per_gpu_hour.growth_per_year", Criterion::Value);
    assert_eq!(axes(&window), usual);
    let before = window.state().winner_map.found.as_ref().expect("a map").map.cells.clone();
    window.set("Hosting fee", "200");
    assert!(window.state().winner_map.found.as_ref().expect("a map").map.cells != before);
    window.click(Role::Button, "Swap");
    assert_eq!(axes(&window), (usual.1, usual.0, Criterion::Value));
    let fee = catalogue::find("hosting.fee_usd_per_kw_month").expect("an input");
    window.request(Action::SetWinnerMap(WinnerMapView { x: Some(fee), y: Some(fee) }));
    assert_eq!(axes(&window), (fee.id, usual.1, Criterion::Value), "one input cannot be both axes");
    window.request(Action::Run(Command::for_criterion(Criterion::Payback)));
    assert_eq!(axes(&window).2, Criterion::Payback);
    window.request(Action::Run(Command::for_criterion(Criterion::Loss)));
    assert_eq!(axes(&window).2, Criterion::Value);
    assert!(window.reads("By chance of loss every cell would need a simulation"));
}

#[test]
fn the_cell_of_today_is_the_verdict_of_today() {
    let window = open();
    let state = window.state();
    let map = &state.winner_map.found.as_ref().expect("a map").map;
    let cell = WinnerMap::judged(&state.results.scenario, map.basis, map.criterion);
    assert_eq!(cell.field.first(), state.verdict().winner().map(|winner| winner.business));
    assert!(window.reads("Now: $84.7k, −18.0 %"), "{:#?}", window.texts());
}
