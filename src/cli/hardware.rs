//! `wattfolio hardware`

use super::Failure;
use super::choice::choice;
use super::output::{Format, Offer, Offers, Output};
use crate::export::{PriceList, price_csv, price_json, price_table};

/// Arguments of the command.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: wattfolio hardware gpus --out gpus.csv")]
pub(super) struct Args {
    /// Which list; all of them if nothing is given.
    #[arg(value_parser = choice::<PriceList>())]
    list: Option<PriceList>,
    #[command(flatten)]
    output: Output<Lists>,
}

/// One of the lists, or all of them.
struct Lists(Option<PriceList>);

impl Offers for Lists {
    const OFFERS: &'static [Offer<Self>] = &[
        Offer {
            format: Format::Text,
            help: "For people (default)",
            write: |lists, out| out.text(&lists.text()),
        },
        Offer {
            format: Format::Json,
            help: "With sources and remarks",
            write: |lists, out| out.json(&lists.json()),
        },
        Offer {
            format: Format::Csv,
            help: "One list with sources and remarks",
            write: |lists, out| match lists.0 {
                Some(list) => Ok(price_csv(list, out)?),
                None => Err(Failure::new("a CSV file holds one list: name asics, gpus or deals")),
            },
        },
    ];
}

impl Lists {
    fn text(&self) -> String {
        let tables: Vec<String> = match self.0 {
            Some(list) => vec![price_table(list)],
            None => PriceList::ALL.map(price_table).into(),
        };
        tables.join("\n") + "\n`--format json` adds sources and remarks.\n"
    }

    fn json(&self) -> serde_json::Value {
        match self.0 {
            Some(list) => price_json(list),
            None => PriceList::ALL.into_iter().map(|list| (list.id().to_owned(), price_json(list))).collect(),
        }
    }
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    args.output.open()?.write(Lists(args.list))
}
