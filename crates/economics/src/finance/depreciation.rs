//! Depreciation classes: shares of the basis by year.

/// MACRS, five years, half-year convention: IRS Publication 946, table A-1.
pub const MACRS_5: [f64; 6] = [0.2, 0.32, 0.192, 0.1152, 0.1152, 0.0576];
/// MACRS, fifteen years, half-year convention: IRS Publication 946, table A-1.
pub const MACRS_15: [f64; 16] = [
    0.05, 0.095, 0.0855, 0.077, 0.0693, 0.0623, 0.059, 0.059, 0.0591, 0.059, 0.0591, 0.059, 0.0591, 0.059,
    0.0591, 0.0295,
];

/// Share of the basis that is deducted in each month `1..=months` since live, by a table of shares a year.
///
/// A year's amount spreads evenly over its twelve months. The bonus share is deducted in the first year, the rest by the
/// table.
///
/// ```
/// use wattfolio_economics::finance;
///
/// let shares = finance::depreciation_by_year(&finance::MACRS_5, 0.0, 24);
/// assert!((shares[..12].iter().sum::<f64>() - 0.20).abs() < 1e-12);
/// assert!((shares[12..].iter().sum::<f64>() - 0.32).abs() < 1e-12);
/// ```
pub fn by_year(table: &[f64], bonus: f64, months: usize) -> Vec<f64> {
    let share = |month: usize| {
        let year = month / 12;
        let bonus_now = if year == 0 { bonus } else { 0.0 };
        (bonus_now + (1.0 - bonus) * table.get(year).copied().unwrap_or(0.0)) / 12.0
    };
    (0..months).map(share).collect()
}

/// The same in equal shares over `length_months`.
pub fn straight_line(length_months: u32, bonus: f64, months: usize) -> Vec<f64> {
    let share = |month: usize| {
        let bonus_now = if month < 12 { bonus / 12.0 } else { 0.0 };
        let share = if month < length_months as usize { 1.0 / f64::from(length_months) } else { 0.0 };
        bonus_now + (1.0 - bonus) * share
    };
    (0..months).map(share).collect()
}
