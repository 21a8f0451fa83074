//! Let space and power to AI customers.

mod events;
mod figures;
mod formulas;
mod inputs;
mod lease;
mod plan;
pub(crate) mod rows;

pub(crate) use figures::FIGURES;
pub use figures::Figures;
pub(crate) use formulas::Formulas;
pub use inputs::{EndValue, HostingPower, Inputs};
pub use plan::Plan;
