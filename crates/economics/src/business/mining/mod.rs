//! Mine bitcoin with own machines.

mod curtailment;
mod events;
mod figures;
mod formulas;
mod inputs;
mod plan;
pub(crate) mod rows;

pub use curtailment::Curtailment;
pub(crate) use figures::FIGURES;
pub use figures::Figures;
pub(crate) use formulas::Formulas;
pub use inputs::{Inputs, Machine, Treasury};
pub use plan::Plan;
