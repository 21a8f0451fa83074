//! Let space and power to AI customers.

mod capital_cost;
mod end;
mod events;
mod figures;
mod formulas;
mod inputs;
mod lease;
mod measures;
mod plan;
pub(crate) mod published;
pub(crate) mod rows;
mod tenant;

pub use figures::Figures;
pub(crate) use formulas::Formulas;
pub use inputs::{EndValue, HostingPower, Inputs};
pub(crate) use measures::FIGURES;
pub use plan::Plan;
