//! Quantities with their units.

use wattfolio_economics::units::Unit;

use super::number::{grouped, plain, signed, significant};

/// Most digits of a value that is shown whole where space is short.
const CHOSEN_DIGITS: usize = 4;

/// Factor from the stored unit to the shown unit.
fn shown_per_stored(unit: Unit) -> f64 {
    match unit {
        Unit::Fraction | Unit::FractionPerYear => 100.0,
        // Power is traded by the megawatt-hour.
        Unit::UsdPerKwh => 1000.0,
        _ => 1.0,
    }
}

/// Converts a stored value to the shown unit: a fraction becomes percent.
pub fn to_shown(value: f64, unit: Unit) -> f64 {
    without_noise(value * shown_per_stored(unit))
}

/// Converts a shown value to the stored unit.
pub fn from_shown(value: f64, unit: Unit) -> f64 {
    without_noise(value / shown_per_stored(unit))
}

/// Rounds to fifteen significant figures, so that 0.0383 × 1000 is 38.3.
fn without_noise(value: f64) -> f64 {
    format!("{value:.14e}").parse().unwrap_or(value)
}

/// The unit beside a field: `$/MWh`.
pub const fn field_unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Ratio | Unit::Count | Unit::Text | Unit::Month => "",
        Unit::Multiple => "×",
        Unit::Fraction => "%",
        Unit::FractionPerYear => "%/yr",
        Unit::Months => "months",
        Unit::Years => "years",
        Unit::Blocks => "blocks",
        Unit::Btc => "BTC",
        Unit::BtcPerBlock => "BTC/block",
        Unit::Mw => "MW",
        Unit::Mwh => "MWh",
        Unit::Kw => "kW",
        Unit::Watt => "W",
        Unit::ThPerSecond => "TH/s",
        Unit::EhPerSecond => "EH/s",
        Unit::Usd | Unit::UsdPerBtc => "$",
        Unit::UsdPerKwh | Unit::UsdPerMwh => "$/MWh",
        Unit::UsdPerMw => "$/MW",
        Unit::UsdPerItMw => "$/IT MW",
        Unit::UsdPerMwMonth => "$/MW-mo",
        Unit::UsdPerKwMonth => "$/kW-mo",
        Unit::UsdPerGpuHour => "$/GPU-h",
        Unit::UsdPerMachine => "$/machine",
        Unit::UsdPerGpu => "$/GPU",
        Unit::UsdPerPhDay => "$/PH/day",
    }
}

/// The unit in lists of inputs: that of the field, empty for text.
pub const fn unit_words(unit: Unit) -> &'static str {
    match unit {
        Unit::Month => "month",
        _ => field_unit(unit),
    }
}

/// The digits of a stored value in a field, exact and without unit: `45.00`, `84,700`, `3.125`.
pub fn field(value: f64, unit: Unit) -> String {
    let text = plain(to_shown(value, unit));
    let cents = matches!(unit, Unit::UsdPerKwh | Unit::UsdPerGpuHour);
    match text.split_once('.') {
        _ if !cents || text.contains('e') => text,
        Some((_, fraction)) if fraction.len() >= 2 => text,
        Some(_) => format!("{text}0"),
        None => format!("{text}.00"),
    }
}

/// Digits with a unit: a currency sign in front, everything else behind.
fn with_unit(digits: &str, unit: Unit) -> String {
    let words = field_unit(unit);
    if let Some(rest) = words.strip_prefix('$') {
        return match digits.strip_prefix(super::MINUS) {
            Some(positive) => format!("{}${positive}{rest}", super::MINUS),
            None => format!("${digits}{rest}"),
        };
    }
    match words {
        "" => digits.to_owned(),
        "×" => format!("{digits}×"),
        words => format!("{digits} {words}"),
    }
}

