//! Triangles that reach too far for the fixed-point edges.

use crate::coverage::Point;

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
