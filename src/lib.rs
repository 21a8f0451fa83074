//! wattfolio: what should this megawatt do — mine bitcoin, host AI, or lease GPUs?
//!
//! The desktop app and its command line. All arithmetic is in `wattfolio-economics`, files of scenarios and the formatter are in `wattfolio-documents`; here they are shown.

pub mod app;
mod cli;
pub mod export;
pub mod market_data;
pub mod price_list;
pub mod report;
pub mod state;
pub mod store;
pub mod theme;
pub mod view;
pub mod widget;
pub mod words;

pub use cli::run;
pub use wattfolio_documents::format;
