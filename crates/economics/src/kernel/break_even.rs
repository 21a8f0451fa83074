//! Break-even values of an input: those at which the net present value is zero.

use crate::kernel::{Absent, Maybe, Run, Venture, npv};
use crate::number::within;
use crate::scenario::{Power, Trajectory};

/// Number of samples of an input with which the net present value may rise and fall.
const LOOKS: usize = 256;
/// The smallest sample above the low end, as a share of the range.
const LEAST_LOOK: f64 = 1e-5;
/// Step that tests the slope at an end of the range, as a share of the range.
const FIRST_STEP: f64 = 1e-6;
/// Tolerance of a zero relative to the largest net present value seen; it rejects jumps over zero.
const ZERO: f64 = 1e-9;

/// The zero of a function with different signs at two points, to thirteen digits.
///
/// Chandrupatla's method: inverse quadratic interpolation where the three latest points allow it, else bisection. Each
/// point is `(x, f(x))`.
pub fn find_zero(mut f: impl FnMut(f64) -> f64, low: (f64, f64), high: (f64, f64)) -> f64 {
    let ((mut b, mut fb), (mut a, mut fa)) = (low, high);
    let mut share = fa / (fa - fb);
    // Bisection alone would need fewer steps, wherever the zero lies.
    for _ in 0..1100 {
        let x = a + share * (b - a);
        let fx = f(x);
        let (c, fc) = if (fx > 0.0) == (fa > 0.0) {
            (a, fa)
        } else {
            let opposite = (b, fb);
            (b, fb) = (a, fa);
            opposite
        };
        (a, fa) = (x, fx);
        let (best, value) = if fa.abs() < fb.abs() { (a, fa) } else { (b, fb) };
        let tolerance = 1e-13 * best.abs() / (b - a).abs();
        if value == 0.0 || tolerance > 0.5 || b == a {
            return best;
        }
        let (place, ratio) = ((a - b) / (c - b), (fa - fb) / (fc - fb));
        let curved = ratio * ratio < place && (1.0 - ratio) * (1.0 - ratio) < 1.0 - place;
        let inverse_quadratic =
            || fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb);
        share = if curved { inverse_quadratic() } else { 0.5 };
        share = within(share, tolerance, 1.0 - tolerance);
    }
    a
}

/// Range and current value of an input.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub range: (f64, f64),
    pub now: f64,
}

/// Every value of an input at which the net present value is zero, ascending, or why there is none.
pub(crate) type BreakEvens = Maybe<Vec<f64>>;

impl Place {
    /// The start values of a trajectory, from 0 up, that leave its points within what is allowed: others are refused.
    pub(crate) fn of_trajectory(trajectory: &Trajectory, most: f64) -> Self {
        let now = trajectory.value;
        let moved = trajectory.points.iter().filter(|_| now > 0.0).map(|(_, level)| most / level * now);
        Self { range: (0.0, moved.fold(most, f64::min)), now }
    }

    /// Zeros of a monotonic function.
    pub(crate) fn of_monotonic(self, worth: impl FnMut(f64) -> f64) -> BreakEvens {
        let (low, high) = self.range;
        let mut looks = vec![low, self.now, high];
        looks.dedup();
        zeros(worth, &looks)
    }

    /// Zeros of a convex function: two at most.
    pub(crate) fn of_convex(self, mut worth: impl FnMut(f64) -> f64) -> BreakEvens {
        let (low, high) = self.range;
        let (at_low, at_high) = (worth(low), worth(high));
        let step = FIRST_STEP * (high - low);
        // A convex function has values below both ends only if it falls at the one and rises at the other.
        let mut dips =
            || at_low > 0.0 && at_high > 0.0 && worth(low + step) < at_low && worth(high - step) < at_high;
        if !dips() {
            return zeros(worth, &[low, high]);
        }
        let lowest = lowest_place(&mut worth, self.range);
        zeros(worth, &[low, lowest, high])
    }

    /// Zeros of any function, as far as its sign changes between samples.
    pub(crate) fn of_any(self, worth: impl FnMut(f64) -> f64) -> BreakEvens {
        let (low, high) = self.range;
        let width = high - low;
        let step = (-LEAST_LOOK.ln() / LOOKS as f64).exp();
        let mut looks: Vec<f64> =
            (0..=LOOKS).map(|look| high - width * (1.0 - step.powi(-(look as i32)))).collect();
        looks.extend([low, self.now]);
        looks.sort_unstable_by(f64::total_cmp);
        looks.dedup();
        zeros(worth, &looks)
    }

    /// The value nearest to the current one.
    pub(crate) fn nearest(self, values: &[f64]) -> Maybe<f64> {
        let distance = |value: &f64| (value - self.now).abs();
        let nearest = values.iter().copied().min_by(|a, b| distance(a).total_cmp(&distance(b)));
        nearest.ok_or(Absent::NoBreakEven)
    }
}

