//! `wattfolio compare`

use clap::ValueEnum;

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
    /// How to print the results.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// How results are printed.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people: verdict and measures.
    Table,
    /// Everything, with the full monthly ledger.
    Json,
    /// One row a month and business.
    Csv,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let (title, scenario) = args.source.evaluated()?;
    let comparison = wattfolio_economics::analysis::compare_on(&scenario, args.basis.basis());
    let text = match args.format {
        Format::Table => report::comparison_table(&title, &scenario, &comparison),
        Format::Json => {
            let json = report::comparison_json(&scenario, &comparison);
            serde_json::to_string_pretty(&json).map_err(Failure::new)? + "\n"
        }
        Format::Csv => report::ledger_csv(&comparison),
    };
    print(&text)
}
