//! Who is best at every pair of two inputs.

use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::{Map, Value, json};
use wattfolio_economics::answers::{
    Axis, Border, Cell as MapCell, Field, Filmstrip, Frame, Leader, Takeover, WinnerMap,
};
use wattfolio_economics::business::{Business, PerBusiness};
use wattfolio_economics::explain::small;
use wattfolio_economics::kernel::{Basis, Maybe};
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::risk::ToTheEnd;
use wattfolio_economics::scenario::ValidScenario;

use super::exported::{ExportError, Exported, Shape};
use super::inputs::scenario_json;
use super::json::{OUTPUT_SCHEMA, absent, maybe};
use super::table::{Cell, Column, ColumnKind, Table, TableSink, about};
use crate::format;
use crate::theme;
use crate::words::winner_map as words;

/// Columns and rows in a text, and in the other formats.
const IN_TEXT: usize = 24;
const IN_DATA: usize = 96;

/// A map of winners.
#[derive(Clone, Debug)]
pub struct Mapped {
    /// Title of the scenario.
    pub title: String,
    /// The scenario.
    pub scenario: Arc<ValidScenario>,
    /// The inputs along columns and rows.
    pub axes: (Axis, Axis),
    /// A third input with the values of its maps; one map of today's value without it.
    pub third: Option<(Axis, Vec<f64>)>,
    /// Basis of the flows, and what the verdicts go by.
    pub how: (Basis, Criterion),
    /// Columns and rows; where none are asked for, as many as a terminal shows, or as a window.
    pub steps: Option<usize>,
}

/// A map that was made, and what it is of.
struct Made<'a> {
    of: &'a Mapped,
    /// The value of the third input.
    z: Option<f64>,
    map: WinnerMap,
}

/// The mark of a field in a terminal.
const fn mark(field: Field) -> &'static str {
    match field {
        Field::Best(first) => theme::glyph(first),
        Field::AboutEqual(_) => "=",
        Field::LosesValue(_) => "-",
        Field::NoneEarns(_) => ".",
        Field::NoValue => "?",
        Field::NotAllowed => "x",
    }
}

/// What the marks mean that are of no business.
fn meanings(criterion: Criterion) -> [(Field, String); 5] {
    let any = Business::ALL[0];
    [
        (Field::AboutEqual(any), "about equal".to_owned()),
        (Field::LosesValue(any), format!("the first {}", words::is_best_and_loses(criterion))),
        (Field::NoneEarns(any), "none earns its capital".to_owned()),
        (Field::NoValue, "no value".to_owned()),
        (Field::NotAllowed, "not allowed".to_owned()),
    ]
}

fn axis_json(axis: &Axis, values: &[f64], now: Option<f64>) -> Value {
    json!({
        "input": axis.input.id,
        "label": axis.input.label,
        "unit": axis.input.unit.symbol(),
        "from": axis.from,
        "to": axis.to,
        "is_log": axis.is_log,
        "now": now.map_or_else(|| absent("does not apply"), |now| json!(now)),
        "values": values,
    })
}

fn by_business(values: &PerBusiness<Maybe<f64>>) -> Value {
    let each = values.iter().map(|(business, value)| (business.id().to_owned(), maybe(*value)));
    Value::Object(each.collect::<Map<String, Value>>())
}

fn takeover_json(takeover: Option<&Takeover>) -> Value {
    let Some(takeover) = takeover else { return absent("no border within the range") };
    json!({
        "value": takeover.value,
        "before": takeover.before,
        "leader": takeover.to.id(),
        "loses_value": matches!(takeover.to, Leader::Losing(_)),
        "away": takeover.away,
    })
}

fn border_json(border: &Border) -> Value {
    json!({
        "input": border.input.id,
        "now": border.now,
        "range": border.range,
        "leader": border.leader.id(),
        "loses_value": matches!(border.leader, Leader::Losing(_)),
        "below": takeover_json(border.below.as_ref()),
        "above": takeover_json(border.above.as_ref()),
    })
}

