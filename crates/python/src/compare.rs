//! The comparison of all businesses of a scenario.

use std::collections::BTreeMap;

use pyo3::prelude::*;
use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::{LINES, Maybe};
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::results::{self, MEASURES};
use wattfolio_economics::risk;

use crate::scenario::Scenario;
use crate::table::{Column, Table};
use crate::{fault, names};

/// The results of one scenario: measures, the verdict, and monthly ledgers.
#[pyclass(frozen, module = "wattfolio")]
pub(crate) struct Comparison {
    inner: results::Comparison,
    scenario: wattfolio_economics::scenario::ValidScenario,
}

/// Evaluates every business of a scenario alone on the whole site.
#[pyfunction]
#[pyo3(signature = (scenario, *, basis=None))]
pub(crate) fn compare(py: Python<'_>, scenario: &Scenario, basis: Option<&str>) -> PyResult<Comparison> {
    let basis = names::basis(basis, scenario.own_basis())?;
    let valid = scenario.valid();
    let inner = py.detach(|| results::compare_on(valid, basis));
    Ok(Comparison { inner, scenario: valid.clone() })
}

impl Comparison {
    /// Every measure of every business by name.
    fn each(&self) -> impl Iterator<Item = (String, Maybe<f64>)> + '_ {
        let read = |evaluation: &'_ results::Evaluation| -> Vec<(String, Maybe<f64>)> {
            let id = evaluation.business.id();
            let value = |measure: &results::Measure| {
                Some((format!("{id}.{}", measure.id), measure.read(evaluation)?))
            };
            MEASURES.iter().filter_map(value).collect()
        };
        self.inner.evaluations().flat_map(read)
    }
}

#[pymethods]
impl Comparison {
    /// The basis of the flows.
    #[getter]
    fn basis(&self) -> &'static str {
        self.inner.basis.id()
    }

    /// Measures by name, `mining.npv_usd`; `None` where one does not exist, for which `reasons` says why.
    #[getter]
    fn measures(&self) -> BTreeMap<String, Option<f64>> {
        self.each().map(|(name, value)| (name, value.ok())).collect()
    }

    /// Why measures do not exist, and why businesses were not evaluated, by name.
    #[getter]
    fn reasons(&self) -> BTreeMap<String, String> {
        let absent = self.each().filter_map(|(name, value)| Some((name, value.err()?.to_string())));
        let missing = Business::ALL.into_iter().filter_map(|business| {
            Some((business.id().to_owned(), self.inner.business(business).err()?.to_string()))
        });
        absent.chain(missing).collect()
    }

    /// The best business by a criterion; `None` if none is. Chance of loss is simulated for it.
    #[pyo3(signature = (criterion="value"))]
    fn best(&self, py: Python<'_>, criterion: &str) -> PyResult<Option<&'static str>> {
        let known = || Criterion::ALL.map(Criterion::id).join(", ");
        let criterion = Criterion::ALL
            .into_iter()
            .find(|one| one.id() == criterion)
            .ok_or_else(|| fault::value(format!("{criterion} is no criterion; there are {}", known())))?;
        let verdict = py
            .detach(|| risk::verdict(&self.scenario, &self.inner, criterion, None))
            .map_err(fault::value)?;
        Ok(verdict.winner().map(|winner| winner.business.id()))
    }

    /// The ledger of a business: a row a month from 0, a column a line of docs/OUTPUTS.md; `net` is the net flow on the basis.
    /// USD, where the name has no other unit.
    fn ledger(&self, py: Python<'_>, business: &str) -> PyResult<Table> {
        let business = names::business(business)?;
        let evaluation = self.inner.business(business).map_err(fault::value)?;
        let (ledger, rows) = (&evaluation.ledger, evaluation.horizon() + 1);
        let mut columns = vec![Column::months(py, rows)];
        for line in LINES.into_iter().filter(|line| line.belongs_to(business)) {
            let values = (0..rows).map(|month| ledger.at(line, month).ok());
            columns.push(Column::maybe(py, line.id().to_owned(), values));
        }
        columns.push(Column::numbers(py, "net".to_owned(), evaluation.flows.net.clone()));
        Ok(Table::new(rows, columns))
    }

    fn __repr__(&self) -> String {
        let npv = |evaluation: &results::Evaluation| {
            format!("{} {:.0}", evaluation.business.id(), evaluation.measures.npv_usd)
        };
        let npvs: Vec<String> = self.inner.evaluations().map(npv).collect();
        format!("<wattfolio.Comparison {}, NPV in USD: {}>", self.basis(), npvs.join(", "))
    }
}
