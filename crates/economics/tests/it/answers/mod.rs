//! Answers that need more than one evaluation of a scenario.

mod training_cost;
