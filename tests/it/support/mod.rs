//! Helpers shared by several test modules.

pub mod files;
pub mod program;
pub mod server;
pub mod stage;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
pub mod trace;
pub mod window;

/// Scenarios and plans for tests.
#[path = "../../../crates/economics/tests/it/support/mod.rs"]
pub mod economics;
