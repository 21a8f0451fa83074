//! The one formatter: numbers out, and the same text back in.
//!
//! Window, command line and files show the same digits. Three significant figures where space is short
//! ([`short`]), everything in tooltips ([`full`]), exact and editable in fields ([`field`]); [`parse`]
//! accepts what all of them print.

mod number;
mod parse;
mod quantity;

pub use number::{grouped, plain, signed, significant};
pub use parse::{parse, parse_stored};
pub use quantity::{
    axis_tick, field, field_unit, from_shown, full, ledger, months_as_years, multiple_tick, probability,
    short, to_shown, unit_words,
};

/// A true minus sign.
pub const MINUS: char = '−';
