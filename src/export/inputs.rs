//! The inputs of a scenario: a list for people, and the catalogue with its values for programs.

use std::fmt::Write as _;

use serde_json::{Value, json};
use wattfolio_economics::business::Business;
use wattfolio_economics::catalogue;
use wattfolio_economics::input::{Group, Input, Kind};
use wattfolio_economics::scenario::Scenario;

use super::exported::{ExportError, Exported, Shape};
use super::json::absent;
use super::objects;
use super::table::{Column, ColumnKind, Table, TableSink, about};

/// The inputs with the values of a scenario.
#[derive(Clone, Debug)]
pub struct Inputs(pub Scenario);

impl Exported for Inputs {
    fn shapes() -> &'static [(Shape, &'static str)] {
        &[
            (Shape::Text, "For people"),
            (Shape::Value, "With meaning, formula and source"),
            (Shape::Table, "The same, one row an input"),
        ]
    }

    fn text(&mut self) -> Result<String, ExportError> {
        Ok(inputs_text(&self.0))
    }

    fn value(&mut self) -> Result<Value, ExportError> {
        Ok(Value::Array(input_entries(&self.0)))
    }

    fn table(&mut self, sink: &mut dyn TableSink) -> Result<(), ExportError> {
        let table = Table { name: "inputs", columns: COLUMNS.to_vec(), about: about(None, &[]) };
        Ok(objects::write(&table, &input_entries(&self.0), sink)?)
    }
}

fn inputs_text(scenario: &Scenario) -> String {
    let mut text = String::new();
    for group in Group::all() {
        let inputs: Vec<_> =
            catalogue::inputs().iter().filter(|input| input.shown && input.group == group).collect();
        if inputs.is_empty() {
            continue;
        }
        // Writing to a string cannot fail.
        writeln!(text, "{}", group.label()).ok();
        for input in inputs {
            let value = input.text(scenario).unwrap_or_else(|| "–".to_owned());
            let star = if input.key_driver { "★" } else { " " };
            writeln!(text, "{star} {:<44} {:<22} {:<34} {}", input.id, value, input.allowed(), input.meaning)
                .ok();
        }
        text.push('\n');
    }
    text.push_str(
        "★ key driver. `--format json` adds formula and source. Set any of them with --set ID=VALUE.\n",
    );
    text
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
        Kind::Points(points) => Some(json!((points.trajectory.get)(scenario).points)),
        Kind::Month(_) | Kind::Text(_) | Kind::Choice(_) => input.text(scenario).map(Value::String),
    }
}

/// The columns of the catalogue in order; the keys of an entry in JSON. The values are numbers and words.
const COLUMNS: [Column; 12] = [
    Column::required("id", ColumnKind::Text),
    Column::required("label", ColumnKind::Text),
    Column::required("group", ColumnKind::Text),
    Column::required("unit", ColumnKind::Text),
    Column::optional("value", ColumnKind::Text),
    Column::required("allowed", ColumnKind::Text),
    Column::required("key_driver", ColumnKind::Text),
    Column::required("moves", ColumnKind::Text),
    Column::required("meaning", ColumnKind::Text),
    Column::required("formula", ColumnKind::Text),
    Column::required("source", ColumnKind::Text),
    Column::required("synonyms", ColumnKind::Text),
];

/// The catalogue of inputs. An input that does not apply has the value `{"absent": "reason"}`.
fn input_entries(scenario: &Scenario) -> Vec<Value> {
    let entries = catalogue::inputs().iter().filter(|input| input.shown).map(|input| {
        json!({
            "id": input.id,
            "label": input.label,
            "synonyms": input.synonyms,
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
            let mut columns = COLUMNS.map(|column| column.name);
            columns.sort_unstable();
            assert_eq!(columns[..], keys);
        }
    }
}
