//! Events of a GPU fleet.

use super::terms::terms;
use super::{Figures, Plan};
use crate::kernel::{Event, Ledger, Line, OnTheWay, OneCustomer, Timing};
use crate::scenario::Scenario;
use crate::units::Unit;

/// Shortest later term whose renewals are listed as events, months.
const LEAST_TOLD_MONTHS: u32 = 12;

impl OnTheWay for Plan {
    fn size(figures: &Figures) -> Vec<(f64, Unit, &'static str)> {
        vec![(figures.gpus, Unit::Count, "GPUs"), (figures.it_mw, Unit::Mw, "of IT power")]
    }

    fn events(scenario: &Scenario, timing: Timing, _: &Figures) -> Vec<(f64, Event)> {
        let end_of_life = timing.live() as f64 + f64::from(scenario.leasing.life_months);
        let mut events = vec![(end_of_life, Event::EndOfLife)];
        events.extend(Self::first_term(scenario, timing));
        if scenario.leasing.recontract_months >= LEAST_TOLD_MONTHS {
            let later = terms(&scenario.leasing, timing, scenario.horizon_months as usize).skip(1);
            events.extend(later.map(|term| ((term.first - 1) as f64, Event::LetAgain)));
        }
        events
    }

    fn first_term(scenario: &Scenario, timing: Timing) -> Option<(f64, Event)> {
        let leasing = &scenario.leasing;
        let has_contract = leasing.contract_share > 0.0 && leasing.contract_months > 0;
        let end = timing.live() as f64 + f64::from(leasing.contract_months);
        has_contract.then_some((end, Event::ContractEnds))
    }

    fn one_customer(scenario: &Scenario, timing: Timing, ledger: &Ledger) -> Option<OneCustomer> {
        let first = terms(&scenario.leasing, timing, scenario.horizon_months as usize).next()?;
        let within = first.first..=first.last.min(scenario.horizon_months as usize);
        let rentals = |line: Line| ledger.line(line)[within.clone()].iter().sum::<f64>();
        let (contract, market) = (rentals(Line::ContractRental), rentals(Line::MarketRental));
        (contract > 0.0).then(|| OneCustomer {
            hazard_per_year: scenario.leasing.default_hazard_per_year,
            revenue_share: contract / (contract + market),
        })
    }
}
