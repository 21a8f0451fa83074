//! Limits up to which curves are drawn beyond the range of a chart.
//!
//! Curves are cut there because every dot and dash costs time, also off screen, and screen positions (`f32`)
//! have seven digits only.

use wattfolio_economics::number::within;

/// The largest value of an axis.
const LARGEST_DRAWN: f64 = 1e290;
/// Limit for areas beyond the range, in heights of the range; the edge then looks vertical.
const AREA_FOLLOWED: f64 = 1e6;

/// Restricts a range to drawable values.
pub fn drawable((low, high): (f64, f64)) -> (f64, f64) {
    let held = |value| within(value, -LARGEST_DRAWN, LARGEST_DRAWN);
    let (low, high) = (held(low), held(high));
    if low < high { (low, high) } else { (-1.0, 1.0) }
}

/// Limits between which curves are drawn.
#[derive(Clone, Copy, Debug)]
pub struct Reach {
    low: f64,
    high: f64,
}

impl Reach {
    /// Limits for lines: one height of the range on either side, out of sight.
    pub fn of_lines(range: (f64, f64)) -> Self {
        Self::beyond(range, 1.0)
    }

    /// Limits for areas, which cannot be cut between two months, because both edges share their months.
    pub fn of_areas(range: (f64, f64)) -> Self {
        Self::beyond(range, AREA_FOLLOWED)
    }

    fn beyond(range: (f64, f64), heights: f64) -> Self {
        let (low, high) = drawable(range);
        let beyond = heights * (high - low);
        Self { low: low - beyond, high: high + beyond }
    }

    /// The value, limited.
    pub fn value(self, value: f64) -> f64 {
        within(value, self.low, self.high)
    }

    /// The points of a line from values by month, cut where it crosses the limits.
    pub fn line(self, values: &[f64]) -> Vec<[f64; 2]> {
        let mut points = Vec::with_capacity(values.len() + 4);
        for (month, value) in values.iter().enumerate() {
            if let Some(before) = month.checked_sub(1) {
                points.extend(self.cuts(before as f64, values[before], *value));
            }
            points.push([month as f64, self.value(*value)]);
        }
        points
    }

    /// Crossings of the limits within a month, in order.
    fn cuts(self, month: f64, from: f64, to: f64) -> impl Iterator<Item = [f64; 2]> {
        // Quartered, so that no difference overflows.
        let held = |value| within(value, f64::MIN / 4.0, f64::MAX / 4.0);
        let (from, to) = (held(from), held(to));
        let limits = if from < to { [self.low, self.high] } else { [self.high, self.low] };
        let is_crossed =
            move |limit: &f64| (from < *limit) != (to < *limit) && from != *limit && to != *limit;
        limits
            .into_iter()
            .filter(is_crossed)
            .map(move |limit| [month + within((limit - from) / (to - from), 0.0, 1.0), limit])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_where_it_leaves() {
        let reach = Reach::of_lines((0.0, 1.0));
        let points = reach.line(&[0.0, 4.0, 1e9, 0.0, -1e300, 2.0, 2.0]);
        let expected = [
            [0.0, 0.0],
            [0.5, 2.0],
            [1.0, 2.0],
            [2.0, 2.0],
            [3.0 - 2e-9, 2.0],
            [3.0, 0.0],
            [3.0, -1.0],
            [4.0, -1.0],
            [5.0, -1.0],
            [5.0, 2.0],
            [6.0, 2.0],
        ];
        assert_eq!(points.len(), expected.len(), "{points:?}");
        for (point, expected) in points.iter().zip(expected) {
            let is_close = (point[0] - expected[0]).abs() < 1e-12 && point[1] == expected[1];
            assert!(is_close, "{point:?} {expected:?}");
        }
    }

    #[test]
    fn the_largest_numbers_have_a_place() {
        let reach = Reach::of_areas((f64::NEG_INFINITY, f64::INFINITY));
        let points = reach.line(&[f64::MAX, f64::MIN, f64::INFINITY, f64::NEG_INFINITY, 0.0]);
        assert!(points.iter().flatten().all(|number| number.is_finite()), "{points:?}");
        assert_eq!(drawable((f64::NAN, 1.0)), (-1.0, 1.0));
        assert_eq!(drawable((3.0, 3.0)), (-1.0, 1.0));
    }
}
