//! A simulation: figures for people, everything with the fan for programs, and every path as a table.

use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::{Map, Value, json};
use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::{Absent, MarketSeries};
use wattfolio_economics::risk::{
    BusinessRisk, Control, Estimate, Markets, Outlook, PROBABILITIES, Paybacks, RISK_FIGURES, RiskFigure,
    RiskValue, Share, Simulation, Simulator, VarianceFactor, VarianceShares,
};
use wattfolio_economics::scenario::{Scenario, ValidScenario};

use super::exported::{ExportError, Exported, Shape};
use super::grid::Grid;
use super::inputs::scenario_json;
use super::json::{OUTPUT_SCHEMA, absent};
use super::pair::{Difference, Differing};
use super::paths::PathTable;
use super::table::TableSink;
use crate::format;
use crate::words::{driver, risk as words, risk_figure};

/// Paths whose rows are held at a time, so that the rows of a million need little room.
const AT_ONCE: usize = 4096;

/// A simulation, and what is needed to look at its paths.
#[derive(Debug)]
pub struct SimulationRun<C> {
    /// Title of the scenario.
    pub title: String,
    /// The scenario.
    pub scenario: ValidScenario,
    /// The figures.
    pub simulation: Simulation,
    /// The simulator that ran it; without it, another one is made when single paths are asked for.
    pub simulator: Option<Simulator>,
    /// Its markets and variance shares, if they were computed before.
    pub outlook: Option<Arc<Outlook>>,
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
        let outlook = self.outlook()?;
        let simulation = found.as_ref().unwrap_or(&self.simulation);
        Ok(simulation_table(&self.title, &self.scenario, simulation, &outlook))
    }

    fn value(&mut self) -> Result<Value, ExportError> {
        let found = self.with_returns()?;
        let outlook = self.outlook()?;
        Ok(simulation_json(&self.scenario, found.as_ref().unwrap_or(&self.simulation), &outlook))
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

impl<C: Control> Differing for SimulationRun<C> {
    fn differences(&self, other: &Self) -> Vec<Difference> {
        let read = |one: &Self, business: Business, figure: &RiskFigure| {
            figure.read(one.simulation.business(business).ok()?).number()?.ok()
        };
        let all = RISK_FIGURES.iter().flat_map(|figure| Business::ALL.map(|business| (figure, business)));
        all.filter_map(|(figure, business)| {
            let values = [read(self, business, figure)?, read(other, business, figure)?];
            let RiskFigure { id, label, unit, .. } = *figure;
            Some(Difference { business, id, label, unit, values })
        })
        .collect()
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

    /// The outlook, which is found unless it is known already.
    fn outlook(&mut self) -> Result<Arc<Outlook>, ExportError> {
        if let Some(outlook) = &self.outlook {
            return Ok(Arc::clone(outlook));
        }
        let mut simulator = self.take_simulator()?;
        let found = simulator.outlook(&self.scenario, self.simulation.basis, &self.control);
        self.simulator = Some(simulator);
        Ok(Arc::new(found?))
    }

    fn take_simulator(&mut self) -> Result<Simulator, ExportError> {
        if let Some(simulator) = self.simulator.take() {
            return Ok(simulator);
        }
        let mut simulator = Simulator::new(0)?;
        simulator.set_sampling(self.simulation.sampling);
        simulator.set_record(self.simulation.resampled.clone());
        Ok(simulator)
    }
}

/// Fan, quantiles and figures with standard errors. What does not exist is `{"absent": "reason"}`, as in the comparison.
pub fn simulation_json(scenario: &Scenario, simulation: &Simulation, outlook: &Outlook) -> Value {
    let mut root = json!({
        "schema": OUTPUT_SCHEMA,
        "version": env!("CARGO_PKG_VERSION"),
        "basis": simulation.basis.id(),
        "paths": simulation.paths,
        "seed": simulation.seed,
        "sampling": simulation.sampling.id(),
        "factors": factors_json(scenario, simulation),
        "probabilities": PROBABILITIES,
        "scenario": scenario_json(scenario),
    });
    for business in Business::ALL {
        root[business.id()] = match simulation.business(business) {
            Ok(risk) => risk_json(risk, outlook.shares[business].as_ref()),
            Err(reason) => absent(&reason.to_string()),
        };
    }
    root["markets"] = markets_json(&outlook.markets);
    root
}

/// Source of bitcoin and the network; of recorded months their number, and what their order leaves of bitcoin's mean.
fn factors_json(scenario: &Scenario, simulation: &Simulation) -> Value {
    let mut value = json!({ "source": simulation.factors().id() });
    if let Some(resampled) = &simulation.resampled {
        value["months"] = json!(resampled.months());
        value["bitcoin_mean_over_plan"] = json!(resampled.mean_at(scenario.horizon_months as usize));
    }
    value
}

/// Each market at the end of the plan, the fans of those that have one, and where the plan's bitcoin price lies.
fn markets_json(markets: &Markets) -> Value {
    let mut value = json!({});
    for end in markets.at_end {
        let quantiles: Map<String, Value> = [0, 2, 4]
            .map(|index| (percentile(PROBABILITIES[index]), json!(end.quantiles[index])))
            .into_iter()
            .collect();
        let mut market = Value::Object(quantiles);
        (market["mean"], market["plan"]) = (json!(end.mean), json!(end.planned));
        if let Some(fan) = markets.fan(end.series) {
            market["fan"] =
                PROBABILITIES.iter().zip(fan).map(|(p, curve)| (percentile(*p), json!(curve))).collect();
        }
        value[end.series.id()] = market;
    }
    value["btc_price_usd"]["plan_percentile"] = json!(markets.plan_percentile);
    value
}

/// Each factor with its share of the variance and the standard error; absent where nothing varies.
fn shares_json(shares: Option<&VarianceShares>) -> Value {
    let Some(shares) = shares else { return absent("nothing varies") };
    let estimate = |share: Estimate| json!({ "value": share.value, "standard_error": share.standard_error });
    let factors = VarianceFactor::ALL.into_iter().zip(shares.shares);
    let mut value: Map<String, Value> =
        factors.map(|(factor, share)| (factor.id().to_owned(), estimate(share))).collect();
    value.insert("interaction".to_owned(), estimate(shares.interaction));
    value.insert("points".to_owned(), json!(shares.points));
    Value::Object(value)
}

fn risk_json(risk: &BusinessRisk, shares: Option<&VarianceShares>) -> Value {
    let figures: Map<String, Value> =
        RISK_FIGURES.iter().map(|figure| (figure.id.to_owned(), value_json(figure.read(risk)))).collect();
    let fan: Map<String, Value> =
        PROBABILITIES.iter().zip(&risk.fan).map(|(p, curve)| (percentile(*p), json!(curve))).collect();
    json!({
        "measures": figures,
        "reserve_usd": risk.reserve_usd,
        "variance_shares": shares_json(shares),
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
        RiskValue::Estimate(Estimate { value, standard_error, .. }) => {
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
pub fn simulation_table(
    title: &str,
    scenario: &Scenario,
    simulation: &Simulation,
    outlook: &Outlook,
) -> String {
    let mut text = format!(
        "{}\n{}\n{} {}.\n\n",
        format::visible_line(title),
        words::risk_verdict(simulation, Some(&outlook.shares)),
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
    text.push_str(&order_text(simulation, outlook));
    for business in Business::ALL {
        if let Err(reason) = simulation.business(business) {
            // Writing to a string cannot fail.
            write!(text, "\n{}: not simulated, {reason}\n", business.label()).ok();
        }
    }
    text
}

/// The businesses by what they risk per dollar, each with what decides it, and where the plan's bitcoin price lies.
fn order_text(simulation: &Simulation, outlook: &Outlook) -> String {
    let mut text = format!("\n{}.\n", driver::order(simulation));
    for (business, _, _) in driver::by_tail(simulation) {
        let words =
            outlook.shares[business].as_ref().map_or_else(|| "nothing moves it".to_owned(), driver::shares);
        // Writing to a string cannot fail.
        writeln!(text, "  {}: {words}", business.label()).ok();
    }
    let network = words::market_title(&outlook.markets, MarketSeries::NetworkHashrate);
    let price = words::market_subtitle(&outlook.markets, MarketSeries::NetworkHashrate);
    let hashprice = words::market_title(&outlook.markets, MarketSeries::Hashprice);
    writeln!(text, "{price}.\n{network}.\n{hashprice}.").ok();
    text
}
