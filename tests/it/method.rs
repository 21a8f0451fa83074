//! The method page shows published figures beside computed ones, and says in words which source is wrong.

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable as _};
use wattfolio::app::{App, Options};
use wattfolio::state::{Action, Command as AppCommand, Page};
use wattfolio_economics::business::Business;
use wattfolio_economics::catalogue;
use wattfolio_economics::input::Input;
use wattfolio_economics::published::{Row, Topic};

use crate::support::files::folder;
use crate::support::program::printed;
use crate::support::window::harness;

fn window() -> Harness<'static, App> {
    let mut harness = harness(Options::default(), [1280.0, 800.0]);
    harness.run();
    harness
}

fn method_page() -> Harness<'static, App> {
    let mut harness = window();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Page::Method.key());
    harness.run();
    assert_eq!(harness.state().state().view.page, Page::Method);
    harness
}

#[test]
fn the_page_says_what_is_reproduced_and_what_is_wrong() {
    let harness = method_page();
    harness.get_by_label("118 published figures are reproduced; 25 more are wrong in their source.");
    harness.get_by_role_and_label(Role::Table, "Published against computed");
    harness.get_by_label_contains("Subsidy of the first block, published 5,000,000,000 sat");
}

#[test]
fn chips_and_check_choose_the_rows_and_wrong_sources_are_named_in_words() {
    let mut harness = method_page();
    harness.get_by_label_contains("Show Mining,").click();
    harness.run();
    assert_eq!(harness.state().state().view.method.topic, Some(Topic::Business(Business::Mining, "Mining")));
    assert!(harness.query_by_label_contains("Subsidy of the first block").is_none());
    harness.get_by_label("Wrong sources only").click();
    harness.run();
    harness.get_by_label_contains("published “20,457.9”, computed 20,547.9 sat, source is wrong");
    assert!(harness.query_by_label_contains(", agrees.").is_none());
}

#[test]
fn the_keyboard_walks_beyond_the_edge_of_the_page() {
    let mut harness = method_page();
    harness.get_by_label_contains("Subsidy of the first block").focus();
    harness.run();
    for _ in 0..20 {
        harness.key_press(egui::Key::Tab);
        harness.run();
    }
    let focused = harness.root().children_recursive().find(egui_kittest::Node::is_focused).unwrap();
    let name = focused.accesskit_node().label().unwrap();
    assert!(name.starts_with("Coins of 20 Tihash/s in 30 days"), "{name}");
    assert!(focused.rect().bottom() < 800.0, "the page follows the keyboard");
}

#[test]
fn keys_open_the_page() {
    let mut harness = window();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Num9);
    harness.run();
    assert_eq!(harness.state().state().view.page, Page::Method);
    harness.state().request(Action::Run(AppCommand::Page(Page::Compare)));
    harness.run();
    assert_eq!(harness.state().state().view.page, Page::Compare);
}

#[test]
fn on_the_equity_basis_the_cards_show_the_owners_money() {
    let mut harness = window();
    harness.set_size(egui::vec2(1600.0, 1000.0));
    harness.run();
    harness.get_by_label("Explain Capital of leasing");
    harness.state().request(Action::Run(AppCommand::BasisEquity));
    harness.run();
    harness.get_by_label("Explain Equity of leasing");
}

#[test]
fn the_command_line_draws_the_page() {
    let folder = folder();
    let out = folder.path().join("method.png");
    let size = ["--scale", "1", "--size", "1280x800"];
    let place = ["--out", out.to_str().unwrap()];
    printed(&[&["screenshot", "--page", "method"][..], &size, &place].concat());
    assert!(std::fs::read(&out).unwrap().starts_with(b"\x89PNG"));
}

#[test]
fn every_text_of_the_tables_can_be_drawn() {
    let harness = window();
    let rows = wattfolio_economics::published::rows();
    let of_row = |row: &Row| {
        let figures = [row.published_text(), row.computed_text(), row.expectation_text()].concat();
        [&*row.case, row.formula, row.remark, row.source.name, &figures].concat()
    };
    let of_input = |input: &Input| [input.label, input.meaning, input.formula, input.source].concat();
    let texts = rows.iter().map(of_row).chain(catalogue::inputs().iter().map(of_input));
    let font = wattfolio::theme::Text::Body.font();
    for text in texts {
        let missing: Vec<char> =
            text.chars().filter(|c| !harness.ctx.fonts_mut(|fonts| fonts.has_glyph(&font, *c))).collect();
        assert!(missing.is_empty(), "{missing:?} in {text}");
    }
}
