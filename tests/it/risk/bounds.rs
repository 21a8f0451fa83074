//! What few paths, and businesses without capital, say: bounds and reasons in place of figures.

use egui_kittest::kittest::Queryable as _;
use wattfolio::app::Options;
use wattfolio::state::{Action, Command as AppCommand, Page};
use wattfolio_economics::catalogue;
use wattfolio_economics::scenario::Scenario;

use super::{request, simulate, text, window};

/// A dear contract with a customer who stays: leasing is sure to pay.
const SURE: [(&str, &str); 3] = [
    ("leasing.contract_usd_per_gpu_hour", "8"),
    ("leasing.default_hazard_per_year", "0"),
    ("leasing.delay_mean_months", "0"),
];

#[test]
fn few_paths_give_bounds_and_no_certainty() {
    let sure = SURE.map(|(id, value)| format!("--set={id}={value}"));
    let sure: Vec<&str> = ["--paths", "100"].into_iter().chain(sure.iter().map(String::as_str)).collect();
    let table = text(&simulate(&sure));
    let row = |label: &str| table.lines().find(|line| line.starts_with(label)).unwrap().to_owned();
    assert!(row("Chance of loss").contains(" < 3 %"), "{table}");
    assert!(row("Pays back").contains(" > 97 %"), "{table}");
    assert!(table.contains("leasing in at most 3") && table.contains("support at 95 %"), "{table}");
    let json: serde_json::Value =
        serde_json::from_str(&text(&simulate(&[&sure[..], &["--format", "json"]].concat()))).unwrap();
    let measures = &json["leasing"]["measures"];
    assert_eq!(measures["loss"], serde_json::json!({ "value": 0.0, "count": 0, "upper_95": 0.03 }));
    assert_eq!(measures["pays_back"], serde_json::json!({ "value": 1.0, "count": 100, "lower_95": 0.97 }));
    let loss = &json["mining"]["measures"]["loss"];
    assert!(loss["standard_error"].as_f64().unwrap() > 0.0 && loss["upper_95"].is_null(), "{loss}");
    // The window says the same, on the card and on the risk page.
    let mut scenario = Scenario::default();
    scenario.risk.paths = 100;
    catalogue::assign_all(&mut scenario, SURE).unwrap();
    let mut harness =
        window(Options { scenario: Some(scenario.validate().expect("valid")), ..Options::default() });
    assert!(harness.query_all_by_label("< 3 %").next().is_some(), "the card of leasing");
    request(&mut harness, Action::Run(AppCommand::Page(Page::Risk)));
    harness.get_by_label_contains("Chance of loss, mining 91.0 %, hosting 23 %, leasing < 3 %");
    harness.get_by_label_contains("Pays back, mining 13 %, hosting 83 %, leasing > 97 %");
}

#[test]
fn without_own_capital_plan_and_simulation_have_no_payback() {
    let no_capital = ["--paths", "500", "--set=hosting.customer_capex_share=1"];
    let output = |format: &str| text(&simulate(&[&no_capital[..], &["--format", format]].concat()));
    let json: serde_json::Value = serde_json::from_str(&output("json")).unwrap();
    let hosting = &json["hosting"];
    for id in ["pays_back", "payback_p5_months", "payback_p50_months", "payback_p95_months"] {
        assert_eq!(hosting["measures"][id]["absent"], "no capex", "{id}");
    }
    assert_eq!(hosting["payback_quantiles_months"]["absent"], "no capex");
    // What compares with capital has nothing to compare with.
    for id in ["irr_p50", "without_irr", "capital_not_returned", "cvar_per_capex"] {
        assert_eq!(hosting["measures"][id]["absent"], "no capex", "{id}");
    }
    let table = output("table");
    let row = table.lines().find(|line| line.starts_with("Payback median")).unwrap();
    assert_eq!(
        row.split_whitespace().take(7).collect::<Vec<_>>(),
        ["Payback", "median", "never", "no", "capex", "4.6", "y"]
    );
    // On the page it is absent as well, in the words of the plan.
    let mut scenario = Scenario::default();
    (scenario.risk.paths, scenario.hosting.customer_capex_share) = (500, 1.0);
    let mut harness =
        window(Options { scenario: Some(scenario.validate().expect("valid")), ..Options::default() });
    assert!(harness.query_all_by_label("–").next().is_none(), "a card has a reason for each figure");
    request(&mut harness, Action::Run(AppCommand::Page(Page::Risk)));
    let title = |words: &str| harness.query_all_by_label_contains(words).next().is_some();
    // It may share the verb with others, before or after them.
    let is_alone = title("; hosting needs no capital of its own");
    let is_shared =
        title("need no capital of their own") && (title("; hosting") || title(" and hosting need"));
    assert!(is_alone || is_shared, "the title says it");
    harness.get_by_label_contains("Payback median, mining never, hosting no capex, leasing 4.6 y");
}
