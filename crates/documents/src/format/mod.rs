//! The one formatter: numbers out, and the same text back in.
//!
//! Window, command line and files show the same digits. Three significant figures where space is short
//! ([`short`]), everything in tooltips ([`full`]), exact and editable in fields ([`field`]); [`read_shown`]
//! accepts what all of them print.

mod digits;
mod number;
mod parse;
mod quantity;
mod set;
mod share;
mod spelling;
mod unbroken;
mod visible;

pub use number::{grouped, plain, signed, significant};
pub use parse::{Unreadable, read_shown, read_stored};
pub use quantity::{
    axis_tick, chosen, field, field_unit, from_shown, full, ledger, months_as_years, multiple_tick, short,
    tick, to_shown, unit_words,
};
pub use set::{set_by_id, set_input};
pub use share::{bound, part, probability, share_error, whole_percents};
pub use unbroken::unbroken;
pub use visible::{visible, visible_json, visible_line};

/// A true minus sign.
pub const MINUS: char = '−';

/// Every unit that a number of the program is printed in.
#[cfg(test)]
const UNITS: [wattfolio_economics::units::Unit; 28] = {
    use wattfolio_economics::units::Unit;
    [
        Unit::Ratio,
        Unit::Multiple,
        Unit::Fraction,
        Unit::FractionPerYear,
        Unit::Count,
        Unit::Months,
        Unit::Years,
        Unit::Blocks,
        Unit::Btc,
        Unit::BtcPerBlock,
        Unit::Mw,
        Unit::Kw,
        Unit::Watt,
        Unit::ThPerSecond,
        Unit::EhPerSecond,
        Unit::Usd,
        Unit::UsdPerBtc,
        Unit::UsdPerKwh,
        Unit::UsdPerMwh,
        Unit::UsdPerMw,
        Unit::UsdPerItMw,
        Unit::UsdPerMwMonth,
        Unit::UsdPerKwMonth,
        Unit::UsdPerGpuHour,
        Unit::UsdPerMachine,
        Unit::UsdPerGpu,
        Unit::UsdPerPhDay,
        Unit::Mwh,
    ]
};
