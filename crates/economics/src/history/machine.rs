//! The mining machine of a month of the past.

use super::record::{Record, RecordedMachine};
use crate::scenario::{CalendarMonth, Scenario, Trajectory};

/// Which mining machine a replay buys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Machines {
    /// The most efficient one that could be bought in the month of the start.
    #[default]
    OfTheTime,
    /// The scenario's own.
    Same,
}

impl Machines {
    /// Both, in order.
    pub const ALL: [Self; 2] = [Self::OfTheTime, Self::Same];

    /// The stable name, in options and in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::OfTheTime => "of_the_time",
            Self::Same => "same",
        }
    }

    /// Meaning in one line.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::OfTheTime => "The most efficient machine that could be bought in that month",
            Self::Same => "The machine of the scenario",
        }
    }
}

/// Where the price of a machine comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MachinePrice {
    /// The scenario's own.
    Own,
    /// A list of that year.
    Listed {
        /// The year.
        year: u32,
    },
    /// An estimate: today's price of a TH/s, moved in proportion to the hashprice.
    Estimated,
}

/// The machine that a replay buys.
#[derive(Clone, Debug, PartialEq)]
pub struct MachineUsed {
    /// Model.
    pub name: String,
    /// Its price at the start, USD.
    pub price_usd: f64,
    /// Where that price comes from.
    pub price: MachinePrice,
}

/// Hashprice at which today's machines have their price, USD per PH and day: that of the default scenario.
const HASHPRICE_OF_PRICES: f64 = 39.88;

/// The machine of the time: of those sold by then the one with the least energy per hash, of equals one whose price is
/// known, first of all in that year.
fn of_the_time(record: &Record, start: CalendarMonth) -> Option<&RecordedMachine> {
    let year_is_known =
        |machine: &RecordedMachine| machine.price.is_some_and(|(_, year)| year == start.year());
    let sold = record.machines.iter().filter(|machine| machine.sold_from <= start);
    sold.min_by(|a, b| {
        let by_price = |machine: &RecordedMachine| (!year_is_known(machine), machine.price.is_none());
        a.joules_per_th.total_cmp(&b.joules_per_th).then_with(|| by_price(a).cmp(&by_price(b)))
    })
}

/// The first month in which a machine could be bought.
pub(super) fn first_sold(record: &Record) -> Option<CalendarMonth> {
    record.machines.iter().map(|machine| machine.sold_from).min()
}

/// Puts the machine of the time into a scenario; `None` if none was sold yet. `hashprice` is that of the start.
pub(super) fn put_in(
    record: &Record,
    machines: Machines,
    hashprice: f64,
    scenario: &mut Scenario,
) -> Option<MachineUsed> {
    let machine = &mut scenario.mining.machine;
    if machines == Machines::Same {
        let price_usd = machine.price_usd.level(0);
        return Some(MachineUsed { name: machine.name.clone(), price_usd, price: MachinePrice::Own });
    }
    let found = of_the_time(record, scenario.start)?;
    let (price_usd, price) = match found.price {
        Some((usd, year)) if year == scenario.start.year() => (usd, MachinePrice::Listed { year }),
        _ => {
            let today = Scenario::default().mining.machine;
            let usd_per_th = today.price_usd.value / today.hashrate_th_s;
            let usd = found.hashrate_th_s * usd_per_th * hashprice / HASHPRICE_OF_PRICES;
            (usd, MachinePrice::Estimated)
        }
    };
    machine.name.clone_from(&found.name);
    (machine.hashrate_th_s, machine.watts) = (found.hashrate_th_s, found.watts);
    machine.price_usd = Trajectory::from(price_usd);
    Some(MachineUsed { name: found.name.clone(), price_usd, price })
}
