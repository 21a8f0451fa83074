//! Parser of numbers: reads everything the formatter prints, and what people type. Ambiguous text is refused
//! with a reason; a value is never changed silently.

use wattfolio_economics::units::Unit;

use super::digits;
use super::quantity::{field_unit, from_shown};
use super::spelling::{self, spellings};

/// A value typed into a field: a plain number is in the shown unit (`45` is $45/MWh, `35` is 35 %).
///
/// # Errors
/// The reason the text cannot be read, and an accepted form.
pub fn read_shown(text: &str, unit: Unit) -> Result<f64, Unreadable> {
    read(text, unit, Plain::Shown)
}

/// A value given to the command line: a plain number is in the stored unit (`0.045`, `0.35`), one with a unit
/// in that unit (`$45/MWh`, `35%`).
///
/// # Errors
/// The reason the text cannot be read, and an accepted form.
pub fn read_stored(text: &str, unit: Unit) -> Result<f64, Unreadable> {
    read(text, unit, Plain::Stored)
}

/// Meaning of a number without a unit.
#[derive(Clone, Copy, PartialEq)]
enum Plain {
    Shown,
    Stored,
}

/// Reason why a text is no value of a unit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// The text does not start with a number.
    #[error("write a number{}", such_as(.example))]
    NoNumber {
        /// An accepted value.
        example: String,
    },
    /// A comma that does not separate thousands.
    #[error("a comma is no decimal point{}", write(.instead.as_deref()))]
    Comma {
        /// The number that was probably meant.
        instead: Option<String>,
    },
    /// More than one decimal point.
    #[error("a number has one decimal point, as in 12.5")]
    Points,
    /// Groups of digits that are not three long.
    #[error("digits are grouped by three, as in 1,234,567.5{}", write(.instead.as_deref()))]
    Groups {
        /// The number that was probably meant.
        instead: Option<String>,
    },
    /// The text after the number is not an accepted unit.
    #[error("“{written}” is no unit of this value; {}", units(.allowed))]
    Unit {
        /// The text after the number.
        written: String,
        /// The accepted units.
        allowed: Vec<&'static str>,
    },
    /// The value exceeds the range of `f64`.
    #[error("that is larger than a number can be")]
    TooLarge,
}

fn write(instead: Option<&str>) -> String {
    instead.map(|number| format!("; write {number}")).unwrap_or_default()
}

fn such_as(example: &str) -> String {
    if example.is_empty() { String::new() } else { format!(", such as {example}") }
}

fn units(allowed: &[&str]) -> String {
    match allowed {
        [] => "write the number alone".to_owned(),
        [one] => format!("write it in {one}"),
        [first @ .., last] => format!("write it in {} or {last}", first.join(", ")),
    }
}

fn read(text: &str, unit: Unit, plain: Plain) -> Result<f64, Unreadable> {
    let text = text.trim();
    let (is_negative, text) = match text.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) => (true, inner),
        None => (false, text),
    };
    let no_number = || Unreadable::NoNumber { example: spelling::example(unit) };
    let Front { is_minus, has_currency, rest } = front(text);
    let (digits, rest) = digits::split(rest).ok_or_else(no_number)?;
    let number = digits::value(digits, rest)?;
    let (factor, rest) = multiplier(rest.trim_start(), unit);
    let number = if is_negative == is_minus { number } else { -number } * factor;
    let value = in_unit(number, rest.trim(), unit, has_currency, plain)?;
    if value.is_finite() { Ok(value) } else { Err(Unreadable::TooLarge) }
}

/// Sign and currency before the digits.
struct Front<'a> {
    is_minus: bool,
    has_currency: bool,
    rest: &'a str,
}

/// Splits off a sign and a currency, in either order.
fn front(text: &str) -> Front<'_> {
    let (mut is_minus, mut has_sign, mut has_currency) = (false, false, false);
    let mut rest = text.trim_start();
    loop {
        let is_currency = ["$", "USD", "usd", "US$"].into_iter().find(|word| rest.starts_with(word));
        rest = match (rest.chars().next(), is_currency) {
            (_, Some(word)) if !has_currency => {
                has_currency = true;
                &rest[word.len()..]
            }
            (Some(sign @ ('-' | '−' | '+')), _) if !has_sign => {
                (has_sign, is_minus) = (true, sign != '+');
                &rest[sign.len_utf8()..]
            }
            _ => return Front { is_minus, has_currency, rest },
        }
        .trim_start();
    }
}

