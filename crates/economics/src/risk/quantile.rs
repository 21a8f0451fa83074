//! Exact order statistics without sorting everything.

use std::cell::RefCell;

use fearless_simd::{Level, Simd, SimdBase, SimdFloat, dispatch, f64x8};

/// Buckets over the range in which most values lie.
const BUCKETS: usize = 1024;
/// Values from which the range is guessed.
const SAMPLE: usize = 128;
/// 2^52: adding it leaves the nearest whole number in the low bits.
const ROUNDER: f64 = 4_503_599_627_370_496.0;

thread_local! {
    /// Each thread keeps its memory from row to row and from run to run.
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// Memory that finding quantiles needs.
#[derive(Debug, Default)]
struct Scratch {
    /// Bucket of every value.
    buckets: Vec<u16>,
    /// Values by bucket, in four counts, so that neighbours in the same bucket do not wait for each other.
    counts: Vec<[u32; 4]>,
    candidates: Vec<f64>,
    sample: Vec<f64>,
}

impl Scratch {
    fn count(&self, bucket: usize) -> usize {
        self.counts[bucket].iter().sum::<u32>() as usize
    }
}

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
}

/// Quantiles of values that lie in segments, by linear interpolation between order statistics (numpy's
/// `linear`): exactly what sorting would give.
///
/// `probabilities` ascend. Infinite values sort last, and a quantile that touches one is infinite. `count` is the
/// number of values in all segments, at least 1.
pub fn quantiles<'a>(
    segments: &(impl Iterator<Item = &'a [f64]> + Clone),
    count: usize,
    probabilities: &[f64],
    out: &mut [f64],
) {
    SCRATCH.with_borrow_mut(|scratch| quantiles_with(segments, count, probabilities, scratch, out));
}

fn quantiles_with<'a>(
    segments: &(impl Iterator<Item = &'a [f64]> + Clone),
    count: usize,
    probabilities: &[f64],
    scratch: &mut Scratch,
    out: &mut [f64],
) {
    let map = Buckets::guess(segments.clone(), count, &mut scratch.sample);
    scratch.counts.clear();
    scratch.counts.resize(BUCKETS, [0; 4]);
    scratch.buckets.clear();
    scratch.buckets.reserve(count);
    let level = Level::new();
    for segment in segments.clone() {
        dispatch!(level, simd => map.mark(simd, segment, scratch));
    }
    let mut finder = Finder { bucket: usize::MAX, before: 0, scratch };
    for (probability, out) in probabilities.iter().zip(out) {
        let rank = Rank::new(*probability, count);
        let low = finder.order_statistic(segments.clone(), rank.below);
        *out = if rank.share == 0.0 {
            low
        } else {
            let high = finder.order_statistic(segments.clone(), rank.below + 1);
            // Two equal infinities must not become a difference.
            if low == high { low } else { low * (1.0 - rank.share) + high * rank.share }
        };
    }
}

/// A monotone map from values to buckets.
#[derive(Clone, Copy)]
struct Buckets {
    low: f64,
    scale: f64,
}

impl Buckets {
    /// Spans what a sample of the values spans. Values outside fall into the first and last bucket, so that the
    /// guess decides the speed and never the result.
    fn guess<'a>(segments: impl Iterator<Item = &'a [f64]>, count: usize, sample: &mut Vec<f64>) -> Self {
        let step = (count / SAMPLE).max(1);
        sample.clear();
        let mut skip = 0;
        for segment in segments {
            let mut index = skip;
            while index < segment.len() {
                sample.push(segment[index]);
                index += step;
            }
            skip = index - segment.len();
        }
        sample.sort_unstable_by(f64::total_cmp);
        let at = |share: f64| sample[(share * (sample.len() - 1) as f64) as usize];
        // Long tails would leave all others in one bucket.
        let (low, high) = (at(0.01), at(0.98));
        let width = high - low;
        if width > 0.0 && width.is_finite() {
            Self { low, scale: (BUCKETS - 2) as f64 / width }
        } else if low.is_finite() {
            // Most values are the same: below it, it, and above it.
            Self { low, scale: f64::MAX }
        } else {
            Self { low: f64::MAX, scale: 1.0 }
        }
    }

    /// Notes and counts the bucket of every value.
    #[inline(always)]
    fn mark<S: Simd>(self, simd: S, values: &[f64], scratch: &mut Scratch) {
        let splat = |value: f64| f64x8::splat(simd, value);
        let (low, scale) = (splat(self.low), splat(self.scale));
        let (last, rounder) = (splat((BUCKETS - 1) as f64), splat(ROUNDER));
        let (whole, rest) = values.split_at(values.len() / 8 * 8);
        for values in whole.chunks_exact(8) {
            let place = (f64x8::from_slice(simd, values) - low) * scale + splat(1.0);
            let place = place.max(splat(0.0)).min(last) + rounder;
            let mut bits = [0_u64; 8];
            place.to_bits().store_slice(&mut bits);
            let buckets = bits.map(|bits| bits as u16);
            for (index, bucket) in buckets.into_iter().enumerate() {
                scratch.counts[usize::from(bucket) % BUCKETS][index % 4] += 1;
            }
            scratch.buckets.extend_from_slice(&buckets);
        }
        for value in rest {
            let place = ((value - self.low) * self.scale + 1.0).clamp(0.0, (BUCKETS - 1) as f64);
            let bucket = (place + ROUNDER).to_bits() as u16;
            scratch.counts[usize::from(bucket) % BUCKETS][0] += 1;
            scratch.buckets.push(bucket);
        }
    }
}

/// Finds order statistics of ascending rank.
struct Finder<'s> {
    /// The bucket whose sorted values are at hand.
    bucket: usize,
    /// Values in the buckets below it.
    before: usize,
    scratch: &'s mut Scratch,
}

impl Finder<'_> {
    fn order_statistic<'a>(&mut self, segments: impl Iterator<Item = &'a [f64]>, rank: usize) -> f64 {
        // The next order statistic of one quantile may lie beyond the first of the following one.
        let goes_on = self.bucket != usize::MAX && self.before <= rank;
        let (mut bucket, mut before) = if goes_on { (self.bucket, self.before) } else { (0, 0) };
        while before + self.scratch.count(bucket) <= rank {
            before += self.scratch.count(bucket);
            bucket += 1;
        }
        if bucket != self.bucket {
            (self.bucket, self.before) = (bucket, before);
            self.collect(segments);
        }
        self.scratch.candidates[rank - before]
    }

    fn collect<'a>(&mut self, segments: impl Iterator<Item = &'a [f64]>) {
        let wanted = self.bucket as u16;
        let Scratch { buckets, candidates, .. } = &mut *self.scratch;
        candidates.clear();
        let mut from = 0;
        for segment in segments {
            let marks = &buckets[from..from + segment.len()];
            from += segment.len();
            // Blocks without a hit are passed over in vector registers.
            for (marks, values) in marks.chunks(32).zip(segment.chunks(32)) {
                if marks.iter().fold(0, |hits, mark| hits | u8::from(*mark == wanted)) != 0 {
                    let hits = marks.iter().zip(values).filter(|(mark, _)| **mark == wanted);
                    candidates.extend(hits.map(|(_, value)| *value));
                }
            }
        }
        candidates.sort_unstable_by(f64::total_cmp);
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
