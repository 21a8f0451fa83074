//! Simulated figures of scenarios side by side, each with its standard error and its difference to the baseline.

use serde_json::{Map, Value, json};
use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::Maybe;
use wattfolio_economics::risk::{RISK_FIGURES, RiskFigure, RiskTopic, RiskValue, Simulation};

use super::json::absent;
use super::scenarios::SideBySide;
use crate::words::risk_figure;
use crate::words::side_by_side::{self, Beside};

/// Simulated figures that a terminal shows; the other formats have all of them.
const HEADLINES: [&str; 2] = ["loss", "cvar_usd"];

/// The figures in order. Rates of return take a run of their own, and are no part of them.
pub(super) fn figures() -> impl Iterator<Item = &'static RiskFigure> {
    RISK_FIGURES.iter().filter(|figure| figure.topic != RiskTopic::Returns)
}

/// Values of a figure in each scenario, and the same in words.
pub(super) struct RiskRow {
    pub values: Vec<Option<RiskValue>>,
    pub cells: Vec<Beside>,
}

impl RiskRow {
    /// A value as a number, or why there is none.
    pub(super) fn number(&self, index: usize) -> Option<Maybe<f64>> {
        self.values.get(index).copied().flatten().and_then(RiskValue::number)
    }

    /// The difference of two numbers that are there.
    pub(super) fn difference(&self, index: usize, baseline: Option<usize>) -> Option<f64> {
        let number = |index| self.number(index).and_then(Result::ok);
        Some(number(index)? - number(baseline?)?)
    }

    pub(super) fn standard_error(&self, index: usize) -> Option<f64> {
        self.values.get(index).copied().flatten()?.standard_error()
    }
}

impl SideBySide {
    /// A figure of a business in each scenario; `None` where no simulation has the business.
    pub(super) fn risk_row(&self, business: Business, figure: &RiskFigure) -> Option<RiskRow> {
        let read = |one: &Option<Simulation>| Some(figure.read(one.as_ref()?.business(business).ok()?));
        let values: Vec<Option<RiskValue>> = self.simulated.iter().map(read).collect();
        if values.iter().all(Option::is_none) {
            return None;
        }
        let numbers: Vec<Option<Maybe<f64>>> =
            values.iter().map(|value| value.and_then(RiskValue::number)).collect();
        let mut cells = side_by_side::beside(&numbers, self.baseline(), figure.unit, figure.better);
        for (cell, value) in cells.iter_mut().zip(&values) {
            if let Some(value) = value {
                cell.text = risk_figure::value(figure, *value);
            }
        }
        Some(RiskRow { values, cells })
    }

    /// The rows for a terminal.
    pub(super) fn risk_text(&self) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        let headlines = figures().filter(|figure| HEADLINES.contains(&figure.id));
        for figure in headlines {
            for business in Business::ALL {
                let Some(row) = self.risk_row(business, figure) else { continue };
                let words = row.cells.iter().zip(&row.values).map(|(cell, value)| {
                    let best = if cell.is_best { "✓ " } else { "" };
                    let error = value.and_then(|value| risk_figure::error(figure, value));
                    let error = error.map_or_else(String::new, |error| format!(" {error}"));
                    let delta = [cell.delta.as_str(), cell.share.as_str()].join(" ");
                    let delta = delta.trim();
                    let delta = if delta.is_empty() { String::new() } else { format!(" ({delta})") };
                    format!("{best}{}{error}{delta}", cell.text)
                });
                let label = format!("{}, {}", figure.label, business.word());
                rows.push(std::iter::once(label).chain(words).collect());
            }
        }
        rows
    }

    /// The simulated figures of a business in a scenario.
    pub(super) fn risk_json(&self, business: Business, index: usize) -> Value {
        if self.simulated.get(index).is_none_or(Option::is_none) {
            return absent("not simulated");
        }
        let mut figures_by_id = Map::new();
        for figure in figures() {
            let Some(row) = self.risk_row(business, figure) else { continue };
            let value = match row.number(index) {
                Some(Ok(value)) => json!(value),
                Some(Err(reason)) => absent(&reason.to_string()),
                None => absent("not simulated"),
            };
            let mut figure_json = json!({ "value": value, "is_best": row.cells[index].is_best });
            figure_json["difference"] = match row.difference(index, self.baseline()) {
                Some(difference) => json!(difference),
                None => absent("no two values"),
            };
            if let Some(error) = row.standard_error(index) {
                figure_json["standard_error"] = json!(error);
            }
            figures_by_id.insert(figure.id.to_owned(), figure_json);
        }
        Value::Object(figures_by_id)
    }
}
