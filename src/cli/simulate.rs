//! `wattfolio simulate`

use clap::ValueEnum;
use wattfolio_economics::catalogue;
use wattfolio_economics::scenario::Scenario;

use super::source::{BasisArg, Source};
use super::{Failure, print};
use crate::report;

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
    /// How to print the results.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// How results are printed.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people: verdict and figures with their standard errors.
    Table,
    /// Everything, with the fan by month.
    Json,
    /// One row a path.
    Csv,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let (preset, _, mut scenario) = args.source.load()?;
    write(&mut scenario, "risk.paths", args.paths)?;
    write(&mut scenario, "risk.seed", args.seed)?;
    let scenario = scenario.validate().map_err(Failure::new)?;
    let simulation =
        wattfolio_economics::risk::simulate(&scenario, args.basis.basis()).map_err(Failure::new)?;
    let text = match args.format {
        Format::Table => report::simulation_table(&preset.title, &scenario, &simulation),
        Format::Json => {
            let json = report::simulation_json(&scenario, &simulation);
            serde_json::to_string_pretty(&json).map_err(Failure::new)? + "\n"
        }
        Format::Csv => report::simulation_csv(&simulation),
    };
    print(&text)
}

/// Writes an input through the catalogue, which knows what is allowed.
fn write(scenario: &mut Scenario, id: &str, value: Option<u64>) -> Result<(), Failure> {
    let (Some(value), Some(input)) = (value, catalogue::find(id)) else { return Ok(()) };
    input.write(scenario, &value.to_string()).map_err(Failure::new)
}
