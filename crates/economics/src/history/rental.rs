//! Trend, reversion and volatility of the recorded GPU rental.

use super::least_squares::fit;
use super::moments::{MONTHS, WithError};
use super::record::Record;
use crate::scenario::CalendarMonth;

/// What the record says of the rental.
pub(super) struct RentalFit {
    /// Growth a year.
    pub growth_per_year: WithError,
    pub reversion: WithError,
    pub volatility: WithError,
    /// What is new in each month.
    pub shocks: Vec<f64>,
    /// The months of these.
    pub months: Vec<CalendarMonth>,
}

/// Pairs of recorded months that follow one another.
pub(super) fn pairs(
    record: &Record,
    from: CalendarMonth,
    to: CalendarMonth,
) -> Vec<(CalendarMonth, [f64; 2])> {
    let level = |month: CalendarMonth| {
        record.rental_usd.get(month).filter(|rental| !rental.is_estimate).map(|rental| rental.value.ln())
    };
    let months = (1..=to.months_since(from)).map(|ahead| from.plus(ahead));
    months.filter_map(|month| Some((month, [level(month.before()?)?, level(month)?]))).collect()
}

impl RentalFit {
    /// The log-linear trend to which the rental returns, month by month: `x(t)` by a constant, the year and `x(t − 1)`.
    /// `None` where the months are too alike, or do not return.
    pub(super) fn fit(pairs: &[(CalendarMonth, [f64; 2])]) -> Option<Self> {
        let first = pairs.first()?.0;
        let rows: Vec<[f64; 3]> =
            pairs.iter().map(|(month, [before, _])| [1.0, month.years_since(first), *before]).collect();
        let y: Vec<f64> = pairs.iter().map(|(_, [_, now])| *now).collect();
        let fitted = fit(&rows, &y)?;
        let [_, slope, kept] = fitted.coefficients;
        if kept <= 0.0 || kept >= 1.0 {
            return None;
        }
        let trend = slope / (1.0 - kept);
        let trend_error = fitted.error_along([0.0, 1.0 / (1.0 - kept), slope / (1.0 - kept).powi(2)]);
        let spare = (rows.len() - rows[0].len()) as f64;
        let variance = fitted.residuals.iter().map(|shock| shock * shock).sum::<f64>() / spare;
        let kept_error = fitted.error_along([0.0, 0.0, 1.0]);
        // Volatility of a process whose months keep a share of the distance and add a variance.
        let volatility = |kept: f64, variance: f64| {
            let reversion = -MONTHS * kept.ln();
            (2.0 * reversion * variance / (1.0 - kept * kept)).sqrt()
        };
        let by_kept = (volatility(kept + 1e-6, variance) - volatility(kept - 1e-6, variance)) / 2e-6;
        let value = volatility(kept, variance);
        let by_variance = value / (2.0 * spare).sqrt();
        Some(Self {
            growth_per_year: WithError { value: trend.exp_m1(), error: trend.exp() * trend_error },
            reversion: WithError { value: -MONTHS * kept.ln(), error: MONTHS * kept_error / kept },
            volatility: WithError { value, error: (by_kept * kept_error).hypot(by_variance) },
            shocks: fitted.residuals,
            months: pairs.iter().map(|(month, _)| *month).collect(),
        })
    }
}
