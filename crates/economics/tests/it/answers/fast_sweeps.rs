//! Sweeps that share work between cells, against a comparison of each cell.

use std::cell::Cell;

use wattfolio_economics::answers::{Column, Listed, Row, Sweep, Varied};
use wattfolio_economics::input::Kind;
use wattfolio_economics::prelude::*;
use wattfolio_economics::scenario::PowerContract;

use super::rows;
use crate::support::plans::CHANGES;
use crate::support::scenarios::any_scenario;
use crate::support::soak;

const BITCOIN: &str = "bitcoin.price_usd";
const RENTAL: &str = "leasing.rental_usd_per_gpu_hour";
const POWER: &str = "power.price_usd_per_kwh";
/// A net present value is a sum of flows, which rounds as the largest of them: 1e-12 of the dollars that flow, discounted.
const ROUNDING: f64 = 1e-12;

fn npvs() -> Vec<Column> {
    Business::ALL.map(|business| Column::parse(&format!("{}.npv_usd", business.id())).unwrap()).into()
}

fn axis(base: &ValidScenario, id: &str, ends: (f64, f64), count: usize) -> Option<Varied> {
    Varied::new(base, catalogue::find(id).unwrap(), ends, count, false).ok()
}

fn grid(base: &ValidScenario, axes: Vec<Varied>) -> Sweep {
    Sweep::new(base.clone(), Basis::ProjectBeforeTax, axes, npvs()).unwrap()
}

/// Compares every cell with the comparison of its scenario; the number of values.
fn agree(sweep: &Sweep, rounding: f64, name: &str) -> usize {
    let mut values = 0;
    for row in rows(sweep, 0..sweep.cells()) {
        let place = format!("{name}: {:?}", row.place);
        let Ok(scenario) = sweep.scenario(row.cell) else {
            assert!(row.fault.is_some() && row.values.iter().all(Option::is_none), "{place}");
            continue;
        };
        let comparison = compare(&scenario);
        for (business, value) in Business::ALL.into_iter().zip(&row.values) {
            let Ok(evaluation) = comparison.business(business) else {
                assert_eq!(*value, None, "{place}");
                continue;
            };
            let (npv, found) = (evaluation.measures.npv_usd, value.expect(&place));
            let monthly = (1.0 + business.discount_rate(&scenario)).powf(1.0 / 12.0);
            let flows = evaluation.ledger.line(Line::NetBeforeTax).iter().zip(0..);
            let flowed: f64 = flows.map(|(flow, t)| flow.abs() / monthly.powi(t)).sum();
            assert!((found - npv).abs() <= rounding * flowed, "{place}: {found}, not {npv}");
            values += 1;
        }
    }
    values
}

/// The market axes that a plan can have, from a tenth of the level to ten times as much within the range.
fn markets(base: &ValidScenario) -> Vec<Varied> {
    let ends = |id: &str| {
        let Kind::Number(number) = &catalogue::find(id).unwrap().kind else { unreachable!() };
        let now = (number.get)(base).unwrap();
        (number.min.max(now / 10.0), number.max.min(now * 10.0))
    };
    [BITCOIN, RENTAL, POWER].into_iter().filter_map(|id| axis(base, id, ends(id), 9)).collect()
}

#[test]
fn cells_along_a_market_are_the_comparisons_of_every_plan() {
    for (name, change) in CHANGES {
        let mut scenario = Scenario::default();
        change(&mut scenario);
        let base = scenario.validate().unwrap();
        for market in markets(&base) {
            let id = market.input().id;
            let rate = axis(&base, "finance.inflation", (0.0, 0.05), 2).unwrap();
            let values = agree(&grid(&base, vec![rate, market]), ROUNDING, &format!("{name}, {id}"));
            assert!(values >= 18, "{name}, {id}: {values}");
        }
    }
}

#[test]
fn a_power_price_is_scaled_where_no_contract_fixes_it() {
    for hourly_sigma in [0.0, 0.6] {
        let mut scenario = Scenario::default();
        scenario.power.contract = PowerContract::Wholesale { hourly_sigma };
        scenario.power.curtailment = true;
        scenario.power.price_usd_per_kwh.floor = 0.03;
        scenario.coupling.power_elasticity = 0.4;
        scenario.coupling.rental_elasticity = 0.3;
        let base = scenario.validate().unwrap();
        let axes =
            vec![axis(&base, BITCOIN, (4e4, 4e5), 9).unwrap(), axis(&base, POWER, (0.01, 0.2), 11).unwrap()];
        assert_eq!(agree(&grid(&base, axes), ROUNDING, "wholesale"), 3 * 99);
    }
}

