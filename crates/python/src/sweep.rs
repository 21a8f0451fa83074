//! Many scenarios at once.

use std::convert::Infallible;

use pyo3::prelude::*;
use wattfolio_economics::answers::{Column as Wanted, Ended, Listed, Row, Sweep};
use wattfolio_economics::results::verdict::Criterion;

use crate::arrays::columns;
use crate::interrupt::Interrupt;
use crate::scenario::{Scenario, input_of_column};
use crate::table::{Column, Table};
use crate::{fault, names};

/// Evaluates a scenario once for every row of the inputs, on all cores. The number of rows in a call never changes a figure.
#[pyfunction]
#[pyo3(signature = (scenario, inputs, measures=None, *, basis=None))]
pub(crate) fn sweep(
    py: Python<'_>,
    scenario: &Scenario,
    inputs: &Bound<'_, PyAny>,
    measures: Option<Vec<String>>,
    basis: Option<&str>,
) -> PyResult<Table> {
    let basis = names::basis(basis, scenario.own_basis())?;
    let base = scenario.valid().clone();
    let given = columns(inputs)?;
    let mut listed = Vec::new();
    for (name, values) in &given {
        let input = input_of_column(name)?;
        listed.push(Listed::new(&base, input, values.clone()).map_err(fault::value)?);
    }
    let parsed = match measures {
        Some(names) => names
            .iter()
            .map(|name| Wanted::parse(name).map_err(fault::value))
            .collect::<PyResult<Vec<_>>>()?,
        None => Wanted::usual(Criterion::Value),
    };
    let names: Vec<String> = parsed.iter().map(Wanted::id).collect();
    let sweep = Sweep::listed(base, basis, listed, parsed).map_err(fault::value)?;
    let interrupt = Interrupt::default();
    let ended = py.detach(|| run(&sweep, &interrupt));
    let found = ended.map_err(|ended| interrupt.or(|| fault::value(ended)))?;
    let rows = found.faults.len();
    let mut columns: Vec<Column> =
        given.into_iter().map(|(name, values)| Column::numbers(py, name, values)).collect();
    for (name, values) in names.into_iter().zip(found.values) {
        columns.push(Column::maybe(py, name, values.into_iter()));
    }
    columns.push(Column::texts("fault", found.faults));
    Ok(Table::new(rows, columns))
}

/// Results by column.
struct Found {
    values: Vec<Vec<Option<f64>>>,
    faults: Vec<Option<String>>,
}

fn run(sweep: &Sweep, interrupt: &Interrupt) -> Result<Found, Ended<Infallible>> {
    let count = usize::try_from(sweep.cells()).unwrap_or_default();
    let mut found = Found {
        values: sweep.columns().iter().map(|_| Vec::with_capacity(count)).collect(),
        faults: Vec::with_capacity(count),
    };
    sweep.run(0..sweep.cells(), interrupt, |row: Row| {
        for (column, value) in found.values.iter_mut().zip(row.values) {
            column.push(value);
        }
        found.faults.push(row.fault.map(|faults| faults.to_string()));
        Ok(())
    })?;
    Ok(found)
}
