//! Results of each path.

use fearless_simd::{Simd, SimdBase, f64x8};
use rayon::prelude::*;

use super::lanes::LANES;
use crate::risk::engine::Model;

/// Number of groups collected at a time, so that a million paths need little memory.
pub(in crate::risk) const FINISHED_AT_ONCE: usize = 16_384;

/// Maximum number of results of a path.
const MOST_RESULTS: usize = 24;

/// Collects the results of each path, by result.
#[inline(always)]
pub(in crate::risk) fn collect_results<S: Simd, M: Model>(
    simd: S,
    model: &M,
    states: &[M::State<S>],
    results: &mut [Vec<f64>],
    paths: usize,
    tile_results: &mut Vec<f64>,
) {
    let per_group = M::RESULTS * LANES;
    results.iter_mut().for_each(Vec::clear);
    tile_results.resize(states.len().min(FINISHED_AT_ONCE) * per_group, 0.0);
    for states in states.chunks(FINISHED_AT_ONCE) {
        let tile_results = &mut tile_results[..states.len() * per_group];
        tile_results.par_chunks_mut(per_group).zip(states).for_each(|(numbers, state)| {
            simd.vectorize(
                #[inline(always)]
                || finish_group(simd, model, state, numbers),
            );
        });
        results.par_iter_mut().enumerate().for_each(|(index, result)| {
            let groups = tile_results.chunks(per_group);
            let values = groups.flat_map(|group| &group[index * LANES..(index + 1) * LANES]);
            let missing = paths - result.len();
            result.extend(values.take(missing));
        });
    }
}

#[inline(always)]
fn finish_group<S: Simd, M: Model>(simd: S, model: &M, state: &M::State<S>, numbers: &mut [f64]) {
    const { assert!(M::RESULTS <= MOST_RESULTS) };
    let mut results = [f64x8::splat(simd, 0.0); MOST_RESULTS];
    model.finish(state, &mut results[..M::RESULTS]);
    for (values, out) in results[..M::RESULTS].iter().zip(numbers.chunks_mut(LANES)) {
        values.store_slice(out);
    }
}
