//! The story of the mixed site: every number of its hedge is one that `wattfolio mix` answers.

use serde_json::Value;
use wattfolio::format;
use wattfolio::store::{Preset, find_bundled};
use wattfolio_economics::units::Unit;

use crate::support::program::json;

const NAME: &str = "iren-mixed-site";

fn preset() -> &'static Preset {
    &find_bundled(NAME).expect("bundled").preset
}

fn mix(arguments: &[&str]) -> Value {
    json(&[&["mix"], arguments, &["--format", "json"]].concat())
}

/// A value by its path in JSON, the parts divided by `/`.
fn number(value: &Value, path: &str) -> f64 {
    value.pointer(path).and_then(Value::as_f64).unwrap_or_else(|| panic!("{path} in {value}"))
}

/// The mix of the grid with these shares of mining and hosting.
fn cell(mixes: &Value, mining: f64, hosting: f64) -> &Value {
    let is_it = |cell: &&Value| {
        let share = |business: &str| number(cell, &format!("/shares/{business}"));
        (share("mining") - mining).abs() < 1e-9 && (share("hosting") - hosting).abs() < 1e-9
    };
    mixes["grid"].as_array().expect("a grid").iter().find(is_it).expect("a mix of the grid")
}

fn value(mixed: &Value) -> f64 {
    number(mixed, "/npv_per_capital/value")
}

fn risk(mixed: &Value) -> f64 {
    number(mixed, "/cvar_per_capital/value")
}

fn percent(fraction: f64) -> String {
    format!("{} %", format::grouped(100.0 * fraction, 0))
}

fn cents(fraction: f64) -> String {
    format::grouped(100.0 * fraction, 0)
}

fn usd(path: &str, mixed: &Value) -> String {
    format::short(number(mixed, path), Unit::Usd)
}

fn assert_says(text: &str, words: &str) {
    assert!(text.contains(words), "“{words}” is computed, and not in: {text}");
}

#[test]
fn the_story_has_the_numbers_of_the_mixes() {
    let preset = preset();
    let mixes = mix(&[NAME]);
    let filled = mix(&[&format!("{NAME}#D")]);
    let story = &preset.about.story;
    let (alone, now) = (cell(&mixes, 1.0, 0.0), &filled["now_exact"]);
    assert_says(
        story,
        &format!(
            "in the worst 5 % of {} futures mining alone loses {} cents of each dollar, and the site with its corner {}; it expects {} cents instead of {}",
            format::grouped(number(&mixes, "/paths"), 0),
            cents(risk(alone)),
            cents(risk(now)),
            cents(value(now)),
            cents(value(alone)),
        ),
    );
    let tenth = cell(&mixes, 0.9, 0.1);
    assert_says(
        story,
        &format!(
            "Hosting on 10 % of the site would take {} off that loss for {} of the NPV per dollar",
            percent(1.0 - risk(tenth) / risk(alone)),
            percent(1.0 - value(tenth) / value(alone)),
        ),
    );
    // The hedge that the page and the command state.
    let hedge = &mixes["hedge"];
    assert_eq!((&hedge["of"], &hedge["by"]), (&Value::from("mining"), &Value::from("hosting")));
    let cost = number(hedge, "/cost_per_capital") / value(alone);
    assert_says(
        story,
        &format!(
            "on {} it would take {} off for {}.",
            percent(number(hedge, "/share")),
            percent(number(hedge, "/risk_cut")),
            percent(cost)
        ),
    );
    assert_eq!(filled["hedge"], *hedge, "how hosting hedges mining is the same in all");
}

#[test]
fn the_assumptions_have_the_numbers_of_the_mixes() {
    let preset = preset();
    let filled = mix(&[&format!("{NAME}#D")]);
    let (alone, now) = (cell(&filled, 1.0, 0.0), &filled["now_exact"]);
    let text = preset.about.assumptions.iter().find(|text| text.starts_with("“As a mix”")).expect("said");
    let share = number(now, "/shares/leasing");
    let parts = filled["plan"]["parts"].as_array().expect("parts");
    let gpus = parts.iter().find(|part| part["business"] == "leasing").expect("leasing");
    let capital = number(now, "/capital_usd");
    assert_says(
        text,
        &format!(
            "its 816 GPUs are {} % of the site and {} of the capital",
            format::grouped(100.0 * share, 1),
            percent(number(gpus, "/capex_usd") / capital)
        ),
    );
    assert_says(
        text,
        &format!(
            "it loses {} with them and {} without",
            usd("/cvar_usd/value", now),
            usd("/cvar_usd/value", alone)
        ),
    );
    assert_says(
        text,
        &format!("the capital grows by {}", percent(capital / number(alone, "/capital_usd") - 1.0)),
    );
    // The same fleet as in the scenarios that count it, to the dollar.
    let counted = json(&["compare", NAME, "--format", "json"]);
    let capex = counted.pointer("/leasing/measures/capex_usd").and_then(Value::as_f64);
    assert_eq!(capex, Some(number(gpus, "/capex_usd")));
    assert_eq!(
        mix(&[NAME])["now"]["shares"],
        serde_json::json!({"mining": 1.0, "hosting": 0.0, "leasing": 0.0})
    );
}

#[test]
fn the_hedge_is_that_of_a_given_network() {
    let text =
        preset().about.assumptions.iter().find(|text| text.starts_with("The hedge is that")).expect("said");
    let today = &find_bundled("today").expect("bundled").preset.scenario;
    let rule = wattfolio_economics::catalogue::find("bitcoin.network")
        .expect("an input")
        .text(today)
        .expect("a text");
    let volatility = today.risk.network.volatility;
    let answering = mix(&[
        NAME,
        "--set",
        &format!("bitcoin.network={rule}"),
        "--set",
        &format!("risk.network.volatility={volatility}"),
    ]);
    let alone = value(cell(&answering, 1.0, 0.0));
    assert!(alone < 0.0, "{alone}");
    assert_says(text, &format!("expected to lose {} cents of each dollar", cents(-alone)));
    let best = answering["frontier"].as_array().expect("a frontier").last().expect("a mix");
    assert_eq!(number(best, "/shares/hosting"), 1.0);
    for mixed in answering["frontier"].as_array().expect("a frontier") {
        assert!(number(mixed, "/shares/mining") < 0.005, "{mixed}");
    }
}
