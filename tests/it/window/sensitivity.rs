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

/// The field of an input is in sight and has the keyboard; nothing else is filtered away.
fn is_reached(window: &Window, label: &str) {
    assert_eq!((window.state().view.inputs.search.as_str(), window.state().view.inputs.found), ("", None));
    assert_eq!(window.focused().as_deref(), Some(label));
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
    is_reached(&window, first.label);
}

#[test]
fn a_solution_is_used_and_reaches_its_target() {
    let mut window = open();
    let view = SensitivityView {
        of: Some(Of::Business(Business::Leasing)),
        input: catalogue::find("leasing.contract_usd_per_gpu_hour"),
        target: Some(1.2e8),
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
    is_reached(&window, "Bitcoin price");
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
    assert!(window.placed_texts().iter().any(|(_, text)| text.starts_with("P5, mining, over 100 paths")));
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

#[test]
fn using_a_solution_keeps_the_question() {
    let mut window = open();
    let asked = window.state().sensitivity.as_ref().expect("found").asked();
    let find = |id: &str| catalogue::find(id).expect("an input");
    // With this availability leasing is worth nothing, and hosting is best.
    let view = SensitivityView { input: Some(find("leasing.availability")), ..SensitivityView::default() };
    window.request(Action::SetSensitivity(view));
    window.click(Role::Button, "Use");
    let answered = window.state().sensitivity.clone().expect("found");
    assert_eq!(answered.asked(), asked);
    let now = answered.tornado.now.clone().expect("a value");
    assert!(now.abs() < 1.0, "{now}");
}

#[test]
fn a_target_that_cannot_be_read_is_refused_in_words() {
    let mut window = open();
    window.set("Target", "abc");
    let notice = window.state().view.notice.as_ref().expect("a notice").text.clone();
    assert!(notice.contains("Target “abc” is refused"), "{notice}");
}

#[test]
fn a_share_of_no_path_is_a_bound() {
    use wattfolio_economics::risk::RISK_FIGURES;
    let mut window = open();
    window
        .request(Action::SetNumber { input: catalogue::find("risk.paths").expect("an input"), value: 100.0 });
    let figure = RISK_FIGURES.iter().find(|figure| figure.id == "runs_dry");
    let of = Some(Of::Business(Business::Leasing));
    window.request(Action::SetSensitivity(SensitivityView { of, figure, ..SensitivityView::default() }));
    let texts: Vec<String> = window.placed_texts().into_iter().map(|(_, text)| text).collect();
    assert!(texts.iter().any(|text| text.contains("100 paths, project before tax, now < ")), "{texts:?}");
    assert!(!texts.iter().any(|text| text == "0 %"), "{texts:?}");
}
