//! Rent out own GPUs by the hour.

mod events;
mod figures;
pub(crate) mod formulas;
mod inputs;
mod plan;
pub(crate) mod rows;

pub(crate) use events::{bound_until, events, stands_still};
pub(crate) use figures::FIGURES;
pub use figures::Figures;
pub use inputs::{ColocationPower, Fleet, Gpu, Inputs, Placement};
pub use plan::Plan;
pub(crate) use plan::gpus_that_fit;
