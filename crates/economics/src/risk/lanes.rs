//! Eight paths at once: the kernel's number as a vector, and the functions that vectors lack.
//!
//! Everything here is inlined into the dispatch by instruction set; the same code runs on every one of them.

use fearless_simd::{Select, Simd, SimdBase, SimdFloat, SimdMask, f64x8, mask64x8, u64x8};

use crate::number::Real;

/// Paths in a vector.
pub const LANES: usize = 8;

impl<S: Simd> Real for f64x8<S> {
    type Mask = mask64x8<S>;

    #[inline(always)]
    fn constant(self, value: f64) -> Self {
        Self::splat(self.simd, value)
    }

    #[inline(always)]
    fn min(self, other: Self) -> Self {
        SimdBase::min(self, other)
    }

    #[inline(always)]
    fn max(self, other: Self) -> Self {
        SimdBase::max(self, other)
    }

    #[inline(always)]
    fn less(self, other: Self) -> mask64x8<S> {
        self.simd_lt(other)
    }

    #[inline(always)]
    fn select(mask: mask64x8<S>, yes: Self, no: Self) -> Self {
        mask.select(yes, no)
    }

    #[inline(always)]
    fn any(mask: mask64x8<S>) -> bool {
        mask.any_true()
    }

    #[inline(always)]
    fn exp(self) -> Self {
        exp(self)
    }

    #[inline(always)]
    fn ln(self) -> Self {
        ln(self)
    }
}

/// Σ coefficients[k]·x^k.
#[inline(always)]
fn polynomial<S: Simd, const N: usize>(x: f64x8<S>, coefficients: &[f64; N]) -> f64x8<S> {
    let mut sum = f64x8::splat(x.simd, coefficients[N - 1]);
    for &coefficient in coefficients[..N - 1].iter().rev() {
        sum = sum.mul_add(x, f64x8::splat(x.simd, coefficient));
    }
    sum
}

/// 1.5·2^52: adding it leaves the nearest whole number in the low bits.
const ROUNDER: f64 = 6_755_399_441_055_744.0;
const LN_2_HIGH: f64 = 0.693_147_180_369_123_8;
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;

/// `e^x` to about one unit in the last place; below −708 it stays at the smallest normal number.
#[inline(always)]
fn exp<S: Simd>(x: f64x8<S>) -> f64x8<S> {
    /// Taylor: the argument is at most ln 2 / 2.
    const TERMS: [f64; 13] = [
        1.0,
        1.0,
        1.0 / 2.0,
        1.0 / 6.0,
        1.0 / 24.0,
        1.0 / 120.0,
        1.0 / 720.0,
        1.0 / 5_040.0,
        1.0 / 40_320.0,
        1.0 / 362_880.0,
        1.0 / 3_628_800.0,
        1.0 / 39_916_800.0,
        1.0 / 479_001_600.0,
    ];
    let simd = x.simd;
    let splat = |value: f64| f64x8::splat(simd, value);
    let x = SimdBase::min(SimdBase::max(x, splat(-708.0)), splat(709.0));
    let shifted = x.mul_add(splat(std::f64::consts::LOG2_E), splat(ROUNDER));
    let whole = shifted - splat(ROUNDER);
    let rest = whole.mul_add(splat(-LN_2_HIGH), x);
    let rest = whole.mul_add(splat(-LN_2_LOW), rest);
    let value = polynomial(rest, &TERMS);
    let power: u64x8<S> = (shifted.to_bits() << 52) + u64x8::splat(simd, 1023 << 52);
    value * f64x8::from_bits(power)
}