/// Three significant figures with `k`, `M`, `B` or `T`.
fn scaled(value: f64) -> String {
    let (divisor, suffix) = [(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k")]
        .into_iter()
        // A value that rounds up to a thousand takes the next suffix.
        .find(|(divisor, _)| value.abs() >= divisor * 0.9995)
        .unwrap_or((1.0, ""));
    if value.abs() >= 1e16 {
        return plain(value);
    }
    format!("{}{suffix}", significant(value / divisor, 3))
}

/// Whether amounts of a unit are written with `k`, `M`, `B` or `T`.
const fn is_scaled(unit: Unit) -> bool {
    matches!(unit, Unit::Usd | Unit::UsdPerMw | Unit::UsdPerItMw | Unit::UsdPerBtc | Unit::UsdPerGpu)
}

/// Three significant figures with unit: `$24.5M`, `14.9 %`, `4.68 y`, `1.51×`.
pub fn short(value: f64, unit: Unit) -> String {
    let shown = to_shown(value, unit);
    match unit {
        Unit::Months => months_as_years(value),
        unit if is_scaled(unit) => with_unit(&scaled(shown), unit),
        Unit::Count | Unit::Blocks => with_unit(&grouped(shown, 0), unit),
        Unit::FractionPerYear => format!("{} %", significant(shown, 3)),
        _ => with_unit(&significant(shown, 3), unit),
    }
}

/// A duration: in years from 12 months on, else in months.
pub fn months_as_years(months: f64) -> String {
    if months.abs() >= 11.95 {
        format!("{} y", grouped(months / 12.0, 1))
    } else {
        format!("{} mo", significant(months, 2))
    }
}

/// The full value with unit, for tooltips: `$24,543,795.78`, `14.90406 %`.
pub fn full(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Usd => with_unit(&grouped(value, 2), unit),
        Unit::Months => format!("{} months ({} years)", plain(value), grouped(value / 12.0, 3)),
        _ => with_unit(&plain(to_shown(value, unit)), unit),
    }
}

/// A money amount of a ledger in millions, negatives in parentheses; a dot for nothing.
pub fn ledger(value_usd: f64, divisor: f64) -> String {
    let scaled = value_usd / divisor;
    let decimals = if divisor >= 1e6 { 2 } else { 0 };
    if value_usd == 0.0 {
        "·".to_owned()
    } else if scaled < 0.0 {
        format!("({})", grouped(-scaled, decimals))
    } else {
        grouped(scaled, decimals)
    }
}

/// The digits of a round value, as many as it has: `5M`, `112.5k`.
fn tick_digits(value: f64) -> String {
    let suffixed = [(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k")];
    match suffixed.into_iter().find(|(divisor, _)| value.abs() >= *divisor) {
        Some((divisor, suffix)) if value.abs() < 1e16 => format!("{}{suffix}", plain(value / divisor)),
        _ => plain(value),
    }
}

/// A round value with unit, without zeros behind its last digit: `−25 %`, `$112.5/kW-mo`, `$50k`, `2.5 y`.
pub fn tick(value: f64, unit: Unit) -> String {
    let shown = to_shown(value, unit);
    match unit {
        Unit::Months if value.abs() >= 12.0 => format!("{} y", plain(value / 12.0)),
        Unit::Months => format!("{} mo", plain(value)),
        unit if is_scaled(unit) => with_unit(&tick_digits(shown), unit),
        Unit::FractionPerYear => format!("{} %", plain(shown)),
        _ => with_unit(&plain(shown), unit),
    }
}

/// A value that somebody chose, with all its digits where they are at most four, else in short: `$112.5/kW-mo`, `−18 %`.
pub fn chosen(value: f64, unit: Unit) -> String {
    let whole = tick(value, unit);
    let digits = whole.chars().filter(char::is_ascii_digit).collect::<String>();
    if digits.trim_matches('0').len() <= CHOSEN_DIGITS { whole } else { short(value, unit) }
}

/// A tick of a money axis: `$5M`, `−$250k`.
pub fn axis_tick(value: f64) -> String {
    tick(value, Unit::Usd)
}

/// A tick of an axis of multiples: `+0.5×`, `−2×`, `0`.
pub fn multiple_tick(value: f64) -> String {
    let digits = if value.abs() < 1e6 { plain(value) } else { tick_digits(value) };
    if value == 0.0 { "0".to_owned() } else { signed(format!("{digits}×"), value) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_show_three_figures() {
        assert_eq!(short(24_543_795.78, Unit::Usd), "$24.5M");
        assert_eq!(short(-16_038_058.7, Unit::Usd), "−$16.0M");
        assert_eq!(short(999_700.0, Unit::Usd), "$1.00M");
        assert_eq!(short(0.149_040_6, Unit::FractionPerYear), "14.9 %");
        assert_eq!(short(56.214, Unit::Months), "4.7 y");
        assert_eq!(short(8.3, Unit::Months), "8.3 mo");
        assert_eq!(short(1.507, Unit::Multiple), "1.51×");
        assert_eq!(short(8938.0, Unit::Count), "8,938");
        assert_eq!(short(118.306, Unit::UsdPerMwh), "$118/MWh");
        assert_eq!(short(2.155_76, Unit::UsdPerGpuHour), "$2.16/GPU-h");
        assert_eq!(short(0.0, Unit::Usd), "$0");
    }

    #[test]
    fn fields_show_the_traded_unit() {
        assert_eq!((field(0.045, Unit::UsdPerKwh).as_str(), field_unit(Unit::UsdPerKwh)), ("45.00", "$/MWh"));
        assert_eq!(field(0.0383, Unit::UsdPerKwh), "38.30");
        assert_eq!(field(0.18, Unit::Fraction), "18");
        assert_eq!(field(3.125, Unit::Btc), "3.125");
        assert_eq!(from_shown(38.3, Unit::UsdPerKwh), 0.0383);
    }

    #[test]
    fn ledgers_and_axes() {
        assert_eq!(ledger(-642_642_200.0, 1e6), "(642.64)");
        assert_eq!(ledger(0.0, 1e6), "·");
        assert_eq!(axis_tick(5e6), "$5M");
        assert_eq!(axis_tick(-2.5e5), "−$250k");
        assert_eq!(axis_tick(1.5e9), "$1.5B");
        assert_eq!(axis_tick(0.0), "$0");
        assert_eq!(axis_tick(1.125e6), "$1.125M");
    }

    #[test]
    fn round_values_have_the_digits_that_they_need() {
        for (value, unit, text) in [
            (112.5, Unit::UsdPerKwMonth, "$112.5/kW-mo"),
            (237.5, Unit::UsdPerKwMonth, "$237.5/kW-mo"),
            (-0.25, Unit::FractionPerYear, "−25 %"),
            (0.125, Unit::Fraction, "12.5 %"),
            (0.0775, Unit::UsdPerKwh, "$77.5/MWh"),
            (31_000.0, Unit::UsdPerGpu, "$31k/GPU"),
            (50_000.0, Unit::UsdPerBtc, "$50k"),
            (30.0, Unit::Months, "2.5 y"),
            (6.0, Unit::Months, "6 mo"),
            (0.0, Unit::UsdPerBtc, "$0"),
        ] {
            assert_eq!(tick(value, unit), text);
            assert_eq!(chosen(value, unit), text);
        }
        assert_eq!(chosen(61_319.0, Unit::UsdPerBtc), short(61_319.0, Unit::UsdPerBtc));
        assert_eq!(chosen(50.0, Unit::Months), "4.2 y");
    }
}
