//! What happens to a fleet of GPUs on the way.

use super::{Figures, Plan};
use crate::kernel::{Event, OnTheWay, Timing};
use crate::scenario::Scenario;

impl OnTheWay for Plan {
    fn events(scenario: &Scenario, timing: Timing, _: &Figures) -> Vec<(f64, Event)> {
        let (leasing, live) = (&scenario.leasing, timing.live() as f64);
        let mut events = vec![(live + f64::from(leasing.life_months), Event::EndOfLife)];
        if leasing.contract_share > 0.0 && leasing.contract_months > 0 {
            events.push((live + f64::from(leasing.contract_months), Event::ContractEnds));
        }
        events
    }
}
