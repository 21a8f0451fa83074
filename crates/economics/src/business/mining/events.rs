//! Events of a mining site.

use super::{Figures, Plan};
use crate::bitcoin::{SubsidySchedule, start_height};
use crate::kernel::{Event, OnTheWay, Timing};
use crate::scenario::Scenario;
use crate::units::Unit;

impl OnTheWay for Plan {
    fn size(figures: &Figures) -> Vec<(f64, Unit, &'static str)> {
        vec![(figures.machines, Unit::Count, "machines")]
    }

    fn events(scenario: &Scenario, timing: Timing, _: &Figures) -> Vec<(f64, Event)> {
        let schedule = SubsidySchedule::new(start_height(scenario), scenario.bitcoin.block_subsidy_btc);
        let halvings = schedule.halving_months(scenario.horizon_months).into_iter();
        let life = (timing.live() as f64 + f64::from(scenario.mining.life_months), Event::EndOfLife);
        halvings.map(|month| (month, Event::Halving)).chain([life]).collect()
    }
}
