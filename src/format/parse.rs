//! Text back into numbers: whatever the formatter prints, and what people type.

use wattfolio_economics::catalogue::Unit;

use super::quantity::from_shown;

/// A value typed into a field: a plain number is in the shown unit (`45` is $45/MWh, `35` is 35 %).
pub fn parse(text: &str, unit: Unit) -> Option<f64> {
    read(text, unit, Plain::Shown)
}

/// A value given to the command line: a plain number is in the stored unit (`0.045`, `0.35`), one with a unit
/// in that unit (`$45/MWh`, `35%`).
pub fn parse_stored(text: &str, unit: Unit) -> Option<f64> {
    read(text, unit, Plain::Stored)
}

/// What a number without a unit means.
#[derive(Clone, Copy, PartialEq)]
enum Plain {
    Shown,
    Stored,
}

fn read(text: &str, unit: Unit, plain: Plain) -> Option<f64> {
    let text = text.trim();
    let (negative, text) = match text.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) => (true, inner),
        None => (false, text),
    };
    let (digits, rest, has_currency) = split(text)?;
    let (factor, rest) = multiplier(rest.trim_start());
    let number = digits.parse::<f64>().ok()? * factor;
    let number = if negative { -number } else { number };
    let value = in_unit(number, rest.trim(), unit, has_currency, plain)?;
    value.is_finite().then_some(value)
}

/// Splits off the digits, cleaned of grouping; also whether a currency sign stood in front.
fn split(text: &str) -> Option<(String, &str, bool)> {
    let mut digits = String::new();
    let mut has_currency = false;
    let mut end = text.len();
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let follows_digit = |i: usize| characters.get(i + 1).is_some_and(|(_, c)| c.is_ascii_digit());
    for (i, &(at, character)) in characters.iter().enumerate() {
        let started = digits.bytes().any(|byte| byte.is_ascii_digit());
        match character {
            '0'..='9' => digits.push(character),
            '.' if !digits.contains(['.', 'e']) => digits.push('.'),
            '−' | '-' if digits.is_empty() => digits.push('-'),
            '+' if digits.is_empty() => {}
            '$' if !started && !has_currency => has_currency = true,
            // Exponents as the formatter writes them: 3e20, 1e−12.
            'e' | 'E' if started && exponent_follows(&characters[i + 1..]) => {
                digits.push('e');
            }
            '−' | '-' if digits.ends_with('e') => digits.push('-'),
            ',' | '_' | '\'' | ' ' | '\u{2009}' | '\u{202f}' | '\u{a0}' if started && follows_digit(i) => {}
            ' ' | '\u{2009}' | '\u{202f}' | '\u{a0}' if !started => {}
            _ => {
                end = at;
                break;
            }
        }
    }
    digits.bytes().any(|byte| byte.is_ascii_digit()).then(|| (digits, &text[end..], has_currency))
}

fn exponent_follows(rest: &[(usize, char)]) -> bool {
    match rest {
        [(_, '−' | '-' | '+'), (_, digit), ..] | [(_, digit), ..] => digit.is_ascii_digit(),
        [] => false,
    }
}

/// A leading `k`, `M`, `B` or `T` that is not the start of a unit.
fn multiplier(rest: &str) -> (f64, &str) {
    let mut characters = rest.chars();
    let factor = match characters.next() {
        Some('k' | 'K') => 1e3,
        Some('M' | 'm') => 1e6,
        Some('B' | 'b') => 1e9,
        Some('T') => 1e12,
        _ => return (1.0, rest),
    };
    let after = characters.as_str();
    if after.starts_with(|c: char| c.is_ascii_alphabetic()) { (1.0, rest) } else { (factor, after) }
}

