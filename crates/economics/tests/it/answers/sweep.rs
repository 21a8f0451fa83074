//! Sweeps against single comparisons, and parts of them against the whole.

use wattfolio_economics::answers::{Column, Listed, NotASweep, Row, Sweep, Varied};
use wattfolio_economics::prelude::*;
use wattfolio_economics::results::{Measure, compare_on};
use wattfolio_economics::risk::ToTheEnd;

use super::rows;

fn axis(base: &ValidScenario, id: &str, ends: (f64, f64), count: usize, is_log: bool) -> Varied {
    Varied::new(base, catalogue::find(id).unwrap(), ends, count, is_log).unwrap()
}

fn columns(ids: &[&str]) -> Vec<Column> {
    ids.iter().map(|id| Column::parse(id).unwrap()).collect()
}

/// Axes of every kind of input: of a market, of one business, of all, and whole numbers; the last one moves one business.
fn wide(basis: Basis, ids: &[&str]) -> Sweep {
    let base = Scenario::default().validate().unwrap();
    let axes = vec![
        axis(&base, "bitcoin.price_usd", (40_000.0, 250_000.0), 5, true),
        axis(&base, "horizon_months", (60.0, 120.0), 3, false),
        axis(&base, "power.price_usd_per_kwh", (0.02, 0.08), 4, false),
        axis(&base, "leasing.utilisation", (0.5, 0.9), 5, false),
    ];
    Sweep::new(base, basis, axes, columns(ids)).unwrap()
}

#[test]
fn every_cell_has_the_bits_of_a_whole_comparison() {
    let cases: [(Basis, &[&str]); 6] = [
        (
            Basis::ProjectBeforeTax,
            &["mining.npv_usd", "hosting.npv_usd", "leasing.npv_usd", "hosting-leasing.npv_usd"],
        ),
        (Basis::EquityAfterTax, &["mining.irr", "hosting.npv_usd", "leasing.payback_months"]),
        (Basis::ProjectAfterTax, &["mining.btc_mined", "leasing-mining.multiple", "hosting.capex_usd"]),
        // What follows from the flows alone, before tax, after tax, and beside what does not.
        (
            Basis::ProjectBeforeTax,
            &["mining.irr", "hosting.npv_per_capex", "leasing.payback_last_months", "leasing.npv_usd"],
        ),
        (
            Basis::ProjectAfterTax,
            &["leasing-hosting.npv_per_capex", "leasing.discounted_payback_months", "hosting.irr"],
        ),
        (
            Basis::EquityAfterTax,
            &["hosting.npv_per_capex", "leasing.discounted_payback_last_months", "mining.payback_months"],
        ),
    ];
    for (basis, ids) in cases {
        let sweep = wide(basis, ids);
        let rows = rows(&sweep, 0..sweep.cells());
        assert_eq!(rows.len(), 300);
        for row in &rows {
            let scenario = sweep.scenario(row.cell).unwrap();
            let comparison = compare_on(&scenario, basis);
            let of = |business: Business, measure: &Measure| {
                comparison.business(business).ok().and_then(|one| measure.read(one)).and_then(Result::ok)
            };
            for (column, value) in sweep.columns().iter().zip(&row.values) {
                let quantity = column.quantity().unwrap();
                let expected = match quantity.minus {
                    None => of(quantity.of, quantity.measure),
                    Some(other) => {
                        let other = Business::ALL.into_iter().find(|one| one.id() == other.id()).unwrap();
                        of(quantity.of, quantity.measure)
                            .and_then(|value| Some(value - of(other, quantity.measure)?))
                    }
                };
                assert_eq!(*value, expected, "{} in cell {} at {:?}", column.id(), row.cell, row.place);
            }
        }
        assert!(rows.iter().any(|row| row.values.iter().all(Option::is_some)), "{ids:?}");
    }
}

#[test]
fn parts_are_the_whole_however_they_are_cut() {
    let sweep = wide(Basis::ProjectBeforeTax, &["mining.npv_usd", "leasing.npv_usd"]);
    let whole = rows(&sweep, 0..sweep.cells());
    for parts in [2, 7] {
        let cut = |part: u64| part * sweep.cells() / parts;
        let all: Vec<Row> = (0..parts).flat_map(|part| rows(&sweep, cut(part)..cut(part + 1))).collect();
        assert_eq!(all, whole, "{parts} parts");
    }
    assert_eq!(whole.iter().map(|row| row.cell).collect::<Vec<u64>>(), (0..300).collect::<Vec<u64>>());
}

#[test]
fn simulated_cells_are_single_simulations_and_do_not_depend_on_the_part() {
    let base = Scenario::default().with("risk.paths", 200).unwrap().validate().unwrap();
    let axes = vec![
        axis(&base, "risk.seed", (1.0, 2.0), 2, false),
        axis(&base, "mining.pue", (1.02, 1.2), 2, false),
    ];
    let wanted = columns(&["mining.npv_usd", "mining.npv_mean_usd", "mining.loss", "leasing.cvar_usd"]);
    let sweep = Sweep::new(base, Basis::ProjectBeforeTax, axes, wanted).unwrap();
    let whole = rows(&sweep, 0..4);
    for row in &whole {
        let simulation = simulate(&sweep.scenario(row.cell).unwrap(), Basis::ProjectBeforeTax).unwrap();
        let mining = simulation.business(Business::Mining).unwrap();
        assert_eq!(row.values[1], Some(mining.npv.mean.value));
        assert_eq!(row.values[2], Some(mining.loss.value));
        assert_eq!(rows(&sweep, row.cell..row.cell + 1), std::slice::from_ref(row));
    }
    assert_ne!(whole[0].values[1], whole[2].values[1], "another seed draws other paths");
}

