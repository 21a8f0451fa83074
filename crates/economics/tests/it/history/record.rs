//! The recorded network and price as a record; rental, lease and machines are made up.

use std::collections::BTreeMap;

use wattfolio_economics::history::{Record, Recorded, RecordedMachine, Series};
use wattfolio_economics::scenario::CalendarMonth;

use crate::back_test::recorded;

pub fn month(text: &str) -> CalendarMonth {
    text.parse().unwrap()
}

/// A series of a recorded file; months from July 2026 on are estimates.
fn series(values: &BTreeMap<CalendarMonth, f64>) -> Series {
    let first = *values.keys().next().unwrap();
    let is_estimate = |at: CalendarMonth| at >= month("2026-07");
    let months = values.iter().map(|(at, value)| Recorded { value: *value, is_estimate: is_estimate(*at) });
    Series::new(first, months.collect()).unwrap()
}

/// One value a month.
pub fn steady(first: &str, months: usize, value: impl Fn(usize) -> f64) -> Series {
    let recorded = |index| Recorded { value: value(index), is_estimate: false };
    Series::new(month(first), (0..months).map(recorded).collect()).unwrap()
}

/// A machine with its first month and a price of a year.
pub fn machine(name: &str, th: f64, joules: f64, from: &str, price: Option<(f64, u32)>) -> RecordedMachine {
    RecordedMachine {
        name: name.to_owned(),
        hashrate_th_s: th,
        watts: th * joules,
        joules_per_th: joules,
        sold_from: month(from),
        price,
    }
}

/// Bitcoin as it is recorded, a rental that falls by 2 % a month from $3 in April 2023 on, and three machines.
pub fn of_bitcoin() -> Record {
    let of_file = |file, month, column| recorded(file, month, column, true);
    let fees = of_file("fees_by_era.csv", "from_month", "fees_share_of_subsidy");
    let close = series(&of_file("btc_monthly.csv", "month", "close_usd"));
    let share = |index: usize| *fees.range(..=close.first().plus(index as u32)).next_back().unwrap().1;
    let months = close.last().months_since(close.first()) as usize + 1;
    let fee_share = steady(&close.first().to_string(), months, share);
    let network = series(&of_file("difficulty_monthly.csv", "month", "implied_hashrate_ehs"));
    let rental = |index: usize| 3.0 * 0.98_f64.powi(index as i32);
    Record::new(
        (close, network, fee_share),
        (steady("2023-04", 42, rental), rental(41)),
        month("2024-06"),
        vec![
            machine("old", 13.5, 98.0, "2016-06", Some((2100.0, 2016))),
            machine("undated", 110.0, 29.5, "2020-07", None),
            machine("dated", 104.0, 29.5, "2021-07", Some((2000.0, 2023))),
            machine("listed", 110.0, 29.5, "2020-07", Some((17_000.0, 2021))),
        ],
    )
}
