//! Results of a plan: the comparison of the businesses, their measures and timelines.

mod blocks;
pub(crate) mod compare;
mod curve;
pub(crate) mod evaluation;
mod flows;
pub(crate) mod from_flows;
mod holding;
mod incremental;
pub mod measure;
pub(crate) mod measures;
mod network;
mod rate;
mod readouts;
pub(crate) mod reserve;
pub(crate) mod service;
mod timeline;
pub mod verdict;

pub use blocks::Blocks;
pub use compare::{Comparison, compare, compare_on};
pub use curve::Curve;
pub use evaluation::Evaluation;
pub use flows::Flows;
pub use holding::BuyAndHold;
pub use incremental::{Incremental, NotIncremental, Side, going_on};
pub use measure::{MEASURES, Measure, find as find_measure};
pub use measures::Measures;
pub use network::Network;
pub use rate::internal_rate;
pub use readouts::Readouts;
pub use service::DebtService;
pub use timeline::{Phase, Stretch, Timeline};
