//! `wattfolio hardware`

use super::Failure;
use super::choice::choice;
use super::output::Output;
use crate::export::PriceLists;
use crate::price_list::PriceList;

/// Arguments of the command.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: wattfolio hardware gpus --out gpus.csv")]
pub(super) struct Args {
    /// Which list; all of them if nothing is given.
    #[arg(value_parser = choice::<PriceList>())]
    list: Option<PriceList>,
    #[command(flatten)]
    output: Output<PriceLists>,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    args.output.open()?.write(&mut PriceLists(args.list))
}
