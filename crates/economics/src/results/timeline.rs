//! Timeline of a business: phases and events.

use super::{Comparison, Evaluation, Readouts};
use crate::business::{Business, with_businesses};
use crate::kernel::{Event, OnTheWay, OneCustomer};
use crate::scenario::Scenario;
use crate::units::Unit;

/// Phase of a stretch of months.
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
    /// Idle because running would lose more, or vacant.
    Idle,
}

/// A stretch of one phase, in months since the start.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Stretch {
    /// Its phase.
    pub phase: Phase,
    /// Its start.
    pub from: f64,
    /// Its end.
    pub to: f64,
}

/// The phases and events of one business.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Timeline {
    /// Stretches in order, without gaps, from 0 to the horizon.
    pub stretches: Vec<Stretch>,
    /// Events within the horizon `(months since the start, event)`, in order.
    pub events: Vec<(f64, Event)>,
    /// The end of the first agreed term, months since the start; it may lie after the horizon.
    pub first_term: Option<(f64, Event)>,
    /// End of the running lease if it is after the horizon, months since the start.
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
            first_term: first_term(scenario, evaluation),
            lease_runs_to: bound_until(scenario, evaluation).filter(|end| *end > horizon),
        }
    }

    /// Every occurrence of an event, months since the start.
    pub fn months_of(&self, event: Event) -> impl Iterator<Item = f64> {
        self.events.iter().filter(move |(_, happens)| *happens == event).map(|(month, _)| *month)
    }

    /// When the business goes live, months since the start.
    pub fn live(&self) -> Option<f64> {
        let is_live = |stretch: &&Stretch| !matches!(stretch.phase, Phase::Queue | Phase::Build);
        self.stretches.iter().find(is_live).map(|stretch| stretch.from)
    }

    /// The month from which the business is idle until the end, if there is one.
    pub fn stands_still_from(&self) -> Option<f64> {
        self.stretches.last().filter(|stretch| stretch.phase == Phase::Idle).map(|stretch| stretch.from)
    }

    /// Whether an event at a month still affects the business: a halving does not once the machines are idle for good.
    pub fn is_felt(&self, month: f64, event: Event) -> bool {
        event != Event::Halving || self.stands_still_from().is_none_or(|from| month < from)
    }

    /// The timelines of every business of a comparison that could be evaluated.
    ///
    /// ```
    /// use wattfolio_economics::{kernel::Event, prelude::*, results::Timeline};
    ///
    /// let scenario = Scenario::default().validate()?;
    /// let timelines = Timeline::of(&scenario, &compare(&scenario));
    /// let (business, mining) = &timelines[0];
    /// assert_eq!(*business, Business::Mining);
    /// assert_eq!(mining.events.iter().filter(|(_, event)| *event == Event::Halving).count(), 3);
    /// # Ok::<(), Faults>(())
    /// ```
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

macro_rules! each_business_says {
    ($($Business:ident $module:ident $label:literal $word:literal;)*) => {
        fn stands_still(evaluation: &Evaluation, t: usize) -> bool {
            match evaluation.business {
                $(Business::$Business => <crate::business::$module::Plan as OnTheWay>::stands_still(&evaluation.ledger, t),)*
            }
        }

        fn business_events(scenario: &Scenario, evaluation: &Evaluation) -> Vec<(f64, Event)> {
            match &evaluation.readouts {
                $(Readouts::$Business(figures) => {
                    <crate::business::$module::Plan as OnTheWay>::events(scenario, evaluation.timing, figures)
                })*
            }
        }

        impl Evaluation {
            /// Size of the business: values with unit and noun, the main one first.
            pub fn size(&self) -> Vec<(f64, Unit, &'static str)> {
                match &self.readouts {
                    $(Readouts::$Business(figures) => <crate::business::$module::Plan as OnTheWay>::size(figures),)*
                }
            }

            /// The single customer that the business depends on, if the model has one.
            pub fn one_customer(&self, scenario: &Scenario) -> Option<OneCustomer> {
                let (timing, ledger) = (self.timing, &self.ledger);
                match self.business {
                    $(Business::$Business => {
                        <crate::business::$module::Plan as OnTheWay>::one_customer(scenario, timing, ledger)
                    })*
                }
            }
        }

        fn first_term(scenario: &Scenario, evaluation: &Evaluation) -> Option<(f64, Event)> {
            match evaluation.business {
                $(Business::$Business => <crate::business::$module::Plan as OnTheWay>::first_term(scenario, evaluation.timing),)*
            }
        }

        /// End of the contract that runs at the horizon.
        fn bound_until(scenario: &Scenario, evaluation: &Evaluation) -> Option<f64> {
            match evaluation.business {
                $(Business::$Business => <crate::business::$module::Plan as OnTheWay>::bound_until(scenario, evaluation.timing),)*
            }
        }
    };
}
with_businesses!(each_business_says);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::compare;

    fn timelines(scenario: &Scenario) -> Vec<(Business, Timeline)> {
        let valid = scenario.validate().expect("made valid");
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
        scenario.leasing.recontract_share = 0.0;
        let timelines = timelines(&scenario);
        let of = |index: usize| &timelines[index].1;
        let halvings = of(0).events.iter().filter(|(_, event)| *event == Event::Halving).count();
        assert_eq!(halvings, 3);
        assert!(of(0).events.contains(&(51.0, Event::EndOfLife)));
        let felt = of(0).events.iter().filter(|(month, event)| of(0).is_felt(*month, *event));
        assert_eq!(
            felt.filter(|(_, event)| *event == Event::Halving).count(),
            1,
            "the machines stand still after it"
        );
        assert!(of(0).stretches.iter().any(|stretch| stretch.phase == Phase::Idle));
        assert_eq!(of(1).events, [(72.0, Event::LeaseEnds), (78.0, Event::Renewal)]);
        assert_eq!(of(1).lease_runs_to, Some(138.0));
        assert_eq!(of(2).events, [(72.0, Event::EndOfLife), (72.0, Event::ContractEnds)]);
    }
}
