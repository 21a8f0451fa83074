//! Market data: recorded months that are bundled, and figures of today from sources that the user allowed. Prices
//! that fill inputs from a list are in [`crate::price_list`].

mod history;
pub mod live;
pub mod recorded;

pub use history::{RecordSource, record, source_of};
