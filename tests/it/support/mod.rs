//! Helpers shared by several test modules.

pub mod files;
pub mod program;
pub mod stage;
pub mod window;

/// Scenarios and plans for tests.
#[path = "../../../crates/economics/tests/it/support/mod.rs"]
pub mod economics;
