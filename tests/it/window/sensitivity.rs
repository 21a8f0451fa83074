//! The sensitivity page: what it says belongs to the inputs at hand, a row leads to its input, a solution can be used.

use egui::{Key, Role};
use wattfolio::state::{Action, Of, Page, SensitivityView};
use wattfolio_economics::business::Business;
use wattfolio_economics::catalogue;

use crate::support::window::{CTRL, Window};

fn open() -> Window {
    let mut window = Window::open();
    window.key(CTRL, Key::Num4);
    assert_eq!(window.state().view.page, Page::Sensitivity);
    window
}

#[test]
fn the_page_is_of_the_moved_slider_in_the_same_frame() {
    let mut window = open();
    let input = catalogue::find("power.price_usd_per_kwh").expect("an input");
    window.request(Action::SetNumber { input, value: 0.06 });
    let state = window.state();
    let answered = state.sensitivity.as_ref().expect("found");
    assert_eq!(*answered.scenario, *state.results.scenario);
    assert_eq!(answered.scenario.power.price_usd_per_kwh.value, 0.06);
}

#[test]
fn a_row_leads_to_its_input() {
    let mut window = open();
    let first = window.state().sensitivity.as_ref().expect("found").tornado.bars[0].input;
    let start = format!("{}, now", first.label);
    let place =
        window.placed_texts().into_iter().find(|(_, text)| text.starts_with(&start)).expect("a row").0;
    window.button_frame(place.center(), true);
    window.button_frame(place.center(), false);
    window.settle();
    assert_eq!(window.state().view.inputs.search, first.id);
}

#[test]
fn a_solution_is_used_and_reaches_its_target() {
    let mut window = open();
    let view = SensitivityView {
        of: Some(Of::Business(Business::Leasing)),
        input: catalogue::find("leasing.contract_usd_per_gpu_hour"),
        target: 1.2e8,
        ..SensitivityView::default()
    };
    window.request(Action::SetSensitivity(view));
    window.click(Role::Button, "Use");
    let answered = window.state().sensitivity.clone().expect("found");
    let now = answered.tornado.now.clone().expect("a value");
    assert!((now - 1.2e8).abs() < 1.0, "{now}");
}

#[test]
fn the_page_says_when_a_miner_would_not_convert_and_leads_to_the_bitcoin_price() {
    let mut window = open();
    let spoken = |text: &str| text.contains("a miner does not convert") && text.contains("hashprice of $");
    let place = window.placed_texts().into_iter().find(|(_, text)| spoken(text)).expect("a row").0;
    window.button_frame(place.center(), true);
    window.button_frame(place.center(), false);
    window.settle();
    assert_eq!(window.state().view.inputs.search, "bitcoin.price_usd");
}

#[test]
fn a_figure_of_the_simulation_is_of_the_inputs_at_hand() {
    use wattfolio_economics::risk::RISK_FIGURES;
    let mut window = open();
    let find = |id: &str| catalogue::find(id).expect("an input");
    window.request(Action::SetNumber { input: find("risk.paths"), value: 100.0 });
    let figure = RISK_FIGURES.iter().find(|figure| figure.id == "npv_p5_usd");
    let of = Some(Of::Business(Business::Mining));
    window.request(Action::SetSensitivity(SensitivityView { of, figure, ..SensitivityView::default() }));
    let found = window.state().moved_figure.found.clone().expect("found in the frame");
    assert!((found.tornado.of, found.tornado.paths) == (Business::Mining, 100));
    assert!(window.placed_texts().iter().any(|(_, text)| text.starts_with("P5 of mining over 100 paths")));
    window.request(Action::SetNumber { input: find("mining.pue"), value: 1.2 });
    let again = window.state().moved_figure.found.clone().expect("found again");
    assert_eq!(again.asked.scenario.mining.pue, 1.2);
    assert!(again.tornado.now != found.tornado.now && !window.state().moved_figure.is_old);
    // Without a figure nothing is moved in the simulation.
    window.request(Action::SetSensitivity(SensitivityView { of, ..SensitivityView::default() }));
    window.request(Action::SetNumber { input: find("mining.pue"), value: 1.3 });
    let kept = window.state().moved_figure.found.clone().expect("kept");
    assert_eq!(kept.asked.scenario.mining.pue, 1.2);
}