#[test]
fn a_cell_that_contradicts_itself_says_so_and_has_no_values() {
    let base = Scenario::default().validate().unwrap();
    let axes = vec![axis(&base, "mix.mining", (0.0, 1.0), 3, false)];
    let sweep = Sweep::new(base, Basis::ProjectBeforeTax, axes, columns(&["mining.npv_usd"])).unwrap();
    let rows = rows(&sweep, 0..3);
    let faulty: Vec<&Row> = rows.iter().filter(|row| row.fault.is_some()).collect();
    assert!(!faulty.is_empty() && faulty.iter().all(|row| row.values == [None]));
    assert!(faulty[0].fault.as_ref().unwrap().to_string().contains("add up to 1"));
}

#[test]
fn what_is_no_sweep_is_refused() {
    let base = Scenario::default().validate().unwrap();
    let price = || axis(&base, "power.price_usd_per_kwh", (0.02, 0.08), 4, false);
    let npv = || columns(&["mining.npv_usd"]);
    let made =
        |axes, columns| Sweep::new(base.clone(), Basis::default(), axes, columns).map(|sweep| sweep.cells());
    assert_eq!(made(vec![price(), price()], npv()), Err(NotASweep::Twice("power.price_usd_per_kwh")));
    assert_eq!(made(vec![], npv()), Err(NotASweep::NoAxis));
    assert_eq!(made(vec![price()], vec![]), Err(NotASweep::NoColumn));
    let many = |id: &str| axis(&base, id, (0.01, 0.02), 1_000_000, false);
    let huge = vec![many("mining.pool_fee"), many("finance.discount_rate"), many("power.price_usd_per_kwh")];
    assert!(made(huge, npv()).is_err());
}

#[test]
fn rows_of_a_table_are_the_cells_of_the_grid_in_any_order() {
    let ids = ["mining.npv_usd", "hosting-leasing.npv_usd", "leasing.payback_months"];
    let grid = wide(Basis::EquityAfterTax, &ids);
    let cells = rows(&grid, 0..grid.cells());
    // 7 and 300 have no common factor, so that every cell comes once, none beside its neighbour.
    let order: Vec<usize> = (0..300).map(|row| row * 7 % 300).collect();
    let base = Scenario::default().validate().unwrap();
    let column = |place: usize| {
        let values = order.iter().map(|cell| cells[*cell].place[place]).collect();
        Listed::new(&base, grid.inputs()[place], values).unwrap()
    };
    let listed = (0..4).map(column).collect();
    let table = Sweep::listed(base.clone(), Basis::EquityAfterTax, listed, columns(&ids)).unwrap();
    assert!(table.axes().is_empty() && table.cells() == 300);
    for (row, cell) in rows(&table, 0..300).iter().zip(&order) {
        assert_eq!((&row.place, &row.values), (&cells[*cell].place, &cells[*cell].values), "cell {cell}");
    }
}

#[test]
fn what_is_no_table_is_refused() {
    let base = Scenario::default().validate().unwrap();
    let listed = |id: &str, values: &[f64]| Listed::new(&base, catalogue::find(id).unwrap(), values.to_vec());
    let (price, fee) = ("power.price_usd_per_kwh", "mining.pool_fee");
    let rows = vec![listed(price, &[0.03, 0.04]).unwrap(), listed(fee, &[0.01]).unwrap()];
    let fault =
        Sweep::listed(base.clone(), Basis::default(), rows, columns(&["mining.npv_usd"])).unwrap_err();
    assert_eq!(fault, NotASweep::Length { first: price, wanted: 2, id: fee, count: 1 });
    assert!(listed("mining.treasury", &[1.0]).is_err(), "a choice is no number");
}

#[test]
fn rates_of_return_are_simulated_where_they_are_wanted() {
    let base = Scenario::default().with("risk.paths", 200).unwrap().validate().unwrap();
    let axes = vec![axis(&base, "power.price_usd_per_kwh", (0.03, 0.06), 2, false)];
    let wanted = columns(&["leasing.irr_p50", "leasing.npv_p50_usd"]);
    let sweep = Sweep::new(base, Basis::ProjectBeforeTax, axes, wanted).unwrap();
    let mut simulator = Simulator::new(1).unwrap();
    for row in rows(&sweep, 0..2) {
        let scenario = sweep.scenario(row.cell).unwrap();
        let simulation = simulator.run(&scenario, Basis::ProjectBeforeTax, &ToTheEnd).unwrap();
        let returns = simulator.returns(&scenario, Basis::ProjectBeforeTax, &ToTheEnd).unwrap();
        let leasing = returns[Business::Leasing].unwrap();
        assert_eq!(row.values[0], leasing.quantiles.ok().map(|quantiles| quantiles[2]));
        assert_eq!(row.values[1], Some(simulation.business(Business::Leasing).unwrap().npv.quantiles[2]));
    }
}
