//! A comparison: verdict and measures for people, everything for programs, and the ledger as a table.

use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::{Map, Value, json};
use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::{LINES, Line, Maybe};
use wattfolio_economics::results::{
    BuyAndHold, Comparison, Evaluation, MEASURES, Measure, Measures, measure,
};
use wattfolio_economics::risk::Judgement;
use wattfolio_economics::scenario::{Scenario, ValidScenario};
use wattfolio_economics::units::Unit;

use super::exported::{ExportError, Exported, Shape};
use super::grid::Grid;
use super::inputs::scenario_json;
use super::json::{OUTPUT_SCHEMA, absent, maybe};
use super::pair::{Difference, Differing};
use super::table::{Cell, Column, ColumnKind, Table, TableSink, about};
use super::verdict::verdict_json;
use crate::format;
use crate::words;

/// A comparison and what it is of.
#[derive(Clone, Debug)]
pub struct Compared {
    /// Title of the scenario.
    pub title: String,
    /// The scenario.
    pub scenario: Arc<ValidScenario>,
    /// Its results.
    pub comparison: Arc<Comparison>,
    /// Which business is best, with the markets where they were simulated for it.
    pub judgement: Judgement,
}

impl Exported for Compared {
    fn shapes() -> &'static [(Shape, &'static str)] {
        &[
            (Shape::Text, "For people: verdict and measures"),
            (Shape::Value, "Everything, with the full monthly ledger"),
            (Shape::Table, "One row a month and business"),
        ]
    }

    fn text(&mut self) -> Result<String, ExportError> {
        Ok(comparison_table(&self.title, &self.scenario, (&self.comparison, &self.judgement)))
    }

    fn value(&mut self) -> Result<Value, ExportError> {
        Ok(comparison_json(&self.scenario, (&self.comparison, &self.judgement)))
    }

    fn table(&mut self, sink: &mut dyn TableSink) -> Result<(), ExportError> {
        ledger(&self.comparison, sink)
    }
}

/// Sums of the ledger, as the page of cash flows shows them.
impl Differing for Compared {
    fn differences(&self, other: &Self) -> Vec<Difference> {
        let sum = |one: &Self, business: Business, line: Line| {
            Some(one.comparison.business(business).ok()?.ledger.sum(line))
        };
        let lines = LINES.into_iter().filter(|line| !line.is_series());
        let all = lines.flat_map(|line| Business::ALL.map(|business| (line, business)));
        all.filter(|(line, business)| line.belongs_to(*business))
            .filter_map(|(line, business)| {
                let values = [sum(self, business, line)?, sum(other, business, line)?];
                Some(Difference { business, id: line.id(), label: line.label(), unit: Unit::Usd, values })
            })
            .collect()
    }
}

/// The measures that a terminal shows, in order.
const HEADLINES: [&Measure; 21] = [
    &measure::PAYBACK_MONTHS,
    &measure::PAYBACK_LAST_MONTHS,
    &measure::DISCOUNTED_PAYBACK_MONTHS,
    &measure::PAYBACK_TODAY_MONTHS,
    &measure::NPV_USD,
    &measure::END_PROCEEDS_NPV_USD,
    &measure::NPV_PER_CAPEX,
    &measure::IRR,
    &measure::MIRR,
    &measure::ANNUALISED_TOTAL_RETURN,
    &measure::MULTIPLE,
    &measure::PROFIT_USD,
    &measure::CAPEX_USD,
    &measure::PEAK_FUNDING_USD,
    &measure::PROFIT_USD_PER_MWH,
    &measure::NPV_USD_PER_MWH,
    &measure::END_PROCEEDS_USD,
    &measure::PEAK_EQUITY_USD,
    &measure::MIN_DSCR,
    &measure::AVG_DSCR,
    &measure::SHORT_MONTHS,
];

fn cell(value: Option<Maybe<f64>>, unit: Unit) -> String {
    match value {
        Some(Ok(value)) => format::short(value, unit),
        // A column is as wide as its widest cell: the reason alone, of which `explain` says more.
        Some(Err(reason)) => reason.to_string().split(':').next().unwrap_or_default().to_owned(),
        None => String::new(),
    }
}

fn row(measure: &Measure, comparison: &Comparison) -> Vec<String> {
    let values = Business::ALL.map(|business| {
        let evaluation = comparison.business(business).ok();
        cell(evaluation.and_then(|evaluation| measure.read(evaluation)), measure.unit)
    });
    std::iter::once(measure.label.to_owned()).chain(values).collect()
}

/// The comparison for a terminal: verdict, headline measures, and figures of each business.
pub fn comparison_table(
    title: &str,
    scenario: &Scenario,
    (comparison, judgement): (&Comparison, &Judgement),
) -> String {
    let verdict = &judgement.verdict;
    let markets =
        judgement.markets.as_ref().map(|markets| format!("{}.\n", words::risk::markets_line(markets)));
    let mut text = format!(
        "{}\n{}\n{} {}.\n{}\n",
        format::visible_line(title),
        words::verdict::sentence(scenario, comparison, verdict),
        words::verdict::conditions(scenario, comparison.basis, verdict),
        comparison.basis.label(),
        markets.unwrap_or_default(),
    );
    let header = std::iter::once(String::new()).chain(Business::ALL.map(|b| b.label().to_owned())).collect();
    let mut rows = vec![header];
    rows.extend(HEADLINES.map(|measure| row(measure, comparison)));
    text.push_str(&Grid(rows).render());
    for business in Business::ALL {
        text.push('\n');
        match comparison.business(business) {
            Err(reason) => {
                // Writing to a string cannot fail.
                writeln!(text, "{}: not evaluated, {reason}", business.label()).ok();
            }
            Ok(evaluation) => {
                text.push_str(business.label());
                text.push('\n');
                let own = MEASURES.iter().filter(|m| m.applies_to(business) && !m.is_common());
                let rows = own
                    .map(|measure| {
                        vec![format!("  {}", measure.label), cell(measure.read(evaluation), measure.unit)]
                    })
                    .collect();
                text.push_str(&Grid(rows).render());
            }
        }
    }
    text
}