/// Natural logarithm of a positive normal number to about two units in the last place.
#[inline(always)]
fn ln<S: Simd>(x: f64x8<S>) -> f64x8<S> {
    /// atanh(s)/s in s².
    const TERMS: [f64; 10] = [
        1.0 / 3.0,
        1.0 / 5.0,
        1.0 / 7.0,
        1.0 / 9.0,
        1.0 / 11.0,
        1.0 / 13.0,
        1.0 / 15.0,
        1.0 / 17.0,
        1.0 / 19.0,
        1.0 / 21.0,
    ];
    /// Bits of √½, so that the mantissa lies between it and √2.
    const OFFSET: u64 = 0x3fe6_a09e_667f_3bcd;
    let simd = x.simd;
    let splat = |value: f64| f64x8::splat(simd, value);
    let bits = x.to_bits();
    // A bias of 1024 keeps the exponent positive.
    let exponent = (bits - u64x8::splat(simd, OFFSET) + u64x8::splat(simd, 1024 << 52)) >> 52;
    let mantissa = f64x8::from_bits(bits - ((exponent - u64x8::splat(simd, 1024)) << 52));
    let exponent =
        f64x8::from_bits(exponent + u64x8::splat(simd, ROUNDER.to_bits())) - splat(ROUNDER + 1024.0);
    let f = mantissa - splat(1.0);
    let s = f / (f + splat(2.0));
    let square = s * s;
    let twice = s + s;
    let tail = (twice * square).mul_add(polynomial(square, &TERMS), exponent * splat(LN_2_LOW));
    exponent.mul_add(splat(LN_2_HIGH), twice + tail)
}

/// Whether a probability lies so far out that the polynomial of the middle does not hold.
const MIDDLE: f64 = 6.25;

/// The standard normal quantile of a probability between 0 and 1.
///
/// With `x = 2u − 1` and `w = −ln(1 − x²)` the quantile is `x·p(w)`, the form of Giles (2010, Approximating the
/// erfinv function); the polynomials are our own fits. Relative error below 1e-15 up to 3.29 standard deviations
/// and below 1e-10 beyond.
#[inline(always)]
pub(super) fn normal_quantile<S: Simd>(u: f64x8<S>) -> f64x8<S> {
    /// In `w − 3.125`, for `w` up to 6.25.
    const CENTRE: [f64; 23] = [
        2.338_620_710_026_593,
        0.339_634_958_701_140_85,
        -0.008_532_899_177_267_57,
        -0.001_047_511_569_503_007_6,
        0.000_264_082_049_542_640_24,
        -1.963_285_281_747_908_5e-5,
        -1.931_065_032_876_534_6e-6,
        5.988_894_294_256_318e-7,
        -4.111_173_507_827_262e-8,
        -5.816_141_513_162_249_5e-9,
        1.486_649_926_123_177e-9,
        -7.658_591_205_111_031e-11,
        -1.835_296_386_245_696e-11,
        3.724_433_936_330_848e-12,
        -1.146_445_582_495_386_7e-13,
        -5.735_221_444_041_998e-14,
        9.308_290_460_578_683e-15,
        3.064_593_190_079_847e-17,
        -1.825_328_774_880_696e-16,
        1.573_424_984_089_394_5e-17,
        1.559_562_414_745_207_7e-18,
        -2.374_087_063_213_72e-19,
        -3.340_895_267_051_429_7e-22,
    ];
    let simd = u.simd;
    let splat = |value: f64| f64x8::splat(simd, value);
    let x = u + u - splat(1.0);
    // 1 − x² without the loss near the ends.
    let w = -ln((splat(1.0) - u) * u * splat(4.0));
    let centre = x * polynomial(w - splat(3.125), &CENTRE);
    let far = splat(MIDDLE).simd_lt(w);
    // One draw in a thousand.
    if far.any_true() { far.select(x * tail(w), centre) } else { centre }
}

