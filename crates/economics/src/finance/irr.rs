//! All internal rates of return of a cash flow.
//!
//! With `s = ln(1 + rate)` the net present value is `f(s) = Σ c_k·e^(−ks)`. The search never returns a guess:
//! an interval is closed only when it is proved to hold no root, exactly one, or a double one. The proofs are
//!
//! * Descartes: one change of sign in the flows means one root;
//! * Laguerre: the changes of sign in the running sums of the flows discounted at `s` bound the number of
//!   roots above `s`; those in the sums from the end bound the number below;
//! * bounds on `f`, `f′` and `f″` over an interval, from the sums of the absolute terms at its middle.
//!
//! Rates below 0 are the mirror image: the roots of the flows in reverse order, with `s` negated. So the
//! search only ever looks at `s ≥ 0`, where no power of `e^(−s)` overflows.

use super::sign_changes;

/// A rate per period at which the net present value is zero.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct IrrRoot {
    /// The rate per period, above −1.
    pub rate: f64,
    /// 1, or 2 where the net present value touches zero without crossing it.
    pub multiplicity: u32,
}

/// Every real rate above −100 % per period at which the net present value of `flows` is zero, ascending.
///
/// Empty if there is none: all flows of one sign, or a net present value that is never zero.
///
/// ```
/// use wattfolio_economics::finance;
///
/// // A mine with a clean-up at the end has an NPV of 0 at 10 % and at 20 %.
/// let roots = finance::irr_roots(&[-1000.0, 2300.0, -1320.0]);
/// assert_eq!(roots.len(), 2);
/// assert!((roots[0].rate - 0.10).abs() < 1e-12 && (roots[1].rate - 0.20).abs() < 1e-12);
/// assert!(finance::irr_roots(&[1.0, 2.0]).is_empty());
/// ```
pub fn irr_roots(flows: &[f64]) -> Vec<IrrRoot> {
    let Some(first) = flows.iter().position(|&flow| flow != 0.0) else { return Vec::new() };
    let last = flows.iter().rposition(|&flow| flow != 0.0).unwrap_or(first);
    let flows = &flows[first..=last];
    let found = match sign_changes(flows.iter().copied()) {
        0 => Vec::new(),
        1 => only_root(flows).into_iter().collect(),
        _ => every_root(flows),
    };
    found.into_iter().map(|(s, multiplicity)| IrrRoot { rate: s.exp_m1(), multiplicity }).collect()
}

/// A root in `s`, and its multiplicity.
type Found = (f64, u32);

/// Largest `s` searched; rates beyond it approach the largest `f64`.
const WIDEST: f64 = 700.0;
/// Relative rounding of a sum of products.
const ROUNDING: f64 = 8.0 * f64::EPSILON;
/// An interval halved this often is narrower than `f64` resolves.
const DEEPEST: usize = 60;

/// The root of flows with one change of sign.
fn only_root(flows: &[f64]) -> Option<Found> {
    let sum: f64 = flows.iter().sum();
    if sum == 0.0 {
        return Some((0.0, 1));
    }
    // Far above, the first flow decides the sign; far below, the last one.
    if (sum > 0.0) == (flows[0] > 0.0) {
        let reversed: Vec<f64> = flows.iter().rev().copied().collect();
        return root_above_zero(&reversed).map(|s| (-s, 1));
    }
    root_above_zero(flows).map(|s| (s, 1))
}

fn root_above_zero(flows: &[f64]) -> Option<f64> {
    let (mut inner, mut outer) = (0.0, 0.02);
    while (value(flows, outer).f > 0.0) != (flows[0] > 0.0) {
        inner = outer;
        outer *= 2.0;
        if outer > WIDEST {
            return None;
        }
    }
    Some(solve(flows, inner, outer))
}

/// `f` and `f′` at a point, and the rounding error of `f`.
#[derive(Clone, Copy)]
struct Value {
    f: f64,
    slope: f64,
    noise: f64,
}

fn value(flows: &[f64], s: f64) -> Value {
    let y = (-s).exp();
    let (mut f, mut derivative, mut size) = (0.0, 0.0, 0.0);
    for flow in flows.iter().rev() {
        derivative = derivative * y + f;
        f = f * y + flow;
        size = size * y + flow.abs();
    }
    Value { f, slope: -derivative * y, noise: ROUNDING * size }
}

