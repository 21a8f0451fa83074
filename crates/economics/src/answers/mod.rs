//! Answers that need more than one evaluation of a scenario: what a bitcoin price does to the cost of training, and
//! which mix of businesses a site should carry.
//!
//! The crate reads no file: recorded runs and GPUs are plain data that the caller hands over.

pub mod mix;
pub mod training_cost;
