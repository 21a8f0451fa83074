//! Times of simulations and sweeps, one figure a line: for `benches/compare.sh` and `.ci/speed`, which run this in turn with
//! Python. Of a sweep it takes cells in place of paths, in rows of 1,000.
//!
//! `cargo run --release -p wattfolio-economics --example timing -- mirror 10000 2`

#[path = "../tests/it/mirror.rs"]
mod mirror;

use std::time::{Duration, Instant};

use mirror::Mirror;
use wattfolio_economics::answers::{Column, Row, Sweep, Varied};
use wattfolio_economics::business::Business;
use wattfolio_economics::catalogue::{self, DefaultSet};
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::risk::engine::{Workspace, quantiles};
use wattfolio_economics::risk::{PROBABILITIES, Simulator, ToTheEnd};
use wattfolio_economics::scenario::{Debt, PowerContract, Scenario, ValidScenario};

/// Number of untimed runs.
const WARM_UP: u64 = 12;
/// An axis of a sweep: input, ends, and whether its steps have an equal ratio.
type Ends = (&'static str, f64, f64, bool);
const BITCOIN: Ends = ("bitcoin.price_usd", 40_000.0, 400_000.0, true);
/// Values of the last axis of a sweep.
const ROW: usize = 1_000;
const USAGE: &str =
    "timing mirror|mirror-given|default|financed|older|drag|quantiles|sweep-market|sweep-site PATHS THREADS";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [what, paths, threads] = arguments.as_slice() else { return Err(USAGE.into()) };
    let (paths, threads): (u32, usize) = (paths.parse()?, threads.parse()?);
    let repetitions = if paths <= 20_000 { 31 } else { 7 };
    let times = match what.as_str() {
        "mirror" => mirror_times(Mirror::answering, paths as usize, threads, repetitions)?,
        "mirror-given" => mirror_times(Mirror::new, paths as usize, threads, repetitions)?,
        "default" => cold_times(&default(paths)?, Basis::ProjectBeforeTax, threads, repetitions)?,
        "financed" => cold_times(&financed(paths)?, Basis::EquityAfterTax, threads, repetitions)?,
        "older" => cold_times(&older(paths)?, Basis::ProjectBeforeTax, threads, repetitions)?,
        "drag" => drag_times(&Scenario::default(), paths, threads, repetitions)?,
        "quantiles" => quantile_times(paths as usize, repetitions),
        "sweep-market" => {
            sweep_times([("power.price_usd_per_kwh", 0.02, 0.08, false), BITCOIN], paths, threads)?
        }
        "sweep-site" => sweep_times([BITCOIN, ("site.capacity_mw", 10.0, 40.0, false)], paths, threads)?,
        _ => return Err(USAGE.into()),
    };
    println!("{:.3}", median(times).as_secs_f64() * 1e3);
    Ok(())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn timed(repetitions: u64, mut run: impl FnMut(u64)) -> Vec<Duration> {
    let once = |seed| {
        let started = Instant::now();
        run(seed);
        started.elapsed()
    };
    // The first runs start threads, allocate memory and wake the processor.
    (0..WARM_UP + repetitions).map(once).skip(WARM_UP as usize).collect()
}

/// Runs, and gives the memory of the result back as the window does.
fn give_back(simulator: &mut Simulator, scenario: &ValidScenario, basis: Basis) {
    if let Ok(simulation) = simulator.run(scenario, basis, &ToTheEnd) {
        simulator.give_back(simulation);
    }
}

type Times = Result<Vec<Duration>, Box<dyn std::error::Error>>;

fn mirror_times(model: fn(u64) -> Mirror, paths: usize, threads: usize, repetitions: u64) -> Times {
    let mut workspace = Workspace::new(threads)?;
    Ok(timed(repetitions, |seed| {
        let output = workspace.run(&model(seed), paths, &PROBABILITIES, &ToTheEnd);
        output.into_iter().flat_map(|output| output.results).for_each(|spent| workspace.give_back(spent));
    }))
}

fn default(paths: u32) -> Result<ValidScenario, Box<dyn std::error::Error>> {
    let mut scenario = Scenario::default();
    scenario.risk.paths = paths;
    Ok(scenario.validate()?)
}

/// The default scenario with tax, debt and hourly prices.
fn financed(paths: u32) -> Result<ValidScenario, Box<dyn std::error::Error>> {
    let mut scenario = Scenario::default();
    scenario.risk.paths = paths;
    scenario.power.contract = PowerContract::Wholesale { hourly_sigma: 0.6 };
    scenario.power.curtailment = true;
    let loan = Debt::Loan { loan_to_cost: 0.6, apr: 0.09, term_months: 60, grace_months: 6 };
    (scenario.mining.debt, scenario.hosting.debt, scenario.leasing.debt) = (loan, loan, loan);
    Ok(scenario.validate()?)
}

/// The defaults of October 2026: a given network, customers who stay, works on time.
fn older(paths: u32) -> Result<ValidScenario, Box<dyn std::error::Error>> {
    let mut scenario = DefaultSet::UNNAMED.scenario();
    scenario.risk.paths = paths;
    Ok(scenario.validate()?)
}

/// A new seed for each run, so that no cached market can be used.
fn cold_times(scenario: &ValidScenario, basis: Basis, threads: usize, repetitions: u64) -> Times {
    let mut simulator = Simulator::new(threads)?;
    let mut seeds =
        (0..WARM_UP + repetitions).map(|seed| scenario.edit(|scenario| scenario.risk.seed = seed));
    Ok(timed(repetitions, |_| {
        if let Some(Ok(valid)) = seeds.next() {
            give_back(&mut simulator, &valid, basis);
        }
    }))
}

/// Times of the quantiles of every month and business alone, on one thread.
fn quantile_times(paths: usize, repetitions: u64) -> Vec<Duration> {
    let row = |row: u64| {
        let mut state = row + 1;
        let mut draw = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 * 2f64.powi(-53)
        };
        // About as skewed as cumulative cash.
        (0..paths).map(|_| ((draw() + draw() + draw() - 1.5) * 1.4).exp()).collect::<Vec<f64>>()
    };
    let rows: Vec<Vec<f64>> = (0..3 * 121).map(row).collect();
    let mut out = [0.0; 5];
    timed(repetitions, |_| {
        for row in &rows {
            quantiles(&row.chunks(64), row.len(), &PROBABILITIES, &mut out);
        }
    })
}

