//! Market data: recorded months that are bundled, and figures of today from sources that the user allowed. Prices
//! that fill inputs from a list are in [`crate::price_list`].

mod history;
mod history_sources;
pub mod live;
pub mod recorded;
pub mod refresh;
mod training;
mod what_came;

pub use history::{RecordSource, record, resampled, source_of, usual_start};
pub use history_sources::replay_sources;
pub use training::training_cost;
pub use what_came::plan_of_then;