/// Every measure as tab-separated text with full values, for a spreadsheet.
pub fn measures_table(comparison: &Comparison) -> String {
    let mut text = String::from("measure\tid\tunit");
    for business in Business::ALL {
        text.push('\t');
        text.push_str(business.label());
    }
    text.push('\n');
    for measure in MEASURES.iter() {
        write!(text, "{}\t{}\t{}", measure.label, measure.id, measure.unit.symbol()).ok();
        for business in Business::ALL {
            let value = comparison.business(business).ok().and_then(|evaluation| measure.read(evaluation));
            text.push('\t');
            match value {
                Some(Ok(value)) => text.push_str(&value.to_string()),
                Some(Err(reason)) => text.push_str(&reason.to_string()),
                None => {}
            }
        }
        text.push('\n');
    }
    text
}

/// Why nothing was bought and held instead.
fn no_holding() -> Value {
    absent(&format!("no {}", Business::OF_NETWORK.word()))
}

/// The whole comparison: inputs, market series, measures and the full monthly ledger of each business.
///
/// An absent value is `{"absent": "reason"}`; every series is an array over `t = 0…T`.
pub fn comparison_json(scenario: &Scenario, (comparison, judgement): (&Comparison, &Judgement)) -> Value {
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
        "verdict": verdict_json(scenario, comparison, judgement),
        "buy_and_hold": comparison.buy_and_hold.as_ref().map_or_else(no_holding, holding_json),
    });
    for business in Business::ALL {
        root[business.id()] = match comparison.business(business) {
            Ok(evaluation) => evaluation_json(evaluation),
            Err(reason) => absent(&reason.to_string()),
        };
    }
    root
}

/// What stands among the measures in JSON and is no number: its id, its meaning, and how it is read.
type BesideMeasure = (&'static str, &'static str, fn(&Measures) -> Value);

/// All of it.
pub(super) const BESIDE_MEASURES: [BesideMeasure; 2] = [
    (
        "irr_roots",
        "Every rate above −99 % a year at which the net present value is zero, a list",
        |measures| json!(measures.irr_roots),
    ),
    (
        "irr_meaningful",
        "Whether one of them is the rate of an investor, and then stands in `irr`",
        |measures| json!(measures.irr_meaningful()),
    ),
];

fn evaluation_json(evaluation: &Evaluation) -> Value {
    let mut measures: Map<String, Value> = MEASURES
        .iter()
        .filter_map(|measure| measure.read(evaluation).map(|value| (measure.id.to_owned(), maybe(value))))
        .collect();
    measures
        .extend(BESIDE_MEASURES.iter().map(|(id, _, read)| ((*id).to_owned(), read(&evaluation.measures))));
    let ledger: Map<String, Value> = LINES
        .iter()
        .filter(|line| line.belongs_to(evaluation.business))
        .map(|&line| {
            let months = 0..=evaluation.horizon();
            let values: Vec<Value> = months.map(|t| maybe(evaluation.ledger.at(line, t))).collect();
            (line.id().to_owned(), Value::Array(values))
        })
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

/// The ledger of every business and the market of every month, one row a month and business.
///
/// Cells of a line that a business does not have are empty.
fn ledger(comparison: &Comparison, sink: &mut dyn TableSink) -> Result<(), ExportError> {
    let network = comparison.network.series();
    let mut columns =
        vec![Column::required("business", ColumnKind::Text), Column::required("month", ColumnKind::Whole)];
    columns.extend(network.iter().map(|(series, _)| Column::required(series.id(), ColumnKind::Number)));
    let is_required = |line: Line| Business::ALL.into_iter().all(|business| line.belongs_to(business));
    columns.extend(LINES.map(|line| Column {
        is_required: is_required(line),
        ..Column::optional(line.id(), ColumnKind::Number)
    }));
    sink.begin(&Table { name: "ledger", columns, about: about(Some(comparison.basis), &[]) })?;
    let mut cells = Vec::new();
    for evaluation in comparison.evaluations() {
        let business = evaluation.business;
        for t in 0..evaluation.flows.net.len() {
            cells.clear();
            cells.extend([Cell::Text(business.id().into()), Cell::Whole(t as u64)]);
            cells.extend(network.iter().map(|(_, series)| Cell::Number(series[t])));
            cells.extend(LINES.map(|line| {
                let value = || evaluation.ledger.at(line, t).map_or(Cell::Empty, Cell::Number);
                line.belongs_to(business).then(value).unwrap_or(Cell::Empty)
            }));
            sink.row(&cells)?;
        }
    }
    Ok(())
}
