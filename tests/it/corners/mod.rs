//! The program where inputs, sizes and files are at their limits, and where the process is killed.
//!
//! Each test has a short form, and a long one for `.ci/soak`.
mod actions;
#[cfg(unix)]
mod kills;
mod layout;
mod outputs;
mod pages;