/// `z/x` in the tails, as a polynomial in `√w − 4.35`.
#[inline(always)]
fn tail<S: Simd>(w: f64x8<S>) -> f64x8<S> {
    const TAIL: [f64; 18] = [
        5.930_119_613_197_506_5,
        1.428_501_939_079_94,
        0.000_767_199_281_694_349_4,
        -0.000_748_200_083_338_266_5,
        0.000_258_802_786_056_601_3,
        -7.508_528_392_724_337e-5,
        2.270_356_280_567_869e-5,
        -9.219_273_359_810_847e-6,
        5.332_216_907_639_826e-6,
        -2.863_057_009_596_043e-6,
        1.082_206_398_716_873_2e-6,
        -5.006_543_715_752_992e-7,
        3.072_757_263_078_816_4e-7,
        -3.635_123_132_332_523e-8,
        -6.544_168_453_416_833e-8,
        2.241_844_154_728_451_2e-8,
        2.792_026_895_105_491e-9,
        -1.468_547_856_845_223_8e-9,
    ];
    let simd = w.simd;
    polynomial(w.sqrt() - f64x8::splat(simd, 4.35), &TAIL)
}

#[cfg(test)]
mod tests {
    use fearless_simd::{Level, dispatch};

    use super::*;

    fn each(values: &[f64], f: impl Fn(f64) -> f64, lanes: impl Fn(&[f64; 8]) -> [f64; 8], tolerance: f64) {
        for chunk in values.chunks(8) {
            let mut arguments = [chunk[0]; 8];
            arguments[..chunk.len()].copy_from_slice(chunk);
            let results = lanes(&arguments);
            for (x, y) in arguments.iter().zip(results) {
                let expected = f(*x);
                assert!((y - expected).abs() <= tolerance * expected.abs(), "f({x}) = {y}, not {expected}");
            }
        }
    }

    fn on_lanes(x: &[f64; 8], f: u8) -> [f64; 8] {
        #[inline(always)]
        fn run<S: Simd>(simd: S, x: &[f64; 8], f: u8) -> [f64; 8] {
            let x = f64x8::from_slice(simd, x);
            let y = match f {
                0 => exp(x),
                1 => ln(x),
                2 => normal_quantile(x),
                _ => x.normal_cdf(),
            };
            let mut out = [0.0; 8];
            y.store_slice(&mut out);
            out
        }
        dispatch!(Level::new(), simd => run(simd, x, f))
    }

    #[test]
    fn exp_and_ln_agree_with_the_numbers_that_the_kernel_uses_alone() {
        let arguments: Vec<f64> = (-7000..7000).map(|i| f64::from(i) * 0.1003).collect();
        each(&arguments, f64::exp, |x| on_lanes(x, 0), 1e-15 * 3.0);
        let positive: Vec<f64> = (1..20_000).map(|i| 1.003_f64.powi(i - 10_000)).collect();
        let apart: Vec<f64> = positive.into_iter().filter(|x| (x - 1.0).abs() > 1e-9).collect();
        each(&apart, f64::ln, |x| on_lanes(x, 1), 1e-15 * 3.0);
        assert_eq!(on_lanes(&[1.0; 8], 1), [0.0; 8]);
        let spread: Vec<f64> = (-60..60).map(|i| f64::from(i) * 0.1).collect();
        each(&spread, Real::normal_cdf, |x| on_lanes(x, 3), 1e-13);
    }

    /// From a 50-digit evaluation.
    const QUANTILES: [(f64, f64); 12] = [
        (0.5, 0.0),
        (0.7, 0.524_400_512_708_040_7),
        (0.9, 1.281_551_565_544_600_6),
        (0.99, 2.326_347_874_040_840_8),
        (0.999, 3.090_232_306_167_813),
        (0.0001, -3.719_016_485_455_680_4),
        (1e-6, -4.753_424_308_822_899),
        (1e-10, -6.361_340_902_404_057),
        (1e-15, -7.941_345_326_170_997),
        (0.3, -0.524_400_512_708_040_8),
        (0.500_01, 2.506_628_274_882_086e-5),
        (0.975, 1.959_963_984_540_053_8),
    ];

    #[test]
    fn normal_quantiles_match_their_definition() {
        for (u, expected) in QUANTILES {
            let z = on_lanes(&[u; 8], 2)[0];
            let tolerance = if expected.abs() < 3.29 { 2e-15 } else { 1e-10 };
            assert!((z - expected).abs() <= tolerance * expected.abs().max(0.01), "{u}: {z}, not {expected}");
        }
    }
}
