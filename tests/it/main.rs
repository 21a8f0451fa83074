//! Every test of the app from outside, in one program: egui is linked once.
//!
//! `cargo test --test it window::` runs the tests of one subject. Tests run beside each other in one process, so none
//! of them may change what the process has once: its folder, its environment, its limits. What needs other limits
//! starts the program with them.
#![expect(clippy::unwrap_used, reason = "what cannot be unwrapped fails the test")]

mod support;

mod command_line;
mod corners;
mod desktop;
mod explain;
mod files;
mod hardware;
mod hedge_story;
mod history;
mod market;
mod method;
mod pictures;
mod presets;
mod report;
mod risk;
mod sensitivity;
mod source;
mod underwriter;
mod window;
mod workbook;
