//! History as the judge of a plan.

mod calibration;
mod coverage;
mod record;
mod replay;
mod resampled;
mod simulated_record;
