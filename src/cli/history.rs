//! `wattfolio history`

use std::sync::Arc;

use wattfolio_economics::history::Machines;
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::scenario::CalendarMonth;

use super::Failure;
use super::calibrate::month;
use super::choice::choice;
use super::output::Output;
use super::source::Source;
use crate::export::Replayed;
use crate::market_data;

/// Arguments of the command.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Bitcoin, network, fees and GPU rental come from the bundled record; power and contracts stay as planned.

Example: wattfolio history crash-2022 --start 2021-11 --out history.json"
)]
pub(super) struct Args {
    #[command(flatten)]
    source: Source,
    /// First month of the plan; that of the scenario if nothing is given, or 2021-11 where that lies after the record.
    #[arg(long, value_name = "YYYY-MM", value_parser = month)]
    start: Option<CalendarMonth>,
    /// The mining machine that the plan buys.
    #[arg(long, value_parser = choice::<Machines>(), default_value = Machines::default().id())]
    machines: Machines,
    /// Basis of the flows: project or owner; what the file says if nothing is given.
    #[arg(long, value_parser = choice::<Basis>())]
    basis: Option<Basis>,
    /// What the verdicts go by; what the file says if nothing is given. Chance of loss is that of the plan alone.
    #[arg(long, value_parser = choice::<Criterion>())]
    criterion: Option<Criterion>,
    #[command(flatten)]
    output: Output<Replayed>,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let (preset, _, scenario) = args.source.load()?;
    let out = args.output.open()?;
    let view = preset.view.asked(args.basis, args.criterion);
    let start = args.start.unwrap_or_else(|| market_data::usual_start(&scenario));
    out.write(&mut Replayed {
        title: preset.about.title,
        scenario: Arc::new(scenario),
        basis: view.basis,
        criterion: view.criterion,
        machines: args.machines,
        start,
    })
}
