//! Scenarios to test with, and the two lengths of a test over random cases. The tests of the app include this folder.

pub mod plans;
pub mod scenarios;
pub mod soak;
