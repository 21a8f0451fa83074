//! Payback points that are pulled: an input follows, and one step takes all of it back.

use egui::{Event, Key, Modifiers, Pos2, Role};
use wattfolio::app::Options;
use wattfolio::format;
use wattfolio::state::{Action, ChartView, payback_measure};
use wattfolio_economics::answers::{Asked, Quantity, key_numbers};
use wattfolio_economics::business::Business;
use wattfolio_economics::catalogue;
use wattfolio_economics::input::Kind;
use wattfolio_economics::scenario::Scenario;

use crate::support::window::{CTRL, Window};

fn open() -> Window {
    let mut scenario = Scenario::default();
    scenario.risk.paths = 200;
    Window::with(Options { scenario: Some(scenario.validate().expect("valid")), ..Options::default() })
}

fn months(window: &Window, business: Business) -> f64 {
    let view = window.state().view.chart;
    let results = &window.state().results;
    let asked =
        Asked::new(Quantity::of(business, payback_measure(view.is_discounted)), results.comparison.basis);
    asked.value(&results.scenario).expect("it pays back")
}

/// The name of the point of a business.
fn point(window: &Window, business: Business) -> String {
    format!("Payback point of {}, {}", business.word(), format::months_as_years(months(window, business)))
}

/// Where a month lies on the line of zero, in the chart of a business.
fn at_month(window: &Window, business: Business, month: f64) -> Pos2 {
    let horizon = f64::from(window.state().results.scenario.horizon_months);
    let title = format!("{} payback curve", business.label());
    let texts = window.placed_texts();
    let (chart, _) = texts.iter().find(|(_, text)| text.starts_with(&title)).expect("a chart");
    let x = |month: f64| egui::lerp(chart.x_range(), (month / horizon) as f32);
    let point = window.place(Role::Button, &point(window, business)).center();
    assert!((point.x - x(months(window, business))).abs() < 1.0, "{point} in {chart}");
    Pos2::new(x(month), point.y)
}

/// Drags a point to a month in a few frames, without letting go.
fn drag(window: &mut Window, business: Business, month: f64) -> Pos2 {
    let start = window.place(Role::Button, &point(window, business)).center();
    let end = at_month(window, business, month);
    window.frame(Event::PointerMoved(start));
    window.button_frame(start, true);
    for step in 1..=4_u8 {
        window.frame(Event::PointerMoved(start.lerp(end, f32::from(step) / 4.0)));
    }
    end
}

#[test]
fn a_point_that_is_pulled_to_year_four_takes_its_input_along_in_one_step() {
    let mut window = open();
    let business = Business::Leasing;
    let before = window.state().document.scenario().clone();
    let results = &window.state().results;
    let input = key_numbers(&results.scenario, business, results.comparison.basis)[0];
    let end = drag(&mut window, business, 48.0);
    let pulled = window.state().view.payback.pulled.clone().expect("it is pulled");
    assert_eq!((pulled.pull.input, pulled.pull.target_months), (input, 48.0), "whole months");
    assert!((months(&window, business) / 48.0 - 1.0).abs() < 1e-6, "{}", months(&window, business));
    assert!(window.reads("4.0 y needs "), "{:#?}", window.texts());
    let changed = window.state().document.changes().map(|input| input.id);
    let changed: Vec<&str> = changed.filter(|id| *id != "risk.paths").collect();
    assert_eq!(changed, [input.id], "one input follows");
    window.button_frame(end, false);
    window.settle();
    assert!(window.state().view.payback.pulled.is_none(), "the hand has let go");
    assert!((months(&window, business) / 48.0 - 1.0).abs() < 1e-6);
    window.key(CTRL, Key::Z);
    assert_eq!(*window.state().document.scenario(), before);
}

#[test]
fn another_input_follows_once_it_is_chosen_and_each_business_has_its_own() {
    let mut window = open();
    let rental = catalogue::find("leasing.rental_usd_per_gpu_hour").expect("an input");
    window.click(Role::Button, "Payback point ▼");
    let results = &window.state().results;
    let first = key_numbers(&results.scenario, Business::Leasing, results.comparison.basis)[0];
    window.click(Role::Button, first.label);
    window.click(Role::Button, rental.label);
    window.key(Modifiers::NONE, Key::Escape);
    window.key(Modifiers::NONE, Key::Escape);
    let follows = window.state().view.payback.follows;
    assert_eq!((follows[Business::Leasing], follows[Business::Hosting]), (Some(rental), None));
    let end = drag(&mut window, Business::Leasing, 44.0);
    window.button_frame(end, false);
    window.settle();
    assert!((months(&window, Business::Leasing) / 44.0 - 1.0).abs() < 1e-6);
    let scenario = window.state().document.scenario();
    let (now, before) = (&scenario.leasing, Scenario::default().leasing);
    assert!(now.rental_usd_per_gpu_hour.value > before.rental_usd_per_gpu_hour.value);
    assert_eq!(now.gpu_price_usd, before.gpu_price_usd);
}

