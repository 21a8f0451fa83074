//! The calculation crate of wattfolio: what should this megawatt do — mine bitcoin, host AI, or lease GPUs?
//!
//! A [`Scenario`] holds every input of a site. [`compare`](results::compare) evaluates each business of a valid one
//! alone on the whole site, month by month, with its measures and its ledger.
//!
//! ```
//! use wattfolio_economics::prelude::*;
//!
//! let scenario = Scenario::default().with("hosting.fee_usd_per_kw_month", 150.0)?.validate()?;
//! let comparison = compare(&scenario);
//! let hosting = comparison.business(Business::Hosting).unwrap();
//! // At this fee hosting earns its cost of capital; the internal rate of return agrees.
//! assert!(hosting.measures.npv_usd > 0.0);
//! assert!(hosting.measures.irr.unwrap() > Business::Hosting.discount_rate(&scenario));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The crate uses no files, network, clock or window, and the same input gives the same bits. A result that does not
//! exist is an [`Absent`] instead of a number, e.g. "never pays back" or "several rates".
//!
//! # Types to know
//!
//! | Type | What it is |
//! |---|---|
//! | [`Scenario`] | Plain data with a default for every input; may hold any values. |
//! | [`ValidScenario`] | A scenario that passed [`Scenario::validate`]; the input of all calculations. |
//! | [`Comparison`], [`Evaluation`] | All businesses on a basis, and one of them: timing, ledger, flows, measures. |
//! | [`Basis`] | Flows that are measured: of the project before or after tax, or of the owner after tax and debt. |
//! | [`Simulation`] | Results over thousands of simulated paths: fans, losses, tails, paybacks. |
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
//! | [`answers`] | What decides a figure, how fast, and at which value of an input it tips. |
//! | [`answers`] | Cost of training runs, mixes of businesses. |
//! | [`explain`] | The formula of every line and measure, with its operands. |
//! | [`published`] | Published figures beside those of this crate from the same inputs. |
//! | [`finance`] | NPV, every IRR, payback, loans, depreciation and tax on plain slices. |
//! | [`bitcoin`] | Subsidy, halvings, difficulty, hashprice. |
//! | [`business`] | Inputs, figures and monthly plan of each business. |
//! | [`kernel`], [`number`] | The monthly cash-flow step of all businesses, over any number type. |
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

pub mod answers;
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
