//! The figures of a simulation for a terminal.

use std::fmt::Write as _;

use wattfolio_economics::business::Business;
use wattfolio_economics::risk::{RISK_FIGURES, Simulation};
use wattfolio_economics::scenario::Scenario;

use super::table::Grid;
use crate::format;
use crate::words::{risk as words, risk_figure};

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