/// The number in the stored unit, from the unit that was written after it.
fn in_unit(number: f64, written: &str, unit: Unit, has_currency: bool, plain: Plain) -> Option<f64> {
    let written = written.replace("USD", "$").replace("usd", "$");
    let written = written.trim_start_matches('$').trim();
    let shown = || from_shown(number, unit);
    if written.is_empty() {
        return Some(if plain == Plain::Shown { shown() } else { number });
    }
    let lower = written.to_lowercase();
    match unit {
        Unit::Fraction | Unit::FractionPerYear => {
            let per_year = ["%/yr", "%/year", "% a year", "% /yr", "%"];
            per_year.contains(&lower.as_str()).then(shown)
        }
        Unit::UsdPerKwh => match lower.as_str() {
            "/mwh" => Some(number / 1000.0),
            "/kwh" => Some(number),
            _ => None,
        },
        Unit::Months => match lower.as_str() {
            "mo" | "month" | "months" => Some(number),
            "y" | "yr" | "year" | "years" => Some(number * 12.0),
            _ => None,
        },
        Unit::Multiple => (lower == "×" || lower == "x").then_some(number),
        _ => {
            let own = super::quantity::field_unit(unit).trim_start_matches('$').to_lowercase();
            let stored = unit.symbol().replace("USD", "").to_lowercase();
            let matches = lower == own || lower == stored;
            (matches && (!has_currency || super::quantity::field_unit(unit).starts_with('$')))
                .then_some(number)
        }
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
            ("1 200", Unit::Usd, 1200.0),
            ("1,200.50", Unit::Usd, 1200.5),
            ("−$250k", Unit::Usd, -250_000.0),
            ("(12.5)", Unit::Usd, -12.5),
            ("35%", Unit::Fraction, 0.35),
            ("35 %", Unit::Fraction, 0.35),
            ("$45/MWh", Unit::UsdPerKwh, 0.045),
            ("0.045 USD/kWh", Unit::UsdPerKwh, 0.045),
            ("4.5 years", Unit::Months, 54.0),
            ("270 TH/s", Unit::ThPerSecond, 270.0),
            ("1.51×", Unit::Multiple, 1.51),
            ("3.70 $/GPU-h", Unit::UsdPerGpuHour, 3.70),
            ("1e−3", Unit::Ratio, 0.001),
        ];
        for (text, unit, expected) in cases {
            let (shown, stored) = (parse(text, unit), parse_stored(text, unit));
            // Without a unit a fraction is read as percent in a field.
            if text == "(12.5)" || !text.ends_with(|c: char| c.is_ascii_digit()) || unit == Unit::Usd {
                assert_eq!(shown, Some(expected), "{text}");
            }
            assert_eq!(stored, Some(expected), "{text}");
        }
        assert_eq!(parse("45", Unit::UsdPerKwh), Some(0.045));
        assert_eq!(parse_stored("0.045", Unit::UsdPerKwh), Some(0.045));
        assert_eq!(parse("18", Unit::Fraction), Some(0.18));
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "abc", "1.2.3", "12 apples", "--5", "$", "NaN", "inf", "1e999", "5 MWh/kW", "%"] {
            assert_eq!(parse(text, Unit::Usd), None, "{text}");
            assert_eq!(parse_stored(text, Unit::UsdPerKwh), None, "{text}");
        }
    }

    #[test]
    fn everything_printed_can_be_read_back() {
        let units = [
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
        ];
        let values: [f64; 11] =
            [0.0, 1.0, 0.045, 3.125, 18.0, 250.0, 973_800.0, 24_543_795.78, 1e12, 0.000_123, 12.345_678];
        for unit in units {
            for value in values.into_iter().flat_map(|value| [value, -value]) {
                let whole = matches!(unit, Unit::Count | Unit::Blocks);
                let value = if whole { value.round() } else { value };
                let close = |text: &str, tolerance: f64| {
                    let read = parse(text, unit).unwrap_or_else(|| panic!("“{text}” as {unit:?}"));
                    assert!((read - value).abs() <= tolerance * value.abs() + 5e-3, "{text} {unit:?} {read}");
                };
                close(&short(value, unit), 0.05);
                // Text in parentheses after the full value repeats it in years.
                close(full(value, unit).split(" (").next().unwrap_or_default(), 1e-9);
                close(&field(value, unit), 1e-9);
            }
        }
        assert_eq!(parse(&plain(-1e-12), Unit::Ratio), Some(-1e-12));
    }
}
