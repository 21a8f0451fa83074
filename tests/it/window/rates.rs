//! What stands below the discount rates: a list of what capital costs, and that a shared rate is used by none.

use egui::Role;
use wattfolio::state::Action;

use crate::support::window::Window;

const NONE_USES_IT: &str = "None uses it: each business has a rate of its own.";

/// Only the rate of mining, with its list open.
fn rate_of_mining() -> Window {
    let mut window = Window::open();
    window.request(Action::Search("Discount rate mining".to_owned()));
    window.click(Role::Button, "What such capital costs…");
    window
}

#[test]
fn a_rate_is_picked_by_who_stands_behind_the_money() {
    let mut window = rate_of_mining();
    window.click(Role::Button, "Own machines");
    assert_eq!(window.state().document.scenario().mining.discount_rate, Some(0.15));

    let mut window = rate_of_mining();
    let before = window.flows();
    window.click(Role::Button, "The shared rate");
    assert_eq!(window.state().document.scenario().mining.discount_rate, None);
    assert_eq!(window.flows(), before, "a rate moves no cash");
}

#[test]
fn the_shared_rate_says_whether_anybody_uses_it() {
    let mut window = Window::open();
    window.request(Action::Search("WACC".to_owned()));
    assert!(window.reads(NONE_USES_IT), "{:#?}", window.texts());

    let mut window = rate_of_mining();
    window.click(Role::Button, "The shared rate");
    window.request(Action::Search("WACC".to_owned()));
    assert!(!window.reads(NONE_USES_IT), "mining uses it");
}
