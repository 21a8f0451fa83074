//! Market data: recorded months that are bundled, and figures of today from sources that the user allowed. Prices
//! that fill inputs from a list are in [`crate::price_list`].

pub mod live;
pub mod recorded;
