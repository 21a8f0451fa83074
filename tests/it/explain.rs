//! A click on a figure shows its formula and the values that went into it.

use std::process::Output;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use wattfolio::app::{App, Options};
use wattfolio::state::{Action, CashFlowView, Command as AppCommand, Dialog, Page};
use wattfolio_economics::business::Business;
use wattfolio_economics::business::mining::Treasury;
use wattfolio_economics::explain::{Period, Subject};
use wattfolio_economics::kernel::{Basis, LINES, Line};
use wattfolio_economics::results::measure::{NPV_USD, PAYBACK_MONTHS};
use wattfolio_economics::results::{MEASURES, compare_on};
use wattfolio_economics::scenario::{Debt, PowerContract, Scenario};

use crate::support::program::run;
use crate::support::window::{WIDE, harness};

fn window() -> Harness<'static, App> {
    let mut harness = harness(Options::default(), WIDE);
    harness.run();
    harness
}

fn subject(harness: &Harness<'_, App>) -> Option<Subject> {
    match &harness.state().state().view.dialog {
        Some(Dialog::Explain { subject, .. }) => Some(*subject),
        _ => None,
    }
}

#[test]
fn a_card_figure_shows_its_formula_and_operands() {
    let mut harness = window();
    harness.get_by_label("Explain NPV of leasing").click();
    harness.run();
    assert_eq!(subject(&harness), Some(Subject::measure(Business::Leasing, &NPV_USD)));
    harness.get_by_label("present value of inflows − present value of outflows");
    harness.get_by_label("Present value of inflows");
    harness.get_by_label("Result $93,400,396.33");

    harness.key_press(egui::Key::Escape);
    harness.run();
    assert_eq!(subject(&harness), None);
}

#[test]
fn the_keyboard_opens_an_explanation_too() {
    for key in [egui::Key::Enter, egui::Key::Space] {
        let mut harness = window();
        harness.get_by_label("Explain Payback of hosting").focus();
        harness.run();
        harness.key_press(key);
        harness.run();
        let payback = Subject::measure(Business::Hosting, &PAYBACK_MONTHS);
        assert_eq!(subject(&harness), Some(payback), "{key:?}");
    }
}

#[test]
fn an_input_of_a_formula_leads_to_its_row() {
    let mut harness = window();
    harness.get_by_label("Explain NPV of leasing").click();
    harness.run();
    harness.get_by_label("leasing.discount_rate").click();
    harness.run();
    let inputs = &harness.state().state().view.inputs;
    let input = wattfolio_economics::catalogue::find("leasing.discount_rate").expect("an input");
    assert!(inputs.open.contains(&input.group) && inputs.search.is_empty() && inputs.found.is_none());
    assert_eq!(subject(&harness), None);
    assert!(harness.get_by_role_and_label(egui::accesskit::Role::SpinButton, input.label).is_focused());
}

#[test]
fn a_ledger_line_shows_the_values_of_its_month_and_steps_on() {
    let mut harness = window();
    let app = harness.state();
    app.request(Action::Run(AppCommand::Page(Page::CashFlow)));
    let view = CashFlowView { business: Business::Mining, ..CashFlowView::default() };
    app.request(Action::SetCashFlow(view));
    harness.run();
    harness.get_by_label("Explain Electricity in year 1").click();
    harness.run();
    let year = |number| Some(Subject::period(Business::Mining, Line::Power, Period::year(number)));
    assert_eq!(subject(&harness), year(1));
    harness.get_by_label("Next").click();
    harness.run();
    assert_eq!(subject(&harness), year(2));
    harness.key_press(egui::Key::ArrowLeft);
    harness.run();
    assert_eq!(subject(&harness), year(1));

    // The sum of the year names its months, and each leads to its own formula.
    harness.get_by_label("line power, month 12").click();
    harness.run();
    assert_eq!(subject(&harness), Some(Subject::line(Business::Mining, Line::Power, 12)));
    harness.get_by_label("−energy of every hour · electricity price");
    harness.get_by_label("market power_usd_per_kwh, month 12");

    harness.get_by_label("Next month").click();
    harness.run();
    harness.get_by_label("market power_usd_per_kwh, month 13");
    harness.key_press(egui::Key::ArrowLeft);
    harness.run();
    assert_eq!(subject(&harness), Some(Subject::line(Business::Mining, Line::Power, 12)));
}

