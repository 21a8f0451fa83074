//! Scenarios side by side: inputs that differ, every measure with its difference to the baseline, and one business minus another.

use std::borrow::Cow;
use std::sync::Arc;

use serde_json::{Map, Value, json};
use wattfolio_economics::business::Business;
use wattfolio_economics::catalogue;
use wattfolio_economics::input::Input;
use wattfolio_economics::kernel::Maybe;
use wattfolio_economics::results::verdict::{Criterion, Verdict};
use wattfolio_economics::results::{Comparison, Incremental, MEASURES, Side, find_measure, going_on};
use wattfolio_economics::risk::Simulation;
use wattfolio_economics::scenario::{Faults, ValidScenario};
use wattfolio_economics::units::Unit;

use super::exported::{ExportError, Exported, Shape};
use super::grid::Grid;
use super::json::{OUTPUT_SCHEMA, absent, maybe};
use super::scenarios_risk::figures;
use super::table::{Cell, Column, ColumnKind, Table, TableSink, about};
use crate::format;
use crate::store::{Chosen, Listed};
use crate::words::side_by_side::{self, Among, Beside};

/// Measures that a terminal shows; the other formats have all of them.
const HEADLINES: [&str; 4] = ["npv_usd", "npv_per_capex", "irr", "payback_months"];

/// Scenarios with their results.
#[derive(Clone, Debug)]
pub struct SideBySide {
    /// Title of the file.
    pub title: String,
    /// The scenarios in order.
    pub scenarios: Vec<(Listed, Arc<Comparison>)>,
    /// The simulation of each scenario, as far as there is one.
    pub simulated: Vec<Option<Simulation>>,
    /// What the verdicts go by.
    pub criterion: Criterion,
    /// A business of a scenario, and the one that is subtracted from it.
    pub minus: Option<[Chosen; 2]>,
}

/// Values of a measure in each scenario, and the same in words.
type Row = (Vec<Option<Maybe<f64>>>, Vec<Beside>);

/// Measures by id, each once.
fn measures() -> Vec<(&'static str, &'static str, Unit)> {
    let mut all: Vec<(&str, &str, Unit)> = Vec::new();
    for measure in MEASURES.iter() {
        if all.iter().all(|(id, ..)| *id != measure.id) {
            all.push((measure.id, measure.label, measure.unit));
        }
    }
    all
}

