//! The calculation crate of wattfolio: what should this megawatt do — mine bitcoin, host AI, or lease GPUs?
//!
//! A [`Scenario`](scenario::Scenario) is everything that can be set. Validated, it is compiled into a
//! [`Plan`](business::Plan) of monthly tables, and one kernel turns every month's market into cash for
//! each business.
//!
//! The crate knows no files, network, clock or window. Money is nominal USD; a month has 730.5 hours; flows of
//! month `t` fall at its end; drifting levels are read at mid-month; yearly rates are effective.

pub mod bitcoin;
pub mod business;
pub mod catalogue;
pub mod explain;
pub mod finance;
pub mod input;
pub mod kernel;
pub mod number;
pub mod prelude;
pub mod published;
pub mod results;
pub mod risk;
pub mod scenario;
pub mod units;
