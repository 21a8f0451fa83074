//! `wattfolio compare`

use std::sync::Arc;

use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::compare_on;
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::risk::{FactorSource, judgement};

use super::Failure;
use super::choice::choice;
use super::output::Output;
use super::source::Source;
use crate::export::Compared;
use crate::market_data;

/// Arguments of the command.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: wattfolio compare hodl --criterion payback --set bitcoin.price_usd=150000 --out comparison.json"
)]
pub(super) struct Args {
    #[command(flatten)]
    source: Source,
    /// Basis of the flows: project or owner; what the file says if nothing is given.
    #[arg(long, value_parser = choice::<Basis>())]
    basis: Option<Basis>,
    /// What the verdict goes by; what the file says if nothing is given.
    #[arg(long, value_parser = choice::<Criterion>())]
    criterion: Option<Criterion>,
    /// Source of the simulated bitcoin and network; what the file says if nothing is given.
    #[arg(long, value_parser = choice::<FactorSource>())]
    factors: Option<FactorSource>,
    #[command(flatten)]
    output: Output<Compared>,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let (preset, _, scenario) = args.source.load()?;
    let out = args.output.open()?;
    let view = preset.view.asked(args.basis, args.criterion).drawn_from(args.factors);
    let comparison = Arc::new(compare_on(&scenario, view.basis));
    let record = market_data::resampled(view.factors, &scenario);
    let judgement =
        judgement(&scenario, &comparison, view.criterion, record.as_ref()).map_err(Failure::new)?;
    out.write(&mut Compared {
        title: preset.about.title,
        scenario: Arc::new(scenario),
        comparison,
        judgement,
    })
}
