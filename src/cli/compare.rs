//! `wattfolio compare`

use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::{Comparison, compare_on};
use wattfolio_economics::scenario::ValidScenario;

use super::Failure;
use super::choice::choice;
use super::output::{Format, Offer, Offers, Output};
use super::source::Source;
use crate::export;

/// Arguments of the command.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: wattfolio compare hodl --set bitcoin.price_usd=150000 --out comparison.json"
)]
pub(super) struct Args {
    #[command(flatten)]
    source: Source,
    /// Whose flows are counted.
    #[arg(long, value_parser = choice::<Basis>(), default_value = Basis::ProjectBeforeTax.id())]
    basis: Basis,
    #[command(flatten)]
    output: Output<Compared>,
}

/// A comparison and what it is of.
struct Compared {
    title: String,
    scenario: ValidScenario,
    comparison: Comparison,
}

impl Offers for Compared {
    const OFFERS: &'static [Offer<Self>] = &[
        Offer {
            format: Format::Text,
            help: "For people: verdict and measures (default)",
            write: |it, out| out.text(&export::comparison_table(&it.title, &it.scenario, &it.comparison)),
        },
        Offer {
            format: Format::Json,
            help: "Everything, with the full monthly ledger",
            write: |it, out| out.json(&export::comparison_json(&it.scenario, &it.comparison)),
        },
        Offer {
            format: Format::Csv,
            help: "One row a month and business",
            write: |it, out| Ok(export::ledger_csv(&it.comparison, out)?),
        },
    ];
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let (title, scenario) = args.source.evaluated()?;
    let out = args.output.open()?;
    let comparison = compare_on(&scenario, args.basis);
    out.write(Compared { title, scenario, comparison })
}
