//! Values of inputs at which a quantity equals a target.

use std::sync::Arc;

use serde_json::{Value, json};
use wattfolio_economics::answers::Solved;
use wattfolio_economics::scenario::ValidScenario;

use super::exported::{ExportError, Exported, Shape};
use super::inputs::scenario_json;
use super::json::{OUTPUT_SCHEMA, absent};
use super::table::{Cell, Column, ColumnKind, Table, TableSink, about};
use super::tornado::result;
use crate::format;
use crate::words::sensitivity as words;

/// Solutions for several inputs.
#[derive(Clone, Debug)]
pub struct Solutions {
    /// Title of the scenario.
    pub title: String,
    /// The scenario.
    pub scenario: Arc<ValidScenario>,
    /// The solutions, by input. There is at least one.
    pub solved: Vec<Solved>,
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

impl Exported for Solutions {
    fn shapes() -> &'static [(Shape, &'static str)] {
        &[
            (Shape::Text, "For people"),
            (Shape::Value, "Every solution of every input"),
            (Shape::Table, "The same, one row a solution"),
        ]
    }

    fn text(&mut self) -> Result<String, ExportError> {
        let lines: Vec<String> = self.solved.iter().map(words::solution).collect();
        let basis = self.solved.first().map_or("", |solved| solved.asked.basis.label());
        let title = format::visible_line(&self.title);
        Ok(format!("{title}\n{basis}; each input alone.\n\n{}\n", lines.join("\n")))
    }

    fn value(&mut self) -> Result<Value, ExportError> {
        Ok(json!({
            "schema": OUTPUT_SCHEMA,
            "version": env!("CARGO_PKG_VERSION"),
            "basis": self.solved.first().map(|solved| solved.asked.basis.id()),
            "scenario": scenario_json(&self.scenario),
            "solved": self.solved.iter().map(solved_json).collect::<Vec<Value>>(),
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
        ];
        let basis = self.solved.first().map(|solved| solved.asked.basis);
        sink.begin(&Table { name: "solve", columns, about: about(basis, &[]) })?;
        for solved in &self.solved {
            let found = solved.roots.iter().map(|root| (Cell::Number(root.value), root.kind.id()));
            let none = solved.stays.iter().map(|stays| (Cell::Empty, stays.id()));
            for (value, kind) in found.chain(none) {
                sink.row(&[
                    Cell::Text(solved.asked.quantity.id().into()),
                    Cell::Number(solved.target),
                    Cell::Text(solved.input.id.into()),
                    Cell::Text(solved.input.unit.symbol().into()),
                    Cell::Number(solved.now),
                    value,
                    Cell::Text(kind.into()),
                ])?;
            }
        }
        Ok(())
    }
}
