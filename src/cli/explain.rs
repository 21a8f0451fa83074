//! `wattfolio explain`

use wattfolio_economics::explain::{Subject, When};
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::compare_on;

use super::choice::choice;
use super::output::Output;
use super::source::Source;
use super::{Failure, whole};
use crate::export::Explained;

/// Arguments of the command.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: wattfolio explain mining.power --month 24")]
pub(super) struct Args {
    /// A measure or a line of the ledger: `leasing.npv_usd`, `mining.power`.
    #[arg(value_name = "BUSINESS.FIGURE")]
    figure: String,
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    moment: Moment,
    /// Basis of the flows: project or owner; what the file says if nothing is given.
    #[arg(long, value_parser = choice::<Basis>())]
    basis: Option<Basis>,
    #[command(flatten)]
    output: Output<Explained>,
}

/// Month or year of a ledger line.
#[derive(Debug, clap::Args)]
pub(super) struct Moment {
    /// The month of a line, 0 to the horizon; the first in full operation if it is not given.
    #[arg(long, value_parser = whole::<usize>, allow_negative_numbers = true)]
    month: Option<usize>,
    /// A year of the plan instead of a month, from 1: the sum of its months.
    #[arg(long, value_parser = whole::<usize>, allow_negative_numbers = true, conflicts_with = "month")]
    year: Option<usize>,
}

impl Moment {
    pub(super) fn when(&self) -> Option<When> {
        self.month.map(When::Month).or(self.year.map(When::Year))
    }
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let (preset, _, scenario) = args.source.load()?;
    let basis = preset.view.asked(args.basis, None).basis;
    let comparison = compare_on(&scenario, basis);
    let subject = Subject::parse(&args.figure, args.moment.when(), &comparison).map_err(Failure::new)?;
    let out = args.output.open()?;
    let explanation = subject
        .explanation(&scenario, &comparison)
        .ok_or_else(|| Failure::new(format!("{} cannot be explained", args.figure)))?;
    out.write(&mut Explained { scenario, basis, subject, explanation })
}
