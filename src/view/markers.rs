//! Vertical lines in charts: what happens on the way, as the timelines have it.

use wattfolio_economics::kernel::Event;
use wattfolio_economics::results::{Comparison, Evaluation, Timeline};
use wattfolio_economics::scenario::Scenario;

use crate::widget::VerticalLine;

/// Largest number of halvings that are named: over a long plan the words would cover each other, and only the lines stay.
const MOST_NAMED: usize = 3;

/// The halvings in a chart of one business; one that it does not feel any more has no name.
pub(super) fn halvings_of(timeline: &Timeline) -> Vec<VerticalLine> {
    halvings(timeline, |month| timeline.is_felt(month, Event::Halving))
}

/// The halvings in a chart of all businesses; one that none of them feels any more has no name.
pub(super) fn halvings_of_all(scenario: &Scenario, comparison: &Comparison) -> Vec<VerticalLine> {
    let timelines = Timeline::of(scenario, comparison);
    let felt = |month: f64| {
        let has_it = |timeline: &Timeline| timeline.months_of(Event::Halving).any(|other| other == month);
        let feels = |timeline: &Timeline| has_it(timeline) && timeline.is_felt(month, Event::Halving);
        timelines.iter().any(|(_, timeline)| feels(timeline))
    };
    let mut lines = timelines.iter().map(|(_, timeline)| halvings(timeline, felt));
    lines.find(|lines| !lines.is_empty()).unwrap_or_default()
}

fn halvings(timeline: &Timeline, is_felt: impl Fn(f64) -> bool) -> Vec<VerticalLine> {
    let is_short = timeline.months_of(Event::Halving).count() <= MOST_NAMED;
    let name = |month: f64| if is_short && is_felt(month) { Event::Halving.label() } else { "" };
    timeline
        .months_of(Event::Halving)
        .map(|month| VerticalLine { month, name: name(month).to_owned() })
        .collect()
}

/// When a business goes live, and what happens to it within the plan; what falls together shares a line.
pub(super) fn events_of(scenario: &Scenario, evaluation: &Evaluation) -> Vec<VerticalLine> {
    let timeline = Timeline::new(scenario, evaluation);
    let others = timeline.events.iter().filter(|(_, event)| *event != Event::Halving);
    let others = others.map(|(month, event)| VerticalLine { month: *month, name: event.label().to_owned() });
    let live = timeline.live().map(|month| VerticalLine { month, name: "live".to_owned() });
    let horizon = f64::from(scenario.horizon_months);
    let mut lines: Vec<VerticalLine> = halvings_of(&timeline).into_iter().chain(live).chain(others).collect();
    lines.retain(|line| line.month > 0.0 && line.month < horizon);
    lines.sort_by(|a, b| a.month.total_cmp(&b.month));
    lines.dedup_by(|later, first| {
        let is_together = later.month == first.month;
        if is_together && first.name.is_empty() {
            first.name = std::mem::take(&mut later.name);
        } else if is_together && !later.name.is_empty() {
            first.name = format!("{}, {}", first.name, later.name);
        }
        is_together
    });
    lines
}

#[cfg(test)]
mod tests {
    use wattfolio_economics::results::compare;

    use super::*;

    #[test]
    fn no_chart_names_a_halving_that_nobody_feels_any_more() {
        let scenario = Scenario::default().validate().unwrap();
        let comparison = compare(&scenario);
        let timelines = Timeline::of(&scenario, &comparison);
        let mining = &timelines[0].1;
        let idle = mining.stands_still_from().expect("the machines stand still before the plan ends");
        let overlaid = halvings_of_all(&scenario, &comparison);
        assert_eq!(overlaid.len(), 3);
        for lines in [&overlaid, &halvings_of(mining)] {
            for line in lines {
                assert_eq!(line.name.is_empty(), line.month >= idle, "{line:?}, idle from {idle}");
            }
        }
        // Machines that run to the end feel all of them.
        let mut running = Scenario::default();
        running.power.price_usd_per_kwh.value = 0.0;
        running.mining.life_months = 240;
        let running = running.validate().unwrap();
        let lines = halvings_of_all(&running, &compare(&running));
        assert!(lines.len() == 3 && lines.iter().all(|line| !line.name.is_empty()), "{lines:?}");
    }
}
