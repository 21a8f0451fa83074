//! Values of inputs at which a quantity equals a target.

use std::sync::Arc;

use serde_json::{Value, json};
use wattfolio_economics::answers::{Asked, Converting, Missing, Solved};
use wattfolio_economics::input::{Input, Kind};
use wattfolio_economics::scenario::{Scenario, ValidScenario};

use super::exported::{ExportError, Exported, Shape};
use super::inputs::scenario_json;
use super::json::{OUTPUT_SCHEMA, absent};
use super::table::{Cell, Column, ColumnKind, Table, TableSink, about};
use super::tornado::result;
use crate::format;
use crate::words::{converting, sensitivity as words};

/// Solutions for several inputs.
#[derive(Clone, Debug)]
pub struct Solutions {
    /// Title of the scenario.
    pub title: String,
    /// The scenario.
    pub scenario: Arc<ValidScenario>,
    /// What was asked for, and its value now.
    pub asked: Asked,
    /// Its value now, or why there is none.
    pub now: Result<f64, Missing>,
    /// The solutions, by input; none where no input changes it.
    pub solved: Vec<Solved>,
    /// Where mining is worth what another use of its site is; empty where something else was asked for.
    pub converting: Vec<Converting>,
}

fn solved_json(solved: &Solved) -> Value {
    let roots = solved.roots.iter().map(
        |root| json!({ "value": root.value, "change": root.value - solved.now, "kind": root.kind.id() }),
    );
    json!({
        "quantity": solved.asked.quantity.id(),
        "target": solved.target,
        "input": solved.input.id,
        "unit": solved.input.unit.symbol(),
        "now": solved.now,
        "result_now": result(&solved.result_now),
        "allowed": [solved.range.0, solved.range.1],
        "roots": roots.collect::<Vec<Value>>(),
        "nearest": solved.nearest().map_or_else(|| absent(&words::stays(solved)), |root| json!(root.value)),
    })
}

fn converting_json(one: &Converting) -> Value {
    let roots = one.stays.roots.iter().zip(&one.hashprices);
    let roots = roots.map(|(root, hashprice)| {
        json!({ "hashprice_usd_per_ph_day": hashprice, "bitcoin_price_usd": root.value, "kind": root.kind.id() })
    });
    let nearest = converting::nearest_hashprice(one);
    json!({
        "to": one.to.id(),
        "level_with_mining": one.level.as_ref().map_or_else(|| absent("no one price is sold at"), solved_json),
        "going_on": solved_json(&one.stays),
        "hashprice_usd_per_ph_day_now": one.hashprice_now,
        "would_not_convert": roots.collect::<Vec<Value>>(),
        "side": converting::keeps_mining(one),
        "nearest_hashprice_usd_per_ph_day":
            nearest.map_or_else(|| absent(&words::stays(&one.stays)), |nearest| json!(nearest)),
    })
}

/// Whether an input is the first value of a path that has points.
fn has_points(input: &Input, scenario: &Scenario) -> bool {
    let Kind::Number(number) = &input.kind else { return false };
    number.trajectory.as_ref().is_some_and(|path| !(path.get)(scenario).points.is_empty())
}

/// The rows of solutions for one input, with the hashprice of each where it is one.
fn rows(solved: &Solved, hashprices: &[f64], sink: &mut dyn TableSink) -> Result<(), ExportError> {
    let found = solved
        .roots
        .iter()
        .enumerate()
        .map(|(index, root)| (Cell::Number(root.value), root.kind.id(), hashprices.get(index).copied()));
    let none = solved.stays.iter().map(|stays| (Cell::Empty, stays.id(), None));
    for (value, kind, hashprice) in found.chain(none) {
        sink.row(&[
            Cell::Text(solved.asked.quantity.id().into()),
            Cell::Number(solved.target),
            Cell::Text(solved.input.id.into()),
            Cell::Text(solved.input.unit.symbol().into()),
            Cell::Number(solved.now),
            value,
            Cell::Text(kind.into()),
            hashprice.map_or(Cell::Empty, Cell::Number),
        ])?;
    }
    Ok(())
}

impl Exported for Solutions {
    fn shapes() -> &'static [(Shape, &'static str)] {
        &[
            (Shape::Text, "For people"),
            (Shape::Value, "Every solution of every input"),
            (Shape::Table, "The same, one row a solution"),
        ]
    }

    fn text(&mut self) -> Result<String, ExportError> {
        let mut lines: Vec<String> = self.solved.iter().map(words::solution).collect();
        if lines.is_empty() {
            lines.push(match &self.now {
                Ok(_) => format!("No input changes {}", words::quantity(&self.asked)),
                Err(missing) => format!("{} has no value: {missing}", words::quantity(&self.asked)),
            });
        }
        if self.solved.iter().any(|solved| has_points(solved.input, &self.scenario)) {
            lines.push(
                "\nThe points of a path move with its first value; --move ID=VALUE puts both back."
                    .to_owned(),
            );
        }
        let sentences: Vec<String> = self.converting.iter().flat_map(converting::sentences).collect();
        let more = if sentences.is_empty() { String::new() } else { format!("\n{}\n", sentences.join("\n")) };
        let basis = self.asked.basis.label();
        let title = format::visible_line(&self.title);
        Ok(format!("{title}\n{basis}; each input alone.\n\n{}\n{more}", lines.join("\n")))
    }

    fn value(&mut self) -> Result<Value, ExportError> {
        Ok(json!({
            "schema": OUTPUT_SCHEMA,
            "version": env!("CARGO_PKG_VERSION"),
            "basis": self.asked.basis.id(),
            "quantity": self.asked.quantity.id(),
            "quantity_now": result(&self.now),
            "scenario": scenario_json(&self.scenario),
            "solved": self.solved.iter().map(solved_json).collect::<Vec<Value>>(),
            "converting": self.converting.iter().map(converting_json).collect::<Vec<Value>>(),
        }))
    }

    fn table(&mut self, sink: &mut dyn TableSink) -> Result<(), ExportError> {
        let columns = vec![
            Column::required("quantity", ColumnKind::Text),
            Column::required("target", ColumnKind::Number),
            Column::required("input", ColumnKind::Text),
            Column::required("unit", ColumnKind::Text),
            Column::required("now", ColumnKind::Number),
            Column::optional("value", ColumnKind::Number),
            Column::required("kind", ColumnKind::Text),
            Column::optional("hashprice_usd_per_ph_day", ColumnKind::Number),
        ];
        sink.begin(&Table { name: "solve", columns, about: about(Some(self.asked.basis), &[]) })?;
        for solved in &self.solved {
            rows(solved, &[], sink)?;
        }
        for one in &self.converting {
            if let Some(level) = &one.level {
                rows(level, &[], sink)?;
            }
            rows(&one.stays, &one.hashprices, sink)?;
        }
        Ok(())
    }
}
