//! Pages, appearance, and no frames while idle.

use std::time::Duration;

use egui::{Event, Key, Modifiers, OutputCommand, Role};
use wattfolio::app::Options;
use wattfolio::state::{Action, CashFlowView, Page};
use wattfolio::words;
use wattfolio_economics::business::Business;
use wattfolio_economics::explain::PeriodLength;
use wattfolio_economics::kernel::Line;
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::scenario::Scenario;

use crate::support::window::{CTRL, Window};

#[test]
fn an_idle_window_requests_no_frames() {
    let mut window = Window::open();
    for _ in 0..3 {
        assert_eq!(window.settle(), 1, "one frame is enough when nothing happens");
        let output = window.harness().output();
        let delay = output.viewport_output[&egui::ViewportId::ROOT].repaint_delay;
        assert!(delay > Duration::from_hours(1), "another frame is asked for in {delay:?}");
    }
    window.key(CTRL, Key::Num2);
    assert_eq!(window.settle(), 1);
}

#[test]
fn pages_change_by_tab_and_by_key() {
    let mut window = Window::open();
    assert!(window.reads("Leasing is worth most"));
    window.click(Role::Tab, "Cash flow");
    assert_eq!(window.state().view.page, Page::CashFlow);
    for business in Business::ALL {
        if window.state().view.cash_flow.business != business {
            window.click(Role::RadioButton, business.label());
        }
        let evaluation = window.state().results.comparison.business(business).expect("evaluated");
        assert!(window.reads(&words::cash_flow_verdict(evaluation)), "{}", business.label());
    }
    window.key(CTRL, Key::Num1);
    assert_eq!(window.state().view.page, Page::Compare);
    window.key(CTRL, Key::Num2);
    assert_eq!(window.state().view.page, Page::CashFlow);
}

#[test]
fn the_cash_flow_page_follows_the_inputs() {
    let mut window = Window::open();
    window.click(Role::Tab, "Cash flow");
    window.click(Role::RadioButton, "Compute leasing");
    let before = window.texts();
    window.set("Rental rate", "9");
    let evaluation =
        window.state().results.comparison.business(Business::Leasing).expect("evaluated").clone();
    assert!(window.reads(&words::cash_flow_verdict(&evaluation)));
    assert_ne!(window.texts(), before);
}

#[test]
fn a_plan_too_short_for_any_business_gives_the_reasons_once_and_no_empty_chart() {
    let scenario = Scenario { horizon_months: 1, ..Scenario::default() };
    let scenario = Some(scenario.validate().expect("valid"));
    let mut window = Window::with(Options { scenario, ..Options::default() });
    let count = |window: &Window, words: &str| {
        window.texts().iter().map(|text| text.matches(words).count()).sum::<usize>()
    };
    assert_eq!((count(&window, "Nothing can be evaluated."), count(&window, "cannot be evaluated")), (1, 0));
    assert!(window.reads("Live in month 4, after the plan ends in month 1."));
    for words in ["What it takes", "Side by side", "not evaluated"] {
        assert!(!window.reads(words), "{words}");
    }
    window.key(CTRL, Key::Num2);
    assert!(window.reads("Mining is not evaluated.") && window.reads("Live in month 4, after the plan ends"));
    window.key(CTRL, Key::Num3);
    assert_eq!(count(&window, "Nothing could be simulated"), 1);
    assert!(window.reads("Mining: live in month 4, after the plan ends in month 1."));
    for words in ["simulated paths", "Wilder markets", "Probability that", "NPV per $", "–"] {
        assert!(!window.reads(words), "{words}");
    }
}

#[test]
fn one_business_without_results_has_its_reason_in_every_table() {
    let mut scenario = Scenario::default();
    scenario.mining.queue_months = 200;
    scenario.risk.paths = 100;
    let scenario = Some(scenario.validate().expect("valid"));
    let mut window = Window::with(Options { scenario, ..Options::default() });
    assert!(window.reads("after the plan ends in month 120."), "{:#?}", window.texts());
    window.key(CTRL, Key::Num3);
    assert!(window.reads("Mining is not evaluated: live in month 2"));
}

#[test]
fn charts_are_drawn_in_many_ways() {
    let mut window = Window::open();
    for name in ["Overlaid", "$", "$/MW", "× capital", "Side by side"] {
        window.click(Role::RadioButton, name);
        window.assert_up_to_date();
    }
    for name in ["Discounted", "Resale", "Hold BTC"] {
        window.click(Role::CheckBox, name);
        window.assert_up_to_date();
    }
    window.click(Role::Button, "Curves as table");
    assert!(window.state().view.chart.is_table && window.reads("Nov 2036"), "{:#?}", window.texts());
}

#[test]
fn every_basis_is_counted() {
    let mut window = Window::open();
    let before = window.state().results.comparison.clone();
    window.click(Role::RadioButton, "After tax");
    assert_ne!(window.state().results.comparison, before);
    window.click(Role::RadioButton, "Equity");
    window.click(Role::RadioButton, "Before tax");
    assert_eq!(window.state().results.comparison, before);
}

