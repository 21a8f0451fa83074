//! The winner map in the window: its point moves both inputs, its menus choose the axes.

use std::fs;

use egui::{Event, Key, Modifiers, Pos2, Rect, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use wattfolio::app::Options;
use wattfolio::format;
use wattfolio::state::{Action, Command, ExportRequest, Exports, Page, WinnerMapView};
use wattfolio::words::winner_map as words;
use wattfolio_economics::answers::WinnerMap;
use wattfolio_economics::business::Business;
use wattfolio_economics::catalogue;
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::risk::ToTheEnd;
use wattfolio_economics::scenario::Scenario;
use wattfolio_economics::units::Unit;

use crate::support::files::folder;
use crate::support::program::printed;
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
    window.request(Action::SetWinnerMap(WinnerMapView { x: Some(fee), y: Some(fee), z: None }));
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
    // Each value with what it is of.
    for line in ["Bitcoin price $84.7k", "Rental rate, growth a year −18 %"] {
        assert!(window.texts().iter().any(|text| text == line), "“{line}” is not in {:#?}", window.texts());
    }
    let second = cell.second.expect("a second").word();
    let lead = format::short(cell.lead.expect("a lead"), Unit::Usd);
    assert!(window.reads(&format!("leads, {lead} over {second}")), "{:#?}", window.texts());
}

#[test]
fn the_read_out_names_the_margin_to_the_next_business() {
    let mut window = open();
    let rect = map_place(&mut window);
    let place = Pos2::new(egui::lerp(rect.x_range(), 0.5), egui::lerp(rect.y_range(), 0.2));
    window.frame(Event::PointerMoved(place));
    window.settle();
    let texts = window.texts();
    let read = texts.iter().find(|text| text.starts_with("Pointer: ")).expect("a sentence");
    assert!(read.contains(" leads, $") && read.contains(" over "), "{read}");
    let found = window.state().winner_map.found.as_ref().expect("a map");
    let map = &found.map;
    let after = |now: &str| texts.iter().find_map(|text| text.strip_prefix(now)).expect("both values");
    let (x, y) = (after("Bitcoin price $84.7k "), after("Rental rate, growth a year −18 % "));
    let pair = format!("{x}, {y}");
    let mut places = map.rows.iter().flat_map(|y| map.columns.iter().map(move |x| words::pair(map, *x, *y)));
    let at = places.position(|other| other == pair).expect("a cell of the map");
    let now = WinnerMap::judged(&window.state().results.scenario, map.basis, map.criterion);
    let [now, under] = [now, map.cells[at]].map(|cell| words::value(&cell, Business::Leasing, map.criterion));
    assert_ne!(now, under);
    assert!(window.reads(&format!("● Leasing {now} {under}")), "both in one line: {texts:#?}");
}

#[test]
fn lines_of_the_map_carry_their_names() {
    let window = open();
    let map = &window.state().winner_map.found.as_ref().expect("a map").map;
    let levels = map.level_lines();
    assert!(!levels.is_empty());
    for ((a, b), _) in levels {
        assert!(window.shows(&format!("{} = {}", a.word(), b.word())), "{a:?} {b:?}");
    }
    for (business, line) in map.zero_lines().iter() {
        assert_eq!(window.shows(&format!("{} NPV 0", business.word())), !line.is_empty(), "{business:?}");
    }
}

#[test]
fn the_card_says_how_far_each_border_is() {
    let mut window = open();
    for criterion in [Criterion::Value, Criterion::Irr] {
        window.request(Action::Run(Command::for_criterion(criterion)));
        let (near, is_old) = window.state().winner_map.near.as_ref().expect("borders");
        assert!(!is_old && near.borders.len() == 2);
        for border in &near.borders {
            for (is_below, takeover) in [(true, &border.below), (false, &border.above)] {
                let line = match takeover {
                    Some(takeover) => words::takeover(border, takeover, criterion).0,
                    None => words::no_border(border, is_below),
                };
                assert!(window.reads(&line), "“{line}” is not in {:#?}", window.texts());
            }
        }
    }
    assert!(window.reads("No border "), "some side has none");
}

/// Opens the map with a filmstrip over the hosting fee.
fn with_strip() -> (Window, Vec<f64>) {
    let mut window = open();
    let fee = catalogue::find("hosting.fee_usd_per_kw_month").expect("an input");
    window.request(Action::SetWinnerMap(WinnerMapView { z: Some(fee), ..WinnerMapView::default() }));
    let (strip, is_old) = window.state().winner_map.strip.as_ref().expect("a strip");
    assert!(!is_old);
    let values = strip.strip.frames.iter().map(|frame| frame.value).collect();
    (window, values)
}

fn fee(window: &Window) -> f64 {
    window.state().document.scenario().hosting.fee_usd_per_kw_month.value
}