impl Mapped {
    /// The maps: one at each value of the third input.
    fn made(&self, usual: usize) -> Result<Vec<Made<'_>>, ExportError> {
        let steps = self.steps.unwrap_or(usual);
        let Some((z, values)) = &self.third else {
            let map = WinnerMap::new(&self.scenario, self.axes.clone(), self.how, steps, &ToTheEnd)?;
            return Ok(vec![Made { of: self, z: None, map }]);
        };
        let third = (z.clone(), &values[..]);
        let strip = Filmstrip::new(&self.scenario, &self.axes, third, self.how, steps, &ToTheEnd)?;
        let made = |frame: Frame| Made { of: self, z: Some(frame.value), map: frame.map };
        Ok(strip.frames.into_iter().map(made).collect())
    }

    /// How far the scenario is from the borders along both axes.
    fn borders(&self) -> Vec<Border> {
        let border = |axis: &Axis| Border::new(&self.scenario, axis.input, self.how).ok();
        [&self.axes.0, &self.axes.1].into_iter().filter_map(border).collect()
    }

    fn borders_text(&self, borders: &[Border]) -> String {
        let mut text = String::new();
        for border in borders {
            let now = format::chosen(border.now, border.input.unit);
            // Writing to a string cannot fail.
            writeln!(text, "{}, now {now}", border.input.label).ok();
            for (is_below, takeover) in [(true, &border.below), (false, &border.above)] {
                let line = takeover.as_ref().map_or_else(
                    || words::no_border(border, is_below),
                    |takeover| {
                        let (text, away) = words::takeover(border, takeover, self.how.1);
                        format!("{text}, {away}")
                    },
                );
                writeln!(text, "  {line}").ok();
            }
        }
        text
    }
}

impl Made<'_> {
    /// The cells with the values of both inputs.
    fn cells(&self) -> impl Iterator<Item = (f64, f64, &MapCell)> {
        let map = &self.map;
        let pairs = map.rows.iter().flat_map(|y| map.columns.iter().map(move |x| (*x, *y)));
        pairs.zip(&map.cells).map(|((x, y), cell)| (x, y, cell))
    }

    /// Whether the third input has today's value.
    fn is_now(&self) -> bool {
        let third = self.of.third.as_ref().zip(self.z);
        third.is_none_or(|((axis, _), value)| axis.now(&self.of.scenario) == Some(value))
    }

    /// The value of the third input, what is found, and the grid.
    fn part(&self) -> String {
        let heading = self.of.third.as_ref().zip(self.z).map_or_else(String::new, |((axis, _), value)| {
            let now = if self.is_now() { ", now" } else { "" };
            format!("{} {}{now}. {}\n", axis.input.label, words::at(axis, value), words::finding(&self.map))
        });
        format!("{heading}\n{}\n", self.grid())
    }

    fn cells_json(&self) -> Vec<Value> {
        let cell = |(x, y, cell): (f64, f64, &MapCell)| {
            json!({
                "x": x,
                "y": y,
                "field": cell.field.id(),
                "winner": cell.field.first().map_or_else(|| absent(cell.field.id()), |first| json!(first.id())),
                "second": cell.second.map_or_else(|| absent("no second business"), |second| json!(second.id())),
                "lead": cell.lead.map_or_else(|| absent("no second business"), |lead| json!(lead)),
                "values": by_business(&cell.values),
                "npv_usd": by_business(&cell.npv_usd),
            })
        };
        self.cells().map(cell).collect()
    }

    /// The rows of glyphs, the highest first, with the values of the rows at the left.
    fn grid(&self) -> String {
        let map = &self.map;
        let now = map.now(&self.of.scenario).map(|shares| map.place(shares)).filter(|_| self.is_now());
        let labels: Vec<String> = map.rows.iter().map(|value| words::at(&map.y, *value)).collect();
        let width = labels.iter().map(|label| label.chars().count()).max().unwrap_or(0);
        let mut text = String::new();
        for (row, label) in labels.iter().enumerate().rev() {
            let mut line = format!("{}{label} ", " ".repeat(width - label.chars().count()));
            for column in 0..map.columns.len() {
                let Some(cell) = map.cell(column, row) else { continue };
                let is_now = now == Some((column, row));
                line.push_str(if is_now {
                    "["
                } else if line.ends_with('[') {
                    ""
                } else {
                    " "
                });
                line.push_str(mark(cell.field));
                if is_now {
                    line.push(']');
                }
            }
            // The bracket that closes today's cell stands in the place of the space after it.
            text.push_str(&line.replace("] ", "]"));
            text.push('\n');
        }
        let (first, last) = (map.columns.first(), map.columns.last());
        let ends =
            [first, last].map(|value| value.map(|value| words::at(&map.x, *value)).unwrap_or_default());
        let room = (2 * map.columns.len()).saturating_sub(ends[0].chars().count() + ends[1].chars().count());
        // Writing to a string cannot fail.
        writeln!(text, "{}{}{}{}", " ".repeat(width + 2), ends[0], " ".repeat(room.max(1)), ends[1]).ok();
        text
    }
}

