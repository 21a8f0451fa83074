//! Single paths with chosen draws against an independent implementation.
//!
//! `tests/reference/path_model.py` was written from the model's document alone. It made the flows of random plans, rentals
//! and draws that are compared here month by month.

use serde_json::Value;

use super::by_hand::{Chosen, path};
use crate::business::{Business, hosting, leasing, mining};
use crate::catalogue;
use crate::kernel::{Basis, Levels};
use crate::scenario::Scenario;

const PATHS: &str = include_str!("../../tests/vectors/path_vectors.json");

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().expect("a list").iter().map(|number| number.as_f64().expect("a number")).collect()
}

fn scenario(overrides: &Value) -> Scenario {
    let mut scenario = Scenario::default();
    for (id, value) in overrides.as_object().expect("inputs") {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        catalogue::assign_all(&mut scenario, [(id.as_str(), text.as_str())]).expect("a valid input");
    }
    scenario
}

#[test]
fn every_path_is_that_of_the_independent_implementation() {
    let vectors: Value = serde_json::from_str(PATHS).expect("JSON");
    let cases = vectors["cases"].as_array().expect("cases");
    let (mut faults, mut defaults, mut late) = (Vec::new(), 0, 0);
    for (index, case) in cases.iter().enumerate() {
        let (scenario, multipliers) = (scenario(&case["overrides"]), numbers(&case["rental_multipliers"]));
        let chosen = Chosen {
            patience: numbers(&case["patience"]).try_into().expect("eight terms"),
            overrun: case["overrun"].as_f64().expect("a share"),
            delay_months: case["delay_months"].as_u64().expect("months") as usize,
        };
        let moved = |t: usize, level: &mut Levels<f64>| level.rental_usd_per_gpu_hour *= multipliers[t];
        let basis = (Basis::ProjectBeforeTax, chosen);
        let (flows, left_in) = match case["business"].as_str() {
            Some("hosting") => path::<hosting::Plan>(Business::Hosting, &scenario, basis, moved),
            Some("leasing") => path::<leasing::Plan>(Business::Leasing, &scenario, basis, moved),
            _ => path::<mining::Plan>(Business::Mining, &scenario, basis, moved),
        };
        let expected = numbers(&case["flows"]);
        let size = expected.iter().fold(0.0_f64, |most, flow| most.max(flow.abs()));
        let differs = |(ours, theirs): (&f64, &f64)| (ours - theirs).abs() > 1e-9 * size;
        if let Some(t) = flows.iter().zip(&expected).position(differs) {
            faults.push(format!("{index} {}, month {t}: {} {}", case["business"], flows[t], expected[t]));
        }
        if left_in != case["left_in"].as_f64().expect("a month") || flows.len() != expected.len() {
            faults.push(format!("{index}: left in {left_in}, not {}", case["left_in"]));
        }
        defaults += usize::from(left_in > 0.0);
        late += usize::from(chosen.delay_months > 0);
    }
    assert!(faults.is_empty(), "{} differences:\n{}", faults.len(), faults.join("\n"));
    assert!(cases.len() >= 200 && defaults >= 50 && late >= 100, "{} {defaults} {late}", cases.len());
}
