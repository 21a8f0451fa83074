//! CPU time of a frame of the compare page at 1600×1000 points, and from nothing to the first frame.
//!
//! `cargo bench --bench frame`

mod window;

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use wattfolio::state::{Action, Command, Page};
use window::Window;

fn frames(c: &mut Criterion) {
    let mut window = Window::settled(Command::Page(Page::Compare));
    let triangles = window.frame();
    c.bench_function(&format!("compare page at rest, {triangles} triangles"), |b| {
        b.iter(|| black_box(window.frame()));
    });

    let mut window = Window::settled(Command::Page(Page::Compare));
    let input = wattfolio_economics::catalogue::find("power.price_usd_per_kwh").expect("an input");
    let mut step = 0_u32;
    c.bench_function("compare page, electricity changes every frame", |b| {
        b.iter(|| {
            step = (step + 1) % 100;
            let value = 0.03 + f64::from(step) * 0.0005;
            window.app.request(Action::SetNumber { input, value });
            black_box(window.frame())
        });
    });

    let mut window = Window::settled(Command::Page(Page::CashFlow));
    c.bench_function("cash flow page at rest", |b| b.iter(|| black_box(window.frame())));
}

fn start(c: &mut Criterion) {
    let mut group = c.benchmark_group("start");
    group.sample_size(20).measurement_time(Duration::from_secs(8));
    group.bench_function("from nothing to the first frame", |b| b.iter(|| black_box(Window::open().frame())));
    group.finish();
}

criterion_group!(all, frames, start);
criterion_main!(all);
