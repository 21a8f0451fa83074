//! The four markets: how they are drawn, kept under a slider, and where they go.

pub(super) mod cache;
pub(super) mod chance;
pub(super) mod factors;
pub(super) mod over_time;
pub(super) mod price;
pub(super) mod quasi;
pub(super) mod resampled;
