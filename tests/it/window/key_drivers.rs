//! The key drivers: each is moved by slider, by keys and by typing, and its curves move in the same frame.

use egui::{Event, Key, Role};
use wattfolio::format;
use wattfolio_economics::business::Business::{self, Hosting, Leasing, Mining};
use wattfolio_economics::business::PerBusiness;
use wattfolio_economics::catalogue;
use wattfolio_economics::input::Kind;
use wattfolio_economics::scenario::Scenario;
use wattfolio_economics::units::Unit;

use crate::support::window::Window;

struct Driver {
    name: &'static str,
    id: &'static str,
    /// Businesses whose curves it moves.
    moves: &'static [Business],
    /// Typed text, and its stored value.
    typed: (&'static str, f64),
}

const DRIVERS: [Driver; 7] = [
    Driver {
        name: "Electricity cost",
        id: "power.price_usd_per_kwh",
        moves: &[Mining, Leasing],
        typed: ("38", 0.038),
    },
    Driver { name: "Bitcoin price", id: "bitcoin.price_usd", moves: &[Mining], typed: ("$0.12M", 120_000.0) },
    Driver {
        name: "Miners need, Nov 2026",
        id: "bitcoin.network.breakeven_hashprice_usd",
        moves: &[Mining],
        typed: ("30", 30.0),
    },
    Driver {
        name: "Halving reward",
        id: "bitcoin.block_subsidy_btc",
        moves: &[Mining],
        typed: ("6.25", 6.25),
    },
    Driver { name: "GPU capex", id: "leasing.gpu_price_usd", moves: &[Leasing], typed: ("45,000", 45_000.0) },
    Driver {
        name: "Rental rate",
        id: "leasing.rental_usd_per_gpu_hour",
        moves: &[Leasing],
        typed: ("2.5", 2.5),
    },
    Driver {
        name: "Hosting fee",
        id: "hosting.fee_usd_per_kw_month",
        moves: &[Hosting],
        typed: ("$150/kW-mo", 150.0),
    },
];

impl Driver {
    fn value(&self, window: &Window) -> f64 {
        let input = catalogue::find(self.id).expect("an input");
        let text = input.text(window.state().document.scenario()).expect("a value");
        let Kind::Number(number) = &input.kind else { panic!("{text} is no number") };
        (number.get)(window.state().document.scenario()).expect("a value")
    }

