//! Simulation: four correlated markets, and every path through the same kernel as the deterministic curve.

mod lanes;
mod random;

pub use lanes::LANES;
pub use random::{Generators, STATE_WORDS, seed};
