//! What was simulated, and what still runs.

use std::sync::Arc;
use std::time::Duration;

use wattfolio_economics::business::Business;
use wattfolio_economics::risk::BusinessRisk;

use super::deep::Deep;
use super::simulated::Simulated;

/// What was simulated, and what still runs.
#[derive(Debug, Default)]
pub struct RiskState {
    /// The latest answer.
    pub simulated: Option<Arc<Simulated>>,
    /// What a deeper look found, perhaps for an earlier answer.
    pub deep: Option<Arc<Deep>>,
    /// Whether the latest answer belongs to an earlier scenario or basis than the one that is shown.
    pub is_stale: bool,
    /// Share that is done and time taken, while a simulation runs.
    pub progress: Option<(f32, Duration)>,
    /// Whether the user ended the run of what is shown.
    pub was_cancelled: bool,
}

impl RiskState {
    /// What is known of a business; an answer for another scenario is better than none, and is drawn as stale.
    pub fn business(&self, business: Business) -> Option<&BusinessRisk> {
        self.simulated.as_ref()?.simulation.business(business).ok()
    }
}
