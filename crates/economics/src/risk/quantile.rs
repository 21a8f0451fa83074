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
#[derive(Debug)]
struct Scratch {
    /// Bucket of every value.
    buckets: Vec<u16>,
    /// Values by bucket, in four counts, so that neighbours in the same bucket do not wait for each other.
    counts: Box<Counts>,
    /// For each bucket the number of its slot among the wanted ones, from 1; 0 if nobody wants it.
    slots: Box<[u8; BUCKETS]>,
    /// The values of each wanted bucket.
    candidates: Vec<Vec<f64>>,
    sample: Vec<f64>,
}

type Counts = [[u32; 4]; BUCKETS];

impl Default for Scratch {
    fn default() -> Self {
        Self {
            buckets: Vec::new(),
            counts: Box::new([[0; 4]; BUCKETS]),
            slots: Box::new([0; BUCKETS]),
            candidates: Vec::new(),
            sample: Vec::new(),
        }
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
    SCRATCH.with_borrow_mut(|scratch| {
        scratch.mark(segments, count);
        for slot in &mut scratch.candidates {
            slot.clear();
        }
        let mut places = Places::default();
        let ranks = probabilities.iter().map(|probability| Rank::new(*probability, count));
        for rank in ranks.clone() {
            places.want(rank.below, scratch);
            if rank.share > 0.0 {
                places.want(rank.below + 1, scratch);
            }
        }
        scratch.collect(segments);
        for (rank, out) in ranks.zip(out) {
            let low = places.value(rank.below, scratch);
            *out = if rank.share == 0.0 {
                low
            } else {
                let high = places.value(rank.below + 1, scratch);
                // Two equal infinities must not become a difference.
                if low == high { low } else { low * (1.0 - rank.share) + high * rank.share }
            };
        }
        scratch.slots.fill(0);
    });
}

impl Scratch {
    /// Notes and counts the bucket of every value.
    fn mark<'a>(&mut self, segments: &(impl Iterator<Item = &'a [f64]> + Clone), count: usize) {
        let map = Buckets::guess(segments.clone(), count, &mut self.sample);
        self.counts.fill([0; 4]);
        self.buckets.resize(count, 0);
        let level = Level::new();
        let mut rest = &mut self.buckets[..];
        for segment in segments.clone() {
            let (buckets, after) = rest.split_at_mut(segment.len());
            rest = after;
            let counts = &mut *self.counts;
            dispatch!(level, simd => map.mark(simd, segment, buckets, counts));
        }
    }

    fn count(&self, bucket: usize) -> usize {
        self.counts[bucket].iter().sum::<u32>() as usize
    }

    /// Gathers the values of every wanted bucket in one pass, and sorts them.
    fn collect<'a>(&mut self, segments: &(impl Iterator<Item = &'a [f64]> + Clone)) {
        let Self { buckets, slots, candidates, .. } = self;
        let slot = |bucket: u16| slots[usize::from(bucket) % BUCKETS];
        let mut rest = &buckets[..];
        for segment in segments.clone() {
            let (marks, after) = rest.split_at(segment.len());
            rest = after;
            for (marks, values) in marks.chunks(8).zip(segment.chunks(8)) {
                // Most blocks hold nothing that is wanted.
                if marks.iter().fold(0, |hit, mark| hit | slot(*mark)) == 0 {
                    continue;
                }
                for (mark, value) in marks.iter().zip(values) {
                    if let Some(index) = usize::from(slot(*mark)).checked_sub(1) {
                        candidates[index].push(*value);
                    }
                }
            }
        }
        for values in candidates {
            values.sort_unstable_by(f64::total_cmp);
        }
    }
}

/// In which buckets the wanted order statistics lie.
#[derive(Default)]
struct Places {
    /// The bucket reached so far, and the values in the buckets below it.
    bucket: usize,
    before: usize,
    /// Values below each slot, in order.
    below_slot: Vec<usize>,
}

impl Places {
    /// Marks the bucket of an order statistic as wanted. Ranks may go back by one, to the bucket at hand.
    fn want(&mut self, rank: usize, scratch: &mut Scratch) {
        if self.below_slot.last().is_some_and(|below| rank < *below) {
            // The next order statistic of one quantile lay beyond the first of this one, which is marked as well.
            return;
        }
        while self.before + scratch.count(self.bucket) <= rank {
            self.before += scratch.count(self.bucket);
            self.bucket += 1;
        }
        if scratch.slots[self.bucket] == 0 {
            self.below_slot.push(self.before);
            let slots = self.below_slot.len();
            scratch.slots[self.bucket] = slots as u8;
            if scratch.candidates.len() < slots {
                scratch.candidates.push(Vec::new());
            }
        }
    }

    /// A wanted order statistic.
    fn value(&self, rank: usize, scratch: &Scratch) -> f64 {
        let slot = self.below_slot.partition_point(|below| *below <= rank) - 1;
        scratch.candidates[slot][rank - self.below_slot[slot]]
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
    fn mark<S: Simd>(self, simd: S, values: &[f64], buckets: &mut [u16], counts: &mut Counts) {
        let splat = |value: f64| f64x8::splat(simd, value);
        let (low, scale) = (splat(self.low), splat(self.scale));
        let (last, rounder) = (splat((BUCKETS - 1) as f64), splat(ROUNDER));
        let mut places = values.chunks_exact(8);
        let mut marks = buckets.chunks_exact_mut(8);
        for (values, marks) in (&mut places).zip(&mut marks) {
            let place = (f64x8::from_slice(simd, values) - low) * scale + splat(1.0);
            let place = place.max(splat(0.0)).min(last) + rounder;
            let mut bits = [0_u64; 8];
            place.to_bits().store_slice(&mut bits);
            for (index, (mark, bits)) in marks.iter_mut().zip(bits).enumerate() {
                *mark = bits as u16;
                counts[bits as usize % BUCKETS][index % 4] += 1;
            }
        }
        for (value, mark) in places.remainder().iter().zip(marks.into_remainder()) {
            let place = ((value - self.low) * self.scale + 1.0).clamp(0.0, (BUCKETS - 1) as f64);
            *mark = (place + ROUNDER).to_bits() as u16;
            counts[usize::from(*mark) % BUCKETS][0] += 1;
        }
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
