//! A table of results, which libraries that read Arrow take.

use numpy::{IntoPyArray as _, PyArray1};
use pyo3::exceptions::{PyImportError, PyKeyError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

/// A table of results. It exports Arrow (`polars.DataFrame(table)`, `pyarrow.table(table)`), for which PyArrow must be installed,
/// and `table["mining.npv_usd"]` is a column as a numpy array.
///
/// A value that does not exist is null in Arrow, and NaN in a numpy array, which has no null.
#[pyclass(frozen, module = "wattfolio")]
pub(crate) struct Table {
    rows: usize,
    columns: Vec<Column>,
}

/// A column with its name.
pub(crate) struct Column {
    name: String,
    values: Values,
}

/// The values of a column.
enum Values {
    /// Whole numbers.
    Whole(Py<PyArray1<i64>>),
    /// Numbers; where one does not exist, NaN.
    Numbers(Py<PyArray1<f64>>),
    /// Texts, most of them absent.
    Texts(Vec<Option<String>>),
}

impl Column {
    /// The months of a plan from 0.
    pub(crate) fn months(py: Python<'_>, count: usize) -> Self {
        let months: Vec<i64> = (0_i64..).take(count).collect();
        Self { name: "month".to_owned(), values: Values::Whole(months.into_pyarray(py).unbind()) }
    }

    /// Numbers, each of which exists.
    pub(crate) fn numbers(py: Python<'_>, name: String, values: Vec<f64>) -> Self {
        Self { name, values: Values::Numbers(values.into_pyarray(py).unbind()) }
    }

    /// Numbers, some of which may not exist.
    pub(crate) fn maybe(py: Python<'_>, name: String, values: impl Iterator<Item = Option<f64>>) -> Self {
        // No number of the calculation is NaN, so that it can stand for what does not exist.
        Self::numbers(py, name, values.map(|value| value.unwrap_or(f64::NAN)).collect())
    }

    /// Texts, some of them absent.
    pub(crate) fn texts(name: &str, values: Vec<Option<String>>) -> Self {
        Self { name: name.to_owned(), values: Values::Texts(values) }
    }

    fn to_python<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(match &self.values {
            Values::Whole(values) => values.bind(py).clone().into_any(),
            Values::Numbers(values) => values.bind(py).clone().into_any(),
            Values::Texts(values) => values.into_pyobject(py)?,
        })
    }

    /// The column as an array of PyArrow, without a copy of numbers.
    fn to_arrow<'py>(&self, arrow: &Bound<'py, PyModule>) -> PyResult<Bound<'py, PyAny>> {
        let py = arrow.py();
        let values = self.to_python(py)?;
        match &self.values {
            Values::Texts(_) => arrow.call_method1("array", (values, arrow.call_method0("string")?)),
            Values::Whole(_) => arrow.call_method1("array", (values,)),
            Values::Numbers(_) => {
                let options = PyDict::new(py);
                // NaN becomes null.
                options.set_item("from_pandas", true)?;
                arrow.call_method("array", (values,), Some(&options))
            }
        }
    }
}

impl Table {
    /// A table of columns that are equally long.
    pub(crate) fn new(rows: usize, columns: Vec<Column>) -> Self {
        Self { rows, columns }
    }

    fn names(&self) -> Vec<&str> {
        self.columns.iter().map(|column| column.name.as_str()).collect()
    }
}

#[pymethods]
impl Table {
    /// Names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<&str> {
        self.names()
    }

    fn __len__(&self) -> usize {
        self.rows
    }

    fn __getitem__<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        let found = self.columns.iter().find(|column| column.name == name);
        found.ok_or_else(|| PyKeyError::new_err(name.to_owned()))?.to_python(py)
    }

    /// Every column by name, as `pandas.DataFrame` takes it.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let columns = PyDict::new(py);
        for column in &self.columns {
            columns.set_item(&column.name, column.to_python(py)?)?;
        }
        Ok(columns)
    }

    /// The stream of the Arrow PyCapsule interface.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let arrow = pyarrow(py)?;
        let arrays =
            self.columns.iter().map(|column| column.to_arrow(&arrow)).collect::<PyResult<Vec<_>>>()?;
        let table = arrow.getattr("Table")?.call_method1("from_arrays", (arrays, self.names()))?;
        table.call_method1("__arrow_c_stream__", (requested_schema,))
    }

    fn __repr__(&self) -> String {
        format!("<wattfolio.Table {} rows: {}>", self.rows, self.names().join(", "))
    }
}

/// PyArrow, which the exchange of Arrow tables goes through: the interface of Arrow itself is one of raw pointers.
pub(crate) fn pyarrow(py: Python<'_>) -> PyResult<Bound<'_, PyModule>> {
    py.import("pyarrow").map_err(|fault| {
        let said = PyImportError::new_err(
            "Arrow tables need PyArrow: pip install 'wattfolio[arrow]', or give a mapping of arrays",
        );
        said.set_cause(py, Some(fault));
        said
    })
}
