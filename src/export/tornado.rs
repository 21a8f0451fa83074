//! What every input does to a quantity, and how fast it follows each now.

use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::{Map, Value, json};
use wattfolio_economics::answers::{Bar, BarEnd, Missing, Moved, Slope, Tornado};
use wattfolio_economics::explain;
use wattfolio_economics::input::{Input, Kind};
use wattfolio_economics::scenario::ValidScenario;

use super::exported::{ExportError, Exported, Shape};
use super::grid::Grid;
use super::inputs::scenario_json;
use super::json::{OUTPUT_SCHEMA, absent};
use super::table::{Cell, Column, ColumnKind, Table, TableSink, about};
use crate::format;
use crate::words::sensitivity as words;

/// Bars that a terminal shows; the other formats have all of them.
pub(super) const SHOWN: usize = 20;

/// A tornado with the slopes of its quantity.
#[derive(Clone, Debug)]
pub struct Ranked {
    /// Title of the scenario.
    pub title: String,
    /// The scenario.
    pub scenario: Arc<ValidScenario>,
    /// What every input does.
    pub tornado: Arc<Tornado>,
    /// How fast the quantity follows each number.
    pub slopes: Arc<Vec<Slope>>,
}

/// A result, or why there is none.
pub(super) fn result(value: &Result<f64, Missing>) -> Value {
    value.as_ref().map_or_else(|missing| absent(&missing.to_string()), |value| json!(value))
}

/// A value of an input: a number in its unit, or the name of an option in files.
pub(super) fn input_value(value: Moved, input: &Input) -> Value {
    match value {
        Moved::Number(number) => json!(number),
        Moved::Flag(is_on) => json!(is_on),
        Moved::Month(month) => json!(month.to_string()),
        Moved::Option(index) => match &input.kind {
            Kind::Choice(choice) => {
                choice.options.get(index).map_or(Value::Null, |option| json!(option.start))
            }
            _ => Value::Null,
        },
    }
}

impl Ranked {
    fn slope(&self, input: &Input) -> Option<&Slope> {
        self.slopes.iter().find(|slope| slope.input == input)
    }

    fn bar_json(&self, bar: &Bar) -> Value {
        let mut value = bar_json(bar, |_| Map::new());
        value["slope"] = self.slope(bar.input).map_or_else(|| absent("no slope"), slope_json);
        value
    }

    fn row(&self, bar: &Bar) -> Vec<String> {
        let unit = self.tornado.asked.quantity.unit();
        let mut row = vec![bar.input.label.to_owned()];
        for end in bar.below_and_above() {
            let end = end.map(|end| &bar.ends[end]);
            row.push(end.map_or_else(String::new, |end| words::moved(end.value, bar.input)));
            row.push(end.map_or_else(String::new, |end| words::result(end, unit)));
        }
        row.push(
            self.slope(bar.input).map(|slope| words::slope(slope, &self.tornado.asked)).unwrap_or_default(),
        );
        row
    }
}

/// A bar with its ends, to each of which more may be said, by its place.
pub(super) fn bar_json(bar: &Bar, more: impl Fn(usize) -> Map<String, Value>) -> Value {
    let end = |(place, end): (usize, &BarEnd)| {
        let mut value = more(place);
        value.insert("value".to_owned(), input_value(end.value, bar.input));
        value.insert("result".to_owned(), result(&end.result));
        Value::Object(value)
    };
    let effect = if bar.effect.is_finite() { json!(bar.effect) } else { absent("exists at one end only") };
    json!({
        "input": bar.input.id,
        "label": bar.input.label,
        "unit": bar.input.unit.symbol(),
        "now": input_value(bar.now, bar.input),
        "reason": bar.reason.id(),
        "effect": effect,
        "ends": bar.ends.iter().enumerate().map(end).collect::<Vec<Value>>(),
    })
}

