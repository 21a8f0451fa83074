//! The history page and `wattfolio calibrate`, on the bundled record.

use std::time::{Duration, Instant};

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use wattfolio::app::{App, Options, Simulate};
use wattfolio::market_data::{plan_of_then, record};
use wattfolio::state::{Action, Command, HistoryView, Page, StripMeasure};
use wattfolio::store;
use wattfolio_economics::history::{Driver, Machines, Replay};
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::prelude::*;
use wattfolio_economics::risk::FactorSource;
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
    // The loan that the machines do not earn.
    assert_reads(
        &harness,
        "Mining’s loan was to be covered at least 2.1×; what came covered it 0.059× at worst",
    );
    assert_reads(&harness, "From Aug 2022 on the reserve is gone");
    assert_reads(&harness, "which is bankruptcy");
    // What is not recorded says so and shows no figure.
    assert_reads(&harness, "nothing is recorded of it before Jun 2024");
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
    assert_reads(&harness, "Cumulative cash, × the plan’s capital of $");
    // A loss beyond the capital, plans that are not over, what was not known then, and the lines by name.
    assert_reads(&harness, "below −1× more had to be paid in than the plan asked for");
    assert_reads(&harness, "of the capital: more had to be paid in than planned");
    assert_reads(&harness, "dotted below: plans that are not over");
    assert_reads(&harness, "but for fees, an estimate made since");
    assert_reads(&harness, "an estimate made since, which the plan of then is given too");
    assert_reads(&harness, "Solid: recorded; dashed: what the plan believed");
    assert_reads(&harness, "Mining does not earn its cost of capital; it loses $");
    assert_reads(&harness, "NPV of Nov 2021 at 15.0 % a year, USD");
}

/// Units, dates, marks of an estimate: what makes a number on the page a figure.
const UNITS: [&str; 18] = [
    "$",
    "×",
    "%",
    "EH/s",
    "month",
    "MW",
    "year",
    "starts",
    "Jan ",
    "Aug ",
    "Sep ",
    "Oct ",
    "Nov ",
    "J/TH",
    "2021",
    "values over",
    "estimate",
    "recorded of it before ",
];

#[test]
fn no_number_on_the_page_stands_without_its_unit_or_date() {
    for (preset, business) in
        [("crash-2022", Business::Mining), ("today", Business::Hosting), ("today", Business::Leasing)]
    {
        let mut harness = page(preset, [1600.0, 2200.0]);
        let start = Some(month(if business == Business::Mining { "2021-11" } else { "2024-07" }));
        let view = HistoryView { business, start, is_calibrating: true, ..HistoryView::default() };
        harness.state().request(Action::SetHistory(view));
        harness.run();
        let mut seen = 0;
        for node in harness.root().children_recursive() {
            let node = node.accesskit_node();
            let Some(rect) = node.bounding_box() else { continue };
            // The inputs and the bars have tests of their own.
            if rect.x0 < 330.0 || rect.y0 < 90.0 || rect.y1 > 2170.0 {
                continue;
            }
            let text = node.label().or_else(|| node.value()).unwrap_or_default();
            if !text.contains(|c: char| c.is_ascii_digit()) {
                continue;
            }
            seen += 1;
            assert!(UNITS.iter().any(|unit| text.contains(unit)), "{preset}, {business:?}: “{text}”");
        }
        assert!(seen > 15, "{preset}: {seen}");
    }
}

#[test]
fn titles_follow_what_the_strip_shows() {
    let mut harness = page("crash-2022", [1600.0, 1800.0]);
    for (measure, words) in [
        (StripMeasure::Value, "earned their capital"),
        (StripMeasure::Payback, "starts were paid back, that of"),
        (StripMeasure::Drawdown, "fell deepest, by"),
    ] {
        harness.state().request(Action::SetHistory(HistoryView { measure, ..HistoryView::default() }));
        harness.run();
        assert_reads(&harness, words);
    }
    // A business that the scenario never starts is not one of which nothing is recorded.
    assert_reads(&harness, "were to be back");
}

/// The coverage runs beside the window, shows how far it is, and ends when the user says so.
#[test]
fn the_coverage_can_be_cancelled() {
    let preset = store::find_bundled("crash-2022").unwrap().preset.clone();
    let mut options = Options { preset: Some((preset, None)), ..Options::default() };
    options.simulate = Simulate::InBackground;
    let mut harness = harness(options, [1600.0, 1800.0]);
    harness.state().request(Action::Run(Command::Page(Page::History)));
    let wait = |harness: &mut Harness<'static, App>, until: &dyn Fn(&Harness<'static, App>) -> bool| {
        let started = Instant::now();
        while !until(harness) {
            assert!(started.elapsed() < Duration::from_mins(1), "it never came");
            harness.step();
            std::thread::sleep(Duration::from_millis(2));
        }
    };
    wait(&mut harness, &|harness| reads(harness, "Drawing the fans of every start"));
    harness.state().request(Action::Run(Command::CancelSimulation));
    wait(&mut harness, &|harness| harness.state().state().history.progress.is_none());
    assert!(harness.state().state().history.was_cancelled);
    assert!(harness.state().state().history.coverage.is_none());
    wait(&mut harness, &|harness| {
        reads(harness, "It was cancelled; the next change of an input starts it again")
    });
}

