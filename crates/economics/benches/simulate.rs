//! The simulation of 10,000 paths: cold, dragged, and its parts.
//!
//! `cargo bench -p wattfolio-economics --bench simulate`

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::risk::engine::quantiles;
use wattfolio_economics::risk::{PROBABILITIES, Simulator, ToTheEnd};
use wattfolio_economics::scenario::{Scenario, ValidScenario};

fn scenario(seed: u64, price_usd: f64) -> ValidScenario {
    let mut scenario = Scenario::default();
    scenario.risk.seed = seed;
    scenario.bitcoin.price_usd.value = price_usd;
    scenario.validate().expect("valid")
}

fn run(simulator: &mut Simulator, scenario: &ValidScenario) {
    let simulation = simulator.run(scenario, Basis::ProjectBeforeTax, &ToTheEnd).expect("to the end");
    simulator.give_back(black_box(simulation));
}

fn simulations(c: &mut Criterion) {
    let mut group = c.benchmark_group("10,000 paths");
    group.sample_size(40).measurement_time(Duration::from_secs(6));
    for threads in [1, 2] {
        let mut simulator = Simulator::new(threads).expect("threads");
        let mut seed = 0;
        group.bench_function(format!("cold, {threads} threads"), |b| {
            b.iter(|| {
                seed += 1;
                run(&mut simulator, &scenario(seed, 80_000.0));
            });
        });
        let mut step = 0_u32;
        simulator.prepare(&scenario(1, 80_000.0));
        group.bench_function(format!("dragged, {threads} threads"), |b| {
            b.iter(|| {
                step = (step + 1) % 1000;
                run(&mut simulator, &scenario(1, 80_000.0 + 50.0 * f64::from(step)));
            });
        });
    }
    let mut simulator = Simulator::new(2).expect("threads");
    let fixed = scenario(1, 80_000.0);
    group.bench_function("rates of return, 2 threads", |b| {
        b.iter(|| simulator.returns(black_box(&fixed), Basis::ProjectBeforeTax, &ToTheEnd));
    });
    group.bench_function("the story of a path", |b| {
        b.iter(|| simulator.stories(black_box(&fixed), Basis::ProjectBeforeTax, &[17]));
    });
    group.finish();
}

fn order_statistics(c: &mut Criterion) {
    let values: Vec<f64> =
        (0..10_000).map(|i| (f64::from(i * 7919 % 10_007) / 10_007.0).powi(3) * 1e8).collect();
    let mut out = [0.0; 5];
    c.bench_function("five quantiles of 10,000 values", |b| {
        b.iter(|| {
            quantiles(&black_box(&values).chunks(64), values.len(), &PROBABILITIES, &mut out);
        });
    });
    let mut sorted = values.clone();
    c.bench_function("the same by sorting", |b| {
        b.iter(|| {
            sorted.copy_from_slice(&values);
            sorted.sort_unstable_by(f64::total_cmp);
            black_box(sorted[500])
        });
    });
}

criterion_group!(all, simulations, order_statistics);
criterion_main!(all);