/// A dragged slider of the bitcoin price: the markets' random numbers stay.
fn drag_times(base: &Scenario, paths: u32, threads: usize, repetitions: u64) -> Times {
    let mut simulator = Simulator::new(threads)?;
    let at = |step: u64| {
        let mut scenario = base.clone();
        scenario.risk.paths = paths;
        scenario.bitcoin.price_usd.value = 80_000.0 + 100.0 * step as f64;
        scenario.validate()
    };
    let mut steps = (0..WARM_UP + repetitions).map(at);
    Ok(timed(repetitions, |_| {
        if let Some(Ok(valid)) = steps.next() {
            give_back(&mut simulator, &valid, Basis::ProjectBeforeTax);
        }
    }))
}

/// The NPV of every business over two inputs, the cases of `benches/sweep/compare.py`.
fn sweep_times(axes: [Ends; 2], cells: u32, threads: usize) -> Times {
    let base = Scenario::default().validate()?;
    let counts = [cells as usize / ROW, ROW];
    let axis = |((id, from, to, is_log), count): (Ends, usize)| {
        let input = catalogue::find(id).ok_or("an input")?;
        Ok::<_, Box<dyn std::error::Error>>(Varied::new(&base, input, (from, to), count, is_log)?)
    };
    let axes = axes.into_iter().zip(counts).map(axis).collect::<Result<Vec<_>, _>>()?;
    let npv = |business: Business| Column::parse(&format!("{}.npv_usd", business.id()));
    let columns = Business::ALL.into_iter().map(npv).collect::<Result<Vec<_>, _>>()?;
    let sweep = Sweep::new(base, Basis::ProjectBeforeTax, axes, columns)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    let run = || {
        let mut sum = 0.0;
        let take = |row: Row| {
            sum += row.values.iter().flatten().sum::<f64>();
            Ok::<(), std::convert::Infallible>(())
        };
        let ended = pool.install(|| sweep.run(0..sweep.cells(), &ToTheEnd, take));
        ended.map(|()| std::hint::black_box(sum))
    };
    // A sweep takes seconds where a simulation takes milliseconds: few runs.
    let once = || -> Result<Duration, Box<dyn std::error::Error>> {
        let started = Instant::now();
        run()?;
        Ok(started.elapsed())
    };
    once()?;
    (0..5).map(|_| once()).collect()
}
