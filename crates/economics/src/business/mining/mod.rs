//! Mine bitcoin with own machines.

mod curtailment;
mod events;
mod figures;
pub(crate) mod formulas;
mod inputs;
mod plan;
pub(crate) mod rows;

pub use curtailment::Curtailment;
pub(crate) use events::{bound_until, events, stands_still};
pub(crate) use figures::FIGURES;
pub use figures::Figures;
pub use inputs::{Inputs, Machine, Treasury};
pub use plan::Plan;
