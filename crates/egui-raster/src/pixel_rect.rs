//! Clip rectangles in pixels.

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
