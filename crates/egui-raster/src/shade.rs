//! Colour of covered pixels: flat, a gradient, or a texture.

use crate::pixel::{fill, over, pack, quantise, unpack};
use crate::texture::{Texture, fixed};
use egui::{Color32, TextureFilter};

/// Draws runs of pixels.
pub trait Shade {
    /// Draws over `run`, whose first pixel is in the given column and row.
    fn span(&self, run: &mut [Color32], column: i32, row: i32);
}

/// A quantity at the three corners of a triangle, as a plane over the pixels.
#[derive(Clone, Copy)]
pub struct Plane<const N: usize> {
    origin: [f64; 2],
    value: [f64; N],
    /// Change per pixel to the right.
    pub dx: [f64; N],
    /// Change per pixel down.
    pub dy: [f64; N],
}

impl<const N: usize> Plane<N> {
    /// The plane through three values at three positions (pixels); level if those lie on a line.
    pub fn new([a, b, c]: [[f64; 2]; 3], [va, vb, vc]: [[f64; N]; 3]) -> Self {
        let [bx, by, cx, cy] = [b[0] - a[0], b[1] - a[1], c[0] - a[0], c[1] - a[1]];
        let area = bx * cy - cx * by;
        let per_area = if area == 0.0 { 0.0 } else { 1.0 / area };
        Self {
            origin: a,
            value: va,
            dx: std::array::from_fn(|i| ((vb[i] - va[i]) * cy - (vc[i] - va[i]) * by) * per_area),
            dy: std::array::from_fn(|i| ((vc[i] - va[i]) * bx - (vb[i] - va[i]) * cx) * per_area),
        }
    }

    /// The values at the centre of a pixel.
    #[inline]
    fn at(&self, column: i32, row: i32) -> [f64; N] {
        let right = f64::from(column) + 0.5 - self.origin[0];
        let down = f64::from(row) + 0.5 - self.origin[1];
        std::array::from_fn(|i| self.value[i] + self.dx[i] * right + self.dy[i] * down)
    }
}

/// The same colour everywhere.
pub struct Flat(pub u32);

impl Shade for Flat {
    #[inline]
    fn span(&self, run: &mut [Color32], _column: i32, _row: i32) {
        fill(run, self.0);
    }
}

/// Colours (0 to 255 per channel) that change from pixel to pixel.
pub struct Gradient(pub Plane<4>);

impl Shade for Gradient {
    #[inline]
    fn span(&self, run: &mut [Color32], column: i32, row: i32) {
        let start = self.0.at(column, row).map(|v| v as f32);
        let step = self.0.dx.map(|v| v as f32);
        for (i, pixel) in run.iter_mut().enumerate() {
            let color: [f32; 4] = std::array::from_fn(|c| start[c] + step[c] * i as f32);
            *pixel = unpack(over(quantise(color), pack(*pixel)));
        }
    }
}

/// A texture multiplied with colours.
pub struct Textured<'a> {
    /// 0 to 255 per channel.
    pub colors: Plane<4>,
    /// Positions in the texture, in texels.
    pub texels: Plane<2>,
    /// The texture.
    pub texture: &'a Texture,
    /// Filter for reading it.
    pub filter: TextureFilter,
}

impl Shade for Textured<'_> {
    fn span(&self, run: &mut [Color32], column: i32, row: i32) {
        let start = self.colors.at(column, row).map(|v| v as f32);
        let step = self.colors.dx.map(|v| v as f32);
        let mut at = self.texels.at(column, row).map(fixed);
        let advance = self.texels.dx.map(fixed);
        for (i, pixel) in run.iter_mut().enumerate() {
            let texel = self.texture.sample(at, self.filter);
            let color = std::array::from_fn(|c| (start[c] + step[c] * i as f32) * texel[c]);
            *pixel = unpack(over(quantise(color), pack(*pixel)));
            at = std::array::from_fn(|i| at[i].wrapping_add(advance[i]));
        }
    }
}