#[test]
fn the_cell_of_a_year_takes_the_keyboard() {
    let mut harness = window();
    let app = harness.state();
    app.request(Action::Run(AppCommand::Page(Page::CashFlow)));
    app.request(Action::SetCashFlow(CashFlowView { business: Business::Mining, ..CashFlowView::default() }));
    harness.run();
    harness.get_by_label("Explain Electricity in year 2").focus();
    harness.run();
    assert!(harness.get_by_label("Explain Electricity in year 2").is_focused());
    harness.key_press(egui::Key::Enter);
    harness.run();
    assert_eq!(subject(&harness), Some(Subject::period(Business::Mining, Line::Power, Period::year(2))));
}

#[test]
fn a_line_of_a_sum_leads_to_its_own_formula_and_back() {
    let mut harness = window();
    let ebitda = Subject::line(Business::Mining, Line::Ebitda, 24);
    let dialog = Dialog::Explain { subject: ebitda, trail: Vec::new() };
    harness.state().request(Action::ShowDialog(Some(dialog)));
    harness.run();
    harness.get_by_label("line opex, month 24").click();
    harness.run();
    assert_eq!(subject(&harness), Some(Subject::line(Business::Mining, Line::Opex, 24)));
    harness.get_by_label("Back").click();
    harness.run();
    assert_eq!(subject(&harness), Some(ebitda));
}

fn explain(arguments: &[&str]) -> Output {
    run(&[&["explain"], arguments].concat())
}

