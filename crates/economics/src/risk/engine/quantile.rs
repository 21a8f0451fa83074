//! Exact order statistics without sorting everything.
//!
//! Every value gets a bucket of a monotone map, one byte each. Counting bytes below a limit, 64 at a time, finds the
//! buckets that hold the wanted order statistics; only their values are looked at.

use crate::number::within;
use std::cell::RefCell;

use fearless_simd::{Level, Simd};

use super::buckets::{BUCKETS, BucketMap, count_below, positions};
use super::tier::on_tier;

thread_local! {
    /// Buffers of each thread, reused from row to row and from run to run.
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// Buffers for quantiles.
#[derive(Debug)]
struct Scratch {
    /// Bucket of every value.
    marks: Vec<u8>,
    /// Values below each bucket, as far as they were counted.
    below: [Option<usize>; BUCKETS + 1],
    /// For each bucket the number of its slot among the wanted ones, from 1; 0 if it is not wanted.
    slots: [u8; BUCKETS],
    /// The wanted buckets and their values.
    wanted: Vec<u8>,
    candidates: Vec<Vec<f64>>,
    sample: Vec<f64>,
    last: Last,
}

/// Quantiles of the previous row and the estimates from its sample: consecutive rows, such as months, have similar
/// errors. A wrong guess only costs time.
#[derive(Clone, Copy, Debug, Default)]
struct Last {
    count: usize,
    quantiles: [f64; MOST],
    sampled: [f64; MOST],
}

impl Default for Scratch {
    fn default() -> Self {
        Self {
            marks: Vec::new(),
            below: [None; BUCKETS + 1],
            slots: [0; BUCKETS],
            wanted: Vec::new(),
            candidates: Vec::new(),
            sample: Vec::new(),
            last: Last::default(),
        }
    }
}

/// Step from a guess to the next counted bucket: about the error of the guess.
const STEP: usize = 1;
/// Maximum number of quantiles per call.
const MOST: usize = 16;

/// Number of counts after which bisection is safer than interpolation.
const MANY_TRIES: usize = 8;

/// A rank between two order statistics: position and share of the next one.
#[derive(Clone, Copy, Debug)]
struct Rank {
    below: usize,
    share: f64,
}

impl Rank {
    fn new(probability: f64, count: usize) -> Self {
        let position = probability * (count - 1) as f64;
        let below = position.floor();
        Self { below: below as usize, share: position - below }
    }

    fn last(&self) -> usize {
        if self.share > 0.0 { self.below + 1 } else { self.below }
    }
}

/// Quantiles of values that lie in segments, by linear interpolation between order statistics (numpy's
/// `linear`): exactly what sorting would give.
///
/// `probabilities` ascend. Infinite values sort last, and a quantile that touches one is infinite. `count` is the
/// number of values in all segments, at least 1.
///
/// # Panics
/// If there are more than 16 probabilities.
pub fn quantiles<'a>(
    segments: &(impl Iterator<Item = &'a [f64]> + Clone),
    count: usize,
    probabilities: &[f64],
    out: &mut [f64],
) {
    SCRATCH.with_borrow_mut(|scratch| {
        on_tier!(Level::new(), simd => scratch.quantiles(simd, segments, count, probabilities, out));
    });
}

impl Scratch {
    #[inline(always)]
    fn quantiles<'a, S: Simd>(
        &mut self,
        simd: S,
        segments: &(impl Iterator<Item = &'a [f64]> + Clone),
        count: usize,
        probabilities: &[f64],
        out: &mut [f64],
    ) {
        let map = BucketMap::guess(segments.clone(), count, &mut self.sample);
        let tie = map.tie(simd);
        self.marks.resize(count, 0);
        let mut rest = &mut self.marks[..];
        for segment in segments.clone() {
            let (marks, after) = rest.split_at_mut(segment.len());
            rest = after;
            map.mark(simd, segment, marks);
        }
        self.below.fill(None);
        (self.below[0], self.below[BUCKETS]) = (Some(0), Some(count));
        self.wanted.clear();
        assert!(probabilities.len() <= MOST, "so many quantiles at once are nowhere needed");
        let last = self.last;
        self.last.count = count;
        let mut places = [(0, 0); MOST];
        for (index, (probability, place)) in probabilities.iter().zip(&mut places).enumerate() {
            let rank = Rank::new(*probability, count);
            let sampled = self.sample[(probability * (self.sample.len() - 1) as f64) as usize];
            let drift = if last.count == count { last.quantiles[index] - last.sampled[index] } else { 0.0 };
            self.last.sampled[index] = sampled;
            let guess = map.place(simd, if drift.is_finite() { sampled + drift } else { sampled });
            let first = self.bucket_of(simd, rank.below, guess);
            *place = (first, self.bucket_of(simd, rank.last(), first));
            self.want(place.0, tie);
            self.want(place.1, tie);
        }
        self.collect(simd, segments);
        for (index, ((probability, place), out)) in probabilities.iter().zip(places).zip(out).enumerate() {
            *out = self.value(Rank::new(*probability, count), place, tie);
            self.last.quantiles[index] = *out;
        }
        for bucket in &self.wanted {
            self.slots[usize::from(*bucket)] = 0;
        }
    }

    /// Number of values below a bucket.
    #[inline(always)]
    fn count_below<S: Simd>(&mut self, simd: S, bucket: usize) -> usize {
        if let Some(count) = self.below[bucket] {
            return count;
        }
        let count = count_below(simd, &self.marks, bucket as u8);
        self.below[bucket] = Some(count);
        count
    }

    /// The bucket of an order statistic: from a guess outwards, then between two counts.
    #[inline(always)]
    fn bucket_of<S: Simd>(&mut self, simd: S, rank: usize, guess: usize) -> usize {
        let (mut low, mut high) = (0, BUCKETS);
        let (mut probe, mut step) = (guess.max(1), STEP);
        let mut tries = 0;
        while high - low > 1 {
            tries += 1;
            let is_above = self.count_below(simd, probe) > rank;
            if is_above {
                high = probe;
            } else {
                low = probe;
            }
            // The step doubles until both bounds are counted.
            if high == BUCKETS && low + step < high {
                probe = low + step;
                step *= 2;
            } else if low == 0 && high > step {
                probe = high - step;
                step *= 2;
            } else if tries > MANY_TRIES {
                probe = usize::midpoint(low, high);
            } else if high - low > 1 {
                let (below, above) = (self.count_below(simd, low), self.count_below(simd, high));
                let share = (rank - below) as f64 / (above - below) as f64;
                probe = within(low + (share * (high - low) as f64) as usize, low + 1, high - 1);
            }
        }
        low
    }

    /// Marks a bucket as wanted, unless all its values are known to be equal.
    fn want(&mut self, bucket: usize, tie: Option<(usize, f64)>) {
        if self.slots[bucket] == 0 && tie.is_none_or(|(place, _)| place != bucket) {
            self.wanted.push(bucket as u8);
            self.slots[bucket] = self.wanted.len() as u8;
            if self.candidates.len() < self.wanted.len() {
                self.candidates.push(Vec::new());
            }
        }
    }

    /// Gathers the values of every wanted bucket in one pass.
    #[inline(always)]
    fn collect<'a, S: Simd>(&mut self, simd: S, segments: &(impl Iterator<Item = &'a [f64]> + Clone)) {
        let Self { marks, slots, wanted, candidates, .. } = self;
        for values in &mut *candidates {
            values.clear();
        }
        let mut rest = &marks[..];
        for segment in segments.clone() {
            let (marks, after) = rest.split_at(segment.len());
            rest = after;
            for (marks, values) in marks.chunks(64).zip(segment.chunks(64)) {
                let mut hits = positions(simd, marks, wanted);
                while hits != 0 {
                    let index = hits.trailing_zeros() as usize;
                    hits &= hits - 1;
                    let slot = usize::from(slots[usize::from(marks[index])]);
                    candidates[slot - 1].push(values[index]);
                }
            }
        }
    }

    /// A quantile from the buckets of its one or two order statistics.
    fn value(&mut self, rank: Rank, (first, last): (usize, usize), tie: Option<(usize, f64)>) -> f64 {
        let (low, next) = self.order_statistic(rank.below, first, tie);
        if rank.share == 0.0 {
            return low;
        }
        let high = match next {
            Some(next) if first == last => next,
            _ => self.order_statistic(rank.last(), last, tie).0,
        };
        // Equal values, infinite ones included, are returned exactly.
        if low == high { low } else { low * (1.0 - rank.share) + high * rank.share }
    }

    /// An order statistic from its bucket, and the next one if it is in the same bucket.
    fn order_statistic(
        &mut self,
        rank: usize,
        bucket: usize,
        tie: Option<(usize, f64)>,
    ) -> (f64, Option<f64>) {
        if let Some((_, value)) = tie.filter(|(place, _)| *place == bucket) {
            return (value, Some(value));
        }
        let before = self.below[bucket].unwrap_or(0);
        let values = &mut self.candidates[usize::from(self.slots[bucket]) - 1];
        let (_, value, after) = values.select_nth_unstable_by(rank - before, f64::total_cmp);
        (*value, after.iter().copied().min_by(f64::total_cmp))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn by_sorting(values: &[f64], probabilities: &[f64]) -> Vec<f64> {
        let mut sorted = values.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        let quantile = |p: &f64| {
            let rank = Rank::new(*p, sorted.len());
            let low = sorted[rank.below];
            if rank.share == 0.0 {
                return low;
            }
            let high = sorted[rank.below + 1];
            if low == high { low } else { low * (1.0 - rank.share) + high * rank.share }
        };
        probabilities.iter().map(quantile).collect()
    }

    const PROBABILITIES: [f64; 7] = [0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0];

    fn check(values: &[f64]) {
        let mut out = [0.0; 7];
        for size in [values.len(), 7, 1] {
            quantiles(&values.chunks(size), values.len(), &PROBABILITIES, &mut out);
            assert_eq!(out.to_vec(), by_sorting(values, &PROBABILITIES));
        }
    }

    #[test]
    fn mass_points_tails_and_infinities_are_no_exception() {
        check(&[3.5]);
        check(&vec![-2.0; 1000]);
        let tail: Vec<f64> = (0..5000).map(|i| (f64::from(i * 7919 % 5000) / 400.0).exp()).collect();
        check(&tail);
        let floor: Vec<f64> = (0..3000).map(|i| f64::from(i * 7919 % 3000).max(2000.0)).collect();
        check(&floor);
        let never: Vec<f64> =
            (0..999).map(|i| if i % 3 == 0 { f64::INFINITY } else { f64::from(i) }).collect();
        check(&never);
        check(&[f64::INFINITY; 40]);
    }

    proptest! {
        #[test]
        fn quantiles_are_those_of_sorting(values in prop::collection::vec(-1e9..1e9f64, 1..2000)) {
            check(&values);
        }
    }
}
