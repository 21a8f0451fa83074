//! Simulation: four correlated markets, and every path through the same kernel as the deterministic curve.
//!
//! [`simulate`] runs a scenario; a [`Simulator`] keeps threads and memory for one run after the other. Paths are
//! computed eight at a time, on the widest vectors that the processor has; the same seed gives the same bits for any
//! number of threads.
//!
//! With the feature `engine` the module `risk::engine` is public, which runs other models than the product's own. It
//! names types of `fearless_simd` and may change with any version.

mod buckets;
#[cfg(test)]
mod by_hand;
#[cfg(test)]
mod by_reference;
mod cache;
mod chance;
mod control;
#[cfg(feature = "engine")]
pub mod engine;
#[cfg(not(feature = "engine"))]
mod engine;
mod factors;
mod figures;
mod histogram;
mod lanes;
mod markets;
mod model;
mod outlook;
mod path_draw;
mod paths;
mod prepared;
mod price;
mod quantile;
mod quasi;
mod random;
mod reader;
mod record;
mod resampled;
mod results;
mod room;
mod share;
mod simulate;
mod simulated;
mod statistics;
mod variance;
mod verdict;
mod works;

pub use cache::most_quasi_paths;
pub use control::{Control, NoThreads, ToTheEnd};
pub use figures::{RISK_FIGURES, RiskFigure, RiskTopic, RiskValue};
pub use histogram::Histogram;
pub use markets::{MarketAtEnd, Markets};
pub use outlook::Outlook;
pub use paths::{BusinessStory, Level, PathResult, PathRow, PathStory};
pub use quasi::Sampling;
pub use record::Driver;
pub use resampled::{FEWEST_MONTHS, Resampled};
pub use room::Unfinished;
pub use share::Share;
pub use simulate::{BusinessRisk, NotSimulated, Simulation, Simulator, simulate};
pub use statistics::{Distribution, Estimate, PROBABILITIES, Paybacks, Returns, Tail};
pub use variance::{VarianceFactor, VarianceShares};
pub use verdict::{FEW_PATHS, verdict};
