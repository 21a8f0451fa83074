//! The calculation crate of wattfolio.
