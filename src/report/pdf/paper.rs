//! Sizes of paper, and where things stand on it. Points of 1/72 inch.

use crate::state::Paper;

/// Space at the left and right.
const SIDE: f32 = 46.0;

impl Paper {
    /// Width and height.
    pub const fn size(self) -> (f32, f32) {
        match self {
            Self::A4 => (595.276, 841.89),
            Self::Letter => (612.0, 792.0),
        }
    }

    /// Left and right edge of the content.
    pub(super) const fn sides(self) -> (f32, f32) {
        (SIDE, self.size().0 - SIDE)
    }

    /// Middle of the line at the head of a page.
    pub(super) const HEAD: f32 = 36.0;

    /// Top of the content.
    pub(super) const TOP: f32 = 62.0;

    /// Bottom of the content.
    pub(super) const fn bottom(self) -> f32 {
        self.size().1 - 62.0
    }

    /// Line above the footer.
    pub(super) const fn foot(self) -> f32 {
        self.size().1 - 54.0
    }
}
