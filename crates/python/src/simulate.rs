//! The simulation of a scenario.

use std::collections::BTreeMap;

use numpy::{IntoPyArray as _, PyArray1};
use pyo3::prelude::*;
use wattfolio_economics::business::Business;
use wattfolio_economics::risk::{self, PROBABILITIES, RISK_FIGURES, RiskValue, Simulator};

use crate::interrupt::Interrupt;
use crate::scenario::Scenario;
use crate::table::{Column, Table};
use crate::{fault, names};

/// The results of a scenario over simulated paths.
#[pyclass(frozen, module = "wattfolio")]
pub(crate) struct Simulation {
    inner: risk::Simulation,
}

/// Simulates every business of a scenario on the same markets, with its own number of paths and seed unless others are given.
#[pyfunction]
#[pyo3(signature = (scenario, *, basis=None, paths=None, seed=None))]
pub(crate) fn simulate(
    py: Python<'_>,
    scenario: &Scenario,
    basis: Option<&str>,
    paths: Option<u64>,
    seed: Option<u64>,
) -> PyResult<Simulation> {
    let basis = names::basis(basis, scenario.own_basis())?;
    let mut own = wattfolio_economics::scenario::Scenario::clone(scenario.valid());
    for (id, value) in [("risk.paths", paths), ("risk.seed", seed)] {
        if let Some(value) = value {
            wattfolio_documents::format::set_by_id(&mut own, id, &value.to_string()).map_err(fault::value)?;
        }
    }
    let valid = own.validate().map_err(fault::value)?;
    let interrupt = Interrupt::default();
    let ended = py.detach(|| {
        let mut simulator =
            Simulator::new(rayon::current_num_threads()).map_err(|fault| fault.to_string())?;
        let run = simulator.run(&valid, basis, &interrupt).map_err(|fault| fault.to_string())?;
        let returns = simulator.returns(&valid, basis, &interrupt).map_err(|fault| fault.to_string())?;
        Ok::<_, String>(run.with_returns(returns))
    });
    let inner = ended.map_err(|words| interrupt.or(|| fault::value(words)))?;
    Ok(Simulation { inner })
}

impl Simulation {
    fn each(&self) -> impl Iterator<Item = (String, RiskValue)> + '_ {
        let of = |business: Business| {
            let found = self.inner.business(business).ok();
            found.into_iter().flat_map(move |one| {
                RISK_FIGURES
                    .iter()
                    .map(move |figure| (format!("{}.{}", business.id(), figure.id), figure.read(one)))
            })
        };
        Business::ALL.into_iter().flat_map(of)
    }

    fn business(&self, id: &str) -> PyResult<&risk::BusinessRisk> {
        self.inner.business(names::business(id)?).map_err(fault::value)
    }
}

#[pymethods]
impl Simulation {
    /// The basis of the flows.
    #[getter]
    fn basis(&self) -> &'static str {
        self.inner.basis.id()
    }

    /// Number of paths.
    #[getter]
    fn paths(&self) -> usize {
        self.inner.paths
    }

    /// Seed of the random numbers.
    #[getter]
    fn seed(&self) -> u64 {
        self.inner.seed
    }

    /// Figures by name, `mining.npv_p5_usd`; `None` where one does not exist.
    #[getter]
    fn figures(&self) -> BTreeMap<String, Option<f64>> {
        self.each().map(|(name, value)| (name, value.number().and_then(Result::ok))).collect()
    }

    /// Standard errors over other seeds, by name, of the figures that have one.
    #[getter]
    fn standard_errors(&self) -> BTreeMap<String, f64> {
        self.each().filter_map(|(name, value)| Some((name, value.standard_error()?))).collect()
    }

    /// The net present value of every path, USD.
    fn npv_usd<'py>(&self, py: Python<'py>, business: &str) -> PyResult<Bound<'py, PyArray1<f64>>> {
        Ok(self.business(business)?.npv_usd.clone().into_pyarray(py))
    }

    /// Quantiles of the cumulative cash by month, USD: `p5`, `p25`, `p50`, `p75`, `p95`.
    fn fan(&self, py: Python<'_>, business: &str) -> PyResult<Table> {
        let fan = &self.business(business)?.fan;
        let rows = fan[0].len();
        let mut columns = vec![Column::months(py, rows)];
        for (probability, values) in PROBABILITIES.iter().zip(fan) {
            columns.push(Column::numbers(py, format!("p{:.0}", probability * 100.0), values.clone()));
        }
        Ok(Table::new(rows, columns))
    }

    fn __repr__(&self) -> String {
        format!(
            "<wattfolio.Simulation {}, {} paths, seed {}>",
            self.basis(),
            self.inner.paths,
            self.inner.seed
        )
    }
}