/// The first columns of a table of ends.
pub(super) fn end_columns() -> Vec<Column> {
    vec![
        Column::required("input", ColumnKind::Text),
        Column::required("unit", ColumnKind::Text),
        Column::required("reason", ColumnKind::Text),
        Column::optional("value", ColumnKind::Number),
        Column::optional("option", ColumnKind::Text),
        Column::optional("result", ColumnKind::Number),
        Column::optional("effect", ColumnKind::Number),
    ]
}

/// The cells of an end in them.
pub(super) fn end_cells(bar: &Bar, end: &BarEnd) -> Vec<Cell<'static>> {
    let option = match (end.value, input_value(end.value, bar.input)) {
        (Moved::Number(_), _) => Cell::Empty,
        (_, Value::String(text)) => Cell::Text(text.into()),
        (_, value) => Cell::Text(value.to_string().into()),
    };
    vec![
        Cell::Text(bar.input.id.into()),
        Cell::Text(bar.input.unit.symbol().into()),
        Cell::Text(bar.reason.id().into()),
        number(end.value.number()),
        option,
        number(end.result.as_ref().ok().copied()),
        number(bar.effect.is_finite().then_some(bar.effect)),
    ]
}

/// A number, or an empty cell.
pub(super) fn number(value: Option<f64>) -> Cell<'static> {
    value.map_or(Cell::Empty, Cell::Number)
}

fn slope_json(slope: &Slope) -> Value {
    let side = |slope: Option<f64>| slope.map_or_else(|| absent("the range ends here"), |slope| json!(slope));
    json!({
        "value": slope.value(),
        "below": side(slope.below),
        "above": side(slope.above),
        "shape": slope.shape.id(),
    })
}

impl Exported for Ranked {
    fn shapes() -> &'static [(Shape, &'static str)] {
        &[
            (Shape::Text, "For people: the inputs that do most"),
            (Shape::Value, "Every input that changes it, with its slope"),
            (Shape::Table, "The same, one row an end of an input"),
        ]
    }

    fn text(&mut self) -> Result<String, ExportError> {
        let tornado = &self.tornado;
        let now = match &tornado.now {
            Ok(value) => format::short(*value, tornado.asked.quantity.unit()),
            Err(missing) => missing.to_string(),
        };
        let mut text = format!(
            "{}\n{}, {}, now {now}. Each input alone.\n\n",
            format::visible_line(&self.title),
            words::quantity(&tornado.asked),
            explain::small(tornado.asked.basis.label()),
        );
        let header = ["", "low", "", "high", "", "slope"].map(str::to_owned).into();
        let rows = tornado.bars.iter().take(SHOWN).map(|bar| self.row(bar));
        text.push_str(&Grid(std::iter::once(header).chain(rows).collect()).render());
        // Writing to a string cannot fail.
        writeln!(
            text,
            "\n{} inputs moved; {} change it, {} do not.",
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
            "basis": tornado.asked.basis.id(),
            "scenario": scenario_json(&self.scenario),
            "quantity": tornado.asked.quantity.id(),
            "unit": tornado.asked.quantity.unit().symbol(),
            "now": result(&tornado.now),
            "moved": tornado.moved(),
            "without_effect": tornado.without_effect,
            "bars": tornado.bars.iter().map(|bar| self.bar_json(bar)).collect::<Vec<Value>>(),
        }))
    }

    fn table(&mut self, sink: &mut dyn TableSink) -> Result<(), ExportError> {
        let mut columns = end_columns();
        columns.push(Column::optional("slope", ColumnKind::Number));
        let quantity = ("quantity", self.tornado.asked.quantity.id());
        let about = about(Some(self.tornado.asked.basis), &[quantity]);
        sink.begin(&Table { name: "tornado", columns, about })?;
        for bar in &self.tornado.bars {
            for end in &bar.ends {
                let mut cells = end_cells(bar, end);
                cells.push(number(self.slope(bar.input).map(Slope::value)));
                sink.row(&cells)?;
            }
        }
        Ok(())
    }
}
