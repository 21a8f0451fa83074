//! Depreciation classes: shares of the basis by year.

use crate::scenario::Depreciation;

/// MACRS, five years, half-year convention: IRS Publication 946, table A-1.
pub const MACRS_5: [f64; 6] = [0.2, 0.32, 0.192, 0.1152, 0.1152, 0.0576];
/// MACRS, fifteen years, half-year convention: IRS Publication 946, table A-1.
pub const MACRS_15: [f64; 16] = [
    0.05, 0.095, 0.0855, 0.077, 0.0693, 0.0623, 0.059, 0.059, 0.0591, 0.059, 0.0591, 0.059, 0.0591, 0.059,
    0.0591, 0.0295,
];

/// Share of the basis that is deducted in each month `1..=months` since live.
///
/// A year's amount spreads evenly over its twelve months. The bonus share is deducted in the first year, the
/// rest by the class; [`Depreciation::None`] deducts nothing, bonus included.
pub fn schedule(class: Depreciation, bonus: f64, months: usize) -> Vec<f64> {
    let yearly = |table: &[f64], month: usize| {
        let year = month / 12;
        let bonus_now = if year == 0 { bonus } else { 0.0 };
        (bonus_now + (1.0 - bonus) * table.get(year).copied().unwrap_or(0.0)) / 12.0
    };
    let straight = |length: u32, month: usize| {
        let bonus_now = if month < 12 { bonus / 12.0 } else { 0.0 };
        let share = if month < length as usize { 1.0 / f64::from(length) } else { 0.0 };
        bonus_now + (1.0 - bonus) * share
    };
    (0..months)
        .map(|month| match class {
            Depreciation::Macrs5 => yearly(&MACRS_5, month),
            Depreciation::Macrs15 => yearly(&MACRS_15, month),
            Depreciation::StraightLine { months: length } => straight(length, month),
            Depreciation::None => 0.0,
        })
        .collect()
}
