//! A level that drifts over the plan: prices, network hashrate, fees.

use serde::{Deserialize, Serialize};

/// A level over time: a start value that grows, or points with a growth after the last one.
///
/// Without points the level at `τ` years is `value·(1 + growth_per_year)^τ`. With points it is log-linear
/// between them (linear next to a zero), from the implicit point `(0, value)`; after the last point it grows
/// by `growth_per_year`. The result is never below `floor`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
///
/// ```
/// # use wattfolio_economics::prelude::*;
/// let price = Trajectory { points: vec![(24.0, 200.0)], ..Trajectory::growing(100.0, 0.0) };
/// let levels = price.levels(36);
/// assert_eq!((levels[0], levels[36]), (100.0, 200.0));
/// // Half-way in the logarithm is the geometric mean.
/// assert!((levels[12] * levels[13] - 100.0 * 200.0).abs() < 1e-9);
/// ```
pub struct Trajectory {
    /// Level at the start, in the unit of the input.
    pub value: f64,
    /// Growth a year as a fraction: `0.10` is ten percent.
    #[serde(default)]
    pub growth_per_year: f64,
    /// The level never falls below this, in the unit of the input.
    #[serde(default)]
    pub floor: f64,
    /// Known levels `(months since the start, level)`, strictly increasing in time.
    #[serde(default)]
    pub points: Vec<(f64, f64)>,
}

impl Trajectory {
    /// A path without points and without a floor.
    pub const fn growing(value: f64, growth_per_year: f64) -> Self {
        Self { value, growth_per_year, floor: 0.0, points: Vec::new() }
    }

    /// Sets the start value and moves the points in proportion, as dragging the slider of a path does.
    /// From a start value of 0 there is no proportion, and the points stay.
    pub fn scale_to(&mut self, value: f64) {
        if self.value > 0.0 {
            let factor = value / self.value;
            for (_, level) in &mut self.points {
                *level *= factor;
            }
        }
        self.value = value;
    }

    /// The level at each instant `t = 0..=horizon_months`, read at mid-month (`τ(0) = 0`).
    pub fn levels(&self, horizon_months: usize) -> Vec<f64> {
        let mut segments = Segments::new(self);
        (0..=horizon_months).map(|t| segments.level(mid_month(t)).max(self.floor)).collect()
    }
}

/// The instant at which a drifting level of month `t` is read, in months since the start.
pub fn mid_month(t: usize) -> f64 {
    (t as f64 - 0.5).max(0.0)
}

/// Walks along the points of a path in order of time.
struct Segments<'a> {
    points: &'a [(f64, f64)],
    from: (f64, f64),
    log_growth_per_month: f64,
}

impl<'a> Segments<'a> {
    fn new(path: &'a Trajectory) -> Self {
        Self {
            points: &path.points,
            from: (0.0, path.value),
            log_growth_per_month: path.growth_per_year.ln_1p() / 12.0,
        }
    }

    fn level(&mut self, month: f64) -> f64 {
        while let Some((&next, rest)) = self.points.split_first() {
            if month < next.0 {
                break;
            }
            self.from = next;
            self.points = rest;
        }
        let (from_month, from_level) = self.from;
        let elapsed = month - from_month;
        match self.points.first() {
            None if self.log_growth_per_month == 0.0 => from_level,
            None => from_level * (self.log_growth_per_month * elapsed).exp(),
            Some(&(to_month, to_level)) => {
                let share = elapsed / (to_month - from_month);
                if from_level > 0.0 && to_level > 0.0 {
                    from_level * ((to_level / from_level).ln() * share).exp()
                } else {
                    from_level + (to_level - from_level) * share
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows_at_mid_month_and_keeps_the_floor() {
        let path = Trajectory { floor: 95.0, ..Trajectory::growing(100.0, -0.12) };
        let levels = path.levels(12);
        assert_eq!(levels[0], 100.0);
        assert!((levels[1] - 100.0 * 0.88_f64.powf(0.5 / 12.0)).abs() < 1e-12);
        assert_eq!(levels[12], 95.0);
    }

    #[test]
    fn points_are_log_linear_and_linear_next_to_a_zero() {
        let path = Trajectory { points: vec![(12.0, 400.0), (24.0, 0.0)], ..Trajectory::growing(100.0, 0.5) };
        let levels = path.levels(30);
        assert!((levels[6] - 100.0 * 4f64.powf(5.5 / 12.0)).abs() < 1e-10);
        assert!((levels[18] - 400.0 * (1.0 - 5.5 / 12.0)).abs() < 1e-10);
        assert_eq!(levels[30], 0.0, "growth of nothing is nothing");
    }

    #[test]
    fn a_point_at_the_start_replaces_the_value_and_growth_follows_the_last_point() {
        let path = Trajectory { points: vec![(0.0, 50.0)], ..Trajectory::growing(100.0, 1.0) };
        let levels = path.levels(13);
        assert_eq!(levels[0], 50.0);
        assert!((levels[13] - 50.0 * 2f64.powf(12.5 / 12.0)).abs() < 1e-12);
    }

    #[test]
    fn dragging_moves_the_points_in_proportion() {
        let mut path = Trajectory { points: vec![(12.0, 50.0)], ..Trajectory::growing(100.0, 0.0) };
        path.scale_to(150.0);
        assert_eq!((path.value, path.points[0].1), (150.0, 75.0));
    }
}
