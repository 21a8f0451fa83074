//! What tests of several subjects need.

pub mod files;
pub mod program;
pub mod stage;
pub mod window;

/// Scenarios and plans to test with.
#[path = "../../../crates/economics/tests/it/support/mod.rs"]
pub mod economics;
