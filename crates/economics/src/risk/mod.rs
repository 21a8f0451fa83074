//! Simulation: four correlated markets, and every path through the same kernel as the deterministic curve.
//!
//! [`simulate`] runs a scenario; a [`Simulator`] keeps threads and memory for one run after the other. The
//! [`engine`] runs any [`Model`](engine::Model), eight paths at a time, on the widest vectors that the processor
//! has; the same seed gives the same bits for any number of threads.

mod buckets;
mod cache;
pub mod engine;
mod factors;
mod figures;
mod histogram;
mod lanes;
mod model;
mod paths;
mod prepared;
pub mod quantile;
mod quasi;
mod random;
mod record;
mod results;
mod room;
mod simulate;
mod simulated;
mod statistics;

pub use cache::most_quasi_paths;
pub use figures::{RISK_FIGURES, RiskFigure, RiskTopic, RiskValue};
pub use histogram::Histogram;
pub use paths::{BusinessStory, Level, PathResult, PathRow, PathStory};
pub use quasi::Sampling;
pub use random::Generators;
pub use record::Driver;
pub use room::Unfinished;
pub use simulate::{BusinessRisk, NotSimulated, Simulation, Simulator, simulate};
pub use statistics::{Distribution, Estimate, PROBABILITIES, Paybacks, Returns, Share, Tail};
