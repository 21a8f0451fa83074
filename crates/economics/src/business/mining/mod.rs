//! Mine bitcoin with own machines.

mod capital_cost;
mod curtailment;
mod events;
mod figures;
mod formulas;
mod going_on;
mod inputs;
mod measures;
mod plan;
mod published;
pub(crate) mod rows;

pub use curtailment::Curtailment;
pub use figures::Figures;
pub(crate) use formulas::Formulas;
pub use going_on::go_on;
pub use inputs::{Inputs, Machine, Treasury};
pub(crate) use measures::FIGURES;
pub use plan::Plan;