#[test]
fn a_click_on_a_frame_sets_the_third_input_in_one_step_and_moves_no_frame() {
    let (mut window, values) = with_strip();
    let before = window.state().document.scenario().clone();
    assert!(values.len() == 5 && values.contains(&fee(&window)), "{values:?}");
    let other = *values.iter().find(|value| **value != fee(&window)).expect("another");
    let name = |value: f64| {
        format!("Hosting fee {}", format::chosen(value, Unit::UsdPerKwMonth)).replacen('H', "h", 1)
    };
    let maps = |window: &Window| {
        let (strip, _) = window.state().winner_map.strip.as_ref().expect("a strip");
        strip.strip.frames.clone()
    };
    let frames = maps(&window);
    window.activate(Role::RadioButton, &name(other));
    assert_eq!(fee(&window), other);
    assert!(maps(&window) == frames, "the frames stay");
    let found = window.state().winner_map.found.as_ref().expect("a map");
    let (map, scenario) = (&found.map, &window.state().results.scenario);
    let (axes, how) = ((map.x.clone(), map.y.clone()), (map.basis, map.criterion));
    let small = &frames.iter().find(|frame| frame.value == other).expect("it").map;
    let coarse = WinnerMap::new(scenario, axes, how, small.columns.len(), &ToTheEnd).expect("a map");
    assert!(coarse.cells == small.cells, "the map of the frame is that of its value");
    window.key(CTRL, Key::Z);
    assert_eq!(*window.state().document.scenario(), before);
    assert!(!window.state().document.can_undo());
    // By the keyboard as well.
    window.focus(Role::RadioButton, &name(other));
    window.key(Modifiers::NONE, Key::Enter);
    assert_eq!(fee(&window), other);
}

#[test]
fn the_third_input_is_chosen_by_a_menu_and_none_takes_the_strip_away() {
    let mut window = open();
    assert!(window.state().winner_map.strip.is_none());
    window.click(Role::Button, "None ▼");
    window.click(Role::Button, "GPU capex");
    assert_eq!(
        window.state().winner_map.third.as_ref().map(|(axis, _)| axis.input.id),
        Some("leasing.gpu_price_usd")
    );
    assert!(window.state().winner_map.strip.is_some());
    // An axis is no third input.
    let price = catalogue::find("bitcoin.price_usd").expect("an input");
    window.request(Action::SetWinnerMap(WinnerMapView { z: Some(price), ..WinnerMapView::default() }));
    assert!(window.state().winner_map.strip.is_none() && window.has(Role::Button, "None ▼"));
}

#[test]
fn a_strip_is_exported_as_the_command_line_writes_it() {
    let folder = folder();
    let (mut window, _) = with_strip();
    for ending in ["csv", "json", "txt"] {
        let path = folder.path().join(format!("map.{ending}"));
        let request = ExportRequest { what: Exports::WinnerMap, path: path.clone(), may_replace: false };
        window.request(Action::Export(request));
        let other = folder.path().join(format!("other.{ending}"));
        let arguments = ["map", "today", "--z", "hosting.fee_usd_per_kw_month", "--out"];
        printed(&[&arguments[..], &[other.to_str().expect("UTF-8")]].concat());
        assert!(fs::read(&path).expect("written") == fs::read(&other).expect("written"), "{ending}");
    }
}

#[test]
fn where_the_first_loses_value_the_map_does_not_say_that_none_earns() {
    let mut window = open();
    assert!(!window.reads("loses value"));
    window.request(Action::Run(Command::for_criterion(Criterion::Payback)));
    assert!(window.shows("Compute leasing, loses value"), "its part has its name on it");
    let legend = words::is_best_and_loses(Criterion::Payback);
    assert!(window.texts().contains(&legend), "“{legend}” is not in {:#?}", window.texts());
    assert!(!window.reads("none earns its capital") && !window.shows("none earns its capital"));
}

#[test]
fn no_name_lies_on_the_point_of_today() {
    let mut window = open();
    window.set("Bitcoin price", "537000");
    for growth in ["-43", "-42", "-40", "-30", "-20"] {
        let input = catalogue::find("leasing.rental_usd_per_gpu_hour.growth_per_year").expect("an input");
        let value = format::read_shown(growth, input.unit).expect("a number");
        window.request(Action::SetNumber { input, value });
        let shapes = &window.harness().output().shapes;
        let point = shapes.iter().find_map(|clipped| match &clipped.shape {
            egui::Shape::Circle(circle) if (circle.radius - wattfolio::theme::MARKER_RADIUS).abs() < 0.01 => {
                Some(circle.center)
            }
            _ => None,
        });
        let point = point.expect("the point of today");
        for clipped in shapes {
            let egui::Shape::Text(text) = &clipped.shape else { continue };
            let rect = text.galley.mesh_bounds.translate(text.pos.to_vec2());
            let lies = rect.expand(4.0).contains(point);
            assert!(!lies, "“{}” lies on the point at {growth} %", text.galley.text());
        }
    }
}

#[test]
fn the_map_stays_where_it_is_while_the_criterion_changes() {
    for size in [[1600.0, 1000.0], [1280.0, 720.0]] {
        let mut window = Window::sized(Options::default(), size);
        window.request(Action::Run(Command::Page(Page::WinnerMap)));
        window.set("Bitcoin price", "537000");
        let tops = Criterion::ALL.map(|criterion| {
            window.request(Action::Run(Command::for_criterion(criterion)));
            map_place(&mut window).top()
        });
        assert!(tops.iter().all(|top| *top == tops[0]), "{size:?}: {tops:?}");
    }
}

#[test]
fn the_map_of_a_tall_window_uses_its_height_and_fits_into_it() {
    let mut heights = Vec::new();
    for size in [[1600.0, 1000.0], [2560.0, 1440.0]] {
        let mut window = Window::sized(Options::default(), size);
        window.request(Action::Run(Command::Page(Page::WinnerMap)));
        let rect = map_place(&mut window);
        assert!(rect.bottom() < size[1], "{size:?}: {rect}");
        heights.push(rect.height());
    }
    assert!(heights[1] > 1000.0 && heights[0] < 700.0, "{heights:?}");
}
