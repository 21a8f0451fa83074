//! When cumulative cash comes back to zero.

/// The crossings of the cumulative flow, in periods since the start.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Payback {
    /// The first time it comes back to zero; 0 if it is never negative.
    pub first: f64,
    /// The last time it comes back to zero, if it stays there; `None` if it ends below zero.
    pub last: Option<f64>,
}

/// First and last payback of flows discounted at `rate` per period (0: plain), or `None` for never.
///
/// Inside a period the crossing is interpolated linearly on the discounted flow; an exact zero counts as
/// paid back.
///
/// ```
/// use wattfolio_economics::finance;
///
/// let payback = finance::payback(&[-100.0, 60.0, 80.0], 0.0).unwrap();
/// assert_eq!((payback.first, payback.last), (1.5, Some(1.5)));
/// assert_eq!(finance::payback(&[-100.0, 60.0], 0.0), None);
/// ```
pub fn payback(flows: &[f64], rate: f64) -> Option<Payback> {
    let mut growth = 1.0;
    let mut sum = 0.0;
    let mut first = None;
    let mut last = None;
    let mut below = false;
    for (k, flow) in flows.iter().enumerate() {
        let flow = flow / growth;
        growth *= 1.0 + rate;
        let before = sum;
        sum += flow;
        if sum < 0.0 {
            below = true;
            last = None;
        } else if below {
            below = false;
            let crossing = k as f64 - 1.0 - before / flow;
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
