//! Values at which a net present value comes to zero.

use crate::kernel::{Absent, Levels, Maybe, Venture, finite, npv};
use crate::number::within;

/// The largest factor on a market that is looked at.
const LARGEST_FACTOR: f64 = 1e6;

/// The zero of a function with different signs at two points, to thirteen digits.
///
/// Chandrupatla's method: inverse quadratic interpolation where the three latest points allow it, else
/// bisection. Each point is a pair of place and value.
pub fn find_zero(mut f: impl FnMut(f64) -> f64, low: (f64, f64), high: (f64, f64)) -> f64 {
    let ((mut b, mut fb), (mut a, mut fa)) = (low, high);
    let mut share = fa / (fa - fb);
    // Halving alone would be done sooner, wherever the zero lies.
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

/// The factor on a market, from 0 upwards, at which a net present value that rises with it is zero.
pub(crate) fn rising_factor(mut value: impl FnMut(f64) -> f64, at_one: f64) -> Maybe<f64> {
    let at_zero = value(0.0);
    if at_zero >= 0.0 {
        return Err(Absent::NotNeeded);
    }
    let (mut low, mut high) = ((0.0, at_zero), (1.0, at_one));
    while high.1 < 0.0 {
        if high.0 >= LARGEST_FACTOR {
            return Err(Absent::Never);
        }
        low = high;
        let next = high.0 * 4.0;
        high = (next, value(next));
    }
    finite(find_zero(value, low, high))
}

/// The power price at the start, USD/kWh, at which a business that pays for power is worth nothing, with the
/// whole path of the price scaled.
pub(crate) fn power_price<P: Venture>(plan: &P, levels: &[Levels<f64>], discount: f64) -> Maybe<f64> {
    let start = levels[0].power_usd_per_kwh;
    if start <= 0.0 {
        return Err(Absent::FreePower);
    }
    let value = |factor: f64| npv(plan, levels, discount, |level| level.power_usd_per_kwh *= factor);
    let free = value(0.0);
    if free < 0.0 {
        return Err(Absent::Never);
    }
    let (mut low, mut high) = ((0.0, free), (1.0, value(1.0)));
    while high.1 > 0.0 {
        if high.0 >= LARGEST_FACTOR {
            return Err(Absent::NotNeeded);
        }
        low = high;
        let next = high.0 * 4.0;
        high = (next, value(next));
    }
    finite(find_zero(value, low, high) * start)
}
