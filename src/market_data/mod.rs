//! Data of the markets, beside the prices that a user picks from [`crate::price_list`].

pub mod recorded;
