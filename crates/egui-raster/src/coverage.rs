//! Pixel coverage of a triangle: exact integer edges with a top-left fill rule.
//!
//! A pixel belongs to a triangle if its centre lies inside; a centre on an edge belongs to the
//! triangle to the right of (or below) that edge. Edges are computed from their two end points
//! alone, in whole numbers, so two triangles that share an edge share no pixel and leave none out.

use crate::pixel_rect::PixelRect;

/// Sub-pixel steps per pixel: positions are snapped to 1/256 pixel, as GPUs commonly do.
pub const STEPS: i32 = 256;

/// Positions further than this from the origin (pixels) are cut off first, see [`crate::clip`].
///
/// With it every product below stays under 2^60.
pub const LIMIT: f64 = 1_048_576.0;

/// A position in 1/256 pixel, or one of the two marks below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// To the right.
    pub x: i32,
    /// Down.
    pub y: i32,
}

impl Point {
    /// Stands for a position beyond [`LIMIT`].
    pub const FAR: Self = Self { x: i32::MAX, y: 0 };
    /// Stands for a position that is not a finite number.
    pub const BROKEN: Self = Self { x: i32::MAX, y: 1 };

    /// Snaps a position in pixels.
    pub fn from_pixels([x, y]: [f64; 2]) -> Self {
        // Adding more than the limit makes the cast, which cuts off, round down for all numbers.
        const SHIFT: f64 = 2.0 * LIMIT * STEPS as f64;
        let snap = |v: f64| (v * f64::from(STEPS) + (SHIFT + 0.5)) as i32 - SHIFT as i32;
        if x.abs() <= LIMIT && y.abs() <= LIMIT {
            Self { x: snap(x), y: snap(y) }
        } else if x.is_finite() && y.is_finite() {
            Self::FAR
        } else {
            Self::BROKEN
        }
    }

    /// Whether this is a position and not a mark.
    pub const fn is_near(self) -> bool {
        self.x != i32::MAX
    }

    /// Back to pixels, exactly.
    pub fn to_pixels(self) -> [f64; 2] {
        [self.x, self.y].map(|v| f64::from(v) / f64::from(STEPS))
    }
}

/// The first pixel (row or column) whose centre is not before the coordinate.
pub const fn first_pixel(coordinate: i32) -> i32 {
    (coordinate + (STEPS / 2 - 1)) >> STEPS.trailing_zeros()
}

/// Walks down an edge and gives for every row the first column whose centre is not left of it.
struct Edge {
    /// The column.
    column: i64,
    /// Distance of the exact crossing from the previous column, in 1/`parts` columns.
    rest: i64,
    parts: i64,
    column_step: i64,
    rest_step: i64,
}

impl Edge {
    /// The edge from `top` down to `bottom` (not level with it), at the centre of `row`.
    fn new(top: Point, bottom: Point, row: i32) -> Self {
        let steps = i64::from(STEPS);
        let [dx, dy] = [i64::from(bottom.x) - i64::from(top.x), i64::from(bottom.y) - i64::from(top.y)];
        let parts = dy * steps;
        let down = i64::from(row) * steps + steps / 2 - i64::from(top.y);
        // Crossing minus half a pixel, rounded up: the quotient is the column.
        let crossing = (i64::from(top.x) - steps / 2) * dy + dx * down + (parts - 1);
        Self {
            column: crossing.div_euclid(parts),
            rest: crossing.rem_euclid(parts),
            parts,
            column_step: dx.div_euclid(dy),
            rest_step: dx.rem_euclid(dy) * steps,
        }
    }

    fn next_row(&mut self) {
        self.column += self.column_step;
        self.rest += self.rest_step;
        if self.rest >= self.parts {
            self.rest -= self.parts;
            self.column += 1;
        }
    }
}

/// Calls `span(row, first column, column after the last)` for every row of a triangle within `clip`.
///
/// All points must be near. Both winding orders are drawn.
pub fn spans(mut triangle: [Point; 3], clip: PixelRect, mut span: impl FnMut(i32, i32, i32)) {
    triangle.sort_unstable_by_key(|point| point.y);
    let [top, middle, bottom] = triangle;
    let mut row = first_pixel(top.y).max(clip.top);
    if row >= first_pixel(bottom.y).min(clip.bottom) || beside(triangle, clip) {
        return;
    }
    let side = cross(top, middle, bottom);
    if side == 0 {
        return;
    }
    let mut long = Edge::new(top, bottom, row);
    for (from, to) in [(top, middle), (middle, bottom)] {
        let end = first_pixel(to.y).min(clip.bottom);
        if row >= end {
            continue;
        }
        let mut short = Edge::new(from, to, row);
        while row < end {
            let (left, right) =
                if side < 0 { (short.column, long.column) } else { (long.column, short.column) };
            let left = left.max(i64::from(clip.left));
            let right = right.min(i64::from(clip.right));
            if left < right {
                span(row, left as i32, right as i32);
            }
            long.next_row();
            short.next_row();
            row += 1;
        }
    }
}

/// Whether the triangle lies entirely left or right of `clip`.
fn beside([a, b, c]: [Point; 3], clip: PixelRect) -> bool {
    first_pixel(a.x.max(b.x).max(c.x)) <= clip.left || first_pixel(a.x.min(b.x).min(c.x)) >= clip.right
}

/// Negative if `b` lies left of the way down from `a` to `c`, positive if right, zero if on it.
fn cross(a: Point, b: Point, c: Point) -> i64 {
    let [bx, by, cx, cy] = [b.x - a.x, b.y - a.y, c.x - a.x, c.y - a.y].map(i64::from);
    bx * cy - cx * by
}

#[cfg(test)]
mod tests {
    use super::{Edge, Point, STEPS};

    #[test]
    fn walking_down_an_edge_equals_starting_anew_in_every_row() {
        for (dx, dy) in [(333, 769), (-500, 801), (7, 1025), (-4000, 900), (0, 1000)] {
            for x in 0..STEPS {
                for y in 0..STEPS {
                    let (top, bottom) = (Point { x, y }, Point { x: x + dx, y: y + dy });
                    let mut edge = Edge::new(top, bottom, 1);
                    for row in 2..4 {
                        edge.next_row();
                        assert_eq!(
                            edge.column,
                            Edge::new(top, bottom, row).column,
                            "{top:?} {bottom:?} {row}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn positions_are_snapped_to_the_nearest_step() {
        let snapped = |x: f64, y: f64| Point::from_pixels([x, y]);
        assert_eq!(snapped(1.25, -1.25), Point { x: 320, y: -320 });
        assert_eq!(snapped(0.6 / 256.0, -0.6 / 256.0), Point { x: 1, y: -1 });
        assert_eq!(snapped(0.4 / 256.0, -0.4 / 256.0), Point { x: 0, y: 0 });
        assert_eq!(snapped(super::LIMIT, -super::LIMIT), Point { x: 1 << 28, y: -(1 << 28) });
        assert_eq!(snapped(0.0, super::LIMIT + 1.0), Point::FAR);
        assert_eq!(snapped(f64::NAN, f64::MAX), Point::BROKEN);
        assert_eq!(snapped(0.0, f64::NEG_INFINITY), Point::BROKEN);
    }
}
