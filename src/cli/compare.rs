//! `wattfolio compare`

use std::sync::Arc;

use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::compare_on;

use super::Failure;
use super::choice::choice;
use super::output::Output;
use super::source::Source;
use crate::export::Compared;

/// Arguments of the command.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: wattfolio compare hodl --set bitcoin.price_usd=150000 --out comparison.json"
)]
pub(super) struct Args {
    #[command(flatten)]
    source: Source,
    /// Basis of the flows: project or owner.
    #[arg(long, value_parser = choice::<Basis>(), default_value = Basis::ProjectBeforeTax.id())]
    basis: Basis,
    #[command(flatten)]
    output: Output<Compared>,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let (title, scenario) = args.source.evaluated()?;
    let out = args.output.open()?;
    let comparison = Arc::new(compare_on(&scenario, args.basis));
    out.write(&mut Compared { title, scenario: Arc::new(scenario), comparison })
}
