//! A frontier of 231 mixes over 10,000 paths, from paths that are there.
//!
//! `cargo bench -p wattfolio-economics --bench mix`

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use wattfolio_economics::answers::mix::{Exact, Mixes, PlanOfMix, WholeSite};
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::risk::{Simulator, ToTheEnd};
use wattfolio_economics::scenario::Scenario;

fn mixes(c: &mut Criterion) {
    let scenario = Scenario::default().validate().expect("valid");
    let mut simulator = Simulator::new(2).expect("threads");
    let site = WholeSite::simulate(&scenario, &mut simulator, &ToTheEnd).expect("to the end");
    let mut group = c.benchmark_group("10,000 paths");
    group.sample_size(20);
    group.bench_function("231 mixes and their frontier", |b| {
        b.iter(|| {
            let exact = Exact::new(PlanOfMix::new(&scenario, Basis::default()), None);
            black_box(Mixes::of(&site, &scenario.mix.shares(), exact))
        });
    });
    group.bench_function("one mix", |b| b.iter(|| black_box(site.mixed(&scenario.mix.shares()))));
    group.bench_function("simulated, mixed and evaluated exactly", |b| {
        b.iter(|| Mixes::new(&scenario, Basis::default(), &mut simulator, &ToTheEnd));
    });
    group.finish();
}

criterion_group!(all, mixes);
criterion_main!(all);
