//! `wattfolio inputs`

use std::fmt::Write as _;

use clap::ValueEnum;
use wattfolio_economics::catalogue::{self, Group};

use super::source::Source;
use super::{Failure, print};
use crate::report;

/// Arguments of the command.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    source: Source,
    /// How to print the list.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// How the list is printed.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people.
    Table,
    /// With meaning, formula and source.
    Json,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let (_, _, scenario) = args.source.load()?;
    let text = match args.format {
        Format::Json => {
            let json = report::inputs_json(&scenario);
            serde_json::to_string_pretty(&json).map_err(Failure::new)? + "\n"
        }
        Format::Table => table(&scenario),
    };
    print(&text)
}

fn table(scenario: &wattfolio_economics::scenario::Scenario) -> String {
    let mut text = String::new();
    for group in Group::ALL {
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
