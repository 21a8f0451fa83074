//! `wattfolio inputs`

use super::Failure;
use super::output::Output;
use super::source::Source;
use crate::export::Inputs;

/// Arguments of the command.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: wattfolio inputs hodl --out inputs.csv")]
pub(super) struct Args {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    output: Output<Inputs>,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let (_, _, scenario) = args.source.load()?;
    args.output.open()?.write(&mut Inputs(scenario.into_inner()))
}
