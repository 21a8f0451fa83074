//! `wattfolio explain`

use clap::ValueEnum;

use super::source::{BasisArg, Source};
use super::{Failure, print};
use crate::app::Subject;
use crate::report;

/// Arguments of the command.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A measure or a line of the ledger: `leasing.npv_usd`, `mining.power`.
    #[arg(value_name = "BUSINESS.FIGURE")]
    figure: String,
    #[command(flatten)]
    source: Source,
    /// The month of a line, 0 to the horizon; the first in full operation if it is not given.
    #[arg(long)]
    month: Option<usize>,
    /// Whose flows are counted.
    #[arg(long, value_enum, default_value_t = BasisArg::BeforeTax)]
    basis: BasisArg,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How an explanation is printed.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// With every operand in its stored unit.
    Json,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let subject = Subject::parse(&args.figure, args.month).map_err(Failure)?;
    let (_, scenario) = args.source.evaluated()?;
    let comparison = wattfolio_economics::analysis::compare_on(&scenario, args.basis.basis());
    if let Err(reason) = comparison.business(subject.business) {
        return Err(Failure(format!("{} cannot be evaluated: {reason}", subject.business.word())));
    }
    let subject = subject.settled(&comparison).map_err(Failure)?;
    let explanation = subject
        .explanation(&scenario, &comparison)
        .ok_or_else(|| Failure(format!("{} cannot be explained", args.figure)))?;
    let text = match args.format {
        Format::Text => report::explanation_text(&scenario, comparison.basis, subject, &explanation),
        Format::Json => {
            let json = report::explanation_json(comparison.basis, subject, &explanation);
            serde_json::to_string_pretty(&json).map_err(Failure::new)? + "\n"
        }
    };
    print(&text)
}
