//! A simulation as JSON.

use serde_json::{Map, Value, json};
use wattfolio_economics::business::Business;
use wattfolio_economics::risk::{BusinessRisk, Estimate, PROBABILITIES, Paybacks, Sampling, Simulation};
use wattfolio_economics::scenario::Scenario;

use super::json::{absent, scenario_json};
use super::risk::{RISK_FIGURES, RiskValue};
use crate::store::SCHEMA;

/// Fan, quantiles and figures with standard errors; `null` stands for a payback that never comes on so many paths.
/// What does not exist is `{"absent": "reason"}`, as in the comparison.
pub fn simulation_json(scenario: &Scenario, simulation: &Simulation) -> Value {
    let mut root = json!({
        "schema": SCHEMA,
        "version": env!("CARGO_PKG_VERSION"),
        "basis": simulation.basis.id(),
        "paths": simulation.paths,
        "seed": simulation.seed,
        "sampling": match simulation.sampling {
            Sampling::Random => "random",
            Sampling::Quasi => "quasi",
        },
        "probabilities": PROBABILITIES,
        "scenario": scenario_json(scenario),
    });
    for business in Business::ALL {
        root[business.id()] = match simulation.business(business) {
            Ok(risk) => risk_json(risk),
            Err(reason) => absent(&reason.to_string()),
        };
    }
    root
}

fn risk_json(risk: &BusinessRisk) -> Value {
    let figures: Map<String, Value> =
        RISK_FIGURES.iter().map(|figure| (figure.id.to_owned(), value_json((figure.read)(risk)))).collect();
    let fan: Map<String, Value> =
        PROBABILITIES.iter().zip(&risk.fan).map(|(p, curve)| (percentile(*p), json!(curve))).collect();
    json!({
        "measures": figures,
        "fan_usd": fan,
        "end_quantiles_usd": risk.end_quantiles,
        "npv_quantiles_usd": risk.npv.quantiles,
        "payback_quantiles_months": payback_json(risk, |paybacks| {
            json!(paybacks.quantiles.map(|months| months.is_finite().then_some(months)))
        }),
        "paid_back_by_month": payback_json(risk, |paybacks| json!(paybacks.by_month)),
    })
}

fn payback_json(risk: &BusinessRisk, write: impl FnOnce(&Paybacks) -> Value) -> Value {
    risk.payback.as_ref().map_or_else(|reason| absent(&reason.to_string()), write)
}

/// `p5`, `p95`.
fn percentile(probability: f64) -> String {
    format!("p{:.0}", probability * 100.0)
}

fn value_json(value: RiskValue) -> Value {
    let estimate =
        |estimate: Estimate| json!({ "value": estimate.value, "standard_error": estimate.standard_error });
    match value {
        RiskValue::Usd(value) => json!({ "value": value }),
        RiskValue::UsdEstimate(value) | RiskValue::Share(value) => estimate(value),
        RiskValue::Months(months) => json!({ "value": months.is_finite().then_some(months) }),
        RiskValue::Rate(rate) => json!({ "value": rate }),
        RiskValue::Absent(reason) => absent(&reason.to_string()),
        RiskValue::Pending => json!({ "value": null }),
    }
}
