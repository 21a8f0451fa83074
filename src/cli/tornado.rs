//! `wattfolio tornado`

use std::sync::Arc;

use wattfolio_economics::answers::{Asked, Column, SimulatedTornado, Tornado, slopes};
use wattfolio_economics::risk::Simulator;

use super::output::Output;
use super::progress::Progress;
use super::simulate::unfinished;
use super::source::Source;
use super::viewed::Viewed;
use super::{Failure, asked};
use crate::export::{Ranked, RankedBySimulation};
use crate::market_data;

/// Arguments of the command.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Each input alone goes to its P10 and P90 where the simulation draws it, else a tenth of its value down and up;\nwhole numbers by one or a tenth, choices to every other option. Slopes hold fractions of machines. A figure of the simulation\nmoves the risks as well, and simulates every end with the same draws (risk.paths of them); a difference within two of its\nstandard errors is marked as within noise.\n\nExample: wattfolio tornado today --for hosting-leasing.npv_usd --out tornado.csv"
)]
pub(super) struct Args {
    #[command(flatten)]
    source: Source,
    /// What is moved: a measure of a business, or of one less another: `leasing.npv_usd`, `hosting-leasing.irr`; or a figure of
    /// the simulation: `mining.npv_p5_usd`, `hosting.loss`. By default what the criterion goes by, of the best business.
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
    let column = match &args.quantity {
        Some(text) => asked::column(text)?,
        None => asked::usual_column(&scenario, view),
    };
    let (title, basis) = (preset.about.title, view.basis);
    let (of, figure) = match column {
        Column::Quantity(quantity) => {
            let (out, asked) = (args.output.open()?, Asked::new(quantity, basis));
            let tornado = Arc::new(Tornado::new(&scenario, asked));
            let slopes = Arc::new(slopes(&scenario, asked));
            return out.write(&mut Ranked { title, scenario: Arc::new(scenario), tornado, slopes });
        }
        Column::Figure(of, figure) => (of, figure),
    };
    SimulatedTornado::check(figure).map_err(|reason| Failure::new(format!("--for {reason}")))?;
    let out = args.output.open()?;
    let mut simulator = Simulator::new(0).map_err(Failure::new)?;
    simulator.set_record(market_data::resampled(view.factors, &scenario));
    let control = Progress::new(out.while_read(), "moving every input");
    let tornado = SimulatedTornado::new(&scenario, basis, (of, figure), &mut simulator, &control);
    let tornado = Arc::new(tornado.map_err(unfinished)?);
    out.write(&mut RankedBySimulation { title, scenario: Arc::new(scenario), tornado })
}