    /// Fails unless the latest frame moved the curves of the right businesses, and drew them.
    fn assert_moved(&self, window: &Window, before: &PerBusiness<Vec<i64>>) {
        window.assert_up_to_date();
        let after = window.flows();
        for (business, after) in after.iter() {
            let moved = before[business] != *after;
            assert_eq!(moved, self.moves.contains(&business), "{} and {}", self.name, business.label());
        }
    }
}

#[test]
fn they_are_the_key_drivers_of_the_catalogue() {
    let keys: Vec<&str> =
        catalogue::inputs().iter().filter(|input| input.key_driver).map(|input| input.id).collect();
    assert_eq!(keys.len(), DRIVERS.len());
    for driver in &DRIVERS {
        let input = catalogue::find(driver.id).expect("an input");
        assert!(keys.contains(&driver.id), "{}", driver.id);
        // The marks beside a label agree with the curves.
        let moves: Vec<Business> = input.moved_businesses(&Scenario::default()).collect();
        assert_eq!((input.label, &moves[..]), (driver.name, driver.moves));
    }
}

#[test]
fn dragging_a_slider_moves_the_right_curves_in_the_same_frame() {
    for driver in &DRIVERS {
        let mut window = Window::open();
        let start = window.flows();
        let (first, second) = (window.place_on(driver.name, 0.7), window.place_on(driver.name, 0.9));
        window.frame(Event::PointerMoved(first));
        assert_eq!(window.flows(), start, "{}: pointing changes nothing", driver.name);
        window.button_frame(first, true);
        driver.assert_moved(&window, &start);
        let pressed = window.flows();
        window.frame(Event::PointerMoved(second));
        driver.assert_moved(&window, &pressed);
        let dragged = window.flows();
        window.button_frame(second, false);
        window.settle();
        assert_eq!(window.flows(), dragged, "{}: letting go changes nothing", driver.name);
        window.assert_up_to_date();
    }
}

#[test]
fn keys_on_a_slider_move_the_right_curves_in_the_same_frame() {
    for driver in &DRIVERS {
        let mut window = Window::open();
        window.focus(Role::Slider, driver.name);
        for key in [Key::ArrowRight, Key::ArrowLeft] {
            let (before, value) = (window.flows(), driver.value(&window));
            window.key_frame(key);
            driver.assert_moved(&window, &before);
            let grows = driver.value(&window) > value;
            assert_eq!(grows, key == Key::ArrowRight, "{} on {key:?}", driver.name);
            window.key_up(key);
        }
    }
}

#[test]
fn a_screen_reader_sets_a_slider() {
    for driver in &DRIVERS {
        let mut window = Window::open();
        let (before, value) = (window.flows(), driver.value(&window));
        window.node(Role::Slider, driver.name).increment_accesskit();
        window.harness().step();
        driver.assert_moved(&window, &before);
        assert!(driver.value(&window) > value, "{}", driver.name);
    }
}

#[test]
fn typing_a_value_moves_the_right_curves_in_the_same_frame() {
    for driver in &DRIVERS {
        let mut window = Window::open();
        let before = window.flows();
        window.write(Role::SpinButton, driver.name, driver.typed.0);
        assert_eq!(window.flows(), before, "{}: half a number moves nothing", driver.name);
        window.key_frame(Key::Enter);
        driver.assert_moved(&window, &before);
        assert_eq!(driver.value(&window), driver.typed.1, "{}", driver.name);
        window.key_up(Key::Enter);
    }
}

#[test]
fn halving_rewards_step_through_real_subsidies() {
    let mut window = Window::open();
    window.focus(Role::Slider, "Halving reward");
    let driver = DRIVERS.iter().find(|driver| driver.name == "Halving reward").expect("a key driver");
    let reward = |window: &Window| driver.value(window);
    let mut seen = vec![reward(&window)];
    for _ in 0..8 {
        window.key_frame(Key::ArrowRight);
        window.key_up(Key::ArrowRight);
        seen.push(reward(&window));
    }
    seen.dedup();
    assert_eq!(seen, [3.125, 6.25, 12.5, 25.0, 50.0]);
}

#[test]
fn a_fast_drag_shows_one_value_in_every_frame() {
    let mut window = Window::open();
    let start = window.place_on("Electricity cost", 0.3);
    window.frame(Event::PointerMoved(start));
    window.button_frame(start, true);
    for share in [0.45, 0.7, 0.2, 0.9] {
        let place = window.place_on("Electricity cost", share);
        window.frame(Event::PointerMoved(place));
        let value = DRIVERS[0].value(&window);
        let shown = window.value_in(Role::SpinButton, "Electricity cost");
        assert_eq!(shown, format!("{:.2}", value * 1000.0), "the field shows the value of the knob");
        assert_eq!(window.knobs_near(place.y), 1, "one knob at {share}");
        window.assert_up_to_date();
    }
}

#[test]
fn a_dragged_later_level_shows_one_value_in_every_frame() {
    let mut window = Window::open();
    let name = "Bitcoin price, later levels";
    window.write(Role::TextInput, "Find an input", "bitcoin.price_usd.points");
    window.activate(Role::Button, &format!("Add a level to {name}"));
    let point = |window: &Window| window.state().document.scenario().bitcoin.price_usd.points[0];
    let shown = |number: f64, unit| format::field(number, unit);
    for (what, is_month) in [("level", false), ("month", true)] {
        let field = format!("{name} 1 {what}");
        let start = window.node(Role::SpinButton, &field).rect().center();
        let mut seen = Vec::new();
        window.frame(Event::PointerMoved(start));
        window.button_frame(start, true);
        for step in [30.0, 55.0, 20.0, 90.0] {
            window.frame(Event::PointerMoved(start + egui::vec2(step, 0.0)));
            let (month, level) = point(&window);
            let wanted = if is_month { shown(month, Unit::Months) } else { shown(level, Unit::UsdPerBtc) };
            assert_eq!(window.value_in(Role::SpinButton, &field), wanted, "{what} at {step}");
            window.assert_up_to_date();
            seen.push(wanted);
        }
        seen.dedup();
        assert_eq!(seen.len(), 4, "each step moves the {what}: {seen:?}");
        window.button_frame(start + egui::vec2(90.0, 0.0), false);
        window.settle();
    }
    // Dragging stops at the limits.
    let field = format!("{name} 1 month");
    let start = window.node(Role::SpinButton, &field).rect().center();
    window.frame(Event::PointerMoved(start));
    window.button_frame(start, true);
    window.frame(Event::PointerMoved(start - egui::vec2(900.0, 0.0)));
    assert_eq!(point(&window).0, 0.0);
    assert!(window.state().view.inputs.refused.is_none());
}

#[test]
fn a_key_on_a_slider_and_a_typed_number_show_one_value_in_their_frame() {
    let mut window = Window::open();
    window.focus(Role::Slider, "Electricity cost");
    window.key_frame(Key::ArrowRight);
    let value = DRIVERS[0].value(&window);
    assert_eq!(
        window.value_in(Role::SpinButton, "Electricity cost"),
        format!("{:.2}", value * 1000.0),
        "the field follows the knob"
    );
    let place = window.place_on("Electricity cost", 0.5);
    assert_eq!(window.knobs_near(place.y), 1);
    window.key_up(Key::ArrowRight);
    window.write(Role::SpinButton, "Electricity cost", "61");
    window.key_frame(Key::Enter);
    assert_eq!(window.knobs_near(place.y), 1, "the knob follows the field");
    window.assert_up_to_date();
}
