//! Events of a hosting site.

use super::{Figures, Plan};
use crate::kernel::{Event, Ledger, Line, OnTheWay, OneCustomer, Timing};
use crate::scenario::Scenario;
use crate::units::Unit;

impl OnTheWay for Plan {
    fn size(figures: &Figures) -> Vec<(f64, Unit, &'static str)> {
        vec![(figures.it_mw, Unit::Mw, "of IT power")]
    }

    fn events(scenario: &Scenario, timing: Timing, figures: &Figures) -> Vec<(f64, Event)> {
        let mut events = lease_events(scenario, timing.live() as f64);
        events.extend(figures.credit_used_up_month.ok().map(|month| (month, Event::CreditUsedUp)));
        events
    }

    fn stands_still(ledger: &Ledger, t: usize) -> bool {
        ledger.line(Line::Fees)[t] == 0.0
    }

    fn first_term(scenario: &Scenario, timing: Timing) -> Option<(f64, Event)> {
        Some((timing.live() as f64 + f64::from(scenario.hosting.term_months), Event::LeaseEnds))
    }

    fn one_customer(scenario: &Scenario, _: Timing, _: &Ledger) -> Option<OneCustomer> {
        // A hall is let to one tenant.
        let hazard_per_year = scenario.hosting.default_hazard_per_year;
        Some(OneCustomer { hazard_per_year, revenue_share: 1.0 })
    }

    fn bound_until(scenario: &Scenario, timing: Timing) -> Option<f64> {
        let hosting = &scenario.hosting;
        let cycle = f64::from(hosting.term_months + hosting.vacancy_months);
        let live = timing.live() as f64;
        let begun = ((f64::from(scenario.horizon_months) - live) / cycle).floor();
        Some(live + begun * cycle + f64::from(hosting.term_months))
    }
}

fn lease_events(scenario: &Scenario, live: f64) -> Vec<(f64, Event)> {
    let hosting = &scenario.hosting;
    let (term, vacancy) = (f64::from(hosting.term_months), f64::from(hosting.vacancy_months));
    let mut events = Vec::new();
    let mut begin = live;
    while begin + term <= f64::from(scenario.horizon_months) {
        if vacancy > 0.0 {
            events.push((begin + term, Event::LeaseEnds));
        }
        begin += term + vacancy;
        events.push((begin, Event::Renewal));
    }
    events
}