#[test]
fn a_discounted_curve_is_pulled_by_its_own_payback() {
    let mut window = open();
    window.request(Action::SetChart(ChartView { is_discounted: true, ..ChartView::default() }));
    let end = drag(&mut window, Business::Leasing, 60.0);
    window.button_frame(end, false);
    window.settle();
    assert!((months(&window, Business::Leasing) / 60.0 - 1.0).abs() < 1e-6);
    let plain =
        window.state().results.comparison.business(Business::Leasing).expect("it").measures.payback_months;
    assert!(plain.expect("back") < 59.0);
}

#[test]
fn where_no_value_reaches_the_month_the_point_stops_says_why_and_the_scenario_stays_valid() {
    let mut window = open();
    let utilisation = catalogue::find("leasing.utilisation").expect("an input");
    window.request(Action::Follow(Business::Leasing, utilisation));
    let end = drag(&mut window, Business::Leasing, 12.0);
    let pulled = window.state().view.payback.pulled.clone().expect("it is pulled");
    let (value, closest) = pulled.solved.closest.expect("it stops");
    assert!(pulled.solved.roots.is_empty() && closest > pulled.pull.target_months);
    assert!((months(&window, Business::Leasing) / closest - 1.0).abs() < 1e-9);
    let Kind::Number(number) = &utilisation.kind else { panic!("a number") };
    assert_eq!((number.get)(window.state().document.scenario()), Some(value));
    assert!(number.allows(value) && window.state().results.faults.is_none());
    assert!(window.reads("pays back in ") && window.reads("; the point stops at "), "{:#?}", window.texts());
    window.button_frame(end, false);
    window.settle();
    assert!(window.state().document.scenario().validate().is_ok());
}

#[test]
fn a_typed_target_is_solved_and_one_beyond_the_plan_is_refused() {
    let mut window = open();
    let first = window.state().document.scenario().clone();
    window.click(Role::Button, "Payback point ▼");
    window.set("Payback target of hosting", "84");
    assert!((months(&window, Business::Hosting) / 84.0 - 1.0).abs() < 1e-6);
    assert!(window.reads("7.0 y needs "), "{:#?}", window.texts());
    // A business that is never back has no point, and a target all the same.
    assert_eq!(window.value_in(Role::SpinButton, "Payback target of mining"), "never");
    window.set("Payback target of mining", "36");
    assert!((months(&window, Business::Mining) / 36.0 - 1.0).abs() < 1e-6);
    let before = window.state().document.scenario().clone();
    for refused in ["0", "-5", "5000"] {
        window.set("Payback target of hosting", refused);
        assert_eq!(*window.state().document.scenario(), before, "{refused}");
        let notice = window.state().view.notice.clone().expect("a message");
        assert!(notice.is_alert && notice.text.contains("is refused"), "{notice:?}");
    }
    window.key(CTRL, Key::Z);
    window.key(CTRL, Key::Z);
    assert_eq!(*window.state().document.scenario(), first, "a step for each target");
}

#[test]
fn arrows_move_the_point_by_a_month() {
    let mut window = open();
    let before = months(&window, Business::Leasing);
    let name = point(&window, Business::Leasing);
    window.focus(Role::Button, &name);
    window.key(Modifiers::NONE, Key::ArrowLeft);
    assert!((months(&window, Business::Leasing) / (before.ceil() - 1.0) - 1.0).abs() < 1e-6);
    window.key(Modifiers::NONE, Key::ArrowLeft);
    assert!((months(&window, Business::Leasing) / (before.ceil() - 2.0) - 1.0).abs() < 1e-6);
    window.key(CTRL, Key::Z);
    window.key(CTRL, Key::Z);
    assert_eq!(months(&window, Business::Leasing), before);
}
