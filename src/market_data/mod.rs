//! Recorded market data; prices that fill inputs are in [`crate::price_list`].

pub mod recorded;
