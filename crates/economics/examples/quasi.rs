//! Gain of quasi-random numbers: variance of mean, P5 and median over many seeds, against pseudo-random numbers with as
//! many paths, and the time of both.
//!
//! `cargo run --release -p wattfolio-economics --example quasi [paths] [seeds]`

use std::time::Instant;

use wattfolio_economics::prelude::*;
use wattfolio_economics::risk::{Sampling, ToTheEnd};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let paths: u32 = arguments.next().map_or(Ok(10_000), |text| text.parse())?;
    let seeds: u64 = arguments.next().map_or(Ok(200), |text| text.parse())?;
    let (random, random_ms) = variances(paths, seeds, Sampling::Random)?;
    let (quasi, quasi_ms) = variances(paths, seeds, Sampling::Quasi)?;
    println!(
        "{paths} paths, {seeds} seeds; {random_ms:.1} ms a run from pseudo-random numbers, {quasi_ms:.1} ms from quasi-random ones"
    );
    println!("variance of the former over that of the latter, in brackets at equal time");
    println!("{:16} {:>16} {:>16} {:>16}", "", "mean", "P5", "median");
    for business in Business::ALL {
        let cell = |figure: usize| {
            let ratio = random[business as usize][figure] / quasi[business as usize][figure];
            format!("{ratio:.1} ({:.1})", ratio * random_ms / quasi_ms)
        };
        println!("{:16} {:>16} {:>16} {:>16}", business.label(), cell(0), cell(1), cell(2));
    }
    Ok(())
}

type Variances = [[f64; 3]; 3];

/// Variances of mean, P5 and median of the net present value, by business; and milliseconds a run.
fn variances(
    paths: u32,
    seeds: u64,
    sampling: Sampling,
) -> Result<(Variances, f64), Box<dyn std::error::Error>> {
    let mut simulator = Simulator::new(0)?;
    simulator.set_sampling(sampling);
    let mut figures = [[const { Vec::new() }; 3], [const { Vec::new() }; 3], [const { Vec::new() }; 3]];
    let started = Instant::now();
    for seed in 0..seeds {
        let mut scenario = Scenario::default();
        (scenario.risk.paths, scenario.risk.seed) = (paths, seed);
        let simulation = simulator.run(&scenario.validate()?, Basis::ProjectBeforeTax, &ToTheEnd)?;
        for business in Business::ALL {
            let Ok(risk) = simulation.business(business) else { continue };
            let npv = [risk.npv.mean.value, risk.npv.quantiles[0], risk.npv.quantiles[2]];
            for (figures, value) in figures[business as usize].iter_mut().zip(npv) {
                figures.push(value);
            }
        }
        simulator.give_back(simulation);
    }
    let ms = started.elapsed().as_secs_f64() * 1e3 / seeds as f64;
    Ok((figures.map(|business| business.map(|values| variance(&values))), ms))
}

fn variance(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (n - 1.0)
}
