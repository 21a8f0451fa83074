//! A business has the lines of the ledger that it declares, and no other.

use std::collections::BTreeSet;

use proptest::prelude::*;
use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::{Basis, LINES, Line};
use wattfolio_economics::results::{Comparison, compare_on};
use wattfolio_economics::scenario::Scenario;

use crate::support::plans::CHANGES;
use crate::support::scenarios::any_scenario;
use crate::support::soak::config;

/// The lines that are other than zero in some month on some basis, by business.
fn written(scenario: &Scenario) -> BTreeSet<(Business, Line)> {
    let valid = scenario.validate().expect("made valid");
    let comparisons = Basis::ALL.map(|basis| compare_on(&valid, basis));
    let evaluations = comparisons.iter().flat_map(Comparison::evaluations);
    evaluations
        .flat_map(|evaluation| {
            let written = LINES.into_iter().filter(|line| evaluation.ledger.has(*line));
            written.map(|line| (evaluation.business, line))
        })
        .collect()
}

proptest! {
    #![proptest_config(config("lines of random plans", 200, 10_000))]

    #[test]
    fn a_business_writes_no_line_that_it_does_not_declare(scenario in any_scenario()) {
        for (business, line) in written(&scenario) {
            prop_assert!(line.belongs_to(business), "{business:?} writes {}", line.id());
        }
    }
}

#[test]
fn every_line_that_a_business_declares_is_written_in_some_plan() {
    let mut found = BTreeSet::new();
    for (_, change) in CHANGES {
        let mut scenario = Scenario::default();
        change(&mut scenario);
        found.extend(written(&scenario));
    }
    for business in Business::ALL {
        for &line in business.own_lines() {
            assert!(found.contains(&(business, line)), "{business:?} never writes {}", line.id());
        }
    }
}

#[test]
fn a_line_is_of_every_business_or_declared_by_some() {
    for line in LINES {
        let owners =
            Business::ALL.into_iter().filter(|business| business.own_lines().contains(&line)).count();
        // A common line is listed by none; a line listed by all would be common.
        assert_eq!(line.is_common(), owners == 0, "{}", line.id());
        assert!(owners < Business::COUNT, "{}", line.id());
        let lacking =
            Business::ALL.into_iter().filter(|business| business.lines_without().contains(&line)).count();
        // Only a common line can be lacking, and not in every business.
        assert!(lacking == 0 || line.is_common() && lacking < Business::COUNT, "{}", line.id());
    }
}
