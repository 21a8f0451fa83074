//! All integration tests in one program, which is linked once.
//!
//! `cargo test -p wattfolio-economics --test it financing` runs the tests of one subject.
#![expect(clippy::unwrap_used, reason = "what cannot be unwrapped fails the test")]

mod back_test;
mod bases;
mod data;
mod support;

mod agreement;
mod answers;
mod break_evens;
mod catalogue;
mod drivers;
mod explanations;
mod finance_vectors;
mod financing;
mod history;
mod hosting_leasing_vectors;
mod identities;
mod lines;
mod market;
mod market_and_contracts;
mod mining_vectors;
mod mirror;
mod moves;
mod parties;
mod paths;
mod properties;
mod reference_model;
mod simulated_corners;
mod simulation;
mod simulation_reference;
mod terms;
mod validation;
mod winner_map;