#[test]
fn every_criterion_has_its_sentence_and_is_no_step() {
    let mut window = Window::open();
    let mut sentences = Vec::new();
    for criterion in Criterion::ALL.into_iter().rev() {
        window.click(Role::RadioButton, criterion.label());
        assert_eq!(window.state().document.criterion(), criterion);
        assert!(!window.state().document.can_undo());
        let (verdict, results) = (window.state().verdict(), &window.state().results);
        let sentence = words::verdict::sentence(&results.scenario, &results.comparison, &verdict).to_string();
        assert!(window.reads(&sentence), "{sentence}");
        assert!(!sentences.contains(&sentence), "{sentence}");
        sentences.push(sentence);
        // Mining loses value, and wears no badge of praise by any criterion.
        assert!(window.reads("loses value"), "{criterion:?}: {:?}", window.texts());
    }
    window.set("Bitcoin price", "200k");
    assert!(window.state().document.can_undo());
    window.key(CTRL, Key::Z);
    assert_eq!(window.state().document.criterion(), Criterion::Value);
}

#[test]
fn one_cursor_reads_all_charts() {
    let mut window = Window::open();
    assert_eq!(window.state().view.hovered_month, None);
    let controls = window.node(Role::RadioButton, "Side by side").rect();
    // In the first chart, below its controls and titles.
    let place = egui::pos2(controls.left() + 150.0, controls.bottom() + 100.0);
    window.frame(Event::PointerMoved(place));
    window.settle();
    let month = window.state().view.hovered_month.expect("a month under the pointer");
    assert!((0.0..=120.0).contains(&month), "{month}");
    window.frame(Event::PointerGone);
    window.settle();
    assert_eq!(window.state().view.hovered_month, None);
}

#[test]
fn dark_and_light_are_switched() {
    let mut window = Window::open();
    window.click(Role::Button, "Light theme");
    assert_eq!(window.harness().ctx.theme(), egui::Theme::Light);
    window.click(Role::Button, "Dark theme");
    assert_eq!(window.harness().ctx.theme(), egui::Theme::Dark);
}

#[test]
fn everything_is_reached_without_a_mouse() {
    let mut window = Window::open();
    let mut names = Vec::new();
    for _ in 0..40 {
        window.key(Modifiers::NONE, Key::Tab);
        let focused = window.focused();
        names.extend(focused);
    }
    for wanted in ["Electricity cost", "Bitcoin price", "New scenario", "Undo"] {
        // Disabled widgets, such as undo at the start, take no focus.
        let is_there = names.iter().any(|name| name == wanted);
        assert_eq!(is_there, wanted != "Undo", "{wanted} in {names:?}");
    }
}

#[test]
fn a_small_window_works_as_well() {
    let mut window = Window::open();
    window.harness().set_size(egui::vec2(1024.0, 640.0));
    window.settle();
    window.assert_up_to_date();
    let before = window.flows();
    window.set("Bitcoin price", "200k");
    assert_ne!(window.flows()[Business::Mining], before[Business::Mining]);
    window.assert_up_to_date();
    for page in ["Cash flow", "Compare"] {
        window.click(Role::Tab, page);
    }
}

/// What the buttons of a frame copied.
fn copied(window: &mut Window, button: &str) -> String {
    window.node(Role::Button, button).click_accesskit();
    let mut copied = String::new();
    for _ in 0..3 {
        window.harness().step();
        for command in &window.harness().output().platform_output.commands {
            if let OutputCommand::CopyText(text) = command {
                copied.push_str(text);
            }
        }
    }
    copied
}

#[test]
fn a_ledger_is_copied_in_the_periods_in_which_it_is_shown() {
    let mut window = Window::open();
    window.click(Role::Tab, "Cash flow");
    for period in PeriodLength::ALL {
        let name = period.word();
        let view = CashFlowView { ledger_period: period, ..window.state().view.cash_flow };
        window.request(Action::SetCashFlow(view));
        let table = copied(&mut window, "Copy table");
        let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split('\t').collect()).collect();
        let (head, sum) = (&rows[0], &rows[rows.len() - 1]);
        assert_eq!((head[0], sum[0]), (name, "sum"), "{table}");
        assert_eq!(rows.len() - 2, 120 / period.months(), "a row a {name}");
        let column = head.iter().position(|line| *line == Line::Power.id()).expect("electricity");
        let mining = window.state().results.comparison.business(Business::Mining).expect("evaluated");
        let monthly = mining.ledger.line(Line::Power);
        let size: f64 = monthly.iter().map(|usd| usd.abs()).sum();
        for (index, row) in rows[1..rows.len() - 1].iter().enumerate() {
            assert_eq!(row[0], (index + 1).to_string());
            // The first has the start as well, month 0.
            let from = if index == 0 { 0 } else { index * period.months() + 1 };
            let months = &monthly[from..=(index + 1) * period.months()];
            let copied: f64 = row[column].parse().expect("a number");
            assert!((copied - months.iter().sum::<f64>()).abs() <= 1e-12 * size, "{name} {row:?}");
        }
    }
}
