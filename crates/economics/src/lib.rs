//! The calculation crate of wattfolio: what should this megawatt do — mine bitcoin, host AI, or lease GPUs?
//!
//! Everything that can be set about a site is a [`Scenario`]. A valid one is compared: each business is evaluated
//! alone on the whole site, month by month, with its measures and its ledger.
//!
//! ```
//! use wattfolio_economics::prelude::*;
//!
//! let scenario = Scenario::default().with("hosting.fee_usd_per_kw_month", 150.0)?.validate()?;
//! let comparison = compare(&scenario);
//! let hosting = comparison.business(Business::Hosting).unwrap();
//! // A dear lease is worth its capital, as the internal rate of return says too.
//! assert!(hosting.measures.npv_usd > 0.0);
//! assert!(hosting.measures.irr.unwrap() > Business::Hosting.discount_rate(&scenario));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The crate knows no files, network, clock or window, and the same input gives the same bits. What does not exist is
//! no number: "never pays back" and "several rates" are an [`Absent`] in place of a value.
//!
//! # Types to know
//!
//! | Type | What it is |
//! |---|---|
//! | [`Scenario`] | Plain data with a default for everything; may hold anything. |
//! | [`ValidScenario`] | A scenario that passed [`Scenario::validate`]; what all calculations take. |
//! | [`Comparison`], [`Evaluation`] | All businesses on a basis, and one of them: timing, ledger, flows, measures. |
//! | [`Basis`] | Whose money is counted: the project's before or after tax, or the owner's after tax and debt. |
//! | [`Simulation`] | The businesses under thousands of simulated markets: fans, losses, tails, paybacks. |
//! | [`Maybe`] | A result, or the reason why there is none. |
//!
//! # Modules
//!
//! | Module | For |
//! |---|---|
//! | [`prelude`] | One `use` for most programs. |
//! | [`scenario`] | The data of a scenario, faults, correlations of the markets. |
//! | [`catalogue`], [`input`] | Every input by its stable id: unit, range, meaning, source, reading and writing. |
//! | [`results`] | [`compare`](results::compare), evaluations, the catalogue of measures, curves, timelines. |
//! | [`risk`] | [`simulate`](risk::simulate), single paths, distributions with their standard errors. |
//! | [`explain`] | The formula of every line and measure, with the values that went in. |
//! | [`published`] | Published figures beside what this crate computes from the same inputs. |
//! | [`finance`] | NPV, every IRR, payback, loans, depreciation and tax on plain slices. |
//! | [`bitcoin`] | Subsidy, halvings, difficulty, hashprice. |
//! | [`business`] | What each business adds: inputs, figures, monthly plan. |
//! | [`kernel`], [`number`] | The monthly step that all of them run on, over any number type. |
//! | [`units`] | Units of stored values. |
//!
//! # Conventions
//!
//! Money is nominal USD; a month has 730.5 hours; flows of month `t` fall at its end; drifting levels are read at
//! mid-month; yearly rates are effective. Names carry their units, and series run over the months `0..=T`.
//!
//! # Features
//!
//! * `engine` (off): the simulation's engine for models of your own, with types of `fearless_simd`.
//!
//! [`Absent`]: kernel::Absent
//! [`Basis`]: kernel::Basis
//! [`Comparison`]: results::Comparison
//! [`Evaluation`]: results::Evaluation
//! [`Maybe`]: kernel::Maybe
//! [`Scenario`]: scenario::Scenario
//! [`Scenario::validate`]: scenario::Scenario::validate
//! [`Simulation`]: risk::Simulation
//! [`ValidScenario`]: scenario::ValidScenario

pub mod bitcoin;
pub mod business;
pub mod catalogue;
pub mod explain;
pub mod finance;
pub mod history;
pub mod input;
pub mod kernel;
pub mod number;
pub mod prelude;
pub mod published;
pub mod results;
pub mod risk;
pub mod scenario;
pub mod units;

#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