/// Place of the minimum of a convex function, by golden-section search.
fn lowest_place(mut worth: impl FnMut(f64) -> f64, (mut low, mut high): (f64, f64)) -> f64 {
    let golden = (5_f64.sqrt() - 1.0) / 2.0;
    let (mut a, mut b) = (high - golden * (high - low), low + golden * (high - low));
    let (mut at_a, mut at_b) = (worth(a), worth(b));
    // Sixty steps leave a trillionth of the range.
    for _ in 0..60 {
        if at_a < at_b {
            (high, b, at_b) = (b, a, at_a);
            a = high - golden * (high - low);
            at_a = worth(a);
        } else {
            (low, a, at_a) = (a, b, at_b);
            b = low + golden * (high - low);
            at_b = worth(b);
        }
    }
    if at_a < at_b { a } else { b }
}

/// The zeros of a function that changes its sign at most once between neighbouring places.
fn zeros(mut worth: impl FnMut(f64) -> f64, places: &[f64]) -> BreakEvens {
    let points: Vec<(f64, f64)> = places.iter().map(|&place| (place, worth(place))).collect();
    let largest = points.iter().fold(0.0, |largest: f64, (_, worth)| largest.max(worth.abs()));
    let mut found: Vec<f64> =
        points.iter().filter(|(_, worth)| *worth == 0.0).map(|(place, _)| *place).collect();
    for pair in points.windows(2) {
        let (low, high) = (pair[0], pair[1]);
        let crosses = (low.1 > 0.0 && high.1 < 0.0) || (low.1 < 0.0 && high.1 > 0.0);
        if crosses {
            let place = find_zero(&mut worth, low, high);
            found.extend((worth(place).abs() <= ZERO * largest).then_some(place));
        }
    }
    found.sort_unstable_by(f64::total_cmp);
    let is_always_worth = points.iter().all(|(_, worth)| *worth > 0.0);
    if !found.is_empty() {
        return Ok(found);
    }
    Err(if is_always_worth { Absent::NotNeeded } else { Absent::NoBreakEven })
}

/// What a trajectory comes to when a value is put into it: its points move along, as under its slider.
pub(crate) fn with_value(trajectory: &Trajectory, value: f64) -> Trajectory {
    let mut changed = trajectory.clone();
    changed.scale_to(value);
    changed
}

/// Break-even values of the power price input, USD/kWh, before tax, for a business that pays for power.
pub(crate) struct PowerPrice<'a, P> {
    pub plan: &'a P,
    pub run: &'a Run<'a>,
}

impl<P: Venture> PowerPrice<'_, P> {
    /// Range and current value of the price.
    pub(crate) fn place(&self) -> Place {
        Place::of_trajectory(&self.run.scenario.power.price_usd_per_kwh, Power::HIGHEST_PRICE_USD_PER_KWH)
    }

    /// Net present value before tax at a price, USD.
    pub(crate) fn worth(&self, usd_per_kwh: f64) -> f64 {
        let run = self.run;
        let trajectory = with_value(&run.scenario.power.price_usd_per_kwh, usd_per_kwh);
        let prices = run.market.power_prices(&trajectory);
        npv(self.plan, run.levels, run.discount, |t, level| level.power_usd_per_kwh = prices[t])
    }

    /// Every break-even price, ascending.
    pub(crate) fn values(&self) -> BreakEvens {
        if self.plan.falls_with_power() {
            self.place().of_monotonic(|price| self.worth(price))
        } else {
            self.place().of_any(|price| self.worth(price))
        }
    }

    /// The break-even price nearest to that of the plan.
    pub(crate) fn nearest(&self) -> Maybe<f64> {
        self.place().nearest(&self.values()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNIT: Place = Place { range: (0.0, 1.0), now: 0.4 };

    #[test]
    fn the_value_nearest_to_that_of_today_is_taken_of_several() {
        let parabola = |x: f64| (x - 0.2) * (x - 0.5);
        for found in [UNIT.of_convex(parabola), UNIT.of_any(parabola)] {
            let found = found.unwrap();
            assert!((found[0] - 0.2).abs() < 1e-12 && (found[1] - 0.5).abs() < 1e-12, "{found:?}");
            assert_eq!(UNIT.nearest(&found), Ok(found[1]));
        }
    }

    #[test]
    fn what_never_comes_to_zero_says_on_which_side_it_stays() {
        assert_eq!(UNIT.of_monotonic(|x| x + 1.0), Err(Absent::NotNeeded));
        assert_eq!(UNIT.of_monotonic(|x| x - 2.0), Err(Absent::NoBreakEven));
        assert_eq!(UNIT.of_convex(|x| (x - 0.5) * (x - 0.5) + 1e-6), Err(Absent::NotNeeded));
        assert_eq!(UNIT.of_monotonic(|x| x), Ok(vec![0.0]), "an end of the range is in it");
    }

    #[test]
    fn a_jump_over_zero_is_no_zero() {
        let jump = |x: f64| if x < 0.31 { 1.0 } else { -1.0 };
        assert_eq!(UNIT.of_any(jump), Err(Absent::NoBreakEven));
        let teeth = |x: f64| if x < 0.31 { 0.2 - x } else { 0.5 - x };
        let found = UNIT.of_any(teeth).unwrap();
        assert!(found.len() == 2 && (found[0] - 0.2).abs() < 1e-12 && (found[1] - 0.5).abs() < 1e-12);
    }
}
