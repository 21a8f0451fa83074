//! Simulation: four correlated markets, and every path evaluated by the same kernel as the deterministic curve.
//!
//! [`simulate`] runs a scenario; a [`Simulator`] keeps threads and memory between runs. Paths are computed eight at a
//! time, on the widest vectors that the processor has; the same seed gives the same bits for any number of threads.
//!
//! With the feature `engine` the module `risk::engine` is public, which runs other models than the product's own. It
//! names types of `fearless_simd` and may change with any version.

#[cfg(test)]
mod by_hand;
#[cfg(test)]
mod by_reference;
mod control;
#[cfg(feature = "engine")]
pub mod engine;
#[cfg(not(feature = "engine"))]
mod engine;
mod figures;
mod histogram;
mod markets;
mod model;
mod outlook;
mod path_draw;
mod prepared;
mod reader;
mod room;
mod scaled;
mod share;
mod simulate;
mod simulated;
mod single;
pub(crate) mod spread;
mod statistics;
mod variance;
mod verdict;
mod works;

pub(crate) use control::Part;
pub use control::{Control, NoThreads, ToTheEnd};
pub use figures::{RISK_FIGURES, RiskFigure, RiskTopic, RiskValue};
pub use histogram::Histogram;
pub use markets::cache::most_quasi_paths;
pub use markets::over_time::{MarketAtEnd, Markets};
pub use markets::quasi::Sampling;
pub use markets::resampled::{FEWEST_MONTHS, FactorSource, Resampled};
pub use outlook::Outlook;
pub use room::Unfinished;
pub(crate) use scaled::{Scalable, ScaledPlans, Scales};
pub use share::Share;
pub use simulate::{BusinessRisk, NotSimulated, Simulation, Simulator, simulate};
pub use single::record::Driver;
pub use single::{BusinessStory, Level, PathResult, PathRow, PathStory};
pub use statistics::{Distribution, Estimate, PROBABILITIES, Paybacks, Returns, Tail};
pub use variance::{VarianceFactor, VarianceShares};
pub use verdict::{FEW_PATHS, Judgement, judgement, verdict};

// Modules that `path_draw.rs` reads beside those of this folder.
use engine::{lanes, random};
use single::record;
