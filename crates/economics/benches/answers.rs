//! Tornado, slopes and break-evens of the default scenario: what the sensitivity page computes in a frame.
//!
//! `cargo bench -p wattfolio-economics --bench answers`

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use wattfolio_economics::answers::{
    Asked, Axis, Border, BreakEvens, Column, Overview, Quantity, Row, Sweep, Tornado, Varied, WinnerMap,
    converting, key_numbers, slopes, solve,
};
use wattfolio_economics::prelude::*;
use wattfolio_economics::results::verdict;
use wattfolio_economics::risk::ToTheEnd;

fn benches(c: &mut Criterion) {
    let scenario = Scenario::default().validate().expect("the defaults are valid");
    let basis = Basis::ProjectBeforeTax;
    for text in ["mining.npv_usd", "leasing.npv_usd", "hosting-leasing.npv_usd", "leasing.irr"] {
        let asked = Asked::new(Quantity::parse(text).expect("a quantity"), basis);
        c.bench_function(&format!("tornado {text}"), |b| {
            b.iter(|| Tornado::new(black_box(&scenario), asked));
        });
    }
    for business in Business::ALL {
        let asked = Asked::new(Quantity::npv(business), basis);
        c.bench_function(&format!("value {}", business.id()), |b| {
            b.iter(|| asked.value(black_box(&scenario)));
        });
        c.bench_function(&format!("slopes {}", business.id()), |b| {
            b.iter(|| slopes(black_box(&scenario), asked));
        });
        let tornado = Tornado::new(&scenario, asked);
        let inputs = BreakEvens::deciding(&scenario, &tornado, 11);
        let rival = BreakEvens::rival_of(&scenario, business, basis);
        c.bench_function(&format!("break-evens {}", business.id()), |b| {
            b.iter(|| BreakEvens::new(black_box(&scenario), (business, basis), rival, &inputs));
        });
    }
    c.bench_function("overview", |b| b.iter(|| Overview::new(black_box(&scenario), basis)));
    c.bench_function("converting", |b| b.iter(|| converting(black_box(&scenario), basis)));
    sweeps(c, &scenario);
    let axis = |id| Axis::of(&scenario, catalogue::find(id).expect("an input")).expect("an axis");
    let both = (axis("bitcoin.price_usd"), axis("power.price_usd_per_kwh"));
    let usual = Axis::usual(&scenario).expect("axes");
    for (name, axes) in [("map", usual), ("map of what moves several", both)] {
        for cells in [24, 96] {
            c.bench_function(&format!("{name} {cells}×{cells}"), |b| {
                let how = (basis, verdict::Criterion::Value);
                b.iter(|| WinnerMap::new(black_box(&scenario), axes.clone(), how, cells, &ToTheEnd));
            });
        }
    }
    let price = catalogue::find("power.price_usd_per_kwh").expect("an input");
    let asked = Asked::new(Quantity::npv(Business::Mining), basis);
    c.bench_function("solve power price", |b| b.iter(|| solve(black_box(&scenario), asked, price, 0.0)));
    // What a hand waits for that pulls a payback point.
    for business in [Business::Hosting, Business::Leasing] {
        let payback = Quantity::parse(&format!("{}.payback_months", business.id())).expect("a quantity");
        let (asked, input) = (Asked::new(payback, basis), key_numbers(&scenario, business, basis)[0]);
        c.bench_function(&format!("solve payback of {}", business.id()), |b| {
            b.iter(|| solve(black_box(&scenario), asked, input, 48.0));
        });
    }
    let axes = Axis::usual(&scenario).expect("axes");
    for criterion in [verdict::Criterion::Value, verdict::Criterion::Irr] {
        c.bench_function(&format!("border by {}", criterion.id()), |b| {
            b.iter(|| Border::new(black_box(&scenario), axes.0.input, (basis, criterion)));
        });
    }
}

/// Sweeps of 10,000 cells with the NPV of every business: over two inputs of all businesses, and over two of which the last
/// one moves leasing alone.
fn sweeps(c: &mut Criterion, scenario: &ValidScenario) {
    let axis = |id: &str, ends: (f64, f64)| {
        let input = catalogue::find(id).expect("an input");
        Varied::new(scenario, input, ends, 100, false).expect("values in range")
    };
    let npv = |business: Business| Column::Quantity(Quantity::npv(business));
    let price = || axis("bitcoin.price_usd", (40_000.0, 200_000.0));
    let cases = [
        ("sweep 10,000 cells, the last input of all businesses", axis("site.capacity_mw", (10.0, 40.0))),
        ("sweep 10,000 cells, the last input of one business", axis("leasing.utilisation", (0.5, 0.9))),
    ];
    let mut group = c.benchmark_group("sweeps");
    group.throughput(Throughput::Elements(10_000)).sample_size(20);
    for (name, last) in cases {
        let columns = Business::ALL.map(npv).to_vec();
        let sweep = Sweep::new(scenario.clone(), Basis::ProjectBeforeTax, vec![price(), last], columns);
        let sweep = sweep.expect("a sweep");
        group.bench_function(name, |b| {
            b.iter(|| {
                let mut sum = 0.0;
                let take = |row: Row| {
                    sum += row.values.iter().flatten().sum::<f64>();
                    Ok::<(), std::convert::Infallible>(())
                };
                sweep.run(0..sweep.cells(), &ToTheEnd, take).expect("all cells");
                black_box(sum)
            });
        });
    }
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
