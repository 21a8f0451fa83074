//! Times of the history page: a replay, the strip of every start, a calibration and the coverage.
//!
//! `cargo bench --bench history`

use std::hint::black_box;
use std::time::{Duration, Instant};

use wattfolio::market_data::record;
use wattfolio_economics::history::{Coverage, Machines, Replay, Strip, calibrate};
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::prelude::*;
use wattfolio_economics::risk::ToTheEnd;

/// Runs of what is short, and of what is long.
const SHORT: u32 = 200;
const LONG: u32 = 7;

fn main() {
    let scenario = Scenario::default().validate().expect("the defaults are valid");
    let (record, basis) = (record(), Basis::ProjectBeforeTax);
    let start = CalendarMonth::known(2021, 11);
    time("replay with the gap of mining", SHORT, || {
        let replay = Replay::new(record, &scenario, start, Machines::OfTheTime, basis).expect("recorded");
        black_box(replay.gap(Business::Mining));
    });
    time("strip of every start", SHORT / 4, || {
        black_box(Strip::new(record, &scenario, Machines::OfTheTime, basis).expect("recorded"));
    });
    let (from, to) = (CalendarMonth::known(2014, 10), CalendarMonth::known(2026, 6));
    time("calibration of all months", SHORT, || {
        black_box(calibrate(record, &scenario, from, to).expect("enough months"));
    });
    let mut simulator = Simulator::new(0).expect("threads");
    time("coverage, 2,000 paths a start", LONG, || {
        let given = (Machines::OfTheTime, basis);
        let coverage = Coverage::new((record, &scenario), given, 2_000, &mut simulator, &ToTheEnd);
        black_box(coverage.expect("to the end"));
    });
    for machines in [Machines::OfTheTime, Machines::Same] {
        let given = (machines, basis);
        let coverage = Coverage::new((record, &scenario), given, 10_000, &mut simulator, &ToTheEnd);
        let coverage = coverage.expect("to the end");
        println!("{machines:?}: {} of {} starts inside", coverage.inside(), coverage.starts.len());
    }
}

/// Prints the median and the worst time of some runs.
fn time(name: &str, runs: u32, mut run: impl FnMut()) {
    run();
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let started = Instant::now();
            run();
            started.elapsed()
        })
        .collect();
    times.sort_unstable();
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    println!("{name:34} {:>9.3} ms {:>9.3} ms", ms(times[times.len() / 2]), ms(times[times.len() - 1]));
}
