//! The inputs of a sweep: a mapping of arrays, or an Arrow table.

use numpy::{PyArrayDyn, PyArrayMethods as _, PyUntypedArrayMethods as _};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyMapping;

use crate::fault;
use crate::table::pyarrow;

/// Largest number below which a float holds every whole one.
const MOST_WHOLE: f64 = 9_007_199_254_740_992.0;

/// Values by the name of their column, in order.
pub(crate) type Columns = Vec<(String, Vec<f64>)>;

/// Reads columns from anything that exports Arrow, or from a mapping of arrays.
pub(crate) fn columns(inputs: &Bound<'_, PyAny>) -> PyResult<Columns> {
    if inputs.hasattr("__arrow_c_stream__")? || inputs.hasattr("__arrow_c_array__")? {
        return of_arrow(inputs);
    }
    let Ok(mapping) = inputs.cast::<PyMapping>() else {
        return Err(PyTypeError::new_err(
            "inputs: give a mapping of input ids to arrays, or a table that exports Arrow (PyArrow, Polars, pandas, DuckDB)",
        ));
    };
    let mut columns = Vec::new();
    for entry in mapping.items()?.iter() {
        let (name, values): (String, Bound<'_, PyAny>) = entry.extract()?;
        let values = of_array(&name, &values)?;
        columns.push((name, values));
    }
    Ok(columns)
}

/// The columns of an Arrow table, none of which may have gaps: an absent input is no other input.
fn of_arrow(inputs: &Bound<'_, PyAny>) -> PyResult<Columns> {
    let table = pyarrow(inputs.py())?.call_method1("table", (inputs,))?;
    let names: Vec<String> = table.getattr("column_names")?.extract()?;
    let mut columns = Vec::new();
    for (index, name) in names.into_iter().enumerate() {
        let column = table.call_method1("column", (index,))?;
        let gaps: usize = column.getattr("null_count")?.extract()?;
        if gaps > 0 {
            return Err(fault::value(format!("column {name} has no value in {gaps} of its rows")));
        }
        let values = of_array(&name, &column.call_method0("to_numpy")?)?;
        columns.push((name, values));
    }
    Ok(columns)
}

/// A one-dimensional array of numbers; what numpy would have to bend to make it one is refused.
fn of_array(name: &str, values: &Bound<'_, PyAny>) -> PyResult<Vec<f64>> {
    let array = values.py().import("numpy")?.call_method1("asarray", (values,))?;
    let dtype = array.getattr("dtype")?;
    let kind: String = dtype.getattr("kind")?.extract()?;
    if !["f", "i", "u"].contains(&kind.as_str()) {
        return Err(PyTypeError::new_err(format!("column {name} is no array of numbers, but of {dtype}")));
    }
    let cast = array.call_method1("astype", ("float64",))?;
    let cast = cast.cast::<PyArrayDyn<f64>>()?;
    if cast.ndim() != 1 {
        return Err(fault::value(format!(
            "column {name} has {} dimensions; give one value a scenario",
            cast.ndim()
        )));
    }
    let numbers = cast.to_vec()?;
    if kind != "f" && numbers.iter().any(|value| value.abs() >= MOST_WHOLE) {
        return Err(fault::value(format!("column {name} has whole numbers that a float does not hold")));
    }
    Ok(numbers)
}
