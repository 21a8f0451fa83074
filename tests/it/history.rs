//! The history page and `wattfolio calibrate`, on the bundled record.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use wattfolio::app::{App, Options};
use wattfolio::market_data::record;
use wattfolio::state::{Action, Command, HistoryView, Page};
use wattfolio::store;
use wattfolio_economics::history::{Driver, Machines, Replay};
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::prelude::*;
use wattfolio_economics::scenario::Debt;

use crate::support::files::folder;
use crate::support::program::{json, printed, refused};
use crate::support::window::harness;

fn month(text: &str) -> CalendarMonth {
    text.parse().unwrap()
}

fn page(preset: &str, size: [f32; 2]) -> Harness<'static, App> {
    let preset = store::find_bundled(preset).unwrap().preset.clone();
    let options = Options { preset: Some((preset, None)), ..Options::default() };
    let mut harness = harness(options, size);
    harness.state().request(Action::Run(Command::Page(Page::History)));
    harness.run();
    harness
}

/// Whether a text or the name of a widget has these words.
fn reads(harness: &Harness<'static, App>, words: &str) -> bool {
    harness.root().children_recursive().any(|node| {
        let node = node.accesskit_node();
        node.label().is_some_and(|label| label.contains(words))
            || node.value().is_some_and(|value| value.contains(words))
    })
}

fn assert_reads(harness: &Harness<'static, App>, words: &str) {
    assert!(reads(harness, words), "“{words}” is not on the page");
}

fn start(harness: &Harness<'static, App>) -> CalendarMonth {
    harness.state().state().history.replayed.as_ref().unwrap().asked.start
}

/// The preset of the crash, as it was planned, on the owner's money: its own machines on credit.
#[test]
fn the_crash_of_2022_in_all_its_ugliness() {
    let scenario = store::find_bundled("crash-2022").unwrap().preset.scenario.clone();
    assert!(matches!(scenario.mining.debt, Debt::Loan { .. }));
    let basis = Basis::EquityAfterTax;
    let replay = Replay::new(record(), &scenario, month("2021-11"), Machines::Same, basis).unwrap();
    let of = |comparison: &Comparison| comparison.business(Business::Mining).unwrap().clone();
    let (plan, came) = (of(&replay.plan), of(&replay.came));
    // Believed: the owner's money back within two years, the loan always covered.
    assert!(plan.measures.payback_last_months.unwrap() < 24.0);
    assert!(plan.measures.service.min_dscr.unwrap() > 1.0 && plan.measures.service.short_months.is_empty());
    // What came: never, on a loan whose instalment the machines do not earn.
    assert_eq!(came.measures.payback_last_months, Err(wattfolio_economics::kernel::Absent::Never));
    assert!(came.measures.service.min_dscr.unwrap() < 0.2, "{:?}", came.measures.service.min_dscr);
    assert!(came.measures.service.short_months.len() > 30);
    assert!(came.measures.npv_usd < -30e6);
    let gap = replay.gap(Business::Mining).unwrap();
    assert!(gap.share(Driver::Price).unwrap() < 0.0 && gap.share(Driver::Network).unwrap() < 0.0);
}

#[test]
fn the_page_says_what_was_believed_and_what_came() {
    let harness = page("crash-2022", [1600.0, 1800.0]);
    assert_eq!(start(&harness), month("2021-11"));
    assert_reads(&harness, "were to be back");
    assert_reads(&harness, "they never came back");
    assert_reads(&harness, "The plan’s verdict");
    assert_reads(&harness, "stayed inside the 90 % band");
    // What is not recorded says so and shows no figure.
    assert_reads(&harness, "nothing is recorded of it before 2024-06");
}

/// Every figure says its unit, and where it comes from or that it is an estimate.
#[test]
fn sources_dates_and_estimates_are_said() {
    let harness = page("crash-2022", [1600.0, 1800.0]);
    assert_reads(&harness, "Bitcoin $61,319, close of Oct 2021 (Yahoo Finance");
    assert_reads(&harness, "implied by the mean difficulty of Oct 2021 (spesmilo/electrum");
    assert_reads(&harness, "share of the subsidy by era, an estimate");
    assert_reads(&harness, "price and network from Jul 2026 on are estimates");
    assert_reads(&harness, "(listed 2021)");
    assert_reads(&harness, "Cumulative cash, × capital");
    assert_reads(&harness, "NPV at 15.0 % a year, USD");
}

