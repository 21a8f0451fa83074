//! `wattfolio simulate`

use std::io::IsTerminal;
use std::path::PathBuf;

use clap::ValueEnum;
use wattfolio_economics::catalogue;
use wattfolio_economics::risk::engine::ToTheEnd;
use wattfolio_economics::risk::{PathRow, Sampling, Simulation, Simulator, most_quasi_paths};
use wattfolio_economics::scenario::{Scenario, ValidScenario};

use super::source::{BasisArg, Source};
use super::{Failure, print};
use crate::report::{self, PathTable};
use crate::store;

/// Arguments of the command.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    source: Source,
    /// Whose flows are counted.
    #[arg(long, value_enum, default_value_t = BasisArg::BeforeTax)]
    basis: BasisArg,
    /// Number of paths, in place of `risk.paths`.
    #[arg(long, value_name = "N")]
    paths: Option<u64>,
    /// Seed of the random numbers, in place of `risk.seed`; the same seed gives the same output.
    #[arg(long, value_name = "S")]
    seed: Option<u64>,
    /// Where the random numbers come from.
    #[arg(long, value_enum, default_value_t = SamplingArg::Random)]
    sampling: SamplingArg,
    /// How to print the results.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Write to a file, not to the terminal.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Where the random numbers come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SamplingArg {
    /// Pseudo-random numbers.
    Random,
    /// Scrambled Sobol points along Brownian bridges: steadier means and medians from as many paths.
    Quasi,
}

/// How results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: verdict and figures with their standard errors.
    Table,
    /// Everything, with the fan by month.
    Json,
    /// One row a path: its markets and its results.
    Csv,
    /// The same as a Parquet file.
    Parquet,
}

/// Paths whose rows are held at a time.
const AT_ONCE: usize = 32_768;

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let (preset, _, mut scenario) = args.source.load()?;
    write(&mut scenario, "risk.paths", args.paths)?;
    write(&mut scenario, "risk.seed", args.seed)?;
    let scenario = scenario.validate().map_err(Failure::new)?;
    let is_terminal = args.out.is_none() && std::io::stdout().is_terminal();
    if args.format == Format::Parquet && is_terminal {
        return Err(Failure("Parquet is not for reading on a terminal; name a file with --out".to_owned()));
    }
    let mut simulator = Simulator::new(0).map_err(Failure::new)?;
    if args.sampling == SamplingArg::Quasi {
        let most = most_quasi_paths(scenario.horizon_months as usize);
        if scenario.risk.paths as usize > most {
            return Err(Failure(format!(
                "quasi-random numbers draw at most {most} paths of {} months; ask for fewer with --paths, or leave \
                 out --sampling quasi",
                scenario.horizon_months
            )));
        }
        simulator.set_sampling(Sampling::Quasi);
    }
    let Some(mut simulation) = simulator.run(&scenario, args.basis.basis(), &ToTheEnd) else {
        return Err(Failure("the simulation was ended".to_owned()));
    };
    match args.format {
        Format::Table => {
            add_returns(&mut simulator, &scenario, &mut simulation);
            tell(args, report::simulation_table(&preset.about.title, &scenario, &simulation).as_bytes())
        }
        Format::Json => {
            add_returns(&mut simulator, &scenario, &mut simulation);
            let json = report::simulation_json(&scenario, &simulation);
            tell(args, (serde_json::to_string_pretty(&json).map_err(Failure::new)? + "\n").as_bytes())
        }
        Format::Csv => {
            let table = PathTable::new(&simulation);
            let mut text = table.csv_header();
            each_chunk(&mut simulator, &scenario, &simulation, |first, rows| {
                text.push_str(&table.csv_rows(first, rows));
                // A file is written at once, a terminal or pipe as it comes.
                if args.out.is_none() {
                    print(&text)?;
                    text.clear();
                }
                Ok(())
            })?;
            tell(args, text.as_bytes())
        }
        Format::Parquet => {
            let table = PathTable::new(&simulation);
            let mut file = table.parquet(Vec::new()).map_err(Failure::new)?;
            each_chunk(&mut simulator, &scenario, &simulation, |first, rows| {
                file.add(first, rows).map_err(Failure::new)
            })?;
            tell(args, &file.finish().map_err(Failure::new)?)
        }
    }
}

fn add_returns(simulator: &mut Simulator, scenario: &ValidScenario, simulation: &mut Simulation) {
    // Nothing ends what nobody controls.
    if let Some(returns) = simulator.returns(scenario, simulation.basis, &ToTheEnd) {
        simulation.set_returns(returns);
    }
}

fn each_chunk(
    simulator: &mut Simulator,
    scenario: &ValidScenario,
    simulation: &Simulation,
    mut take: impl FnMut(usize, &[PathRow]) -> Result<(), Failure>,
) -> Result<(), Failure> {
    for first in (0..simulation.paths).step_by(AT_ONCE) {
        let until = (first + AT_ONCE).min(simulation.paths);
        take(first, &simulator.rows(scenario, simulation.basis, first..until))?;
    }
    Ok(())
}

/// To the file that was named, at once or not at all, or else to standard output.
fn tell(args: &Args, bytes: &[u8]) -> Result<(), Failure> {
    match &args.out {
        Some(path) => store::write_atomically(path, bytes).map(drop).map_err(Failure::new),
        None => print(bytes),
    }
}

/// Writes an input through the catalogue, which knows what is allowed.
fn write(scenario: &mut Scenario, id: &str, value: Option<u64>) -> Result<(), Failure> {
    let (Some(value), Some(input)) = (value, catalogue::find(id)) else { return Ok(()) };
    input.write(scenario, &value.to_string()).map_err(Failure::new)
}
