//! `wattfolio compare`

use std::sync::Arc;

use wattfolio_economics::results::compare_on;
use wattfolio_economics::risk::judgement;

use super::Failure;
use super::output::Output;
use super::source::Source;
use super::viewed::Viewed;
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
    #[command(flatten)]
    viewed: Viewed,
    #[command(flatten)]
    output: Output<Compared>,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let (preset, _, scenario) = args.source.load()?;
    let out = args.output.open()?;
    let view = args.viewed.of(preset.view);
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
