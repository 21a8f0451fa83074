//! What happens to a mining site on the way.

use super::Figures;
use crate::bitcoin::SubsidySchedule;
use crate::kernel::{Event, Ledger, Line, Timing};
use crate::scenario::Scenario;

/// Events as `(months since the start, what)`, in any order.
pub(crate) fn events(scenario: &Scenario, timing: Timing, _: &Figures) -> Vec<(f64, Event)> {
    let bitcoin = &scenario.bitcoin;
    let schedule = SubsidySchedule::new(bitcoin.block_height, bitcoin.block_subsidy_btc);
    let halvings = schedule.halving_months(scenario.horizon_months).into_iter();
    let life = (timing.live() as f64 + f64::from(scenario.mining.life_months), Event::EndOfLife);
    halvings.map(|month| (month, Event::Halving)).chain([life]).collect()
}

/// Whether it stands still in a month after the ramp.
pub(crate) fn stands_still(ledger: &Ledger, t: usize) -> bool {
    ledger.line(Line::Idle)[t] > 0.0
}

/// Nothing is bound beyond the plan.
pub(crate) const fn bound_until(_: &Scenario, _: Timing) -> Option<f64> {
    None
}
