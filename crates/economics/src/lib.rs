//! The calculation crate of wattfolio: what should this megawatt do — mine bitcoin, host AI, or lease GPUs?
//!
//! A [`Scenario`](scenario::Scenario) is everything that can be set. Validated, it is compiled into a
//! [`Plan`](business::Plan) of monthly tables, and one kernel turns every month's market into cash for the
//! three businesses.
//!
//! The crate knows no files, network, clock or window. Money is nominal USD; a month has 730.5 hours; flows of
//! month `t` fall at its end; drifting levels are read at mid-month; yearly rates are effective.

pub mod analysis;
pub mod bitcoin;
pub mod business;
pub mod catalogue;
pub mod finance;
pub mod number;
pub mod risk;
pub mod scenario;
pub mod series;
pub mod validation;

/// Days in every month of the model.
pub const DAYS_PER_MONTH: f64 = 30.4375;
/// Hours in every month of the model.
pub const HOURS_PER_MONTH: f64 = 730.5;
/// Kilowatts in a megawatt.
pub(crate) const KW_PER_MW: f64 = 1000.0;
/// Kilowatt-hours in a megawatt-hour.
pub(crate) const KWH_PER_MWH: f64 = 1000.0;
