//! What a file says of itself: its version, its basis, and what its verdict goes by.

use serde_json::{Value, json};

use crate::support::program::{json, printed, run};

#[test]
fn what_an_older_file_cannot_keep_stands_in_a_line_on_standard_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        path.to_str().expect("UTF-8").to_owned()
    };
    let old = write("old.ron", "(schema: 1, title: \"Old\", scenario: (horizon_months: 24))");
    let new = write("new.ron", "(schema: 2, defaults: \"2026-11\", title: \"New\")");
    for command in [&["compare"][..], &["presets", "check"], &["presets", "show"], &["inputs"]] {
        let errors = |file: &str| {
            let output = run(&[command, &[file]].concat());
            assert!(output.status.success(), "{command:?} {file}: {output:?}");
            String::from_utf8(output.stderr).expect("text")
        };
        let said = errors(&old);
        assert_eq!(said.lines().count(), 1, "{command:?}: {said}");
        for part in ["old.ron", "schema 1", "no internal rate of return", "first term", "floors", "one draw"]
        {
            assert!(said.contains(part), "{command:?}: {part} is not in {said}");
        }
        assert_eq!(errors(&new), "", "{command:?}");
    }
}

#[test]
fn a_file_is_told_by_its_own_basis_and_criterion_unless_others_are_asked_for() {
    let basis = |arguments: &[&str]| json(arguments)["basis"].as_str().expect("a name").to_owned();
    for command in ["compare", "simulate"] {
        let of_file = [command, "crash-2022", "--format", "json"];
        assert_eq!(basis(&of_file), "equity", "{command}");
        assert_eq!(basis(&[&of_file[..], &["--basis", "after-tax"]].concat()), "after-tax", "{command}");
        assert_eq!(basis(&[command, "--format", "json"]), "before-tax", "{command}");
    }
    let all = json(&["presets", "list", "--format", "json"]);
    let entry = |all: &Value, name: &str| {
        all.as_array().and_then(|all| all.iter().find(|entry| entry["name"] == name)).cloned().expect("it")
    };
    assert_eq!(entry(&all, "crash-2022")["basis"], "equity");
    assert_eq!(entry(&all, "asic-is-not-a-gpu")["criterion"], "payback");
    let helios = entry(&all, "galaxy-helios");
    assert!(helios["what_came"].as_str().is_some_and(|came| came.starts_with("Only hosting")), "{helios}");
    assert!(entry(&all, "today")["what_came"]["absent"].is_string());
    let asked = ["presets", "list", "--format", "json", "--criterion", "irr", "--basis", "after-tax"];
    for entry in json(&asked).as_array().expect("a list") {
        assert_eq!((&entry["basis"], &entry["criterion"]), (&json!("after-tax"), &json!("irr")), "{entry}");
    }
    let text = printed(&["presets", "list"]);
    assert!(
        text.contains("By payback leasing comes first") && text.contains("What came: Only hosting"),
        "{text}"
    );
    // The rates are the project's, which the owner's flows must be told.
    let owner = printed(&["compare", "crash-2022"]);
    assert!(owner.contains("NPV at the project’s rates, 15 / "), "{owner}");
    assert!(!printed(&["compare"]).contains("the project’s rates"));
}

#[test]
fn a_chance_of_loss_says_on_how_many_paths_it_rests() {
    let verdict = &json(&["compare", "--criterion", "loss", "--format", "json"])["verdict"];
    assert_eq!(verdict["paths"], 2000);
    assert!(json(&["compare", "--format", "json"])["verdict"]["paths"]["absent"].is_string());
    let text = printed(&["compare", "--criterion", "loss"]);
    assert!(text.contains("2,000 paths"), "{text}");
    // A chance of loss never stands without where the markets go.
    assert!(text.contains("the plan’s bitcoin price, $") && text.contains("hashprice below $"), "{text}");
    let markets = &verdict["markets"];
    let median = markets["btc_price_usd"]["p50"].as_f64().expect("a number");
    assert!(median < markets["btc_price_usd"]["plan"].as_f64().expect("a number"), "{markets}");
    assert!(markets["hashprice_usd_ph_day"]["p50"].is_number(), "{markets}");
    assert!(markets["plan_percentile"].as_f64().is_some_and(|share| share > 0.5), "{markets}");
    assert!(!printed(&["compare"]).contains("the plan’s bitcoin price"));
    let all = json(&["presets", "list", "--criterion", "loss", "--format", "json"]);
    assert!(all.as_array().expect("a list").iter().all(|entry| entry["paths"] == 2000), "{all}");
    let text = printed(&["presets", "list", "--criterion", "loss"]);
    assert!(text.contains("2,000 simulated paths of each"), "{text}");
    assert!(!printed(&["presets", "list"]).contains("simulated paths"));
}

#[test]
fn every_name_of_the_comparison_is_in_the_reference_of_results() {
    let reference = wattfolio::export::outputs_markdown();
    let root = json(&["compare", "--criterion", "loss", "--format", "json"]);
    let names = |value: &Value| value.as_object().expect("fields").keys().cloned().collect::<Vec<_>>();
    let mut all = [names(&root["verdict"]), names(&root["verdict"]["markets"])].concat();
    for business in ["mining", "hosting", "leasing"] {
        all.extend(names(&root[business]["measures"]));
        all.extend(names(&root[business]["ledger"]));
    }
    for name in &all {
        assert!(reference.contains(&format!("`{name}`")), "{name} is not in docs/OUTPUTS.md");
    }
    assert!(all.iter().any(|name| name == "irr_roots") && all.iter().any(|name| name == "about_equal"));
    for kind in wattfolio_economics::results::verdict::Caveat::ALL {
        assert!(reference.contains(&format!("- `{}`: ", kind.id())), "{}", kind.id());
    }
}