#[test]
fn the_command_line_explains_a_line_of_a_month() {
    let output = explain(&["mining.power", "--month", "12", "--set", "power.price_usd_per_kwh=0.05"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success());
    for part in ["Mining, month 12", "= −energy of every hour · electricity price", "mining.machine.watts"]
    {
        assert!(text.contains(part), "{part} is missing in\n{text}");
    }
}

#[test]
fn the_command_line_explains_in_json_with_values_that_multiply() {
    let output = explain(&["leasing.contract_rental", "today", "--month", "40", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let value = json["value"].as_f64().unwrap();
    let operands = json["operands"].as_array().unwrap();
    let of = |id: &str| {
        let is = |operand: &&serde_json::Value| operand["source"]["input"] == id;
        operands.iter().find(is).unwrap()["value"].as_f64().unwrap()
    };
    let gpus = operands.iter().find(|operand| operand["name"] == "GPUs").unwrap()["value"].as_f64().unwrap();
    let rental = gpus * of("leasing.availability") * 730.5 * of("leasing.contract_share");
    let rental = rental * of("leasing.contract_usd_per_gpu_hour") * (1.0 - of("leasing.revenue_share"));
    assert!((rental - value).abs() < 1e-9 * value, "{rental} {value}");
    assert_eq!(json["basis"], "before-tax");
}

#[test]
fn a_rate_that_does_not_exist_is_explained_by_its_reason() {
    // Once this printed $NaN: the plan stands still to its end, and never returns its money.
    let output = explain(&["mining.irr", "--set", "horizon_months=180"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && !text.contains("NaN") && !text.contains("inf"), "{text}");
    assert!(text.contains("no rate above −99 % a year makes the net present value zero"), "{text}");
    let json = explain(&["mining.irr", "--set", "horizon_months=180", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert!(json["value"]["absent"].as_str().is_some_and(|reason| text.contains(reason)), "{json}");
}

#[test]
fn the_command_line_says_what_cannot_be_explained() {
    for (arguments, words) in [
        (vec!["mining.fees"], "mining has no figure fees"),
        (vec!["farming.npv_usd"], "farming is no business"),
        (vec!["mining.irr", "--month", "3"], "has no month"),
        (vec!["mining.irr", "--year", "3"], "has no month or year"),
        (vec!["mining.power", "--year", "0"], "counted from 1"),
        (vec!["mining.power", "--year", "11"], "ends in month 120"),
        (vec!["mining.cumulative", "--year", "2"], "is a level"),
        (vec!["mining.power", "--year", "2", "--month", "3"], "cannot be used with"),
        (vec!["mining.power", "--year", "-1"], "--year"),
        (vec!["mining.power", "--month", "500"], "ends in month 120"),
        (vec!["mining.power", "--set", "mining.queue_months=200"], "cannot be evaluated"),
    ] {
        let output = explain(&arguments);
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && text.contains(words), "{arguments:?}: {text}");
    }
}

/// A plan with every kind of formula: hourly prices, debt, coins kept, a customer who funds the works.
fn intricate() -> Scenario {
    let mut scenario = Scenario::default();
    scenario.power.contract = PowerContract::Wholesale { hourly_sigma: 0.5 };
    scenario.power.curtailment = true;
    scenario.power.demand_response_usd_per_mw_month = 3_000.0;
    scenario.mining.treasury = Treasury::SellToCoverCosts;
    scenario.mining.debt = Debt::SizedToDscr { dscr: 1.3, apr: 0.09, term_months: 48 };
    scenario.hosting.customer_capex_share = 0.4;
    scenario.hosting.prepaid_months = 6;
    scenario.hosting.term_months = 36;
    let loan = Debt::Loan { loan_to_cost: 0.6, apr: 0.09, term_months: 60, grace_months: 6 };
    scenario.hosting.debt = loan;
    scenario.leasing.debt = loan;
    scenario
}

#[test]
fn every_explanation_can_be_drawn() {
    let options = Options { scenario: Some(intricate().validate().expect("valid")), ..Options::default() };
    let mut harness = harness(options, WIDE);
    harness.state().request(Action::Run(AppCommand::BasisEquity));
    harness.run();
    for business in Business::ALL {
        let measures = MEASURES.iter().filter(|measure| measure.applies_to(business));
        let lines = LINES.into_iter().filter(|line| line.belongs_to(business));
        let subjects = measures
            .map(|measure| Subject::measure(business, measure))
            .chain(lines.flat_map(|line| [12, 48, 120].map(|month| Subject::line(business, line, month))));
        for shown in subjects {
            let dialog = Dialog::Explain { subject: shown, trail: Vec::new() };
            harness.state().request(Action::ShowDialog(Some(dialog)));
            harness.step();
            harness.step();
            assert!(harness.query_by_label("Close").is_some(), "{shown:?}");
        }
    }
}

#[test]
fn a_year_is_the_sum_of_its_months() {
    let scenario = intricate().validate().unwrap();
    for basis in Basis::ALL {
        let comparison = compare_on(&scenario, basis);
        for evaluation in comparison.evaluations() {
            let own = LINES.into_iter().filter(|line| line.belongs_to(evaluation.business) && line.adds_up());
            for line in own {
                let monthly = evaluation.ledger.line(line);
                let mut all = 0.0;
                for number in 1..=evaluation.horizon().div_ceil(12) {
                    let year = Subject::period(evaluation.business, line, Period::year(number));
                    let explained = year.explanation(&scenario, &comparison).unwrap();
                    let sum = explained.recompute().unwrap();
                    assert_eq!(explained.result, Ok(sum), "{} {number}", line.id());
                    all += sum;
                }
                let size: f64 = monthly.iter().map(|value| value.abs()).sum();
                assert!((all - monthly.iter().sum::<f64>()).abs() <= 1e-12 * size, "{}", line.id());
            }
        }
    }
}
