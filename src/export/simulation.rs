//! A simulation as JSON.

use serde_json::{Map, Value, json};
use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::Absent;
use wattfolio_economics::risk::{
    BusinessRisk, Estimate, PROBABILITIES, Paybacks, RISK_FIGURES, RiskValue, Share, Simulation,
};
use wattfolio_economics::scenario::Scenario;

use super::json::{OUTPUT_SCHEMA, absent, scenario_json};

/// Fan, quantiles and figures with standard errors. What does not exist is `{"absent": "reason"}`, as in the comparison.
pub fn simulation_json(scenario: &Scenario, simulation: &Simulation) -> Value {
    let mut root = json!({
        "schema": OUTPUT_SCHEMA,
        "version": env!("CARGO_PKG_VERSION"),
        "basis": simulation.basis.id(),
        "paths": simulation.paths,
        "seed": simulation.seed,
        "sampling": simulation.sampling.id(),
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
        RISK_FIGURES.iter().map(|figure| (figure.id.to_owned(), value_json(figure.read(risk)))).collect();
    let fan: Map<String, Value> =
        PROBABILITIES.iter().zip(&risk.fan).map(|(p, curve)| (percentile(*p), json!(curve))).collect();
    json!({
        "measures": figures,
        "fan_usd": fan,
        "end_quantiles_usd": risk.end_quantiles,
        "npv_quantiles_usd": risk.npv.quantiles,
        "payback_quantiles_months": payback_json(risk, |paybacks| json!(paybacks.quantiles.map(months_json))),
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
    match value {
        RiskValue::Number(number) => json!({ "value": number }),
        RiskValue::Estimate(Estimate { value, standard_error }) => {
            json!({ "value": value, "standard_error": standard_error })
        }
        RiskValue::Share(share) => share_json(&share),
        RiskValue::Absent(reason) => absent(&reason.to_string()),
        RiskValue::Pending => absent("not computed"),
    }
}

fn months_json(months: f64) -> Value {
    if months.is_finite() { json!(months) } else { absent(&Absent::Never.to_string()) }
}

/// A share with its count, and with its standard error or the bound that stands in its place.
fn share_json(share: &Share) -> Value {
    let mut value = json!({ "value": share.value, "count": share.hits });
    let bounds = [("upper_95", share.upper_95()), ("lower_95", share.lower_95())];
    for (key, bound) in [("standard_error", share.standard_error())].into_iter().chain(bounds) {
        if let Some(bound) = bound {
            value[key] = json!(bound);
        }
    }
    value
}
