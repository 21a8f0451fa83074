//! The program with inputs, sizes and files at their limits, and with killed processes.
//!
//! Each test has a short form, and a long one for `.ci/soak`.
mod actions;
#[cfg(unix)]
mod kills;
mod layout;
mod outputs;
mod pages;
