//! What happens to a fleet of GPUs on the way.

use super::{Figures, Plan};
use crate::kernel::{Event, OnTheWay, Timing};
use crate::scenario::Scenario;
use crate::units::Unit;

impl OnTheWay for Plan {
    fn size(figures: &Figures) -> Vec<(f64, Unit, &'static str)> {
        vec![(figures.gpus, Unit::Count, "GPUs"), (figures.it_mw, Unit::Mw, "of IT power")]
    }

    fn events(scenario: &Scenario, timing: Timing, _: &Figures) -> Vec<(f64, Event)> {
        let end_of_life = timing.live() as f64 + f64::from(scenario.leasing.life_months);
        [(end_of_life, Event::EndOfLife)].into_iter().chain(Self::first_term(scenario, timing)).collect()
    }

    fn first_term(scenario: &Scenario, timing: Timing) -> Option<(f64, Event)> {
        let leasing = &scenario.leasing;
        let has_contract = leasing.contract_share > 0.0 && leasing.contract_months > 0;
        let end = timing.live() as f64 + f64::from(leasing.contract_months);
        has_contract.then_some((end, Event::ContractEnds))
    }
}
