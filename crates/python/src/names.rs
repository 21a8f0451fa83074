//! What there is by name: presets, inputs, measures, businesses and bases.

use std::collections::BTreeMap;

use pyo3::prelude::*;
use wattfolio_documents::bundled;
use wattfolio_economics::business::Business;
use wattfolio_economics::catalogue;
use wattfolio_economics::input::Kind;
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::MEASURES;
use wattfolio_economics::risk::RISK_FIGURES;
use wattfolio_economics::scenario::Scenario;

use crate::fault;

/// Titles of the bundled presets by their names.
#[pyfunction]
pub(crate) fn presets() -> BTreeMap<&'static str, String> {
    bundled().iter().map(|one| (one.name, one.preset.about.title.clone())).collect()
}

/// Every input by its id: label, unit, meaning, allowed values, and its default as a text.
#[pyfunction]
pub(crate) fn inputs() -> BTreeMap<&'static str, BTreeMap<&'static str, String>> {
    let defaults = Scenario::default();
    let entry = |input: &'static wattfolio_economics::input::Input| {
        let kind = if matches!(input.kind, Kind::Number(_)) { "number" } else { "text" };
        let default = input.text(&defaults).unwrap_or_default();
        let texts = [
            ("label", input.label.to_owned()),
            ("unit", input.unit.symbol().to_owned()),
            ("meaning", input.meaning.to_owned()),
            ("allowed", input.allowed()),
            ("default", default),
            ("kind", kind.to_owned()),
        ];
        (input.id, BTreeMap::from(texts))
    };
    catalogue::inputs().iter().map(entry).collect()
}

/// Every figure that `sweep` can compute: measures of the plan, and those of a simulation if `simulated`.
#[pyfunction]
#[pyo3(signature = (*, simulated=false))]
pub(crate) fn measures(simulated: bool) -> Vec<String> {
    let of = |business: Business| -> Vec<String> {
        let ids: Vec<&str> = if simulated {
            RISK_FIGURES.iter().map(|figure| figure.id).collect()
        } else {
            MEASURES.iter().filter(|one| one.applies_to(business)).map(|one| one.id).collect()
        };
        ids.into_iter().map(|id| format!("{}.{id}", business.id())).collect()
    };
    Business::ALL.into_iter().flat_map(of).collect()
}

/// A business by its id.
pub(crate) fn business(id: &str) -> PyResult<Business> {
    let known = || Business::ALL.map(Business::id).join(", ");
    let found = Business::ALL.into_iter().find(|business| business.id() == id);
    found.ok_or_else(|| fault::value(format!("{id} is no business; there are {}", known())))
}

/// The basis that is asked for, or that of the preset.
pub(crate) fn basis(asked: Option<&str>, own: Basis) -> PyResult<Basis> {
    let Some(id) = asked else { return Ok(own) };
    let found = Basis::ALL.into_iter().find(|basis| basis.id() == id);
    let known = || Basis::ALL.map(Basis::id).join(", ");
    found.ok_or_else(|| fault::value(format!("{id} is no basis; there are {}", known())))
}
