//! Where a mix lies in the triangle, and which mix lies at a place.

use egui::{Pos2, Rect, pos2};
use wattfolio_economics::number::within;

/// Height of an equilateral triangle over its side.
const HEIGHT: f32 = 0.866_025_4;

/// A triangle of shares: the first business at the right, the second at the left, the third on top.
#[derive(Clone, Copy, Debug)]
pub(super) struct Triangle {
    left: Pos2,
    side: f32,
}

impl Triangle {
    /// The largest triangle within a place.
    pub(super) fn within(place: Rect) -> Self {
        let side = place.width().min(place.height() / HEIGHT).max(1.0);
        let left = pos2(place.center().x - side / 2.0, place.center().y + side * HEIGHT / 2.0);
        Self { left, side }
    }

    /// Distance between neighbours of a grid with so many steps.
    pub(super) fn step(&self, steps: usize) -> f32 {
        self.side / steps as f32
    }

    /// The place of shares.
    pub(super) fn place(&self, [right, _, top]: [f64; 3]) -> Pos2 {
        let across = (right + top / 2.0) as f32;
        pos2(self.left.x + self.side * across, self.left.y - self.side * HEIGHT * top as f32)
    }

    /// The shares at a place, in whole steps of which so many make the site; outside, those of the nearest edge.
    pub(super) fn shares(&self, at: Pos2, steps: usize) -> [f64; 3] {
        let top = within(f64::from((self.left.y - at.y) / (self.side * HEIGHT)), 0.0, 1.0);
        let right = within(f64::from((at.x - self.left.x) / self.side) - top / 2.0, 0.0, 1.0 - top);
        let count = steps as f64;
        let (top, right) = ((top * count).round(), (right * count).round());
        let right = right.min(count - top);
        [right / count, (count - top - right) / count, top / count]
    }
}

#[cfg(test)]
mod tests {
    use egui::vec2;

    use super::*;

    #[test]
    fn every_mix_is_found_at_its_place() {
        let triangle = Triangle::within(Rect::from_min_size(pos2(20.0, 10.0), vec2(500.0, 400.0)));
        for top in 0..=20 {
            for right in 0..=20 - top {
                let shares = [right, 20 - right - top, top].map(|share| f64::from(share) / 20.0);
                let found = triangle.shares(triangle.place(shares), 20);
                assert!(found.iter().zip(shares).all(|(a, b)| (a - b).abs() < 1e-9), "{found:?} {shares:?}");
            }
        }
    }

    #[test]
    fn shares_outside_are_those_of_an_edge_and_add_up() {
        let triangle = Triangle::within(Rect::from_min_size(pos2(0.0, 0.0), vec2(300.0, 300.0)));
        for (x, y) in [(-500.0, 0.0), (900.0, 900.0), (150.0, -800.0), (150.0, 2000.0)] {
            for steps in [20, 100] {
                let shares = triangle.shares(pos2(x, y), steps);
                assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12, "{shares:?}");
                assert!(shares.iter().all(|share| (0.0..=1.0).contains(share)), "{shares:?}");
            }
        }
    }
}