impl SideBySide {
    fn all(&self) -> Vec<Among<'_>> {
        let verdict = |index: usize, (listed, comparison): &(Listed, Arc<Comparison>)| {
            let simulated = self.simulated.get(index).and_then(Option::as_ref);
            let npvs = simulated.map(Simulation::npvs);
            Verdict::new(&listed.scenario, comparison, npvs.as_ref(), self.criterion)
        };
        self.scenarios
            .iter()
            .enumerate()
            .map(|(index, one)| Among {
                letter: one.0.label.letter.to_string(),
                name: &one.0.label.name,
                scenario: &one.0.scenario,
                comparison: &one.1,
                verdict: verdict(index, one),
                is_baseline: one.0.is_baseline,
            })
            .collect()
    }

    pub(super) fn baseline(&self) -> Option<usize> {
        self.scenarios.iter().position(|(listed, _)| listed.is_baseline)
    }

    /// The inputs in which any of them differs from another.
    fn differing(&self) -> Vec<&'static Input> {
        let Some(((first, _), rest)) = self.scenarios.split_first() else { return Vec::new() };
        let differs =
            |input: &&Input| rest.iter().any(|(one, _)| input.differs(&one.scenario, &first.scenario));
        catalogue::inputs().iter().filter(differs).collect()
    }

    /// Values of a measure in each scenario, and what they are beside the baseline.
    fn row(&self, business: Business, id: &str) -> Option<Row> {
        let measure = find_measure(business, id)?;
        let read =
            |(_, comparison): &(Listed, Arc<Comparison>)| measure.read(comparison.business(business).ok()?);
        let values: Vec<Option<Maybe<f64>>> = self.scenarios.iter().map(read).collect();
        let cells = side_by_side::beside(&values, self.baseline(), measure.unit, measure.better);
        Some((values, cells))
    }

    /// The difference that is asked for, with the names of both sides; `None` where none is.
    fn difference(&self) -> Option<(String, Result<Incremental, String>)> {
        let [of, minus] = self.minus?;
        let side = |chosen: Chosen| {
            let is_it = |one: &&(Listed, Arc<Comparison>)| one.0.label.letter == chosen.letter;
            let none = || format!("there is no scenario {}", chosen.letter);
            let (listed, comparison) = self.scenarios.iter().find(is_it).ok_or_else(none)?;
            SideOf::new(&listed.scenario, comparison, chosen).map_err(|faults| faults.to_string())
        };
        let difference = side(of).and_then(|of| {
            Incremental::new(of.side(), side(minus)?.side()).map_err(|reason| reason.to_string())
        });
        Some((format!("{} minus {}", of.words(), minus.words()), difference))
    }

    fn text_of_difference(&self) -> Option<String> {
        let (name, difference) = self.difference()?;
        let difference = match difference {
            Ok(difference) => difference,
            Err(reason) => return Some(format!("\n{name}: {reason}\n")),
        };
        let shown = |value: &Maybe<f64>, unit| match value {
            Ok(value) => format::short(*value, unit),
            Err(reason) => reason.to_string(),
        };
        let rate = format::short(difference.discount_rate, Unit::FractionPerYear);
        let rows = [
            (format!("NPV at the rate of the first, {rate}"), format::short(difference.npv_usd, Unit::Usd)),
            ("IRR".to_owned(), shown(&difference.irr, Unit::FractionPerYear)),
            ("Payback".to_owned(), shown(&difference.payback_months, Unit::Months)),
            ("Payback for good".to_owned(), shown(&difference.payback_last_months, Unit::Months)),
        ];
        let rows = rows.into_iter().map(|(label, value)| vec![format!("  {label}"), value]).collect();
        Some(format!("\n{name}\n{}", Grid(rows).render()))
    }
}

/// A business of a scenario as it is subtracted: as it is planned, or with a fleet that is there already.
#[derive(Clone, Debug)]
pub struct SideOf<'a> {
    scenario: Cow<'a, ValidScenario>,
    comparison: Cow<'a, Comparison>,
    business: Business,
}

impl<'a> SideOf<'a> {
    /// The side that was chosen.
    ///
    /// # Errors
    /// If the plan contradicts itself once the fleet is sunk.
    pub fn new(
        scenario: &'a ValidScenario,
        comparison: &'a Comparison,
        chosen: Chosen,
    ) -> Result<Self, Faults> {
        let business = chosen.business;
        if !chosen.goes_on {
            return Ok(Self {
                scenario: Cow::Borrowed(scenario),
                comparison: Cow::Borrowed(comparison),
                business,
            });
        }
        let (scenario, comparison) = going_on(scenario, comparison.basis)?;
        Ok(Self { scenario: Cow::Owned(scenario), comparison: Cow::Owned(comparison), business })
    }

    /// The side for a difference.
    pub fn side(&self) -> Side<'_> {
        Side { scenario: &self.scenario, comparison: &self.comparison, business: self.business }
    }
}

/// The value of an input as text.
fn input_text(input: &Input, listed: &Listed) -> String {
    use wattfolio_economics::input::Kind;
    match &input.kind {
        Kind::Number(number) => (number.get)(&listed.scenario).map_or_else(String::new, |value| {
            let text = format!("{} {}", format::field(value, input.unit), format::field_unit(input.unit));
            text.trim_end().to_owned()
        }),
        _ => input.text(&listed.scenario).unwrap_or_default(),
    }
}

