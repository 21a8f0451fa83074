//! `wattfolio tornado`

use std::sync::Arc;

use wattfolio_economics::answers::{Tornado, slopes};

use super::output::Output;
use super::source::Source;
use super::viewed::Viewed;
use super::{Failure, asked};
use crate::export::Ranked;

/// Arguments of the command.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Each input alone goes to its P10 and P90 where the simulation draws it, else a tenth of its value down and up;\nwhole numbers by one or a tenth, choices to every other option. Slopes hold fractions of machines.\n\nExample: wattfolio tornado today --for hosting-leasing.npv_usd --out tornado.csv"
)]
pub(super) struct Args {
    #[command(flatten)]
    source: Source,
    /// What is moved: a measure of a business, or of one less another: `leasing.npv_usd`, `hosting-leasing.irr`; by default the
    /// measure of the criterion, of the best business.
    #[arg(long = "for", value_name = "QUANTITY")]
    quantity: Option<String>,
    #[command(flatten)]
    viewed: Viewed,
    #[command(flatten)]
    output: Output<Ranked>,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let (preset, _, scenario) = args.source.load()?;
    let view = args.viewed.of(preset.view);
    let asked = match &args.quantity {
        Some(text) => asked::without_target(text, view)?,
        None => asked::usual(&scenario, view),
    };
    let out = args.output.open()?;
    let tornado = Arc::new(Tornado::new(&scenario, asked));
    let slopes = Arc::new(slopes(&scenario, asked));
    out.write(&mut Ranked { title: preset.about.title, scenario: Arc::new(scenario), tornado, slopes })
}
