//! The number type of the kernel: one `f64`, or a vector with one simulated path per lane.

use std::ops::{Add, BitAnd, Mul, Neg, Not, Sub};

/// `value` limited to `low..=high`; `low` where the ends cross, as in a layout that is too narrow.
///
/// `clamp` panics there. NaN stays NaN.
#[inline]
pub fn within<T: PartialOrd>(value: T, low: T, high: T) -> T {
    let value = if value > high { high } else { value };
    if value < low { low } else { value }
}

/// A number of the cash-flow kernel: `f64`, or a vector of lanes with one path each.
///
/// The kernel uses nothing else, so the deterministic curve and every simulated path run the same code. Operators with
/// `f64` take values of the monthly tables, which all paths share.
pub trait Real:
    Copy
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Neg<Output = Self>
    + Add<f64, Output = Self>
    + Sub<f64, Output = Self>
    + Mul<f64, Output = Self>
    + std::ops::Div<Output = Self>
{
    /// The outcome of a comparison, one per lane.
    type Mask: Copy + BitAnd<Output = Self::Mask> + Not<Output = Self::Mask>;

    /// `value` in every lane.
    #[must_use]
    fn constant(self, value: f64) -> Self;
    /// The smaller of the two.
    #[must_use]
    fn min(self, other: Self) -> Self;
    /// The larger of the two.
    #[must_use]
    fn max(self, other: Self) -> Self;
    /// Mask of the lanes with `self < other`.
    fn less(self, other: Self) -> Self::Mask;
    /// `yes` where the mask holds, else `no`.
    fn select(mask: Self::Mask, yes: Self, no: Self) -> Self;
    /// Whether the mask holds in any lane.
    fn any(mask: Self::Mask) -> bool;
    /// `e^self`.
    #[must_use]
    fn exp(self) -> Self;
    /// Natural logarithm.
    #[must_use]
    fn ln(self) -> Self;

    /// `self^exponent` for a positive `self`.
    #[must_use]
    #[inline(always)]
    fn power(self, exponent: f64) -> Self {
        (self.ln() * exponent).exp()
    }

    /// Probability that a standard normal variable is below `self`.
    ///
    /// Hart's rational approximation (Computer Approximations, 1968, no. 5666), absolute error below 1e-15; one
    /// exponential and no branch, so it runs in lanes.
    #[must_use]
    #[inline(always)]
    fn normal_cdf(self) -> Self {
        const NUMERATOR: [f64; 7] = [
            3.526_249_659_989_11e-2,
            0.700_383_064_443_688,
            6.373_962_203_531_65,
            33.912_866_078_383,
            112.079_291_497_871,
            221.213_596_169_931,
            220.206_867_912_376,
        ];
        const DENOMINATOR: [f64; 8] = [
            8.838_834_764_831_84e-2,
            1.755_667_163_182_64,
            16.064_177_579_207,
            86.780_732_202_946_1,
            296.564_248_779_674,
            637.333_633_378_831,
            793.826_512_519_948,
            440.413_735_824_752,
        ];
        let zero = self.constant(0.0);
        // Limited to 37, where the tail is below 1e-299: the exponential does not underflow.
        let x = self.max(-self).min(self.constant(37.0));
        let horner = |coefficients: &[f64]| coefficients.iter().fold(zero, |sum, &c| sum * x + c);
        let tail = (x * x * -0.5).exp() * horner(&NUMERATOR) / horner(&DENOMINATOR);
        Self::select(zero.less(self), zero + 1.0 - tail, tail)
    }
}

impl Real for f64 {
    type Mask = bool;

    #[inline(always)]
    fn constant(self, value: f64) -> Self {
        value
    }

    #[inline(always)]
    fn min(self, other: Self) -> Self {
        if self < other { self } else { other }
    }

    #[inline(always)]
    fn max(self, other: Self) -> Self {
        if self > other { self } else { other }
    }

    #[inline(always)]
    fn less(self, other: Self) -> bool {
        self < other
    }

    #[inline(always)]
    fn select(mask: bool, yes: Self, no: Self) -> Self {
        if mask { yes } else { no }
    }

    #[inline(always)]
    fn any(mask: bool) -> bool {
        mask
    }

    #[inline(always)]
    fn exp(self) -> Self {
        Self::exp(self)
    }

    #[inline(always)]
    fn ln(self) -> Self {
        Self::ln(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Φ from a 50-digit evaluation.
    const NORMAL: [(f64, f64); 8] = [
        (0.0, 0.5),
        (0.5, 0.691_462_461_274_013_1),
        (1.0, 0.841_344_746_068_542_9),
        (-1.0, 0.158_655_253_931_457_07),
        (-2.5, 0.006_209_665_325_776_139),
        (3.0, 0.998_650_101_968_369_9),
        (-6.0, 9.865_876_450_377_012e-10),
        (8.0, 0.999_999_999_999_999_3),
    ];

    #[test]
    fn normal_cdf_matches_its_definition() {
        for (x, expected) in NORMAL {
            assert!((x.normal_cdf() - expected).abs() < 1e-15, "Φ({x}) = {}", x.normal_cdf());
        }
        assert_eq!(f64::INFINITY.normal_cdf(), 1.0);
        assert!(f64::NEG_INFINITY.normal_cdf() < 1e-290);
    }
}
