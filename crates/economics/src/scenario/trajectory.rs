//! A level that drifts over the plan: prices, network hashrate, fees.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

/// A level over time: a start value that grows, or points with a growth after the last one.
///
/// Without points the level at `τ` years is `value·(1 + growth_per_year)^τ`. With points it is log-linear between them
/// (linear next to a zero), from the implicit point `(0, value)`; after the last point it grows by `growth_per_year`.
/// The result is never below `floor`. A bare number in a file is a constant level.
#[derive(Clone, Debug, PartialEq, Serialize)]
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
    pub growth_per_year: f64,
    /// The level never falls below this, in the unit of the input.
    pub floor: f64,
    /// Known levels `(months since the start, level)`, strictly increasing in time.
    pub points: Vec<(f64, f64)>,
}

impl Trajectory {
    /// A trajectory without points and without a floor.
    pub const fn growing(value: f64, growth_per_year: f64) -> Self {
        Self { value, growth_per_year, floor: 0.0, points: Vec::new() }
    }

    /// Sets the start value and moves the points in proportion, as dragging the slider of a trajectory does.
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
        self.levels_before_floor(horizon_months).map(|level| level.max(self.floor)).collect()
    }

    /// The levels before the floor, which applies after random factors.
    pub(crate) fn levels_before_floor(&self, horizon_months: usize) -> impl Iterator<Item = f64> {
        let mut segments = Segments::new(self);
        (0..=horizon_months).map(move |t| segments.level(mid_month(t)))
    }

    /// The level of month `t`, read at mid-month as in [`levels`](Self::levels).
    pub fn level(&self, t: usize) -> f64 {
        Segments::new(self).level(mid_month(t)).max(self.floor)
    }

    /// Whether the level is the same in every month.
    pub fn is_constant(&self) -> bool {
        self.growth_per_year == 0.0 && self.points.is_empty()
    }
}

impl From<f64> for Trajectory {
    /// A constant level.
    fn from(value: f64) -> Self {
        Self::growing(value, 0.0)
    }
}

/// The fields of a trajectory in a file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "Trajectory")]
struct Fields {
    value: f64,
    #[serde(default)]
    growth_per_year: f64,
    #[serde(default)]
    floor: f64,
    #[serde(default)]
    points: Vec<(f64, f64)>,
}

impl<'de> Deserialize<'de> for Trajectory {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberOrFields)
    }
}

/// Reads a trajectory, or the bare number of one that stays.
struct NumberOrFields;

impl<'de> Visitor<'de> for NumberOrFields {
    type Value = Trajectory;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, or a path as (value: 100.0, growth_per_year: 0.1)")
    }

    fn visit_f64<E>(self, value: f64) -> Result<Trajectory, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Trajectory, E> {
        Ok((value as f64).into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Trajectory, E> {
        Ok((value as f64).into())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Trajectory, A::Error> {
        let Fields { value, growth_per_year, floor, points } =
            Fields::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Trajectory { value, growth_per_year, floor, points })
    }
}

/// The instant at which a drifting level of month `t` is read, in months since the start.
pub fn mid_month(t: usize) -> f64 {
    (t as f64 - 0.5).max(0.0)
}

/// Walks along the points of a trajectory in order of time.
struct Segments<'a> {
    points: &'a [(f64, f64)],
    from: (f64, f64),
    log_growth_per_month: f64,
}

impl<'a> Segments<'a> {
    fn new(trajectory: &'a Trajectory) -> Self {
        Self {
            points: &trajectory.points,
            from: (0.0, trajectory.value),
            log_growth_per_month: trajectory.growth_per_year.ln_1p() / 12.0,
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
        let trajectory = Trajectory { floor: 95.0, ..Trajectory::growing(100.0, -0.12) };
        let levels = trajectory.levels(12);
        assert_eq!(levels[0], 100.0);
        assert!((levels[1] - 100.0 * 0.88_f64.powf(0.5 / 12.0)).abs() < 1e-12);
        assert_eq!(levels[12], 95.0);
    }

    #[test]
    fn points_are_log_linear_and_linear_next_to_a_zero() {
        let trajectory =
            Trajectory { points: vec![(12.0, 400.0), (24.0, 0.0)], ..Trajectory::growing(100.0, 0.5) };
        let levels = trajectory.levels(30);
        assert!((levels[6] - 100.0 * 4f64.powf(5.5 / 12.0)).abs() < 1e-10);
        assert!((levels[18] - 400.0 * (1.0 - 5.5 / 12.0)).abs() < 1e-10);
        assert_eq!(levels[30], 0.0, "growth of nothing is nothing");
    }

    #[test]
    fn a_point_at_the_start_replaces_the_value_and_growth_follows_the_last_point() {
        let trajectory = Trajectory { points: vec![(0.0, 50.0)], ..Trajectory::growing(100.0, 1.0) };
        let levels = trajectory.levels(13);
        assert_eq!(levels[0], 50.0);
        assert!((levels[13] - 50.0 * 2f64.powf(12.5 / 12.0)).abs() < 1e-12);
    }

    #[test]
    fn a_single_month_has_the_level_that_it_has_in_the_row() {
        let trajectory = Trajectory {
            points: vec![(3.0, 5000.0), (10.0, 500.0)],
            floor: 700.0,
            ..Trajectory::growing(4000.0, 0.4)
        };
        let levels = trajectory.levels(30);
        assert!((0..=30).all(|t| trajectory.level(t) == levels[t]));
        assert!(!trajectory.is_constant() && Trajectory::from(40.5).is_constant());
    }

    #[test]
    fn a_bare_number_stays_and_parts_that_are_left_out_are_none() {
        let read = |text: &str| ron::from_str::<Trajectory>(text);
        for text in ["40000", "40000.0", "4e4", "(value: 40000)"] {
            assert_eq!(read(text), Ok(Trajectory::growing(40_000.0, 0.0)), "{text}");
        }
        assert_eq!(read("0.1"), Ok(Trajectory::growing(0.1, 0.0)), "no digit is lost");
        let whole = "(value: 1.5, growth_per_year: -0.15, floor: 0.3, points: [(6.0, 2.5)])";
        let trajectory =
            Trajectory { value: 1.5, growth_per_year: -0.15, floor: 0.3, points: vec![(6.0, 2.5)] };
        assert_eq!(read(whole), Ok(trajectory.clone()));
        assert_eq!(read(&ron::to_string(&trajectory).unwrap()), Ok(trajectory));
        for refused in ["(growth_per_year: 0.1)", "(value: 1.0, growht: 0.1)", "\"dear\"", "true"] {
            assert!(read(refused).is_err(), "{refused}");
        }
    }

    #[test]
    fn dragging_moves_the_points_in_proportion() {
        let mut trajectory = Trajectory { points: vec![(12.0, 50.0)], ..Trajectory::growing(100.0, 0.0) };
        trajectory.scale_to(150.0);
        assert_eq!((trajectory.value, trajectory.points[0].1), (150.0, 75.0));
    }
}
