//! Rent out own GPUs by the hour.

mod capital_cost;
mod customer;
mod events;
mod figures;
mod formulas;
mod inputs;
mod measures;
mod plan;
mod published;
mod rental;
pub(crate) mod rows;
mod terms;

pub use figures::Figures;
pub(crate) use formulas::Formulas;
pub use inputs::{ColocationPower, Fleet, Gpu, Inputs, Placement};
pub(crate) use measures::FIGURES;
pub use plan::Plan;
pub use rental::{RENTAL_INPUT, UTILISATION_INPUT};