/// The simple root between `a` and `b`, where `f` has different signs: Newton, kept inside by bisection.
fn solve(flows: &[f64], mut a: f64, mut b: f64) -> f64 {
    let rising = value(flows, b).f > 0.0;
    let mut s = f64::midpoint(a, b);
    for _ in 0..200 {
        let Value { f, slope, .. } = value(flows, s);
        if f == 0.0 {
            break;
        }
        *(if (f > 0.0) == rising { &mut b } else { &mut a }) = s;
        let newton = s - f / slope;
        let next = if newton > a && newton < b { newton } else { f64::midpoint(a, b) };
        let moved = (next - s).abs();
        s = next;
        if moved <= 1e-16 + 2.0 * f64::EPSILON * s.abs() {
            break;
        }
    }
    s
}

/// Upper bound of the changes of sign of a sequence, given its rounding errors.
#[derive(Default)]
struct SignChanges {
    /// The last value whose sign is certain; 0 before the first.
    last: f64,
    /// Values since then whose sign is uncertain.
    doubtful: usize,
    most: usize,
}

impl SignChanges {
    fn add(&mut self, value: f64, noise: f64) {
        if value.abs() <= noise {
            self.doubtful += 1;
            return;
        }
        if self.last == 0.0 {
            self.most += self.doubtful;
        } else {
            // As many changes as there are steps between the two certain signs, of the right parity.
            let steps = self.doubtful + 1;
            let differs = (value > 0.0) != (self.last > 0.0);
            self.most += if (steps % 2 == 1) == differs { steps } else { steps - 1 };
        }
        self.doubtful = 0;
        self.last = value;
    }

    fn most(&self) -> usize {
        self.most + self.doubtful
    }
}

/// The sign of `f` at a point, and bounds on the number of roots on either side.
#[derive(Clone, Copy)]
struct Probe {
    s: f64,
    f: f64,
    noise: f64,
    above: usize,
    below: usize,
}

impl Probe {
    fn is_sure(&self) -> bool {
        self.f.abs() > self.noise
    }

    fn differs_from(&self, other: &Self) -> bool {
        (self.f > 0.0) != (other.f > 0.0)
    }
}

/// Properties of an interval, proved by the bounds on `f` and its derivatives.
struct Shape {
    no_root: bool,
    monotonic: bool,
    one_bend: bool,
}

/// Every root, searched on both sides of a rate near 0 that is not itself a root.
fn every_root(flows: &[f64]) -> Vec<Found> {
    let pivots = [0.0, 1e-3, -1e-3, 2.7e-3];
    let sure = |s: &f64| {
        let value = value(flows, *s);
        value.f.abs() > value.noise
    };
    let pivot = pivots.iter().copied().find(sure).unwrap_or(0.0);
    let reversed: Vec<f64> = flows.iter().rev().copied().collect();
    let mirrored = Search::new(&reversed).from(-pivot);
    let mut found: Vec<Found> = mirrored.into_iter().rev().map(|(s, times)| (-s, times)).collect();
    found.extend(Search::new(flows).from(pivot));
    found
}

struct Search<'a> {
    flows: &'a [f64],
    found: Vec<Found>,
}

impl<'a> Search<'a> {
    fn new(flows: &'a [f64]) -> Self {
        Self { flows, found: Vec::new() }
    }

    /// Every root above `start`, ascending.
    fn from(mut self, start: f64) -> Vec<Found> {
        let start = self.probe(start);
        if start.above > 0 {
            let mut end = self.probe(0.01);
            while end.above > 0 && end.s <= WIDEST {
                end = self.probe(end.s * 2.0);
            }
            self.interval(start, end, 0);
        }
        self.told_apart()
    }

    /// The roots, merged where `f` between two of them is 0 within its rounding: an interval beside a root can be so
    /// narrow that rounding hides its values, and looks like a double root.
    fn told_apart(&self) -> Vec<Found> {
        let mut apart: Vec<Found> = Vec::with_capacity(self.found.len());
        for &(s, times) in &self.found {
            let Some((before, times_before)) = apart.last_mut() else {
                apart.push((s, times));
                continue;
            };
            let Value { f, noise, .. } = value(self.flows, f64::midpoint(*before, s));
            if f.abs() > noise {
                apart.push((s, times));
                continue;
            }
            // A crossing is located more precisely than a double root.
            *before = match (*times_before, times) {
                (1, 2) => *before,
                (2, 1) => s,
                _ => f64::midpoint(*before, s),
            };
            // An odd number of roots crosses zero, an even one touches it.
            *times_before = if (*times_before + times) % 2 == 1 { 1 } else { 2 };
        }
        apart
    }

