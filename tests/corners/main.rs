//! The program where inputs, sizes and files are at their limits, and where the process is killed.
//!
//! Each test has a short form, and a long one for `.ci/soak`.
#![expect(clippy::unwrap_used, reason = "what cannot be unwrapped fails the test")]

#[path = "../../crates/economics/tests/support/plans.rs"]
mod plans;
#[path = "../../crates/economics/tests/support/scenarios.rs"]
mod scenarios;
#[path = "../../crates/economics/tests/support/soak.rs"]
mod soak;

mod actions;
#[cfg(unix)]
mod kills;
mod layout;
mod outputs;
mod pages;
mod stage;
