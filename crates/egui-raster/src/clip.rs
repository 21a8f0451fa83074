//! Clip rectangles in pixels, and triangles that reach too far for the fixed-point edges.

use crate::coverage::Point;
use egui::Rect;

/// Whole pixels: `left` and `top` included, `right` and `bottom` not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PixelRect {
    /// First column.
    pub left: i32,
    /// First row.
    pub top: i32,
    /// Column after the last.
    pub right: i32,
    /// Row after the last.
    pub bottom: i32,
}

impl PixelRect {
    /// The clip rectangle (points) in whole pixels of a picture, rounded as egui's OpenGL painter
    /// rounds its scissor rectangle.
    pub fn from_points(clip: Rect, [width, height]: [usize; 2], pixels_per_point: f32) -> Self {
        let [width, height] = [width, height].map(|side| i32::try_from(side).unwrap_or(i32::MAX));
        let pixels = |points: f32| (pixels_per_point * points).round() as i32;
        let left = pixels(clip.min.x).min(width).max(0);
        let top = pixels(clip.min.y).min(height).max(0);
        Self {
            left,
            top,
            right: pixels(clip.max.x).min(width).max(left),
            bottom: pixels(clip.max.y).min(height).max(top),
        }
    }

    /// The pixels in both rectangles; `left >= right` or `top >= bottom` if there are none.
    pub fn intersect(self, other: Self) -> Self {
        Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        }
    }

    /// Whether no pixel lies inside.
    pub const fn is_empty(self) -> bool {
        self.left >= self.right || self.top >= self.bottom
    }
}

/// A triangle cut off at the range of [`Point`]: at most seven corners.
pub struct Polygon {
    corners: [[f64; 2]; 8],
    len: usize,
}

impl Polygon {
    /// Cuts a triangle (pixels) off at the four sides of the square `[-limit, limit]²`.
    pub fn clipped(triangle: [[f64; 2]; 3], limit: f64) -> Self {
        let mut polygon = Self { corners: [[0.0; 2]; 8], len: 3 };
        polygon.corners[..3].copy_from_slice(&triangle);
        for axis in [0, 1] {
            for sign in [1.0, -1.0] {
                polygon = polygon.cut(axis, sign, limit);
            }
        }
        polygon
    }

    /// Keeps the part with `sign * coordinate <= limit`.
    fn cut(&self, axis: usize, sign: f64, limit: f64) -> Self {
        let mut kept = Self { corners: [[0.0; 2]; 8], len: 0 };
        let excess = |p: [f64; 2]| sign * p[axis] - limit;
        for i in 0..self.len {
            let (from, to) = (self.corners[i], self.corners[(i + 1) % self.len]);
            if excess(from) <= 0.0 {
                kept.push(from);
            }
            if (excess(from) <= 0.0) != (excess(to) <= 0.0) {
                // Always from the inside out: neighbours then cut their common side in the same place.
                let (inside, outside) = if excess(from) <= 0.0 { (from, to) } else { (to, from) };
                let t = -excess(inside) / (excess(outside) - excess(inside));
                let mut cut: [f64; 2] = std::array::from_fn(|i| inside[i] + t * (outside[i] - inside[i]));
                cut[axis] = sign * limit;
                kept.push(cut);
            }
        }
        kept
    }

    fn push(&mut self, corner: [f64; 2]) {
        // Rounding could make a degenerate polygon gain a corner too many; losing it is harmless.
        if self.len < self.corners.len() {
            self.corners[self.len] = corner;
            self.len += 1;
        }
    }

    /// The polygon as triangles around its first corner.
    pub fn triangles(&self, limit: f64) -> impl Iterator<Item = [Point; 3]> + '_ {
        // A cut may have landed a rounding error outside.
        let corner = move |i: usize| Point::from_pixels(self.corners[i].map(|v| v.min(limit).max(-limit)));
        (2..self.len).map(move |i| [corner(0), corner(i - 1), corner(i)])
    }
}