#[test]
fn keys_move_the_start_by_a_month_and_with_shift_by_a_year() {
    let mut harness = page("crash-2022", [1600.0, 1800.0]);
    harness.get_by_label_contains("Start month.").focus();
    harness.run();
    for (key, modifiers, expected) in [
        (Key::ArrowRight, egui::Modifiers::NONE, "2021-12"),
        (Key::ArrowLeft, egui::Modifiers::NONE, "2021-11"),
        (Key::ArrowLeft, egui::Modifiers::SHIFT, "2020-11"),
        (Key::ArrowRight, egui::Modifiers::SHIFT, "2021-11"),
    ] {
        harness.key_press_modifiers(modifiers, key);
        harness.run();
        assert_eq!(start(&harness), month(expected));
    }
    let replayed = harness.state().state().history.replayed.as_ref().unwrap();
    assert_eq!(replayed.replay.as_ref().unwrap().start(), month("2021-11"));
}

#[test]
fn a_plan_that_starts_after_the_record_begins_at_the_top_of_2021() {
    let mut harness = page("today", [1600.0, 1800.0]);
    assert_eq!(start(&harness), month("2021-11"));
    let view =
        HistoryView { start: Some(month("2024-06")), machines: Machines::Same, ..HistoryView::default() };
    harness.state().request(Action::SetHistory(view));
    harness.run();
    assert_eq!(start(&harness), month("2024-06"));
    assert!(!reads(&harness, "nothing is recorded of it"));
}

#[test]
fn chosen_values_of_a_calibration_are_one_undoable_step() {
    let mut harness = page("today", [1600.0, 1800.0]);
    harness.get_by_label("Calibrate to the record…").click();
    harness.run();
    assert_reads(&harness, "What the record does not tell");
    let before = harness.state().state().document.scenario().clone();
    harness.get_by_role_and_label(Role::CheckBox, "Network volatility").click();
    harness.run();
    harness.get_by_label_contains(" values over").click();
    harness.run();
    let after = harness.state().state().document.scenario().clone();
    assert_eq!(after.risk.network.volatility, before.risk.network.volatility, "it was left out");
    assert_ne!(after.risk.bitcoin.volatility, before.risk.bitcoin.volatility);
    harness.state().request(Action::Run(Command::Undo));
    harness.run();
    assert_eq!(*harness.state().state().document.scenario(), before);
}

#[test]
fn calibrate_prints_and_writes_a_preset_with_the_values() {
    let found = json(&["calibrate", "today", "--from", "2021-08", "--to", "2026-09", "--format", "json"]);
    assert_eq!(found["to"], "2026-06");
    assert_eq!(found["cut"], "cut at Jun 2026, the last month that is no estimate");
    let volatility =
        found["estimated"].as_array().unwrap().iter().find(|row| row["id"] == "risk.network.volatility");
    let volatility = volatility.unwrap()["estimate"].as_f64().unwrap();
    let text = printed(&["calibrate", "today", "--from", "2021-08", "--to", "2026-06", "--format", "table"]);
    assert!(text.contains("neither trend nor reversion can be estimated"), "{text}");
    let folder = folder();
    let path = folder.path().join("calibrated.ron");
    let out = path.to_str().unwrap();
    printed(&["calibrate", "today", "--from", "2021-08", "--to", "2026-06", "--out", out]);
    let preset = store::load(&path).unwrap().preset;
    assert_eq!(preset.scenario.risk.network.volatility, volatility);
    let line = refused(&["calibrate", "--from", "2026-01", "--to", "2026-09"]);
    assert!(line.contains("6 recorded months; allowed: at least 24 (--from, --to)"), "{line}");
    let line = refused(&["calibrate", "--from", "August"]);
    assert!(line.contains("write it as 2021-08"), "{line}");
}

#[test]
fn the_command_line_draws_the_page() {
    let folder = folder();
    let out = folder.path().join("history.png");
    let size = ["--scale", "1", "--size", "1280x800"];
    printed(
        &[&["screenshot", "crash-2022", "--page", "history"][..], &size, &["--out", out.to_str().unwrap()]]
            .concat(),
    );
    assert!(std::fs::read(&out).unwrap().starts_with(b"\x89PNG"));
}
