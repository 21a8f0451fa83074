//! The latest simulation, and whether one is running.

use std::sync::Arc;
use std::time::Duration;

use wattfolio_economics::business::Business;
use wattfolio_economics::risk::BusinessRisk;

use super::deep::Deep;
use super::simulated::Simulated;

/// The latest simulation, and whether one is running.
#[derive(Debug, Default)]
pub struct RiskState {
    /// The latest answer.
    pub simulated: Option<Arc<Simulated>>,
    /// Latest results of the deeper analysis, which may belong to an earlier simulation.
    pub deep: Option<Arc<Deep>>,
    /// Whether the latest answer belongs to an earlier scenario or basis than the one that is shown.
    pub is_stale: bool,
    /// Share that is done and time taken, while a simulation runs.
    pub progress: Option<(f32, Duration)>,
    /// Whether the user ended the run of what is shown.
    pub was_cancelled: bool,
}

impl RiskState {
    /// Whether the latest answer is old and no run will replace it: the user ended the run, or it failed.
    pub fn is_left_behind(&self) -> bool {
        self.simulated.is_some() && self.is_stale && self.progress.is_none()
    }

    /// Latest results of a business; those of another scenario are better than none, and are drawn as stale.
    pub fn business(&self, business: Business) -> Option<&BusinessRisk> {
        self.simulated.as_ref()?.simulation.business(business).ok()
    }
}
