//! Let space and power to AI customers.

mod events;
mod figures;
pub(crate) mod formulas;
mod inputs;
mod lease;
mod plan;
pub(crate) mod rows;

pub(crate) use events::{bound_until, events, stands_still};
pub(crate) use figures::FIGURES;
pub use figures::Figures;
pub use inputs::{EndValue, HostingPower, Inputs};
pub use plan::Plan;
