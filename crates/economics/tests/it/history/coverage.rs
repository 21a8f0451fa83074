//! Fans of the past against what came.

use wattfolio_economics::history::{Coverage, MONTHS_AFTER, Machines, known_then};
use wattfolio_economics::prelude::*;
use wattfolio_economics::risk::{Control, ToTheEnd, Unfinished};

use super::record::{month, of_bitcoin};

#[test]
fn a_fan_of_then_knows_the_months_before_it_alone() {
    let (record, valid) = (of_bitcoin(), Scenario::default().validate().unwrap());
    let known = known_then(&record, &valid, month("2021-11"), Machines::Same).unwrap();
    let calibration = known.calibration.unwrap();
    assert_eq!((calibration.from, calibration.to), (month("2014-10"), month("2021-10")));
    assert_ne!(known.scenario.risk.bitcoin.volatility, valid.risk.bitcoin.volatility);
    assert_eq!(known.scenario.risk.bitcoin.volatility, known.scenario.risk.bitcoin.long_volatility);
    let early = known_then(&record, &valid, month("2016-06"), Machines::Same).unwrap();
    assert!(early.calibration.is_none());
    assert_eq!(early.scenario.risk, valid.risk);
}

#[test]
fn coverage_counts_the_starts_that_stayed_inside() {
    let (record, valid) = (of_bitcoin(), Scenario::default().validate().unwrap());
    let mut simulator = Simulator::new(0).unwrap();
    let given = ((&record, &valid), (Machines::Same, Basis::ProjectBeforeTax));
    let coverage = Coverage::new(given.0, given.1, 200, &mut simulator, &ToTheEnd).unwrap();
    let (first, last) = (coverage.starts[0].start, coverage.starts.last().unwrap().start);
    assert_eq!((first, last), (month("2017-10"), month("2024-07")));
    assert_eq!(coverage.starts.len(), last.months_since(first) as usize + 1);
    let inside =
        coverage.starts.iter().filter(|start| start.fan[0] <= start.came && start.came <= start.fan[4]);
    assert_eq!(coverage.inside(), inside.count());
    for start in &coverage.starts {
        assert!(start.fan.is_sorted(), "{}", start.start);
        let replay = wattfolio_economics::history::Replay::new(
            &record,
            &valid,
            start.start,
            Machines::Same,
            Basis::ProjectBeforeTax,
        );
        let replay = replay.unwrap();
        let came = replay.came.business(Business::Mining).unwrap();
        let curve = came.curve(Curve::default())[MONTHS_AFTER] / came.capital_usd().unwrap();
        assert!((curve - start.came).abs() < 1e-9, "{}: {curve} {}", start.start, start.came);
    }
    // The same seed gives the same bits.
    let again = Coverage::new(given.0, given.1, 200, &mut simulator, &ToTheEnd).unwrap();
    assert_eq!(coverage, again);
}

#[test]
fn coverage_can_be_ended() {
    struct Ended;
    impl Control for Ended {
        fn proceed(&self, _: f64) -> bool {
            false
        }
    }
    let (record, valid) = (of_bitcoin(), Scenario::default().validate().unwrap());
    let mut simulator = Simulator::new(1).unwrap();
    let given = (Machines::Same, Basis::ProjectBeforeTax);
    let ended = Coverage::new((&record, &valid), given, 200, &mut simulator, &Ended).unwrap_err();
    assert!(matches!(ended, wattfolio_economics::history::NotCovered::Unfinished(Unfinished::Ended)));
}