#[test]
fn parts_of_a_sweep_along_a_market_have_its_bits_and_so_has_a_table() {
    let base = Scenario::default().validate().unwrap();
    let axes = vec![
        axis(&base, "power.price_usd_per_kwh", (0.02, 0.08), 3).unwrap(),
        axis(&base, RENTAL, (1.0, 4.0), 4).unwrap(),
        axis(&base, BITCOIN, (4e4, 4e5), 25).unwrap(),
    ];
    let sweep = grid(&base, axes);
    let whole = rows(&sweep, 0..300);
    for length in [1, 7, 64, 143] {
        let cut =
            (0..300).step_by(length).flat_map(|from| rows(&sweep, from..(from + length as u64).min(300)));
        assert_eq!(cut.collect::<Vec<Row>>(), whole, "parts of {length} cells");
    }
    // Markets alone, and one row that is not allowed.
    let cheap = base.edit(|base| base.power.price_usd_per_kwh.value = 0.02).unwrap();
    let column = |place: usize, id: &str, last: f64| {
        let values = whole[..100].iter().map(|row| row.place[place]).chain([last]).collect();
        Listed::new(&cheap, catalogue::find(id).unwrap(), values).unwrap()
    };
    let listed = vec![column(1, RENTAL, 2.0), column(2, BITCOIN, -1.0)];
    let table = Sweep::listed(cheap.clone(), Basis::ProjectBeforeTax, listed, npvs()).unwrap();
    let found = rows(&table, 0..101);
    assert_eq!(
        found[..100],
        rows(&table, 0..100),
        "a row has the bits that it has without one that is refused"
    );
    assert!(found[100].fault.as_ref().unwrap().to_string().starts_with("bitcoin.price_usd is -1"));
    for (row, cell) in found.iter().zip(&whole[..100]) {
        for (a, b) in row.values.iter().zip(&cell.values) {
            let (a, b) = (a.unwrap(), b.unwrap());
            assert!((a - b).abs() <= 1e-9 * b.abs().max(1e6), "{:?}: {a}, not {b}", row.place);
        }
    }
}

/// An axis over a part of the range of an input, if it can have one.
fn any_axis(base: &ValidScenario, (index, low, high, count): (usize, f64, f64, usize)) -> Option<Varied> {
    let input = &catalogue::inputs()[index];
    let Kind::Number(number) = &input.kind else { return None };
    let at = |share: f64| {
        let value = number.min + (number.max - number.min) * share;
        if number.whole { value.round() } else { value }
    };
    Varied::new(base, input, (at(low), at(high)), count, false).ok()
}

#[test]
fn random_grids_over_random_plans_are_their_comparisons() {
    let compared = Cell::new(0);
    let inputs = catalogue::inputs().len();
    let any = move || (0..inputs, 0.0..=1.0f64, 0.0..=1.0f64, 2..5usize);
    let mut runner = proptest::test_runner::TestRunner::new(soak::config("grids", 300, 20_000));
    runner
        .run(&(any_scenario(), any(), any(), 0..3usize), |(scenario, first, second, market)| {
            let base = scenario.validate().unwrap();
            let mut axes: Vec<Varied> =
                [first, second].into_iter().filter_map(|one| any_axis(&base, one)).collect();
            let along = markets(&base);
            let market =
                along.get(market).filter(|market| axes.iter().all(|axis| axis.input() != market.input()));
            let rounding = match market {
                Some(market) => {
                    axes.push(market.clone());
                    1e-9
                }
                None => 0.0,
            };
            axes.dedup_by(|a, b| a.input() == b.input());
            if !axes.is_empty() {
                compared.set(compared.get() + agree(&grid(&base, axes), rounding, "random"));
            }
            Ok(())
        })
        .unwrap();
    assert!(compared.get() > 3_000, "only {} values", compared.get());
}
