//! A hand that drags every key driver: frame and simulation of each step, one after the other.
//!
//! `cargo bench --bench drag`
//!
//! Each driver goes through its range in steps of a pixel or so, there and back. A step is the frame in which the input changes,
//! with the comparison and the whole simulation (10,000 paths) inside it, and the fan drawn. In a window the
//! simulation runs beside the frame; here they are added up.

mod window;

use std::time::{Duration, Instant};

use wattfolio::state::{Action, Command, Page};
use wattfolio_economics::catalogue;
use window::Window;

/// Key drivers and the range that the hand covers.
const DRIVERS: [(&str, f64, f64); 6] = [
    ("power.price_usd_per_kwh", 0.02, 0.08),
    ("bitcoin.price_usd", 40_000.0, 200_000.0),
    ("bitcoin.block_subsidy_btc", 0.5, 6.25),
    ("hosting.fee_usd_per_kw_month", 90.0, 200.0),
    ("leasing.gpu_price_usd", 25_000.0, 80_000.0),
    ("leasing.rental_usd_per_gpu_hour", 1.5, 6.0),
];
/// Steps of a drag.
const STEPS: u32 = 120;

fn main() {
    let mut all = Vec::new();
    println!("{:34} {:>9} {:>9}", "ms a step, frame and simulation", "median", "worst");
    let mut window = Window::settled(Command::Page(Page::Compare));
    for (id, low, high) in DRIVERS {
        assert!(catalogue::find(id).is_some(), "{id} is an input");
        let mut times: Vec<Duration> =
            (0..STEPS).map(|step| step_time(&mut window, id, low, high, step)).collect();
        print(id, &mut times);
        all.append(&mut times);
    }
    print("all", &mut all);
}

fn step_time(window: &mut Window, id: &'static str, low: f64, high: f64, step: u32) -> Duration {
    let half = STEPS / 2;
    let share = f64::from(half.abs_diff(step)) / f64::from(half);
    let value = high + (low - high) * share;
    window.app.request(Action::SetNumber { input: catalogue::find(id).expect("an input"), value });
    let started = Instant::now();
    window.frame();
    started.elapsed()
}

fn print(name: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    println!("{name:34} {:9.2} {:9.2}", ms(times[times.len() / 2]), ms(times[times.len() - 1]));
}
