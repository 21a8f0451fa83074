//! What happens to a fleet of GPUs on the way.

use super::Figures;
use crate::kernel::{Event, Ledger, Line, Timing};
use crate::scenario::Scenario;

/// Events as `(months since the start, what)`, in any order.
pub(crate) fn events(scenario: &Scenario, timing: Timing, _: &Figures) -> Vec<(f64, Event)> {
    let (leasing, live) = (&scenario.leasing, timing.live() as f64);
    let mut events = vec![(live + f64::from(leasing.life_months), Event::EndOfLife)];
    if leasing.contract_share > 0.0 && leasing.contract_months > 0 {
        events.push((live + f64::from(leasing.contract_months), Event::ContractEnds));
    }
    events
}

/// Whether it stands still in a month after the ramp.
pub(crate) fn stands_still(ledger: &Ledger, t: usize) -> bool {
    ledger.line(Line::Idle)[t] > 0.0
}

/// Nothing is bound beyond the plan.
pub(crate) const fn bound_until(_: &Scenario, _: Timing) -> Option<f64> {
    None
}
