//! Maps of winners, each cell against the verdict of a whole comparison at its pair.

use std::sync::atomic::{AtomicUsize, Ordering};

use wattfolio_economics::answers::{
    Asked, Axis, Cell, Field, NotMapped, Quantity, Segment, WinnerMap, solve,
};
use wattfolio_economics::prelude::*;
use wattfolio_economics::results::verdict::{Criterion, Verdict};
use wattfolio_economics::risk::{Control, ToTheEnd};

use crate::support::plans::CHANGES;

const MAPPED: [Criterion; 4] =
    [Criterion::Value, Criterion::ValuePerCapex, Criterion::Payback, Criterion::Irr];

/// Pairs of inputs that move all, some and none of the businesses together, and one that couples them.
const PAIRS: [(&str, &str); 5] = [
    ("bitcoin.price_usd", "leasing.rental_usd_per_gpu_hour.growth_per_year"),
    ("bitcoin.price_usd", "power.price_usd_per_kwh"),
    ("hosting.fee_usd_per_kw_month", "horizon_months"),
    ("bitcoin.block_subsidy_btc", "finance.discount_rate"),
    ("coupling.rental_elasticity", "bitcoin.price_usd"),
];

fn axis(scenario: &ValidScenario, id: &str) -> Option<Axis> {
    Axis::of(scenario, catalogue::find(id).unwrap_or_else(|| panic!("no input {id}"))).ok()
}

fn map(
    scenario: &ValidScenario,
    ids: (&str, &str),
    how: (Basis, Criterion),
    cells: usize,
) -> Option<WinnerMap> {
    let axes = (axis(scenario, ids.0)?, axis(scenario, ids.1)?);
    Some(WinnerMap::new(scenario, axes, how, cells, &ToTheEnd).expect("a map"))
}

/// What a verdict says of a pair, in the words of a field.
fn expected(scenario: &ValidScenario, (basis, criterion): (Basis, Criterion)) -> (Field, Verdict) {
    let verdict = Verdict::new(scenario, &compare_on(scenario, basis), None, criterion);
    let field = match verdict.winner().map(|winner| winner.business) {
        None => Field::NoValue,
        Some(first) if verdict.nothing_earns_its_capital() => Field::NoneEarns(first),
        Some(first) if verdict.candidate(first).unwrap().npv_usd < 0.0 => Field::LosesValue(first),
        Some(first) if !verdict.about_equal.is_empty() => Field::AboutEqual(first),
        Some(first) => Field::Best(first),
    };
    (field, verdict)
}

fn check(cell: &Cell, scenario: &ValidScenario, how: (Basis, Criterion), what: &str) {
    let (field, verdict) = expected(scenario, how);
    assert_eq!(cell.field, field, "{what}");
    for business in Business::ALL {
        let value = verdict.candidate(business).and_then(|candidate| candidate.value(how.1).ok());
        let npv = verdict.candidate(business).map(|candidate| candidate.npv_usd);
        assert_eq!(cell.values[business].ok(), value, "{what}: {business:?}");
        assert_eq!(cell.npv_usd[business].ok(), npv, "{what}: {business:?}");
    }
    let two: Vec<f64> = verdict.ranking.iter().take(2).filter_map(|one| one.value.ok()).collect();
    let lead = (two.len() == 2).then(|| (two[0] - two[1]).abs());
    assert_eq!(cell.lead, lead, "{what}");
}