/// A leading `k`, `M`, `B` or `T` that is not the start of a unit. A lower-case `m` means million for dollars
/// only, since elsewhere it could be a unit.
fn multiplier(rest: &str, unit: Unit) -> (f64, &str) {
    let mut characters = rest.chars();
    let is_time = matches!(unit, Unit::Months | Unit::Years);
    let is_money = field_unit(unit).starts_with('$');
    let factor = match characters.next() {
        _ if is_time => return (1.0, rest),
        Some('k' | 'K') => 1e3,
        Some('M') => 1e6,
        Some('m') if is_money => 1e6,
        Some('B' | 'b') => 1e9,
        Some('T') => 1e12,
        _ => return (1.0, rest),
    };
    let after = characters.as_str();
    if after.starts_with(|c: char| c.is_ascii_alphabetic()) { (1.0, rest) } else { (factor, after) }
}

/// Converts a number to the stored unit, from the unit written after it.
fn in_unit(
    number: f64,
    written: &str,
    unit: Unit,
    has_currency: bool,
    plain: Plain,
) -> Result<f64, Unreadable> {
    let is_money = field_unit(unit).starts_with('$');
    if written.is_empty() && (is_money || !has_currency) {
        return Ok(if plain == Plain::Shown { from_shown(number, unit) } else { number });
    }
    let normal = spelling::normal(written, has_currency);
    let known = spellings(unit).iter().find(|spelling| spelling.text == normal);
    match known {
        Some(spelling) => Ok(spelling.stored(number)),
        None => Err(Unreadable::Unit {
            written: if written.is_empty() { "$".to_owned() } else { written.to_owned() },
            allowed: spelling::allowed(unit),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{field, full, plain, short};

    #[test]
    fn people_type_many_things() {
        let cases = [
            ("1.2M", Unit::Usd, 1.2e6),
            ("$1.2M", Unit::Usd, 1.2e6),
            ("1.2m", Unit::Usd, 1.2e6),
            ("$1.2M/MW", Unit::UsdPerMw, 1.2e6),
            ("1 200", Unit::Usd, 1200.0),
            ("84,700", Unit::UsdPerBtc, 84_700.0),
            ("1,234,567.5", Unit::Usd, 1_234_567.5),
            ("1’234’567", Unit::Usd, 1_234_567.0),
            ("−$250k", Unit::Usd, -250_000.0),
            ("$-250k", Unit::Usd, -250_000.0),
            ("(12.5)", Unit::Usd, -12.5),
            ("USD 12.5", Unit::Usd, 12.5),
            ("35%", Unit::Fraction, 0.35),
            ("35 %", Unit::Fraction, 0.35),
            ("-18 % a year", Unit::FractionPerYear, -0.18),
            ("$45/MWh", Unit::UsdPerKwh, 0.045),
            ("0.045 USD/kWh", Unit::UsdPerKwh, 0.045),
            ("4.5 c/kWh", Unit::UsdPerKwh, 0.045),
            ("4.5 ¢/kWh", Unit::UsdPerKwh, 0.045),
            ("4.5¢", Unit::UsdPerKwh, 0.045),
            ("$0.045 per kWh", Unit::UsdPerKwh, 0.045),
            ("4.5 years", Unit::Months, 54.0),
            ("18 m", Unit::Months, 18.0),
            ("2 y", Unit::Months, 24.0),
            ("18 months", Unit::Years, 1.5),
            ("500 kW", Unit::Mw, 0.5),
            ("1.2 GW", Unit::Mw, 1200.0),
            ("20 mw", Unit::Mw, 20.0),
            ("3.6 kW", Unit::Watt, 3600.0),
            ("270 TH/s", Unit::ThPerSecond, 270.0),
            ("0.27 PH/s", Unit::ThPerSecond, 270.0),
            ("964,000 PH/s", Unit::EhPerSecond, 964.0),
            ("1.51×", Unit::Multiple, 1.51),
            ("3.70 $/GPU-h", Unit::UsdPerGpuHour, 3.70),
            ("$3.70 / GPU-hour", Unit::UsdPerGpuHour, 3.70),
            ("$140/kW/month", Unit::UsdPerKwMonth, 140.0),
            ("$10M per IT MW", Unit::UsdPerItMw, 1e7),
            ("$10k/kW", Unit::UsdPerItMw, 1e7),
            ("1e−3", Unit::Ratio, 0.001),
            (".5", Unit::Ratio, 0.5),
        ];
        for (text, unit, expected) in cases {
            let close = |read: Result<f64, Unreadable>| {
                let read = read.unwrap_or_else(|fault| panic!("{text}: {fault}"));
                (read - expected).abs() <= 1e-15 * expected.abs()
            };
            // Without a unit a plain number is in the stored unit on the command line, in the shown one in a
            // field.
            assert!(close(read_stored(text, unit)), "{text}");
            assert!(close(read_shown(text, unit)), "{text}");
        }
        assert_eq!(read_shown("45", Unit::UsdPerKwh), Ok(0.045));
        assert_eq!(read_shown("$45", Unit::UsdPerKwh), Ok(0.045));
        assert_eq!(read_stored("0.045", Unit::UsdPerKwh), Ok(0.045));
        assert_eq!(read_shown("18", Unit::Fraction), Ok(0.18));
    }

    #[test]
    fn a_comma_is_never_a_decimal_point() {
        let cases = [
            ("12,5%", Unit::Fraction, "write 12.5%"),
            ("3,70", Unit::UsdPerGpuHour, "write 3.70"),
            ("3,70 $/GPU-h", Unit::UsdPerGpuHour, "write 3.70$/GPU-h"),
            ("4.050,00", Unit::UsdPerMachine, "write 4050.00"),
            ("0,123", Unit::Ratio, "write 0.123"),
            ("1,2,3", Unit::Usd, "a comma is no decimal point"),
            ("1,23,456", Unit::Usd, "a comma is no decimal point"),
            ("1.2.3", Unit::Usd, "one decimal point, as in 12.5"),
            ("1 2", Unit::Usd, "grouped by three"),
            ("12,34.5", Unit::Usd, "a comma is no decimal point"),
        ];
        for (text, unit, words) in cases {
            for read in [read_shown(text, unit), read_stored(text, unit)] {
                let fault = read.expect_err(text).to_string();
                assert!(fault.contains(words), "{text}: {fault}");
            }
        }
    }

    #[test]
    fn a_wrong_unit_is_named() {
        let cases = [
            ("35%", Unit::UsdPerKwh, "“%” is no unit of this value; write it in $/MWh, ¢/kWh or $/kWh"),
            ("5 MWh/kW", Unit::UsdPerKwh, "“MWh/kW”"),
            ("12 apples", Unit::Usd, "“apples”"),
            ("$12", Unit::Months, "“$” is no unit of this value; write it in months or years"),
            ("2M", Unit::Months, "“M”"),
            ("5 kg", Unit::Ratio, "write the number alone"),
            ("270 GW", Unit::ThPerSecond, "TH/s"),
        ];
        for (text, unit, words) in cases {
            // “2M” may be two months in capitals.
            match read_shown(text, unit) {
                Err(fault) => assert!(fault.to_string().contains(words), "{text}: {fault}"),
                Ok(value) => assert_eq!((text, value), ("2M", 2.0)),
            }
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "abc", "--5", "$", "NaN", "inf", "1e999", "%", ",5", "e5", "$$5", "+-5", "5e"] {
            assert!(read_shown(text, Unit::Usd).is_err(), "{text}");
            assert!(read_stored(text, Unit::UsdPerKwh).is_err(), "{text}");
        }
        assert!(read_shown("abc", Unit::UsdPerKwh).unwrap_err().to_string().contains("such as 45"));
    }

    #[test]
    fn everything_printed_can_be_read_back() {
        let values: [f64; 11] =
            [0.0, 1.0, 0.045, 3.125, 18.0, 250.0, 973_800.0, 24_543_795.78, 1e12, 0.000_123, 12.345_678];
        for unit in super::super::UNITS {
            for value in values.into_iter().flat_map(|value| [value, -value]) {
                let whole = matches!(unit, Unit::Count | Unit::Blocks);
                let value = if whole { value.round() } else { value };
                let close = |text: &str, tolerance: f64| {
                    let read = read_shown(text, unit)
                        .unwrap_or_else(|fault| panic!("“{text}” as {unit:?}: {fault}"));
                    assert!((read - value).abs() <= tolerance * value.abs() + 5e-3, "{text} {unit:?} {read}");
                };
                close(&short(value, unit), 0.05);
                // Text in parentheses after the full value repeats it in years.
                close(full(value, unit).split(" (").next().unwrap_or_default(), 1e-9);
                close(&field(value, unit), 1e-9);
            }
        }
        assert_eq!(read_shown(&plain(-1e-12), Unit::Ratio), Ok(-1e-12));
    }
}
