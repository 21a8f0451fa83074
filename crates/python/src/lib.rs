//! wattfolio for Python: the calculation of the app over dictionaries, numpy arrays and Arrow tables.
//!
//! Every function lets other Python threads run while it computes. The types and texts that a user of Python reads are in
//! `python/wattfolio/__init__.pyi`; a test holds both together.

mod arrays;
mod compare;
mod fault;
mod interrupt;
mod names;
mod scenario;
mod simulate;
mod sweep;
mod table;

/// What should this megawatt do: mine bitcoin, host AI or lease GPUs? Compare, simulate and sweep scenarios.
#[pyo3::pymodule(name = "_wattfolio")]
mod module {
    #[pymodule_export]
    use crate::compare::{Comparison, compare};
    #[pymodule_export]
    use crate::names::{inputs, measures, presets};
    #[pymodule_export]
    use crate::scenario::Scenario;
    #[pymodule_export]
    use crate::simulate::{Simulation, simulate};
    #[pymodule_export]
    use crate::sweep::sweep;
    #[pymodule_export]
    use crate::table::Table;

    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "the name that Python modules have for it")]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
