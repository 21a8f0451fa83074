//! `wattfolio hardware`

use clap::ValueEnum;

use super::{Failure, print};
use crate::report::{PriceList, price_json, price_table};

/// Arguments of the command.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Which list; all of them if nothing is given.
    #[arg(value_enum)]
    list: Option<List>,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum List {
    /// Mining machines with efficiency and dated price.
    Asics,
    /// GPUs with power, all-in price and dated rental.
    Gpus,
    /// AI leases of bitcoin miners with their fees.
    Deals,
}

/// How a list is printed.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people.
    Table,
    /// With sources and remarks.
    Json,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let lists: &[PriceList] = match args.list {
        None => &PriceList::ALL,
        Some(List::Asics) => &[PriceList::Asics],
        Some(List::Gpus) => &[PriceList::Gpus],
        Some(List::Deals) => &[PriceList::Deals],
    };
    let text = match args.format {
        Format::Table => {
            let tables: Vec<String> = lists.iter().map(|list| price_table(*list)).collect();
            tables.join("\n") + "\n`--format json` adds sources and remarks.\n"
        }
        Format::Json => {
            let json = match lists {
                [list] => price_json(*list),
                lists => lists.iter().map(|list| (list.id().to_owned(), price_json(*list))).collect(),
            };
            serde_json::to_string_pretty(&json).map_err(Failure::new)? + "\n"
        }
    };
    print(&text)
}
