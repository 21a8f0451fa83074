//! What every input does to a figure of the simulation.

use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::{Map, Value, json};
use wattfolio_economics::answers::{SimulatedBar, SimulatedTornado};
use wattfolio_economics::explain::small;
use wattfolio_economics::scenario::ValidScenario;

use super::exported::{ExportError, Exported, Shape};
use super::grid::Grid;
use super::inputs::scenario_json;
use super::json::{OUTPUT_SCHEMA, absent};
use super::table::{Cell, Column, ColumnKind, Table, TableSink, about};
use super::tornado::{self, SHOWN, result};
use crate::format;
use crate::words::{sensitivity, simulated_tornado as words};

/// A tornado of a simulated figure.
#[derive(Clone, Debug)]
pub struct RankedBySimulation {
    /// Title of the scenario.
    pub title: String,
    /// The scenario.
    pub scenario: Arc<ValidScenario>,
    /// What every input does.
    pub tornado: Arc<SimulatedTornado>,
}

impl RankedBySimulation {
    fn id(&self) -> String {
        format!("{}.{}", self.tornado.of.id(), self.tornado.figure.id)
    }

    fn row(&self, one: &SimulatedBar) -> Vec<String> {
        let figure = self.tornado.figure;
        let mut row = vec![one.bar.input.label.to_owned()];
        for (end, error) in one.bar.ends.iter().zip(&one.errors).take(2) {
            row.push(sensitivity::moved(end.value, one.bar.input));
            row.push(words::result(end, figure));
            row.push(words::error(*error, figure));
        }
        row.resize(7, String::new());
        row.push(if one.is_noise { words::NOISE } else { "" }.to_owned());
        row
    }
}

fn error_json(error: Option<f64>) -> Value {
    error.map_or_else(|| absent("the figure supports none"), |error| json!(error))
}

fn bar_json(one: &SimulatedBar) -> Value {
    let error = |place: usize| {
        let error = error_json(one.errors.get(place).copied().flatten());
        Map::from_iter([("standard_error_of_difference".to_owned(), error)])
    };
    let mut value = tornado::bar_json(&one.bar, error);
    value["within_noise"] = json!(one.is_noise);
    value
}

impl Exported for RankedBySimulation {
    fn shapes() -> &'static [(Shape, &'static str)] {
        super::Ranked::shapes()
    }

    fn text(&mut self) -> Result<String, ExportError> {
        let tornado = &self.tornado;
        let now = match &tornado.now {
            Ok(value) => {
                let error = words::error(tornado.now_error, tornado.figure);
                format!("{} {error}", format::short(*value, tornado.figure.unit))
            }
            Err(missing) => missing.to_string(),
        };
        let mut text = format!(
            "{}\n{}, {}, now {}. Each input alone, with the same draws; ± at an end is the standard error of the difference.\n\n",
            format::visible_line(&self.title),
            words::what(tornado),
            small(tornado.basis.label()),
            now.trim_end(),
        );
        let header = ["", "low", "", "±", "high", "", "±", ""].map(str::to_owned).into();
        let rows = tornado.bars.iter().take(SHOWN).map(|one| self.row(one));
        text.push_str(&Grid(std::iter::once(header).chain(rows).collect()).render());
        let noise = tornado.bars.iter().filter(|one| one.is_noise).count();
        // Writing to a string cannot fail.
        writeln!(
            text,
            "\n{} inputs moved; {} change it, {noise} of them within noise, {} do not.",
            tornado.moved(),
            tornado.bars.len(),
            tornado.without_effect
        )
        .ok();
        Ok(text)
    }

    fn value(&mut self) -> Result<Value, ExportError> {
        let tornado = &self.tornado;
        Ok(json!({
            "schema": OUTPUT_SCHEMA,
            "version": env!("CARGO_PKG_VERSION"),
            "basis": tornado.basis.id(),
            "scenario": scenario_json(&self.scenario),
            "quantity": self.id(),
            "unit": tornado.figure.unit.symbol(),
            "paths": tornado.paths,
            "now": result(&tornado.now),
            "now_standard_error": error_json(tornado.now_error),
            "moved": tornado.moved(),
            "without_effect": tornado.without_effect,
            "bars": tornado.bars.iter().map(bar_json).collect::<Vec<Value>>(),
        }))
    }

    fn table(&mut self, sink: &mut dyn TableSink) -> Result<(), ExportError> {
        let mut columns = tornado::end_columns();
        columns.push(Column::optional("standard_error_of_difference", ColumnKind::Number));
        columns.push(Column::required("within_noise", ColumnKind::Text));
        let about = about(Some(self.tornado.basis), &[("quantity", self.id())]);
        sink.begin(&Table { name: "tornado", columns, about })?;
        for one in &self.tornado.bars {
            for (end, error) in one.bar.ends.iter().zip(&one.errors) {
                let mut cells = tornado::end_cells(&one.bar, end);
                cells.push(tornado::number(*error));
                cells.push(Cell::Text(if one.is_noise { "yes" } else { "no" }.into()));
                sink.row(&cells)?;
            }
        }
        Ok(())
    }
}
