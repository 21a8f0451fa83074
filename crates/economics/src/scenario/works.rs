//! Delay and overrun risk of the works of a business.

/// Delay and overrun of the works of a business, in the simulation alone.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct WorksRisk {
    /// Mean delay, months; 0: never late.
    pub delay_mean_months: f64,
    /// Standard deviation of the delay, months.
    pub delay_sd_months: f64,
    /// Standard deviation of the logarithm of the overrun.
    pub overrun_sd: f64,
}

/// The [`WorksRisk`] of a business that has its three inputs: `works_risk!(scenario.mining)`.
macro_rules! works_risk {
    ($scenario:ident.$business:ident) => {
        $crate::scenario::WorksRisk {
            delay_mean_months: $scenario.$business.delay_mean_months,
            delay_sd_months: $scenario.$business.delay_sd_months,
            overrun_sd: $scenario.$business.overrun_sd,
        }
    };
}
pub(crate) use works_risk;
