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
