//! The whole comparison of the default scenario, and its parts.
//!
//! `cargo bench -p wattfolio-economics`

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use wattfolio_economics::analysis::compare;
use wattfolio_economics::business::Plan;
use wattfolio_economics::finance::irr_roots;
use wattfolio_economics::scenario::Scenario;

fn benches(c: &mut Criterion) {
    let scenario = Scenario::default().validate().expect("the defaults are valid");
    c.bench_function("compare default", |b| b.iter(|| compare(black_box(&scenario))));
    c.bench_function("compile default", |b| b.iter(|| Plan::compile(black_box(&scenario))));
    c.bench_function("validate default", |b| b.iter(|| black_box(Scenario::default()).validate()));
    let comparison = compare(&scenario);
    for evaluation in comparison.evaluations() {
        let name = format!("irr roots {}", evaluation.business.id());
        c.bench_function(&name, |b| b.iter(|| irr_roots(black_box(&evaluation.flows.net))));
    }
}

criterion_group!(all, benches);
criterion_main!(all);
