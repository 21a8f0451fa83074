//! `wattfolio explain`

use wattfolio_economics::explain::Explanation;
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::compare_on;
use wattfolio_economics::scenario::ValidScenario;

use super::choice::choice;
use super::output::{Format, Offer, Offers, Output};
use super::source::Source;
use super::{Failure, whole};
use crate::export;
use wattfolio_economics::explain::Subject;

/// Arguments of the command.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: wattfolio explain mining.power --month 24")]
pub(super) struct Args {
    /// A measure or a line of the ledger: `leasing.npv_usd`, `mining.power`.
    #[arg(value_name = "BUSINESS.FIGURE")]
    figure: String,
    #[command(flatten)]
    source: Source,
    /// The month of a line, 0 to the horizon; the first in full operation if it is not given.
    #[arg(long, value_parser = whole::<usize>, allow_negative_numbers = true)]
    month: Option<usize>,
    /// Whose flows are counted.
    #[arg(long, value_parser = choice::<Basis>(), default_value = Basis::ProjectBeforeTax.id())]
    basis: Basis,
    #[command(flatten)]
    output: Output<Explained>,
}

/// An explanation and what it is of.
struct Explained {
    scenario: ValidScenario,
    basis: Basis,
    subject: Subject,
    explanation: Explanation,
}

impl Offers for Explained {
    const OFFERS: &'static [Offer<Self>] = &[
        Offer {
            format: Format::Text,
            help: "For people (default)",
            write: |it, out| {
                out.text(&export::explanation_text(&it.scenario, it.basis, it.subject, &it.explanation))
            },
        },
        Offer {
            format: Format::Json,
            help: "With every operand in its stored unit",
            write: |it, out| out.json(&export::explanation_json(it.basis, it.subject, &it.explanation)),
        },
    ];
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let (_, scenario) = args.source.evaluated()?;
    let comparison = compare_on(&scenario, args.basis);
    let subject = Subject::parse(&args.figure, args.month, &comparison).map_err(Failure::new)?;
    let out = args.output.open()?;
    let explanation = subject
        .explanation(&scenario, &comparison)
        .ok_or_else(|| Failure::new(format!("{} cannot be explained", args.figure)))?;
    out.write(&mut Explained { scenario, basis: args.basis, subject, explanation })
}
