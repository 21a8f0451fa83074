//! What the works of a business may do besides what is planned.

/// Delay and overrun of the works of a business, in the simulation alone.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct WorksRisk {
    /// Mean delay, months; 0 is never late.
    pub delay_mean_months: f64,
    /// Standard deviation of the delay, months.
    pub delay_sd_months: f64,
    /// Standard deviation of the logarithm of the overrun.
    pub overrun_sd: f64,
}
