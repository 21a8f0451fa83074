//! Recorded market data; prices that fill inputs are in [`crate::price_list`].

mod history;
pub mod recorded;

pub use history::{RecordSource, record, source_of};
