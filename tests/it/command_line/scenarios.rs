//! `wattfolio scenarios`: simulated figures beside the plans.

use serde_json::Value;

use crate::support::program::{json, printed};

/// A file with several scenarios, of few paths.
const FILE: &str = "tight-grid";

fn side_by_side(more: &[&str]) -> Value {
    json(&[&["scenarios", FILE, "--set", "risk.paths=500", "--format", "json"], more].concat())
}

#[test]
fn simulated_figures_are_those_of_a_simulation_with_their_errors_and_differences() {
    let all = side_by_side(&[]);
    let own = json(&["simulate", FILE, "--paths", "500", "--format", "json"]);
    let of = |index: usize, id: &str| all["scenarios"][index]["mining"]["simulated"][id].clone();
    for id in ["npv_mean_usd", "loss", "cvar_usd"] {
        let expected = &own["mining"]["measures"][id];
        assert_eq!(of(0, id)["value"], expected["value"], "{id}");
        assert_eq!(of(0, id)["standard_error"], expected["standard_error"], "{id}");
        let [first, second] = [of(0, id), of(1, id)];
        let value = |figure: &Value| figure["value"].as_f64().expect("a number");
        let difference = value(&second) - value(&first);
        let printed = second["difference"].as_f64().expect("a number");
        assert!((printed - difference).abs() <= 1e-9 * value(&first).abs(), "{id}: {printed}");
        assert!(difference != 0.0, "{id}");
    }
    // By chance of loss there is a verdict on each scenario.
    let text = printed(&["scenarios", FILE, "--set", "risk.paths=500", "--criterion", "loss"]);
    assert!(text.contains("Chance of loss, mining") && text.contains(" ± "), "{text}");
    assert!(!text.contains("No business can be ranked"), "{text}");
}

#[test]
fn a_table_has_the_simulated_rows_unless_they_are_left_out() {
    let table = |more: &[&str]| {
        let arguments = ["scenarios", FILE, "--set", "risk.paths=500", "--format", "csv"];
        printed(&[&arguments, more].concat())
    };
    let (with, without) = (table(&[]), table(&["--no-simulation"]));
    assert!(with.starts_with(&without), "the rows of the plans stay as they are");
    let row = with.lines().find(|line| line.starts_with("A,") && line.contains(",mining,loss,"));
    let cells: Vec<&str> = row.expect("a row").split(',').collect();
    assert!(cells.last().expect("an error").parse::<f64>().expect("a number") > 0.0, "{cells:?}");
    assert!(!without.contains(",loss,"), "{without}");
    let left_out = side_by_side(&["--no-simulation"]);
    assert_eq!(left_out["scenarios"][0]["mining"]["simulated"]["absent"], "not simulated");
}
