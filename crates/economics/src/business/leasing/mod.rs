//! Rent out own GPUs by the hour.

mod events;
mod figures;
mod formulas;
mod inputs;
mod plan;
pub(crate) mod rows;

pub(crate) use figures::FIGURES;
pub use figures::Figures;
pub(crate) use formulas::Formulas;
pub use inputs::{ColocationPower, Fleet, Gpu, Inputs, Placement};
pub use plan::Plan;
