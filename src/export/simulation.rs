//! A simulation: figures for people, everything with the fan for programs, and every path as a table.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};
use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::Absent;
use wattfolio_economics::risk::{
    BusinessRisk, Control, Estimate, PROBABILITIES, Paybacks, RISK_FIGURES, RiskValue, Share, Simulation,
    Simulator,
};
use wattfolio_economics::scenario::{Scenario, ValidScenario};

use super::exported::{ExportError, Exported, Shape};
use super::grid::Grid;
use super::inputs::scenario_json;
use super::json::{OUTPUT_SCHEMA, absent};
use super::paths::PathTable;
use super::table::TableSink;
use crate::format;
use crate::words::{risk as words, risk_figure};

/// Paths whose rows are held at a time, so that the rows of a million need little room.
const AT_ONCE: usize = 4096;

/// A simulation, and what is needed to look at its paths.
#[derive(Debug)]
pub struct SimulationRun<C> {
    /// What the scenario is called.
    pub title: String,
    /// The scenario.
    pub scenario: ValidScenario,
    /// The figures.
    pub simulation: Simulation,
    /// What ran it; without it, another one is made when single paths are asked for.
    pub simulator: Option<Simulator>,
    /// Ends the search for more when nobody waits for it.
    pub control: C,
}

impl<C: Control> Exported for SimulationRun<C> {
    fn shapes() -> &'static [(Shape, &'static str)] {
        &[
            (Shape::Text, "For people: verdict and figures with their standard errors"),
            (Shape::Value, "Everything, with the fan by month"),
            (Shape::Table, "One row a path: its markets and its results"),
        ]
    }

    fn text(&mut self) -> Result<String, ExportError> {
        let found = self.with_returns()?;
        Ok(simulation_table(&self.title, &self.scenario, found.as_ref().unwrap_or(&self.simulation)))
    }

    fn value(&mut self) -> Result<Value, ExportError> {
        let found = self.with_returns()?;
        Ok(simulation_json(&self.scenario, found.as_ref().unwrap_or(&self.simulation)))
    }

    fn table(&mut self, sink: &mut dyn TableSink) -> Result<(), ExportError> {
        let (basis, paths) = (self.simulation.basis, self.simulation.paths);
        let table = PathTable::new(&self.simulation);
        sink.begin(&table.about())?;
        let mut simulator = self.take_simulator()?;
        for first in (0..paths).step_by(AT_ONCE) {
            let until = (first + AT_ONCE).min(paths);
            let rows = simulator.rows(&self.scenario, basis, first..until);
            table.write(first, &rows, sink)?;
        }
        self.simulator = Some(simulator);
        Ok(())
    }
}

impl<C: Control> SimulationRun<C> {
    /// The simulation with the rates of return; `None` if they are known already.
    fn with_returns(&mut self) -> Result<Option<Simulation>, ExportError> {
        let mut risks =
            Business::ALL.into_iter().filter_map(|business| self.simulation.business(business).ok());
        if risks.all(|risk| risk.irr.is_some()) {
            return Ok(None);
        }
        let mut simulator = self.take_simulator()?;
        let found = simulator.returns(&self.scenario, self.simulation.basis, &self.control);
        self.simulator = Some(simulator);
        Ok(Some(self.simulation.clone().with_returns(found?)))
    }

    fn take_simulator(&mut self) -> Result<Simulator, ExportError> {
        if let Some(simulator) = self.simulator.take() {
            return Ok(simulator);
        }
        let mut simulator = Simulator::new(0)?;
        simulator.set_sampling(self.simulation.sampling);
        Ok(simulator)
    }
}

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

/// Whether a share is shown as a bound.
fn rests_on_none_or_all(simulation: &Simulation) -> bool {
    let risks = Business::ALL.into_iter().filter_map(|business| simulation.business(business).ok());
    risks
        .flat_map(|risk| RISK_FIGURES.map(|figure| figure.read(risk)))
        .any(|value| risk_figure::bound(value).is_some())
}

/// The figures for a terminal.
pub fn simulation_table(title: &str, scenario: &Scenario, simulation: &Simulation) -> String {
    let mut text = format!(
        "{}\n{}\n{} {}.\n\n",
        format::visible_line(title),
        words::risk_verdict(simulation),
        words::risk_conditions(scenario, simulation),
        simulation.basis.label(),
    );
    let header = std::iter::once(String::new()).chain(Business::ALL.map(|b| b.label().to_owned())).collect();
    let mut rows = vec![header];
    for figure in RISK_FIGURES {
        let cell = |business| match simulation.business(business) {
            Ok(risk) => {
                let value = figure.read(risk);
                let error = risk_figure::error(&figure, value).map(|error| format!(" {error}"));
                format!("{}{}", risk_figure::value(&figure, value), error.unwrap_or_default())
            }
            Err(_) => "–".to_owned(),
        };
        rows.push(std::iter::once(figure.label.to_owned()).chain(Business::ALL.map(cell)).collect());
    }
    text.push_str(&Grid(rows).render());
    if rests_on_none_or_all(simulation) {
        text.push_str("\n< and >: no path, or every one; the bound is what so many paths support at 95 %.\n");
    }
    for business in Business::ALL {
        if let Err(reason) = simulation.business(business) {
            // Writing to a string cannot fail.
            write!(text, "\n{}: not simulated, {reason}\n", business.label()).ok();
        }
    }
    text
}