    fn probe(&self, s: f64) -> Probe {
        let y = (-s).exp();
        let (mut above, mut below) = (SignChanges::default(), SignChanges::default());
        let (mut sum, mut size, mut weight) = (0.0, 0.0, 1.0);
        for flow in self.flows {
            let term = flow * weight;
            sum += term;
            size += f64::abs(term);
            above.add(sum, ROUNDING * size);
            weight *= y;
        }
        // The sums from the end, relative to their first term: the partial results of Horner's rule.
        let (mut f, mut size) = (0.0, 0.0);
        for flow in self.flows.iter().rev() {
            f = f * y + flow;
            size = size * y + flow.abs();
            below.add(f, ROUNDING * size);
        }
        Probe { s, f, noise: ROUNDING * size, above: above.most(), below: below.most() }
    }

    /// Finds every root between two probes.
    fn interval(&mut self, a: Probe, b: Probe, depth: usize) {
        if a.above == 0 || b.below == 0 {
            return;
        }
        let crosses = a.differs_from(&b);
        if crosses && (a.above == 1 || b.below == 1) {
            return self.one_root(a.s, b.s);
        }
        let shape = self.shape(a.s, b.s);
        if shape.no_root || (shape.monotonic && !crosses) {
            return;
        }
        if crosses && (shape.monotonic || shape.one_bend) {
            return self.one_root(a.s, b.s);
        }
        if shape.one_bend {
            return self.at_the_bend(a, b);
        }
        if depth > DEEPEST {
            self.found.push((f64::midpoint(a.s, b.s), 2));
            return;
        }
        let middle = self.split(a.s, b.s);
        self.interval(a, middle, depth + 1);
        self.interval(middle, b, depth + 1);
    }

    fn one_root(&mut self, a: f64, b: f64) {
        self.found.push((solve(self.flows, a, b), 1));
    }

    /// A probe near the middle that is not itself a root.
    fn split(&self, a: f64, b: f64) -> Probe {
        let middle = self.probe(f64::midpoint(a, b));
        if middle.is_sure() {
            return middle;
        }
        let aside = self.probe(a + 0.41 * (b - a));
        if aside.is_sure() { aside } else { middle }
    }

    /// Settles an interval with equal signs at its ends in which `f` bends once: no root, two, or a double
    /// one at the extremum.
    fn at_the_bend(&mut self, a: Probe, b: Probe) {
        let rises_at_end = value(self.flows, b.s).slope > 0.0;
        let (mut low, mut high) = (a.s, b.s);
        for _ in 0..100 {
            let middle = f64::midpoint(low, high);
            if (value(self.flows, middle).slope > 0.0) == rises_at_end { high = middle } else { low = middle }
        }
        let extremum = f64::midpoint(low, high);
        let Value { f, noise, .. } = value(self.flows, extremum);
        if f.abs() <= noise {
            self.found.push((extremum, 2));
        } else if (f > 0.0) != (a.f > 0.0) {
            self.one_root(a.s, extremum);
            self.one_root(extremum, b.s);
        }
    }

    /// With `w_k` the terms at the middle of the interval and `h` half its width, no sum `Σ k^i·w_k`
    /// changes over the interval by more than `Σ k^i·|w_k|·(e^(kh) − 1)`.
    fn shape(&self, a: f64, b: f64) -> Shape {
        let (y, growth_per_order) = ((-f64::midpoint(a, b)).exp(), ((b - a) / 2.0).exp());
        let (mut sums, mut slacks) = ([0.0; 3], [0.0; 3]);
        let (mut weight, mut growth) = (1.0, 1.0);
        for (k, flow) in self.flows.iter().enumerate() {
            let mut term = flow * weight;
            for (sum, slack) in sums.iter_mut().zip(&mut slacks) {
                *sum += term;
                *slack += term.abs() * (growth - 1.0 + ROUNDING);
                term *= k as f64;
            }
            weight *= y;
            growth *= growth_per_order;
        }
        let clear = |i: usize| f64::abs(sums[i]) > slacks[i];
        Shape { no_root: clear(0), monotonic: clear(1), one_bend: clear(2) }
    }
}
