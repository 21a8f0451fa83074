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
    /// Our own fit for arguments up to ln 2 / 2.
    const TERMS: [f64; 12] = [
        1.0,
        1.0,
        0.500_000_000_000_000_1,
        0.166_666_666_666_666_69,
        0.041_666_666_666_624_164,
        0.008_333_333_333_330_065,
        0.001_388_888_891_719_671_9,
        0.000_198_412_698_630_405_45,
        2.480_152_132_236_869_2e-5,
        2.755_726_848_031_002_4e-6,
        2.762_007_587_998_336_7e-7,
        2.510_037_583_256_123_4e-8,
    ];
    let simd = x.simd;
    let splat = |value: f64| f64x8::splat(simd, value);
    let x = SimdBase::min(SimdBase::max(x, splat(-708.0)), splat(709.0));
    let shifted = x.mul_add(splat(std::f64::consts::LOG2_E), splat(ROUNDER));
    let whole = shifted - splat(ROUNDER);
    let rest = whole.mul_add(splat(-LN_2_LOW), whole.mul_add(splat(-LN_2_HIGH), x));
    let power: u64x8<S> = (shifted.to_bits() << 52) + u64x8::splat(simd, 1023 << 52);
    polynomial(rest, &TERMS) * f64x8::from_bits(power)
}

/// Natural logarithm of a positive normal number to about two units in the last place.
#[inline(always)]
fn ln<S: Simd>(x: f64x8<S>) -> f64x8<S> {
    /// (atanh(s)/s − 1)/s² in s², our own fit.
    const TERMS: [f64; 7] = [
        0.333_333_333_333_333_5,
        0.199_999_999_999_497_52,
        0.142_857_143_129_877_43,
        0.111_111_055_673_975_4,
        0.090_914_445_626_308_61,
        0.076_658_608_002_780_21,
        0.073_082_248_425_217_03,
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

/// `w` at the middle of the range of the polynomial of the centre.
const HALF: f64 = 3.125;

/// The standard normal quantile of a probability between 0 and 1.
///
/// With `x = 2u − 1` and `w = −ln(1 − x²)` the quantile is `x·p(w)`, the form of Giles (2010, Approximating the
/// erfinv function); the polynomials are our own fits. Relative error below 1e-10, far below what any number of
/// paths resolves.
#[inline(always)]
pub(in crate::risk) fn normal_quantile<S: Simd>(u: f64x8<S>) -> f64x8<S> {
    /// In `w − 3.125`, for `w` up to 6.25.
    const CENTRE: [f64; 15] = [
        2.338_620_710_026_593,
        0.339_634_958_337_819_1,
        -0.008_532_899_147_225_168,
        -0.001_047_510_177_321_751_4,
        0.000_264_081_933_717_625_2,
        -1.963_440_116_567_109_2e-5,
        -1.930_934_279_365_376_5e-6,
        5.996_518_716_443_304e-7,
        -4.117_783_691_730_379_4e-8,
        -6.010_039_364_752_033e-9,
        1.504_213_123_886_750_2e-9,
        -4.990_930_888_261_828e-11,
        -2.095_888_788_068_395e-11,
        1.817_599_091_419_688e-12,
        1.008_491_646_712_756_8e-13,
    ];
    let one = f64x8::splat(u.simd, 1.0);
    let half = f64x8::splat(u.simd, HALF);
    let x = u.mul_add(f64x8::splat(u.simd, 2.0), -one);
    // 1 − x² is 4u(1 − u), without the loss near the ends.
    let t = minus_ln((one - u) * u, -(4.0_f64.ln() + HALF));
    let centre = x * polynomial(t, &CENTRE);
    let far = half.simd_lt(t);
    // One draw in a thousand.
    if far.any_true() { far.select(x * tail(t + half), centre) } else { centre }
}

/// `shift − ln(v)` for `v` up to 1, to about 1e-11. A polynomial of the mantissa costs less than a division.
#[inline(always)]
fn minus_ln<S: Simd>(v: f64x8<S>, shift: f64) -> f64x8<S> {
    /// −ln(1 + f) between √½ and √2, our own fit.
    const TERMS: [f64; 13] = [
        -1.350_539_896_769_856_2e-11,
        -1.000_000_000_387_419_2,
        0.500_000_009_866_058_3,
        -0.333_333_254_938_364_4,
        0.249_998_795_127_125_8,
        -0.200_003_862_279_198,
        0.166_721_574_408_222_9,
        -0.142_807_685_021_679_2,
        0.123_867_927_605_791_77,
        -0.110_534_741_268_328_8,
        0.110_310_685_567_855_21,
        -0.106_715_156_985_108_33,
        0.056_754_914_086_505_28,
    ];
    /// Bits of the number before √2: the mantissa is made to lie between half of it and it.
    const OFFSET: u64 = 0x3ff6_a09e_667f_3bcc;
    let simd = v.simd;
    let splat = |value: f64| f64x8::splat(simd, value);
    let bits = v.to_bits();
    let rest = u64x8::splat(simd, OFFSET) - bits;
    let halvings = f64x8::from_bits((rest >> 52) | u64x8::splat(simd, WHOLE.to_bits())) - splat(WHOLE);
    let f = f64x8::from_bits(bits + (rest & u64x8::splat(simd, 0xfff << 52))) - splat(1.0);
    polynomial(f, &TERMS) + halvings.mul_add(splat(std::f64::consts::LN_2), splat(shift))
}

/// 2^52: a whole number in its low bits is added to it.
const WHOLE: f64 = 4_503_599_627_370_496.0;

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
    use fearless_simd::Level;

    use super::super::tier::on_tier;

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
                0 => x.exp(),
                1 => ln(x),
                2 => normal_quantile(x),
                _ => x.normal_cdf(),
            };
            let mut out = [0.0; 8];
            y.store_slice(&mut out);
            out
        }
        on_tier!(Level::new(), simd => run(simd, x, f))
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
            assert!((z - expected).abs() <= 1e-10 * expected.abs(), "{u}: {z}, not {expected}");
        }
    }
}
