//! Payback: the months in which cumulative cash returns to zero.

use crate::number::Real;

/// Relative rounding of a sum of undiscounted flows: the share of their absolute sum that counts as zero.
const ROUNDING: f64 = 1e-12;

/// Whether a sum of plain flows is below zero, and not only by the rounding of all that has `flowed`, in and out.
#[inline(always)]
pub(crate) fn is_below<V: Real>(sum: V, flowed: V) -> V::Mask {
    sum.less(flowed * -ROUNDING)
}

/// When a sum that was `before`, below zero, comes back to it by the flow of period `t`: linear within the period, at
/// most its end, so that a rest of rounding does not lead beyond.
#[inline(always)]
pub(crate) fn crossing<V: Real>(t: usize, before: V, flow: V) -> V {
    let zero = flow.constant(0.0);
    (zero + (t as f64 - 1.0) - before / flow).min(zero + t as f64)
}

/// The crossings of the cumulative flow, in periods since the start.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Payback {
    /// The first time it returns to zero; 0 if it is never negative.
    pub first: f64,
    /// The last time it returns to zero, if it stays there; `None` if it ends below zero.
    pub last: Option<f64>,
}

/// First and last payback of flows discounted at `rate` per period (0: undiscounted), or `None` for never.
///
/// Inside a period the crossing is interpolated linearly on the discounted flow; an exact zero counts as paid back. A
/// sum of undiscounted flows is zero to 1e-12 of their absolute sum so far, so that rounding does not hide an exact
/// payback; the crossing is then at most at the end of that period.
///
/// ```
/// use wattfolio_economics::finance;
///
/// let payback = finance::payback(&[-100.0, 60.0, 80.0], 0.0).unwrap();
/// assert_eq!((payback.first, payback.last), (1.5, Some(1.5)));
/// assert_eq!(finance::payback(&[-100.0, 60.0], 0.0), None);
/// // Three times 0.1 is not 0.3 to the last bit.
/// assert_eq!(finance::payback(&[-0.3, 0.1, 0.1, 0.1], 0.0).unwrap().first, 3.0);
/// ```
pub fn payback(flows: &[f64], rate: f64) -> Option<Payback> {
    let is_plain = rate == 0.0;
    let mut growth = 1.0;
    let (mut sum, mut size) = (0.0, 0.0);
    let mut first = None;
    let mut last = None;
    let mut below = false;
    for (k, flow) in flows.iter().enumerate() {
        let flow = flow / growth;
        growth *= 1.0 + rate;
        let before = sum;
        sum += flow;
        size += flow.abs();
        let is_unpaid = if is_plain { is_below(sum, size) } else { sum < 0.0 };
        if is_unpaid {
            below = true;
            last = None;
        } else if below {
            below = false;
            let crossing = crossing(k, before, flow);
            first.get_or_insert(crossing);
            last = Some(crossing);
        }
    }
    match first {
        Some(first) => Some(Payback { first, last }),
        None if below => None,
        None => Some(Payback { first: 0.0, last: Some(0.0) }),
    }
}
