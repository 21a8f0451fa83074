//! wattfolio: what should this megawatt do — mine bitcoin, host AI, or lease GPUs?
//!
//! The desktop app and its command line. All arithmetic is in `wattfolio-economics`; here it is shown.

pub mod format;
pub mod store;
pub mod theme;
