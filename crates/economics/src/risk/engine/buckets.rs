//! Bucket of every value, one byte each, and counting and search by bucket.

use fearless_simd::{
    Select, Simd, SimdBase, SimdFloat, SimdMask, SimdNarrow, SimdWiden, f64x8, u8x64, u64x8,
};

/// Number of buckets over the range of most values.
pub(in crate::risk) const BUCKETS: usize = 256;
/// Number of buckets without a tie; a tie moves larger values up by two.
const PLACES: usize = BUCKETS - 2;
/// Number of values from which the range is guessed.
const SAMPLE: usize = 64;
/// 2^52: adding it leaves the nearest whole number in the low bits.
const ROUNDER: f64 = 4_503_599_627_370_496.0;

/// A monotone map from values to buckets.
#[derive(Clone, Copy)]
pub(in crate::risk) struct BucketMap {
    scale: f64,
    offset: f64,
    /// Frequent value, with a bucket of its own.
    tie: Option<f64>,
}

impl BucketMap {
    /// Covers the range of a sample of the values. Values outside fall into the first and last bucket, so that the
    /// guess affects the speed and never the result. `sample` is left sorted.
    pub(in crate::risk) fn guess<'a>(
        segments: impl Iterator<Item = &'a [f64]>,
        count: usize,
        sample: &mut Vec<f64>,
    ) -> Self {
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
        // Long tails would put all other values in one bucket, and infinite values would put all there.
        let finite = sample.partition_point(|value| *value < f64::INFINITY);
        let last = ((0.98 * (sample.len() - 1) as f64) as usize).min(finite.saturating_sub(1));
        let low = sample[(0.01 * (sample.len() - 1) as f64) as usize];
        let width = sample[last] - low;
        let tie = longest_tie(sample);
        let scale = (PLACES - 2) as f64 / width;
        let offset = 1.0 - low * scale;
        if width > 0.0 && width.is_finite() && offset.is_finite() {
            Self { scale, offset, tie }
        } else {
            // Most values are equal, and only the tie separates them.
            Self { scale: f64::MIN_POSITIVE, offset: 1.0, tie }
        }
    }

    /// The bucket of a value.
    #[inline(always)]
    pub(in crate::risk) fn place<S: Simd>(self, simd: S, value: f64) -> usize {
        let mut places = [0; 8];
        self.places(simd, &[value; 8]).store_slice(&mut places);
        places[0] as usize % BUCKETS
    }

    /// Bucket of the frequent value, and that value.
    #[inline(always)]
    pub(in crate::risk) fn tie<S: Simd>(self, simd: S) -> Option<(usize, f64)> {
        self.tie.map(
            #[inline(always)]
            |tie| (self.place(simd, tie), tie),
        )
    }

    /// Writes the bucket of every value to `marks`.
    #[inline(always)]
    pub(in crate::risk) fn mark<S: Simd>(self, simd: S, values: &[f64], marks: &mut [u8]) {
        let mut values = values.chunks_exact(64);
        let mut marks = marks.chunks_exact_mut(64);
        for (values, marks) in (&mut values).zip(&mut marks) {
            self.mark_64(simd, values, marks);
        }
        let (values, marks) = (values.remainder(), marks.into_remainder());
        if !values.is_empty() {
            let (mut all, mut all_marks) = ([0.0; 64], [0; 64]);
            all[..values.len()].copy_from_slice(values);
            self.mark_64(simd, &all, &mut all_marks);
            marks.copy_from_slice(&all_marks[..marks.len()]);
        }
    }

    #[inline(always)]
    fn mark_64<S: Simd>(self, simd: S, values: &[f64], marks: &mut [u8]) {
        // A closure would not be inlined into the instruction set of the caller.
        let mut places = [u64x8::splat(simd, 0); 8];
        for (place, values) in places.iter_mut().zip(values.chunks_exact(8)) {
            *place = self.places(simd, values);
        }
        let [a, b, c, d, e, f, g, h] = places;
        let (low, high) = (a.narrow(b).narrow(c.narrow(d)), e.narrow(f).narrow(g.narrow(h)));
        low.narrow(high).store_slice(marks);
    }

    #[inline(always)]
    fn places<S: Simd>(self, simd: S, values: &[f64]) -> u64x8<S> {
        let values = f64x8::from_slice(simd, values);
        let (scale, offset) = (f64x8::splat(simd, self.scale), f64x8::splat(simd, self.offset));
        let (first, last) = (f64x8::splat(simd, 0.0), f64x8::splat(simd, (PLACES - 1) as f64));
        let place = values.mul_add(scale, offset);
        let place = (place.max(first).min(last) + ROUNDER).to_bits();
        let Some(tie) = self.tie else { return place };
        let (tie, zero, one) = (f64x8::splat(simd, tie), u64x8::splat(simd, 0), u64x8::splat(simd, 1));
        place + tie.simd_le(values).select(one, zero) + tie.simd_lt(values).select(one, zero)
    }
}

/// Most frequent value of a sorted sample, if it occurs more than `SAMPLE / 16` times.
fn longest_tie(sample: &[f64]) -> Option<f64> {
    let (mut longest, mut value) = (SAMPLE / 16, None);
    for run in sample.chunk_by(|a, b| a == b) {
        if run.len() > longest {
            (longest, value) = (run.len(), Some(run[0]));
        }
    }
    value
}

/// Number of marks below a bucket.
#[inline(always)]
pub(in crate::risk) fn count_below<S: Simd>(simd: S, marks: &[u8], bucket: u8) -> usize {
    let (zero, one) = (u8x64::splat(simd, 0), u8x64::splat(simd, 1));
    let limit = u8x64::splat(simd, bucket);
    let mut total = 0;
    // A byte counts at most 255.
    for block in marks.chunks(64 * 255) {
        let mut chunks = block.chunks_exact(64);
        let mut counts = zero;
        for chunk in &mut chunks {
            counts += u8x64::from_slice(simd, chunk).simd_lt(limit).select(one, zero);
        }
        let (low, high) = counts.widen();
        let mut sums = [0_u16; 32];
        (low + high).store_slice(&mut sums);
        total += sums.iter().map(|sum| usize::from(*sum)).sum::<usize>();
        total += chunks.remainder().iter().filter(|mark| **mark < bucket).count();
    }
    total
}

/// Bit mask of the marks, at most 64, that are wanted buckets.
#[inline(always)]
pub(in crate::risk) fn positions<S: Simd>(simd: S, marks: &[u8], wanted: &[u8]) -> u64 {
    if marks.len() < 64 {
        return marks.iter().rev().fold(0, |hits, mark| hits << 1 | u64::from(wanted.contains(mark)));
    }
    let marks = u8x64::from_slice(simd, marks);
    let mut hits = 0;
    for bucket in wanted {
        hits |= marks.simd_eq(u8x64::splat(simd, *bucket)).to_bitmask();
    }
    hits
}