#[test]
fn every_cell_is_the_verdict_of_a_whole_comparison_at_its_pair() {
    let (mut checked, mut refused) = (0, 0);
    for (index, (name, change)) in CHANGES.iter().enumerate() {
        let mut scenario = Scenario::default();
        change(&mut scenario);
        let scenario = scenario.validate().unwrap();
        for (turn, ids) in PAIRS.into_iter().enumerate() {
            // Every plan, basis, criterion and pair, but not each with every other.
            let how = (Basis::ALL[(index + turn) % 3], MAPPED[(index + turn) % 4]);
            let Some(map) = map(&scenario, ids, how, 4) else { continue };
            for (row, y) in map.rows.iter().enumerate() {
                for (column, x) in map.columns.iter().enumerate() {
                    let cell = map.cell(column, row).unwrap();
                    let what = format!("{name}: {}={x}, {}={y}, {how:?}", ids.0, ids.1);
                    let at = scenario.with(map.x.input, *x).and_then(|at| at.with(map.y.input, *y));
                    if let Ok(at) = at {
                        check(cell, &at, how, &what);
                    } else {
                        refused += 1;
                        assert_eq!(cell.field, Field::NotAllowed, "{what}");
                    }
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 1000 && refused < checked / 2, "{checked}, {refused}");
}

#[test]
fn todays_cell_is_judged_as_the_verdict_of_today() {
    let scenario = Scenario::default().validate().unwrap();
    for how in Basis::ALL.into_iter().flat_map(|basis| MAPPED.map(|criterion| (basis, criterion))) {
        check(&WinnerMap::judged(&scenario, how.0, how.1), &scenario, how, "today");
    }
}

#[test]
fn a_line_of_level_value_goes_through_the_solved_pair() {
    let scenario = Scenario::default().validate().unwrap();
    let how = (Basis::ProjectBeforeTax, Criterion::Value);
    let map = map(&scenario, PAIRS[0], how, 48).expect("a map");
    let lines = map.level_lines();
    assert!(!lines.is_empty());
    let mut found = 0;
    for ((a, b), segments) in &lines {
        let asked = Asked::new(Quantity::npv(*a).less(*b), how.0);
        for Segment { from, to } in segments.iter().step_by(5) {
            let middle = [f64::midpoint(from[0], to[0]), f64::midpoint(from[1], to[1])];
            let at = scenario.with(map.y.input, map.y.at(middle[1])).unwrap();
            let Ok(solved) = solve(&at, asked, map.x.input, 0.0) else { continue };
            let near = solved.roots.iter().map(|root| (map.x.share(root.value) - middle[0]).abs());
            // Along a line that runs with the axis the solution in it says nothing.
            let is_steep = (to[1] - from[1]).abs() > (to[0] - from[0]).abs();
            if is_steep {
                let nearest = near.fold(f64::INFINITY, f64::min);
                assert!(nearest < 1.0 / 48.0, "{a:?}, {b:?} at {middle:?}: {nearest} away");
                found += 1;
            }
        }
    }
    assert!(found > 0);
}

#[test]
fn lines_of_no_value_part_gains_from_losses() {
    let scenario = Scenario::default().validate().unwrap();
    let how = (Basis::ProjectBeforeTax, Criterion::Value);
    let map = map(&scenario, PAIRS[1], how, 24).expect("a map");
    let lines = map.zero_lines();
    for business in Business::ALL {
        let gains = |cell: &Cell| cell.npv_usd[business].is_ok_and(|npv| npv >= 0.0);
        let some = map.cells.iter().filter(|cell| gains(cell)).count();
        assert_eq!(lines[business].is_empty(), some == 0 || some == map.cells.len(), "{business:?}");
    }
    assert!(lines.iter().any(|(_, line)| !line.is_empty()));
}

struct EndsAfter(usize, AtomicUsize);

impl Control for EndsAfter {
    fn proceed(&self, _: f64) -> bool {
        self.1.fetch_add(1, Ordering::Relaxed) < self.0
    }
}

#[test]
fn what_has_no_map_is_refused_and_a_map_can_be_cancelled() {
    let scenario = Scenario::default().validate().unwrap();
    let axes = Axis::usual(&scenario).unwrap();
    let how = |criterion| (Basis::ProjectBeforeTax, criterion);
    let new = |axes, criterion| WinnerMap::new(&scenario, axes, how(criterion), 4, &ToTheEnd);
    let refused = new(axes.clone(), Criterion::Loss).unwrap_err();
    assert!(refused.to_string().contains("needs a simulation") && refused.to_string().contains("payback"));
    let twice = (axes.0.clone(), axes.0.clone());
    assert_eq!(new(twice, Criterion::Value), Err(NotMapped::SameInput("bitcoin.price_usd")));
    let control = EndsAfter(2, AtomicUsize::new(0));
    let cancelled = WinnerMap::new(&scenario, axes.clone(), how(Criterion::Value), 24, &control);
    assert_eq!(cancelled, Err(NotMapped::Cancelled));
    assert!(new(axes, Criterion::Value).is_ok());
}