impl Exported for SideBySide {
    fn shapes() -> &'static [(Shape, &'static str)] {
        &[
            (Shape::Text, "For people: inputs that differ, headline measures and chances"),
            (Shape::Value, "Everything, with the flows of a difference"),
            (Shape::Table, "One row a measure, business and scenario"),
        ]
    }

    fn text(&mut self) -> Result<String, ExportError> {
        let all = self.all();
        let mut text = format!(
            "{}\n{}\n{}\n\n",
            format::visible_line(&self.title),
            format::visible_line(&side_by_side::sentence(&all, self.criterion)),
            side_by_side::conditions(&all),
        );
        let head = self.scenarios.iter().map(|(listed, _)| {
            let baseline = if listed.is_baseline { " (baseline)" } else { "" };
            format!("{} {}{baseline}", listed.label.letter, format::visible_line(&listed.label.name))
        });
        let mut rows: Vec<Vec<String>> = vec![std::iter::once(String::new()).chain(head).collect()];
        for input in self.differing() {
            let values = self
                .scenarios
                .iter()
                .map(|(listed, _)| format::visible_line(&input_text(input, listed)).into_owned());
            rows.push(std::iter::once(input.label.to_owned()).chain(values).collect());
        }
        for id in HEADLINES {
            for business in Business::ALL {
                let Some((_, cells)) = self.row(business, id) else { continue };
                let label = find_measure(business, id).map_or(id, |measure| measure.label);
                let words = cells.iter().map(|cell| {
                    let best = if cell.is_best { "✓ " } else { "" };
                    let delta = [cell.delta.as_str(), cell.share.as_str()].join(" ");
                    let delta = delta.trim();
                    let delta = if delta.is_empty() { String::new() } else { format!(" ({delta})") };
                    format!("{best}{}{delta}", cell.text)
                });
                rows.push(std::iter::once(format!("{label}, {}", business.word())).chain(words).collect());
            }
        }
        rows.extend(self.risk_text());
        let best = all.iter().map(|one| {
            side_by_side::best(&one.verdict).map_or_else(|| "none".to_owned(), |(_, words)| words)
        });
        let label = side_by_side::best_label(self.criterion).to_owned();
        rows.push(std::iter::once(label).chain(best).collect());
        text.push_str(&Grid(rows).render());
        text.push_str(&self.text_of_difference().unwrap_or_default());
        Ok(text)
    }

    fn value(&mut self) -> Result<Value, ExportError> {
        let differing = self.differing();
        let one = |(index, (listed, comparison)): (usize, &(Listed, Arc<Comparison>))| {
            let inputs: Map<String, Value> = differing
                .iter()
                .map(|input| {
                    let text = input.text(&listed.scenario);
                    (input.id.to_owned(), text.map_or_else(|| absent("does not apply"), Value::from))
                })
                .collect();
            let mut value = json!({
                "letter": listed.label.letter.to_string(),
                "name": listed.label.name,
                "note": listed.label.note,
                "line": listed.label.line.id(),
                "is_baseline": listed.is_baseline,
                "start": listed.scenario.start.to_string(),
                "horizon_months": listed.scenario.horizon_months,
                "inputs": inputs,
            });
            for business in Business::ALL {
                value[business.id()] = match comparison.business(business) {
                    Ok(_) => {
                        let mut measures = self.measures_json(business, index);
                        measures["simulated"] = self.risk_json(business, index);
                        measures
                    }
                    Err(reason) => absent(&reason.to_string()),
                };
            }
            value
        };
        let scenarios: Vec<Value> = self.scenarios.iter().enumerate().map(one).collect();
        Ok(json!({
            "schema": OUTPUT_SCHEMA,
            "version": env!("CARGO_PKG_VERSION"),
            "title": self.title,
            "basis": self.scenarios.first().map(|(_, comparison)| comparison.basis.id()),
            "scenarios": scenarios,
            "minus": match self.difference() {
                Some((name, Ok(difference))) => difference_json(&name, &difference),
                Some((_, Err(reason))) => absent(&reason),
                None => absent("none is asked for"),
            },
        }))
    }

    fn table(&mut self, sink: &mut dyn TableSink) -> Result<(), ExportError> {
        let (text, number) = (ColumnKind::Text, ColumnKind::Number);
        let columns = vec![
            Column::required("letter", text),
            Column::required("name", text),
            Column::required("business", text),
            Column::required("measure", text),
            Column::required("unit", text),
            Column::optional("value", number),
            Column::optional("difference", number),
            Column::optional("absent", text),
            Column::required("best", text),
            Column::optional("standard_error", number),
        ];
        let basis = self.scenarios.first().map(|(_, comparison)| comparison.basis);
        sink.begin(&Table { name: "scenarios", columns, about: about(basis, &[]) })?;
        for (id, _, unit) in measures() {
            for business in Business::ALL {
                let Some((values, cells)) = self.row(business, id) else { continue };
                let reference = self.baseline().and_then(|index| values[index]).and_then(Result::ok);
                for (((listed, _), value), cell) in self.scenarios.iter().zip(&values).zip(&cells) {
                    let known = value.and_then(Result::ok);
                    let difference = known.zip(reference).map(|(value, reference)| value - reference);
                    let reason = match value {
                        Some(Err(reason)) => Cell::Text(reason.to_string().into()),
                        Some(Ok(_)) => Cell::Empty,
                        None => Cell::Text("not evaluated".into()),
                    };
                    sink.row(&[
                        Cell::Text(listed.label.letter.to_string().into()),
                        Cell::Text(format::visible_line(&listed.label.name)),
                        Cell::Text(business.id().into()),
                        Cell::Text(id.into()),
                        Cell::Text(unit.symbol().into()),
                        known.map_or(Cell::Empty, Cell::Number),
                        difference.map_or(Cell::Empty, Cell::Number),
                        reason,
                        Cell::Text(if cell.is_best { "true" } else { "false" }.into()),
                        Cell::Empty,
                    ])?;
                }
            }
        }
        self.risk_rows(sink)
    }
}

