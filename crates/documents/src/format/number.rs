//! Digits: grouping, significant figures, true minus.

use super::MINUS;
use wattfolio_economics::number::within;

/// A number with a fixed count of decimals, thousands grouped and a true minus: `−1,234.50`.
pub fn grouped(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
    let mut out = String::with_capacity(text.len() + text.len() / 3 + 1);
    // A value that rounds to zero has no sign.
    if value < 0.0 && text.bytes().any(|digit| (b'1'..=b'9').contains(&digit)) {
        out.push(MINUS);
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// Largest number of decimals shown.
const MOST_DECIMALS: usize = 12;

/// Number of decimals that shows `figures` significant figures.
fn decimals_for(value: f64, figures: i32) -> usize {
    if value == 0.0 || !value.is_finite() {
        return 0;
    }
    // Rounding may carry into the next digit: 9.996 to three figures is 10.0.
    let magnitude = value.abs().log10().floor() as i32;
    let rounded = round_to(value, figures - 1 - magnitude);
    if rounded == 0.0 {
        // Too small for `figures` within the decimals that are shown.
        return MOST_DECIMALS;
    }
    let magnitude = rounded.abs().log10().floor() as i32;
    within(figures - 1 - magnitude, 0, MOST_DECIMALS as i32) as usize
}

fn round_to(value: f64, decimals: i32) -> f64 {
    let scale = 10f64.powi(within(decimals, -300, 300));
    (value * scale).round() / scale
}

/// A number with `figures` significant figures, thousands grouped: `0.0123`, `12.3`, `1,230`.
pub fn significant(value: f64, figures: i32) -> String {
    let decimals = decimals_for(value, figures);
    let digits = if value == 0.0 { 0 } else { value.abs().log10().floor() as i32 + 1 };
    let value = if digits > figures { round_to(value, figures - digits) } else { value };
    grouped(value, decimals)
}

/// A number in full, at most ten significant figures and no trailing zeros: `0.0123456`, `84,700`.
pub fn plain(value: f64) -> String {
    if value != 0.0 && (value.abs() >= 1e15 || value.abs() < 1e-9) {
        return format!("{value:e}").replace('-', &MINUS.to_string());
    }
    let text = grouped(value, decimals_for(value, 10));
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// Adds a plus sign to a positive number.
pub fn signed(text: String, value: f64) -> String {
    if value > 0.0 { format!("+{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_signed() {
        assert_eq!(grouped(1_234_567.891, 2), "1,234,567.89");
        assert_eq!(grouped(-999.0, 0), "−999");
        assert_eq!(grouped(-0.001, 2), "0.00");
        assert_eq!(grouped(1000.0, 0), "1,000");
    }

    #[test]
    fn what_is_too_small_to_be_shown_is_shown_as_nothing() {
        for value in [f64::MIN_POSITIVE, 5e-324, -3e-310, 1e-200] {
            assert_eq!(significant(value, 3).trim_start_matches(MINUS).trim_end_matches('0'), "0.");
        }
    }

    #[test]
    fn significant_figures_carry() {
        assert_eq!(significant(9.996, 3), "10.0");
        assert_eq!(significant(0.012_345, 3), "0.0123");
        assert_eq!(significant(123_456.0, 3), "123,000");
        assert_eq!(significant(999.6, 3), "1,000");
        assert_eq!(significant(0.0, 3), "0");
        assert_eq!(significant(-12.34, 3), "−12.3");
    }

    #[test]
    fn plain_numbers_have_no_noise() {
        assert_eq!(plain(0.045 * 1000.0), "45");
        assert_eq!(plain(38.300_000_000_000_004), "38.3");
        assert_eq!(plain(84_700.0), "84,700");
        assert_eq!(plain(1e-6), "0.000001");
        assert_eq!(plain(3e20), "3e20");
    }
}
