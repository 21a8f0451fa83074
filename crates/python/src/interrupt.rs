//! Ctrl-C ends a long computation.

use std::sync::Mutex;

use pyo3::prelude::*;
use wattfolio_economics::risk::Control;

/// Looks for signals of Python while something is computed, and keeps the exception that one raised.
#[derive(Default)]
pub(crate) struct Interrupt(Mutex<Option<PyErr>>);

impl Interrupt {
    /// The exception of the signal that ended the computation, else the one of its own fault.
    pub(crate) fn or(self, fault: impl FnOnce() -> PyErr) -> PyErr {
        self.0.into_inner().ok().flatten().unwrap_or_else(fault)
    }
}

impl Control for Interrupt {
    #[expect(clippy::redundant_closure_for_method_calls, reason = "the method is not general over lifetimes")]
    fn proceed(&self, _done: f64) -> bool {
        let Err(raised) = Python::attach(|py| py.check_signals()) else { return true };
        if let Ok(mut kept) = self.0.lock() {
            *kept = Some(raised);
        }
        false
    }
}