impl SideBySide {
    /// The rows of simulated figures.
    fn risk_rows(&self, sink: &mut dyn TableSink) -> Result<(), ExportError> {
        let number = |value: Option<f64>| value.map_or(Cell::Empty, Cell::Number);
        for figure in figures() {
            for business in Business::ALL {
                let Some(row) = self.risk_row(business, figure) else { continue };
                for (index, (listed, _)) in self.scenarios.iter().enumerate() {
                    let value = row.number(index);
                    let reason = match value {
                        Some(Err(reason)) => Cell::Text(reason.to_string().into()),
                        Some(Ok(_)) => Cell::Empty,
                        None => Cell::Text("not simulated".into()),
                    };
                    let is_best = row.cells.get(index).is_some_and(|cell| cell.is_best);
                    sink.row(&[
                        Cell::Text(listed.label.letter.to_string().into()),
                        Cell::Text(format::visible_line(&listed.label.name)),
                        Cell::Text(business.id().into()),
                        Cell::Text(figure.id.into()),
                        Cell::Text(figure.unit.symbol().into()),
                        number(value.and_then(Result::ok)),
                        number(row.difference(index, self.baseline())),
                        reason,
                        Cell::Text(if is_best { "true" } else { "false" }.into()),
                        number(row.standard_error(index)),
                    ])?;
                }
            }
        }
        Ok(())
    }

    /// Measures of a business in a scenario, each with its difference to the baseline and whether it is the best.
    fn measures_json(&self, business: Business, index: usize) -> Value {
        let mut values_by_id = Map::new();
        for (id, ..) in measures() {
            let Some((values, cells)) = self.row(business, id) else { continue };
            let Some(Some(value)) = values.get(index).copied() else { continue };
            let reference = self.baseline().and_then(|baseline| values[baseline]).and_then(Result::ok);
            let difference = match value.ok().zip(reference) {
                Some((value, reference)) => json!(value - reference),
                None => absent("no two values"),
            };
            values_by_id.insert(
                id.to_owned(),
                json!({ "value": maybe(value), "difference": difference, "is_best": cells[index].is_best }),
            );
        }
        Value::Object(values_by_id)
    }
}

/// A difference with its flows.
fn difference_json(name: &str, difference: &Incremental) -> Value {
    json!({
        "name": name,
        "discount_rate": difference.discount_rate,
        "npv_usd": difference.npv_usd,
        "irr": maybe(difference.irr),
        "irr_roots": difference.irr_roots,
        "payback_months": maybe(difference.payback_months),
        "payback_last_months": maybe(difference.payback_last_months),
        "flows_usd": difference.flows_usd,
        "cumulative_usd": difference.cumulative_usd,
    })
}
