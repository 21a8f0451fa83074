//! JSON with stable names.

use std::io::{self, Write};

use serde_json::{Map, Value, json};
use wattfolio_economics::business::Business;
use wattfolio_economics::catalogue;
use wattfolio_economics::input::{Input, Kind};
use wattfolio_economics::kernel::{LINES, Maybe};
use wattfolio_economics::results::{BuyAndHold, Comparison, Evaluation, MEASURES};
use wattfolio_economics::scenario::Scenario;

use super::csv::objects_csv;

/// The version of the JSON and Parquet that this program writes. It rises when a name or a form changes; version 2 names
/// the basis as the options do, and writes what does not exist as `{"absent": "reason"}` everywhere.
pub const OUTPUT_SCHEMA: u32 = 2;

/// The whole comparison: inputs, market series, measures and the full monthly ledger of each business.
///
/// What does not exist is `{"absent": "reason"}`; every series is an array over `t = 0…T`.
pub fn comparison_json(scenario: &Scenario, comparison: &Comparison) -> Value {
    let network: Map<String, Value> = comparison
        .network
        .series()
        .iter()
        .map(|(series, values)| (series.id().to_owned(), json!(values)))
        .collect();
    let mut root = json!({
        "schema": OUTPUT_SCHEMA,
        "version": env!("CARGO_PKG_VERSION"),
        "basis": comparison.basis.id(),
        "scenario": scenario_json(scenario),
        "network": network,
        "buy_and_hold": comparison.buy_and_hold.as_ref().map_or_else(|| absent("no mining"), holding_json),
    });
    for business in Business::ALL {
        root[business.id()] = match comparison.business(business) {
            Ok(evaluation) => evaluation_json(evaluation),
            Err(reason) => absent(&reason.to_string()),
        };
    }
    root
}

pub(super) fn absent(reason: &str) -> Value {
    json!({ "absent": reason })
}

fn maybe(value: Maybe<f64>) -> Value {
    value.map_or_else(|reason| absent(&reason.to_string()), |value| json!(value))
}

fn evaluation_json(evaluation: &Evaluation) -> Value {
    let mut measures: Map<String, Value> = MEASURES
        .iter()
        .filter_map(|measure| measure.read(evaluation).map(|value| (measure.id.to_owned(), maybe(value))))
        .collect();
    measures.insert("irr_roots".to_owned(), json!(evaluation.measures.irr_roots));
    measures.insert("irr_meaningful".to_owned(), json!(evaluation.measures.irr_meaningful()));
    let ledger: Map<String, Value> = LINES
        .iter()
        .filter(|line| line.belongs_to(evaluation.business))
        .map(|&line| (line.id().to_owned(), json!(evaluation.ledger.line(line))))
        .collect();
    json!({ "measures": measures, "ledger": ledger })
}

fn holding_json(holding: &BuyAndHold) -> Value {
    json!({
        "measures": {
            "capex_usd": holding.spent_usd,
            "value_usd": holding.end_value_usd(),
            "profit_usd": holding.profit_usd(),
            "npv_usd": holding.npv_usd,
        },
        "series": { "btc": holding.btc, "value_usd": holding.value_usd, "cumulative": holding.net_usd },
    })
}

/// Every input by id: numbers, words, and choices as RON text.
pub(super) fn scenario_json(scenario: &Scenario) -> Value {
    let values = catalogue::inputs()
        .iter()
        .filter_map(|input| input_value(input, scenario).map(|value| (input.id.to_owned(), value)));
    Value::Object(values.collect())
}

fn input_value(input: &Input, scenario: &Scenario) -> Option<Value> {
    match &input.kind {
        Kind::Number(number) => (number.get)(scenario).map(|value| json!(value)),
        Kind::Flag(access) => Some(json!((access.get)(scenario))),
        Kind::Points(points) => Some(json!((points.path.get)(scenario).points)),
        Kind::Month(_) | Kind::Text(_) | Kind::Choice(_) => input.text(scenario).map(Value::String),
    }
}

/// The columns of the catalogue in order; the keys of an entry in JSON.
const INPUT_COLUMNS: [&str; 11] = [
    "id",
    "label",
    "group",
    "unit",
    "value",
    "allowed",
    "key_driver",
    "moves",
    "meaning",
    "formula",
    "source",
];

/// The catalogue of inputs with the values of a scenario. An input that does not apply has the value
/// `{"absent": "reason"}`.
pub fn inputs_json(scenario: &Scenario) -> Value {
    Value::Array(input_entries(scenario))
}

/// The same as CSV.
///
/// # Errors
/// If it cannot be written.
pub fn inputs_csv(scenario: &Scenario, out: impl Write) -> io::Result<()> {
    objects_csv(&INPUT_COLUMNS, &input_entries(scenario), out)
}

fn input_entries(scenario: &Scenario) -> Vec<Value> {
    let entries = catalogue::inputs().iter().filter(|input| input.shown).map(|input| {
        json!({
            "id": input.id,
            "label": input.label,
            "group": input.group.label(),
            "unit": input.unit.symbol(),
            "value": input_value(input, scenario).unwrap_or_else(|| absent("does not apply")),
            "allowed": input.allowed(),
            "key_driver": input.key_driver,
            "moves": input.moved_businesses(scenario).map(Business::id).collect::<Vec<_>>(),
            "meaning": input.meaning,
            "formula": input.formula,
            "source": input.source,
        })
    });
    entries.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_are_the_keys() {
        for entry in input_entries(&Scenario::default()) {
            let keys: Vec<&str> = entry.as_object().unwrap().keys().map(String::as_str).collect();
            let mut columns = INPUT_COLUMNS;
            columns.sort_unstable();
            assert_eq!(columns[..], keys);
        }
    }
}
