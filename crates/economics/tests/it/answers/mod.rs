//! Answers that need more than one evaluation of a scenario.

mod converting;
mod fast_sweeps;
mod mix;
mod sweep;
mod tipping;
mod training_cost;
