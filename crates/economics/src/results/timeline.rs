//! When a business waits, builds, ramps up, earns and stands still, and what happens on the way.

use crate::results::Comparison;
use crate::results::Evaluation;
use crate::bitcoin::SubsidySchedule;
use crate::business::Business;
use crate::kernel::Line;
use crate::scenario::Scenario;

/// What a stretch of months is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Waiting for the grid; nothing is spent.
    Queue,
    /// Construction.
    Build,
    /// From the first machine to full operation.
    Ramp,
    /// In full operation.
    Live,
    /// Standing still because running would lose more, or without a tenant.
    Idle,
}

/// A stretch of one phase, in months since the start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// What it is.
    pub phase: Phase,
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
}

/// Something that happens at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The block subsidy halves.
    Halving,
    /// The machines or GPUs reach the end of the life that their resale price reckons with.
    EndOfLife,
    /// The GPUs leave their contract for the market.
    ContractEnds,
    /// The tenant leaves.
    LeaseEnds,
    /// A renewed lease begins.
    Renewal,
    /// The customer has back what it funded.
    CreditUsedUp,
    /// The last scheduled payment of the loan.
    LoanPaid,
}

impl Event {
    /// The name that people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Halving => "halving",
            Self::EndOfLife => "end of life",
            Self::ContractEnds => "contract ends",
            Self::LeaseEnds => "lease ends",
            Self::Renewal => "renewal",
            Self::CreditUsedUp => "credit used up",
            Self::LoanPaid => "loan paid",
        }
    }
}

/// The plan of one business on a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    /// Stretches in order, without gaps, from 0 to the horizon.
    pub stretches: Vec<Stretch>,
    /// Events within the horizon `(months since the start, what)`, in order.
    pub events: Vec<(f64, Event)>,
    /// Where the running lease ends if that is after the horizon, months since the start.
    pub lease_runs_to: Option<f64>,
}

impl Timeline {
    /// The timeline of an evaluation of a scenario.
    pub fn new(scenario: &Scenario, evaluation: &Evaluation) -> Self {
        let mut events = business_events(scenario, evaluation);
        events.extend(evaluation.debt_paid_month.map(|month| (month as f64, Event::LoanPaid)));
        let horizon = f64::from(scenario.horizon_months);
        events.retain(|(month, _)| *month <= horizon);
        events.sort_by(|a, b| a.0.total_cmp(&b.0));
        Self {
            stretches: stretches(evaluation, horizon),
            events,
            lease_runs_to: lease_end(scenario, evaluation).filter(|end| *end > horizon),
        }
    }

    /// The timelines of every business of a comparison that could be evaluated.
    pub fn of(scenario: &Scenario, comparison: &Comparison) -> Vec<(Business, Self)> {
        comparison.evaluations().map(|e| (e.business, Self::new(scenario, e))).collect()
    }
}

fn stretches(evaluation: &Evaluation, horizon: f64) -> Vec<Stretch> {
    let timing = evaluation.timing;
    let (queue, live) = (timing.queue as f64, timing.live() as f64);
    let full = (live + timing.ramp as f64).min(horizon);
    let mut stretches = vec![
        Stretch { phase: Phase::Queue, from: 0.0, to: queue },
        Stretch { phase: Phase::Build, from: queue, to: live },
        Stretch { phase: Phase::Ramp, from: live, to: full },
    ];
    stretches.retain(|stretch| stretch.to > stretch.from);
    let phase = |t: usize| if stands_still(evaluation, t) { Phase::Idle } else { Phase::Live };
    for t in full as usize + 1..=horizon as usize {
        let month = Stretch { phase: phase(t), from: t as f64 - 1.0, to: t as f64 };
        match stretches.last_mut() {
            Some(last) if last.phase == month.phase => last.to = month.to,
            _ => stretches.push(month),
        }
    }
    stretches
}