/// Recorded months in the place of drawn ones: in the window, in the file, and on the command line with the same bits.
#[test]
fn simulations_can_draw_recorded_months_everywhere() {
    let mut harness = page("today", [1600.0, 1800.0]);
    let factors = |harness: &Harness<'static, App>| {
        harness.state().state().risk.simulated.as_ref().unwrap().simulation.factors()
    };
    let losses = |harness: &Harness<'static, App>| {
        let simulated = harness.state().state().risk.simulated.clone().unwrap();
        simulated.simulation.business(Business::Mining).unwrap().loss.hits
    };
    assert_eq!(factors(&harness), FactorSource::Parametric);
    let drawn = losses(&harness);
    harness.state().request(Action::Run(Command::FromRecord));
    harness.run();
    assert_eq!(factors(&harness), FactorSource::Bootstrap);
    let resampled = losses(&harness);
    assert_ne!(resampled, drawn);
    harness.state().request(Action::Run(Command::Page(Page::Risk)));
    harness.run();
    assert_reads(&harness, "blocks of 139 recorded months");
    // The file keeps it, and only such a file has the new version.
    let draft = harness.state().state().document.content().to_draft().check().unwrap();
    let text = store::to_text(&draft).unwrap();
    assert!(text.contains("schema: 4") && text.contains("factors:\"bootstrap\""), "{text}");
    let folder = folder();
    let path = folder.path().join("recorded.ron");
    std::fs::write(&path, &text).unwrap();
    assert_eq!(store::load(&path).unwrap().preset.view.factors, FactorSource::Bootstrap);
    // Same seed, same bits.
    let of = |arguments: &[&str]| json(&[&["simulate"][..], arguments, &["--format", "json"]].concat());
    let by_file = of(&[path.to_str().unwrap()]);
    assert_eq!(by_file["mining"]["measures"]["loss"]["count"], resampled);
    assert_eq!(
        (&by_file["factors"]["source"], &by_file["factors"]["months"]),
        (&"bootstrap".into(), &139.into())
    );
    assert_eq!(by_file["mining"]["measures"], of(&["today", "--factors", "bootstrap"])["mining"]["measures"]);
    let back = of(&[path.to_str().unwrap(), "--factors", "parametric"]);
    assert_eq!(back["mining"]["measures"]["loss"]["count"], drawn);
    let verdict = |factors| {
        json(&["compare", "today", "--criterion", "loss", "--factors", factors, "--format", "json"])["verdict"].clone()
    };
    assert_ne!(verdict("bootstrap"), verdict("parametric"));
}

#[test]
fn the_command_line_replays_a_plan() {
    let found =
        json(&["history", "crash-2022", "--start", "2021-11", "--machines", "same", "--format", "json"]);
    assert_eq!(found["start"], "2021-11");
    assert_eq!(found["mining"]["came"]["payback_last_months"]["absent"], "never");
    assert!(found["mining"]["plan"]["payback_last_months"].as_f64().unwrap() < 24.0);
    let gap = &found["mining"]["gap"];
    let shares: f64 = gap["shares_usd"].as_object().unwrap().values().map(|usd| usd.as_f64().unwrap()).sum();
    let total = gap["came_usd"].as_f64().unwrap() - gap["believed_usd"].as_f64().unwrap();
    assert!((shares - total).abs() < 1.0, "{shares} {total}");
    assert!(found["hosting"]["absent"].as_str().unwrap().contains("nothing is recorded"));
    assert_eq!(found["starts"].as_array().unwrap().len(), 144);
    let months = found["months"].as_array().unwrap();
    let standings: Vec<&str> = months.iter().map(|month| month["standing"].as_str().unwrap()).collect();
    assert_eq!(
        (months.len(), standings[1], standings[57], standings[60]),
        (61, "recorded", "estimate", "own_rules")
    );
    let text = printed(&["history", "today", "--format", "table"]);
    assert!(text.contains("Machines of Nov 2021") && text.contains("estimates"), "{text}");
    let line = refused(&["history", "today", "--start", "2012-01"]);
    assert!(line.contains("2012-01 cannot be replayed; allowed: 2014-10…2026-09"), "{line}");
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

/// What the presets say came is what the record says came.
#[test]
fn variants_of_what_came_agree_with_the_record() {
    let mut seen = 0;
    for bundled in store::bundled() {
        let preset = &bundled.preset;
        // A plan of the past has what came as a variant, or tells it itself and has the plan of then beside it.
        let is_past = preset.scenario.start <= record().last();
        let came = match preset.what_came() {
            Some(variant) => &variant.scenario,
            None if is_past => &preset.scenario,
            None => continue,
        };
        seen += 1;
        let then = plan_of_then(preset, preset.view);
        assert_eq!(then.is_some(), preset.what_came().is_none(), "{}", bundled.name);
        let basis = preset.view.basis;
        let start = preset.scenario.start;
        let replay = Replay::new(record(), &preset.scenario, start, Machines::Same, basis).unwrap();
        let bitcoin = &came.bitcoin;
        for t in 1..=replay.last_recorded() {
            let recorded = replay.came.network.btc_price_usd[t];
            let told = bitcoin.price_usd.level(t);
            assert!((told / recorded - 1.0).abs() < 0.4, "{}, month {t}: {told}, {recorded}", bundled.name);
        }
    }
    assert_eq!(seen, 13);
    let crash = store::find_bundled("crash-2022").unwrap();
    let then = plan_of_then(&crash.preset, crash.preset.view).unwrap();
    assert!(then.starts_with("Mining is worth $"), "{then}");
    let list = printed(&["presets", "list"]);
    assert!(list.contains(&format!("The plan of then: {then}")), "{list}");
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
