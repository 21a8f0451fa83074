//! CPU time of a frame at 1600×1000 points, and from nothing to the first frame.
//!
//! `cargo bench --bench frame`

mod window;

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use wattfolio::app::{Options, Simulate};
use wattfolio::state::{Action, Command, HistoryView, Page};
use wattfolio_economics::scenario::CalendarMonth;
use window::Window;

fn frames(c: &mut Criterion) {
    let mut window = Window::settled(Command::Page(Page::Compare));
    let triangles = window.frame();
    c.bench_function(&format!("compare page at rest, {triangles} triangles"), |b| {
        b.iter(|| black_box(window.frame()));
    });

    moved(c, Options::default(), Page::Compare);
    // Simulations run beside these pages, as in a real window.
    for page in [Page::Sensitivity, Page::Scenarios] {
        moved(c, Options { simulate: Simulate::InBackground, ..Options::default() }, page);
    }

    let mut window = Window::settled(Command::Page(Page::CashFlow));
    c.bench_function("cash flow page at rest", |b| b.iter(|| black_box(window.frame())));

    for page in [Page::Market, Page::History, Page::Sensitivity, Page::Scenarios] {
        let mut window = Window::settled(Command::Page(page));
        let name = format!("{} page at rest", page.label().to_lowercase());
        c.bench_function(&name, |b| b.iter(|| black_box(window.frame())));
    }
    scrub(c);
}

/// The power price changes in every frame of a page.
fn moved(c: &mut Criterion, options: Options, page: Page) {
    let mut window = Window::settled_with(options, Command::Page(page));
    let input = wattfolio_economics::catalogue::find("power.price_usd_per_kwh").expect("an input");
    let mut step = 0_u32;
    let name = format!("{} page, electricity changes every frame", page.label().to_lowercase());
    c.bench_function(&name, |b| {
        b.iter(|| {
            step = (step + 1) % 100;
            let value = 0.03 + f64::from(step) * 0.0005;
            window.app.request(Action::SetNumber { input, value });
            black_box(window.frame())
        });
    });
}

/// The start month is dragged: strip, fan and coverage are found beside the window, as in a real one.
fn scrub(c: &mut Criterion) {
    let options = Options { simulate: Simulate::InBackground, ..Options::default() };
    let mut window = Window::settled_with(options, Command::Page(Page::History));
    let mut step = 0_u32;
    c.bench_function("history page, the start moves every frame", |b| {
        b.iter(|| {
            step = (step + 1) % 100;
            let start = Some(CalendarMonth::known(2016, 7).plus(step));
            window.app.request(Action::SetHistory(HistoryView { start, ..HistoryView::default() }));
            black_box(window.frame())
        });
    });
}

fn start(c: &mut Criterion) {
    let mut group = c.benchmark_group("start");
    group.sample_size(20).measurement_time(Duration::from_secs(8));
    group.bench_function("from nothing to the first frame", |b| {
        b.iter(|| black_box(Window::open(Options::default()).frame()));
    });
    group.finish();
}

criterion_group!(all, frames, start);
criterion_main!(all);
