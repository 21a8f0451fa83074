//! Answers that need more than one evaluation of a scenario.

mod converting;
mod mix;
mod sweep;
mod tipping;
mod training_cost;
