//! `wattfolio training-cost`

use std::sync::Arc;

use super::Failure;
use super::output::Output;
use super::source::Source;
use crate::export::TrainingCosts;

/// Arguments of the command.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "That rentals follow bitcoin is a hypothesis; coupling.rental_elasticity is its strength, 0 by default. Costs are levelised before tax, so that no basis changes them, and nothing is ranked, so that no criterion does.

Example: wattfolio training-cost --set coupling.rental_elasticity=0.2 --out training.json"
)]
pub(super) struct Args {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    output: Output<TrainingCosts>,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let (preset, _, scenario) = args.source.load()?;
    let out = args.output.open()?;
    out.write(&mut TrainingCosts { title: preset.about.title, scenario: Arc::new(scenario) })
}
