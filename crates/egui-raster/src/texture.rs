//! Textures: texels, updates by egui, and sampling.

use egui::epaint::{ImageData, ImageDelta};
use egui::{Color32, ColorImage, TextureFilter, TextureOptions, TextureWrapMode};
use std::sync::Arc;

/// Positions in a texture, in 1/2^32 texel: whole numbers do not drift along a run of pixels.
const ONE: i64 = 1 << 32;

/// Weights per texel when reading between texels: eight bits, as GPUs commonly have.
const STEPS: i64 = 256;

/// A position in texels as [`Texture::sample`] takes it.
#[inline]
pub fn fixed(texels: f64) -> i64 {
    (texels * ONE as f64) as i64
}

/// A texture, with at least one texel.
pub struct Texture {
    image: Arc<ColorImage>,
    options: TextureOptions,
}

impl Texture {
    /// A texture from an update of all of it; `None` if the update is a patch or not a picture.
    pub fn new(delta: &ImageDelta) -> Option<Self> {
        let ImageData::Color(image) = &delta.image;
        let whole = delta.pos.is_none() && !image.pixels.is_empty() && is_consistent(image);
        whole.then(|| Self { image: Arc::clone(image), options: delta.options })
    }

    /// Overwrites part of the texture; `false` (and no change) if the patch does not fit into it.
    pub fn patch(&mut self, [left, top]: [usize; 2], delta: &ImageDelta) -> bool {
        let ImageData::Color(patch) = &delta.image;
        let [width, height] = self.size();
        let fits = |start: usize, length: usize, side: usize| {
            start.checked_add(length).is_some_and(|end| end <= side)
        };
        if !is_consistent(patch) || !fits(left, patch.width(), width) || !fits(top, patch.height(), height) {
            return false;
        }
        self.options = delta.options;
        if patch.width() > 0 {
            let rows = Arc::make_mut(&mut self.image).pixels.chunks_exact_mut(width);
            for (row, new) in rows.skip(top).zip(patch.pixels.chunks_exact(patch.width())) {
                row[left..left + new.len()].copy_from_slice(new);
            }
        }
        true
    }

    /// Width and height in texels.
    pub fn size(&self) -> [usize; 2] {
        self.image.size
    }

    /// A run of `length` texels to the right of a texel; they must exist.
    pub fn run(&self, [x, y]: [usize; 2], length: usize) -> &[Color32] {
        let start = y * self.image.width() + x;
        &self.image.pixels[start..start + length]
    }

    /// The filter for a texture that advances by the square root of this many texels per pixel.
    pub fn filter(&self, texels_per_pixel_squared: f64) -> TextureFilter {
        if texels_per_pixel_squared > 1.0 { self.options.minification } else { self.options.magnification }
    }

    /// Reads the texture at a position ([`fixed`]); every channel from 0 to 1.
    pub fn sample(&self, at: [i64; 2], filter: TextureFilter) -> [f32; 4] {
        match filter {
            // Positions just before the next texel belong to it: rounding put them there.
            TextureFilter::Nearest => self.texel(at.map(|v| v.saturating_add(ONE >> 16).div_euclid(ONE))),
            TextureFilter::Linear => {
                // Texel centres lie at half steps: from here on they lie at whole ones.
                let at = at.map(|v| round_to_step(v) - STEPS / 2);
                let whole = at.map(|v| v.div_euclid(STEPS));
                match at.map(|v| v.rem_euclid(STEPS) as u32) {
                    [0, 0] => self.texel(whole),
                    part => self.between(whole, part),
                }
            }
        }
    }

    /// One texel.
    fn texel(&self, [x, y]: [i64; 2]) -> [f32; 4] {
        self.at(self.column(x), self.row(y)).map(|channel| f32::from(channel) / 255.0)
    }

    /// The weighted mean of four texels, exact up to the division.
    fn between(&self, [x, y]: [i64; 2], [right, down]: [u32; 2]) -> [f32; 4] {
        let ([x0, x1], [y0, y1]) = ([self.column(x), self.column(x + 1)], [self.row(y), self.row(y + 1)]);
        let (left, up) = (STEPS as u32 - right, STEPS as u32 - down);
        let corners = [self.at(x0, y0), self.at(x1, y0), self.at(x0, y1), self.at(x1, y1)];
        let weights = [left * up, right * up, left * down, right * down];
        std::array::from_fn(|channel| {
            let sum: u32 = (0..4).map(|i| u32::from(corners[i][channel]) * weights[i]).sum();
            sum as f32 / (255.0 * (STEPS * STEPS) as f32) // below 2^24: the sum is exact as a float
        })
    }

    #[inline]
    fn at(&self, column: usize, row: usize) -> [u8; 4] {
        self.image.pixels[row * self.image.width() + column].to_array()
    }

    #[inline]
    fn column(&self, x: i64) -> usize {
        wrap(x, self.image.width(), self.options.wrap_mode)
    }

    #[inline]
    fn row(&self, y: i64) -> usize {
        wrap(y, self.image.height(), self.options.wrap_mode)
    }
}

/// A position ([`fixed`]) in 1/[`STEPS`] texel.
#[inline]
fn round_to_step(position: i64) -> i64 {
    const STEP: i64 = ONE / STEPS;
    position.saturating_add(STEP / 2).div_euclid(STEP)
}

/// Whether an image has as many pixels as its size says.
fn is_consistent(image: &ColorImage) -> bool {
    image.width().checked_mul(image.height()) == Some(image.pixels.len())
}

/// The texel that stands for texel `index` of an endless row of `length` texels.
#[inline]
fn wrap(index: i64, length: usize, mode: TextureWrapMode) -> usize {
    let length = i64::try_from(length).unwrap_or(i64::MAX);
    let texel = match mode {
        TextureWrapMode::ClampToEdge => index.min(length - 1).max(0),
        TextureWrapMode::Repeat => index.rem_euclid(length),
        TextureWrapMode::MirroredRepeat => {
            let place = index.rem_euclid(2 * length);
            place.min(2 * length - 1 - place)
        }
    };
    texel as usize
}

#[cfg(test)]
mod tests {
    use super::wrap;
    use egui::TextureWrapMode::{ClampToEdge, MirroredRepeat, Repeat};

    #[test]
    fn indices_beyond_the_texture_wrap_as_opengl_says() {
        let row = |mode| (-4..8).map(|i| wrap(i, 3, mode)).collect::<Vec<_>>();
        assert_eq!(row(ClampToEdge), [0, 0, 0, 0, 0, 1, 2, 2, 2, 2, 2, 2]);
        assert_eq!(row(Repeat), [2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1]);
        assert_eq!(row(MirroredRepeat), [2, 2, 1, 0, 0, 1, 2, 2, 1, 0, 0, 1]);
    }
}
