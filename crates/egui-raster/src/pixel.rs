//! Arithmetic on single pixels: premultiplied alpha, gamma space, eight bits per channel.
//!
//! A pixel travels as a `u32` with red in the lowest byte and alpha in the highest, so that two
//! channels share one multiplication.

use egui::Color32;

/// Two channels in the low bytes of two 16-bit lanes.
const LANES: u32 = 0x00ff_00ff;

/// The colour as a `u32`: red lowest, alpha highest.
#[inline]
pub const fn pack(color: Color32) -> u32 {
    u32::from_le_bytes(color.to_array())
}

/// The inverse of [`pack`].
#[inline]
pub const fn unpack(pixel: u32) -> Color32 {
    let [r, g, b, a] = pixel.to_le_bytes();
    Color32::from_rgba_premultiplied(r, g, b, a)
}

/// Rounds four channels (0 to 255, anything beyond is cut off) to bytes and packs them.
#[inline]
pub fn quantise(channels: [f32; 4]) -> u32 {
    u32::from_le_bytes(channels.map(|c| (c + 0.5) as u8))
}

/// `round(lane / 255)` in both 16-bit lanes, exact for products of two bytes.
///
/// No such product lies halfway between two multiples of 255, so there is no tie to break.
#[inline]
const fn div_255(lanes: u32) -> u32 {
    let t = lanes + 0x0080_0080;
    ((t + ((t >> 8) & LANES)) >> 8) & LANES
}

/// Adds two channels to two others; a sum above 255 becomes 255 (additive colours reach it).
#[inline]
const fn add_saturating(a: u32, b: u32) -> u32 {
    let sum = a + b;
    let overflow = (sum >> 8) & 0x0001_0001;
    (sum | (overflow * 255)) & LANES
}

/// `source` over `under`: `source + under * (1 - source alpha)` in every channel.
///
/// OpenGL blends the alpha of egui's frames as `source * (1 - under) + under`, which is the same
/// number: `source + under - source * under`.
#[inline]
pub const fn over(source: u32, under: u32) -> u32 {
    let keep = 255 - (source >> 24);
    let even = add_saturating(source & LANES, div_255((under & LANES) * keep));
    let odd = add_saturating((source >> 8) & LANES, div_255(((under >> 8) & LANES) * keep));
    even | (odd << 8)
}

/// The product of two colours, channel by channel, rounded.
#[inline]
pub fn modulate(a: u32, b: u32) -> u32 {
    let (a, b) = (a.to_le_bytes(), b.to_le_bytes());
    u32::from_le_bytes(std::array::from_fn(|i| {
        let t = u32::from(a[i]) * u32::from(b[i]) + 128;
        ((t + (t >> 8)) >> 8) as u8
    }))
}

/// Draws one colour over a run of pixels.
#[inline]
pub fn fill(run: &mut [Color32], color: u32) {
    if color >> 24 == 255 {
        run.fill(unpack(color));
    } else if color != 0 {
        for pixel in run {
            *pixel = unpack(over(color, pack(*pixel)));
        }
    }
}

/// Draws one picture over another of the same length, multiplied with a colour.
#[inline]
pub fn stamp(run: &mut [Color32], texels: &[Color32], color: u32) {
    for (pixel, &texel) in run.iter_mut().zip(texels) {
        let source = match pack(texel) {
            0 => continue,
            u32::MAX => color,
            texel => modulate(color, texel),
        };
        *pixel = unpack(over(source, pack(*pixel)));
    }
}

#[cfg(test)]
mod tests {
    use super::{modulate, over, pack, quantise, unpack};
    use egui::Color32;

    /// `a * b / 255` to the nearest integer, spelled out.
    fn product(a: u32, b: u32) -> u32 {
        (2 * a * b + 255) / 510
    }

    #[test]
    fn every_blend_is_rounded_to_the_nearest_byte() {
        for source in [0, 1, 77, 128, 254, 255] {
            for alpha in 0..=255 {
                for under in 0..=255 {
                    let expected = (source + product(under, 255 - alpha)).min(255);
                    let pixel = over((alpha << 24) | (source * 0x0001_0101), under * 0x0101_0101);
                    assert_eq!(pixel & 0x00ff_ffff, expected * 0x0001_0101, "{source} {alpha} {under}");
                    assert_eq!(pixel >> 24, (alpha + product(under, 255 - alpha)).min(255));
                }
            }
        }
    }

    #[test]
    fn every_product_is_rounded_to_the_nearest_byte() {
        for a in 0..=255 {
            for b in 0..=255 {
                assert_eq!(modulate(a * 0x0101_0101, b * 0x0101_0101), product(a, b) * 0x0101_0101);
                let float = a as f32 * (b as f32 / 255.0);
                assert_eq!(quantise([float; 4]), product(a, b) * 0x0101_0101, "{a} {b}");
            }
        }
    }

    #[test]
    fn packing_keeps_the_colour_and_quantising_cuts_off() {
        let color = Color32::from_rgba_premultiplied(1, 2, 3, 4);
        assert_eq!(unpack(pack(color)), color);
        assert_eq!(quantise([-3.0, 254.6, 1e9, f32::NAN]), u32::from_le_bytes([0, 255, 255, 0]));
    }
}
