//! A scenario: the inputs of a site, immutable.

use std::path::{Path, PathBuf};

use pyo3::exceptions::{PyKeyError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyMapping, PyString};
use wattfolio_documents::{Preset, bundled, find_bundled, format, load, parse, to_text};
use wattfolio_economics::catalogue;
use wattfolio_economics::input::{Input, Kind};
use wattfolio_economics::scenario as model;

use crate::fault;

/// A site with all its inputs: a bundled preset by name, or a file, with values set on top.
///
/// A scenario is immutable; `with_values` makes another one. It can be pickled, so that it travels to other processes.
#[pyclass(frozen, module = "wattfolio", eq)]
#[derive(PartialEq)]
pub(crate) struct Scenario {
    preset: Preset,
}

impl Scenario {
    /// The valid inputs.
    pub(crate) fn valid(&self) -> &model::ValidScenario {
        &self.preset.scenario
    }

    /// The basis that the preset shows.
    pub(crate) fn own_basis(&self) -> wattfolio_economics::kernel::Basis {
        self.preset.view.basis
    }

    fn with(&self, values: &Bound<'_, PyMapping>) -> PyResult<Self> {
        let mut scenario = model::Scenario::clone(self.valid());
        for entry in values.items()?.iter() {
            let (id, value): (String, Bound<'_, PyAny>) = entry.extract()?;
            let text = text_of(&id, &value)?;
            format::set_by_id(&mut scenario, &id, &text).map_err(fault::value)?;
        }
        let mut preset = self.preset.clone();
        preset.scenario = scenario.try_into().map_err(|faults: model::Faults| fault::value(faults))?;
        Ok(Self { preset })
    }
}

#[pymethods]
impl Scenario {
    #[new]
    #[pyo3(signature = (source=None, values=None))]
    fn new(source: Option<PathBuf>, values: Option<&Bound<'_, PyMapping>>) -> PyResult<Self> {
        let source = source.unwrap_or_else(|| PathBuf::from("today"));
        let preset = match source.to_str().and_then(find_bundled) {
            Some(bundled) => bundled.preset.clone(),
            None => read(&source)?,
        };
        let scenario = Self { preset };
        match values {
            Some(values) => scenario.with(values),
            None => Ok(scenario),
        }
    }

    /// A scenario from the text of a preset file.
    #[staticmethod]
    fn parse(text: &str) -> PyResult<Self> {
        parse(text, "the text").map(|preset| Self { preset }).map_err(fault::file)
    }

    /// The text of a preset file with this scenario.
    fn to_ron(&self) -> PyResult<String> {
        to_text(&self.preset).map_err(fault::value)
    }

    /// The title of the preset.
    #[getter]
    fn title(&self) -> &str {
        &self.preset.about.title
    }

    /// The basis of flows that the preset shows.
    #[getter]
    fn basis(&self) -> &'static str {
        self.own_basis().id()
    }

    /// Another scenario in which some inputs have other values.
    fn with_values(&self, values: &Bound<'_, PyMapping>) -> PyResult<Self> {
        self.with(values)
    }

    /// The value of an input: a float in its unit, or the text of a choice; `None` where it does not apply.
    fn __getitem__(&self, py: Python<'_>, id: &str) -> PyResult<Option<Py<PyAny>>> {
        let input = catalogue::find(id).ok_or_else(|| PyKeyError::new_err(id.to_owned()))?;
        let scenario = self.valid();
        Ok(match &input.kind {
            Kind::Number(number) => {
                (number.get)(scenario).map(|value| PyFloat::new(py, value).into_any().unbind())
            }
            _ => input.text(scenario).map(|text| PyString::new(py, &text).into_any().unbind()),
        })
    }

    /// The inputs that differ from another scenario, as texts that `with_values` reads.
    fn differences<'py>(&self, py: Python<'py>, other: &Self) -> PyResult<Bound<'py, PyDict>> {
        let found = PyDict::new(py);
        for (id, text) in catalogue::assignments(other.valid(), self.valid()) {
            found.set_item(id, text)?;
        }
        Ok(found)
    }

    fn __reduce__(&self, py: Python<'_>) -> PyResult<(Py<PyAny>, (String,))> {
        let parse = py.get_type::<Self>().getattr("parse")?;
        Ok((parse.unbind(), (self.to_ron()?,)))
    }

    fn __repr__(&self) -> String {
        format!("<wattfolio.Scenario {:?}>", self.preset.about.title)
    }
}

/// A preset from a file; a name that is neither says what there is.
fn read(source: &Path) -> PyResult<Preset> {
    if !source.exists() && source.components().count() == 1 && source.extension().is_none() {
        let names: Vec<&str> = bundled().iter().map(|one| one.name).collect();
        let said = format!("{}: no such preset or file; presets are {}", source.display(), names.join(", "));
        return Err(fault::value(said));
    }
    load(source).map(|opened| opened.preset).map_err(fault::file)
}

/// A value of Python as the text that the program reads.
fn text_of(id: &str, value: &Bound<'_, PyAny>) -> PyResult<String> {
    if value.is_none() {
        return Ok("None".to_owned());
    }
    if let Ok(flag) = value.cast::<PyBool>() {
        return Ok(flag.is_true().to_string());
    }
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(text.to_cow()?.into_owned());
    }
    if let Ok(whole) = value.cast::<PyInt>() {
        return Ok(whole.str()?.to_cow()?.into_owned());
    }
    let number: f64 = value
        .extract()
        .map_err(|_| PyTypeError::new_err(format!("{id}: write a number, a text, True, False or None")))?;
    Ok(number.to_string())
}

/// The input of a column by its id, in which dots may be underscores, as in the tables of a sweep.
pub(crate) fn input_of_column(name: &str) -> PyResult<&'static Input> {
    let found = catalogue::find(name)
        .or_else(|| catalogue::inputs().iter().find(|input| input.id.replace('.', "_") == name));
    found.ok_or_else(|| fault::value(format!("column {name} is no input; inputs() lists them")))
}
