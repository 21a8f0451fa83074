//! `wattfolio inputs`

use std::fmt::Write as _;

use wattfolio_economics::catalogue;
use wattfolio_economics::input::Group;
use wattfolio_economics::scenario::Scenario;

use super::Failure;
use super::output::{Format, Offer, Offers, Output};
use super::source::Source;
use crate::export;

/// Arguments of the command.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: wattfolio inputs hodl --out inputs.csv")]
pub(super) struct Args {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    output: Output<Scenario>,
}

impl Offers for Scenario {
    const OFFERS: &'static [Offer<Self>] = &[
        Offer {
            format: Format::Text,
            help: "For people (default)",
            write: |scenario, out| out.text(&table(&scenario)),
        },
        Offer {
            format: Format::Json,
            help: "With meaning, formula and source",
            write: |scenario, out| out.json(&export::inputs_json(&scenario)),
        },
        Offer {
            format: Format::Csv,
            help: "The same, one row an input",
            write: |scenario, out| Ok(export::inputs_csv(&scenario, out)?),
        },
    ];
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let (_, _, scenario) = args.source.load()?;
    args.output.open()?.write(scenario.into_inner())
}

fn table(scenario: &Scenario) -> String {
    let mut text = String::new();
    for group in Group::all() {
        let inputs: Vec<_> =
            catalogue::inputs().iter().filter(|input| input.shown && input.group == group).collect();
        if inputs.is_empty() {
            continue;
        }
        // Writing to a string cannot fail.
        writeln!(text, "{}", group.label()).ok();
        for input in inputs {
            let value = input.text(scenario).unwrap_or_else(|| "–".to_owned());
            let star = if input.key_driver { "★" } else { " " };
            writeln!(text, "{star} {:<44} {:<22} {:<34} {}", input.id, value, input.allowed(), input.meaning)
                .ok();
        }
        text.push('\n');
    }
    text.push_str(
        "★ key driver. `--format json` adds formula and source. Set any of them with --set ID=VALUE.\n",
    );
    text
}
