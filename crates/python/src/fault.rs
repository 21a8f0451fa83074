//! Faults of the calculation as exceptions of Python.

use std::fmt::Display;
use std::io::ErrorKind;

use pyo3::exceptions::{PyFileNotFoundError, PyOSError, PyValueError};
use pyo3::prelude::*;
use wattfolio_documents::FileError;

/// A value that is not allowed, with the message that the program has for it.
pub(crate) fn value(fault: impl Display) -> PyErr {
    PyValueError::new_err(fault.to_string())
}

/// A file that cannot be read, or whose content is not valid.
pub(crate) fn file(fault: FileError) -> PyErr {
    match &fault {
        FileError::Io { source, .. } if source.kind() == ErrorKind::NotFound => {
            PyFileNotFoundError::new_err(fault.to_string())
        }
        FileError::Io { .. } => PyOSError::new_err(fault.to_string()),
        _ => value(fault),
    }
}