fn stands_still(evaluation: &Evaluation, t: usize) -> bool {
    match evaluation.business {
        Business::Mining | Business::Leasing => evaluation.ledger.line(Line::Idle)[t] > 0.0,
        Business::Hosting => evaluation.ledger.line(Line::Fees)[t] == 0.0,
    }
}

fn business_events(scenario: &Scenario, evaluation: &Evaluation) -> Vec<(f64, Event)> {
    let live = evaluation.timing.live() as f64;
    match evaluation.business {
        Business::Mining => {
            let bitcoin = &scenario.bitcoin;
            let schedule = SubsidySchedule::new(bitcoin.block_height, bitcoin.block_subsidy_btc);
            let halvings = schedule.halving_months(scenario.horizon_months).into_iter();
            let life = (live + f64::from(scenario.mining.life_months), Event::EndOfLife);
            halvings.map(|month| (month, Event::Halving)).chain([life]).collect()
        }
        Business::Hosting => {
            let mut events = lease_events(scenario, live);
            events.extend(credit_used_up(evaluation).map(|month| (month, Event::CreditUsedUp)));
            events
        }
        Business::Leasing => {
            let leasing = &scenario.leasing;
            let mut events = vec![(live + f64::from(leasing.life_months), Event::EndOfLife)];
            if leasing.contract_share > 0.0 && leasing.contract_months > 0 {
                events.push((live + f64::from(leasing.contract_months), Event::ContractEnds));
            }
            events
        }
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

/// Where the lease that runs at the horizon ends.
fn lease_end(scenario: &Scenario, evaluation: &Evaluation) -> Option<f64> {
    if evaluation.business != Business::Hosting {
        return None;
    }
    let hosting = &scenario.hosting;
    let cycle = f64::from(hosting.term_months + hosting.vacancy_months);
    let live = evaluation.timing.live() as f64;
    let begun = ((f64::from(scenario.horizon_months) - live) / cycle).floor();
    Some(live + begun * cycle + f64::from(hosting.term_months))
}

fn credit_used_up(evaluation: &Evaluation) -> Option<f64> {
    match &evaluation.readouts {
        super::Readouts::Hosting(readouts) => readouts.credit_used_up_month.ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::compare;

    fn timelines(scenario: &Scenario) -> Vec<(Business, Timeline)> {
        let valid = scenario.clone().validate().expect("made valid");
        Timeline::of(scenario, &compare(&valid))
    }

    #[test]
    fn stretches_cover_the_plan_without_gaps() {
        let mut scenario = Scenario::default();
        scenario.hosting.queue_months = 7;
        scenario.hosting.term_months = 24;
        for (business, timeline) in timelines(&scenario) {
            let stretches = &timeline.stretches;
            assert_eq!(stretches[0].from, 0.0, "{business:?}");
            assert_eq!(stretches[stretches.len() - 1].to, 120.0, "{business:?}");
            assert!(stretches.windows(2).all(|pair| pair[0].to == pair[1].from), "{stretches:?}");
        }
    }

    #[test]
    fn events_fall_where_the_inputs_put_them() {
        let mut scenario = Scenario::default();
        scenario.hosting.term_months = 60;
        let timelines = timelines(&scenario);
        let of = |index: usize| &timelines[index].1;
        let halvings = of(0).events.iter().filter(|(_, event)| *event == Event::Halving).count();
        assert_eq!(halvings, 3);
        assert!(of(0).events.contains(&(51.0, Event::EndOfLife)));
        assert!(of(0).stretches.iter().any(|stretch| stretch.phase == Phase::Idle));
        assert_eq!(of(1).events, [(72.0, Event::LeaseEnds), (78.0, Event::Renewal)]);
        assert_eq!(of(1).lease_runs_to, Some(138.0));
        assert_eq!(of(2).events, [(72.0, Event::EndOfLife), (72.0, Event::ContractEnds)]);
    }
}