fn legend(made: &[Made<'_>], criterion: Criterion) -> String {
    let businesses = Business::ALL.map(|one| format!("{} {}", theme::glyph(one), one.word()));
    let cells = made.iter().flat_map(|made| &made.map.cells);
    let used = |mark_of: &str| cells.clone().any(|cell| mark(cell.field) == mark_of);
    let others = meanings(criterion).into_iter().map(|(field, is)| (mark(field), is));
    let others = others.filter(|(mark, _)| used(mark)).map(|(mark, is)| format!("{mark} {is}"));
    let all: Vec<String> = businesses.into_iter().chain(others).chain(["[ ] now".to_owned()]).collect();
    all.join("   ")
}

impl Exported for Mapped {
    fn shapes() -> &'static [(Shape, &'static str)] {
        &[
            (Shape::Text, "For people: a grid of signs"),
            (Shape::Value, "Every cell with the values of every business"),
            (Shape::Table, "The same, one row a cell"),
        ]
    }

    fn text(&mut self) -> Result<String, ExportError> {
        let made = self.made(IN_TEXT)?;
        let (Some(Made { map, .. }), (basis, criterion)) = (made.first(), self.how) else {
            return Ok(String::new());
        };
        let borders = self.borders();
        let headline = words::headline(&borders, criterion).map_or_else(String::new, |line| line + "\n");
        let finding = if self.third.is_some() { String::new() } else { words::finding(map) + "\n" };
        let parts: Vec<String> = made.iter().map(Made::part).collect();
        Ok(format!(
            "{}\n{headline}{finding}{}, by {}. Up: {}; right: {}.\n{}{}\n\n{}",
            format::visible_line(&self.title),
            basis.label(),
            small(criterion.label()),
            words::title(&map.y),
            words::title(&map.x),
            parts.concat(),
            legend(&made, criterion),
            self.borders_text(&borders),
        ))
    }

    fn value(&mut self) -> Result<Value, ExportError> {
        let made = self.made(IN_DATA)?;
        let (Some(Made { map, .. }), (basis, criterion)) = (made.first(), self.how) else {
            return Ok(Value::Null);
        };
        let borders = self.borders();
        let headline = words::headline(&borders, criterion);
        let mut value = json!({
            "schema": OUTPUT_SCHEMA,
            "version": env!("CARGO_PKG_VERSION"),
            "headline": headline.map_or_else(|| absent("neither axis has a value today"), |line| json!(line)),
            "basis": basis.id(),
            "criterion": criterion.id(),
            "unit": criterion.unit().symbol(),
            "scenario": scenario_json(&self.scenario),
            "x": axis_json(&map.x, &map.columns, map.x.now(&self.scenario)),
            "y": axis_json(&map.y, &map.rows, map.y.now(&self.scenario)),
            "borders": borders.iter().map(border_json).collect::<Vec<Value>>(),
        });
        if let Some((z, values)) = &self.third {
            let frame = |made: &Made<'_>| json!({ "z": made.z, "finding": words::finding(&made.map), "cells": made.cells_json() });
            value["z"] = axis_json(z, values, z.now(&self.scenario));
            value["frames"] = made.iter().map(frame).collect();
        } else {
            value["finding"] = json!(words::finding(map));
            value["cells"] = made.iter().flat_map(Made::cells_json).collect();
        }
        Ok(value)
    }

    fn table(&mut self, sink: &mut dyn TableSink) -> Result<(), ExportError> {
        let made = self.made(IN_DATA)?;
        let third = self.third.iter().map(|(axis, _)| axis);
        let axes = [&self.axes.0, &self.axes.1].into_iter().chain(third);
        let mut columns: Vec<Column> =
            axes.map(|axis| Column::required(axis.input.id, ColumnKind::Number)).collect();
        columns.extend([
            Column::required("field", ColumnKind::Text),
            Column::optional("winner", ColumnKind::Text),
            Column::optional("lead", ColumnKind::Number),
        ]);
        for name in ["value", "npv_usd"] {
            columns.extend(Business::ALL.map(|business| Column {
                name: format!("{}_{name}", business.id()).into(),
                kind: ColumnKind::Number,
                is_required: false,
            }));
        }
        let about = about(Some(self.how.0), &[("criterion", self.how.1.id().to_owned())]);
        sink.begin(&Table { name: "map", columns, about })?;
        let number = |value: Option<f64>| value.map_or(Cell::Empty, Cell::Number);
        for made in &made {
            for (x, y, cell) in made.cells() {
                let mut row = vec![Cell::Number(x), Cell::Number(y)];
                row.extend(made.z.map(Cell::Number));
                row.extend([
                    Cell::Text(cell.field.id().into()),
                    cell.field.first().map_or(Cell::Empty, |first| Cell::Text(first.id().into())),
                    number(cell.lead),
                ]);
                for values in [&cell.values, &cell.npv_usd] {
                    row.extend(values.iter().map(|(_, value)| number(value.ok())));
                }
                sink.row(&row)?;
            }
        }
        Ok(())
    }
}
