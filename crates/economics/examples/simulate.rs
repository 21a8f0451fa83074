//! Ten thousand paths of the default site: risk figures of each business, and the time of a run.
//!
//! `cargo run --release -p wattfolio-economics --example simulate [paths]`

use std::time::Instant;

use wattfolio_economics::prelude::*;
use wattfolio_economics::risk::ToTheEnd;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut scenario = Scenario::default();
    if let Some(paths) = std::env::args().nth(1) {
        scenario.risk.paths = paths.parse()?;
    }
    let scenario = scenario.validate()?;
    let mut simulator = Simulator::new(0)?;
    let mut times = Vec::new();
    let mut last = None;
    for _ in 0..15 {
        let started = Instant::now();
        last = Some(simulator.run(&scenario, Basis::ProjectBeforeTax, &ToTheEnd)?);
        times.push(started.elapsed());
    }
    times.sort();
    println!("{} paths in {:.1?} (median of {})", scenario.risk.paths, times[times.len() / 2], times.len());
    let Some(simulation) = last else { return Ok(()) };
    for business in Business::ALL {
        let Ok(risk) = simulation.business(business) else { continue };
        let pays_back = match &risk.payback {
            Ok(paybacks) => format!("{:.1} %", paybacks.share.value * 100.0),
            Err(reason) => reason.to_string(),
        };
        let [p5, _, p50, _, p95] = risk.npv.quantiles.map(|usd| usd / 1e6);
        println!(
            "{:16} NPV P5 {p5:7.1}, P50 {p50:7.1}, P95 {p95:7.1} M USD; loss {:.1} %, pays back {pays_back}",
            business.label(),
            risk.loss.value * 100.0,
        );
    }
    Ok(())
}
