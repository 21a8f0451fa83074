//! Random numbers: one generator per path, so that a path does not depend on the thread that computes it.
//!
//! Xoshiro256++ (Blackman, Vigna), seeded by the finaliser of `SplitMix64` from seed and path. A month takes a
//! fixed number of draws, so that a change of an input moves every path a little and none a lot (common random
//! numbers).

use fearless_simd::{Simd, SimdBase, SimdFloat, f64x8, u64x8};

use super::lanes::LANES;

/// Words of a generator's state.
pub const STATE_WORDS: usize = 4;

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;
const PATH_STEP: u64 = 0xd134_2543_de82_ef95;
const OFFSETS: [u64; STATE_WORDS] =
    [0x9e37_79b9_7f4a_7c15, 0x3c6e_f372_fe94_f82a, 0xdaa6_6d2c_7ddf_743f, 0x78dd_e6e5_fd29_f054];

/// The state of a path's generator at its start.
pub fn seed(seed: u64, path: u64) -> [u64; STATE_WORDS] {
    let base = seed.wrapping_mul(GOLDEN).wrapping_add(path.wrapping_mul(PATH_STEP)).wrapping_add(1);
    OFFSETS.map(|offset| scramble(base.wrapping_add(offset)))
}

/// The finaliser of `SplitMix64`.
pub(in crate::risk) const fn scramble(z: u64) -> u64 {
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Eight generators side by side.
#[derive(Clone, Copy, Debug)]
pub struct Generators<S: Simd>([u64x8<S>; STATE_WORDS]);

impl<S: Simd> Generators<S> {
    /// The generators of eight neighbouring paths at their start.
    #[inline(always)]
    pub fn of_paths(simd: S, seed_of_run: u64, first_path: usize) -> Self {
        let mut words = [[0; LANES]; STATE_WORDS];
        let states = (0..LANES).map(|lane| seed(seed_of_run, (first_path + lane) as u64));
        for (lane, state) in states.enumerate() {
            for (word, value) in words.iter_mut().zip(state) {
                word[lane] = value;
            }
        }
        Self::load(simd, &words)
    }

    /// The generators of eight paths from their states.
    #[inline(always)]
    pub fn load(simd: S, state: &[[u64; LANES]; STATE_WORDS]) -> Self {
        Self([0, 1, 2, 3].map(|word| u64x8::from_slice(simd, &state[word])))
    }

    /// The instruction set.
    #[inline(always)]
    pub fn simd(&self) -> S {
        self.0[0].simd
    }

    #[inline(always)]
    fn next(&mut self) -> u64x8<S> {
        let rotate = |x: u64x8<S>, by: u32| (x << by) | (x >> (64 - by));
        let [s0, s1, s2, s3] = &mut self.0;
        let result = rotate(*s0 + *s3, 23) + *s0;
        let shifted = *s1 << 17;
        *s2 ^= *s0;
        *s3 ^= *s1;
        *s1 ^= *s2;
        *s0 ^= *s3;
        *s2 ^= shifted;
        *s3 = rotate(*s3, 45);
        result
    }

    /// Numbers between 1 and 2 on a grid of 2^−52: the upper bits as the mantissa.
    #[inline(always)]
    fn mantissa(&mut self) -> f64x8<S> {
        let bits = self.next();
        f64x8::from_bits((bits >> 12) | u64x8::splat(bits.simd, 1.0_f64.to_bits()))
    }

    /// Uniform numbers `k·2^−52` with `k = 0..2^52 − 1`.
    #[inline(always)]
    pub fn uniform(&mut self) -> f64x8<S> {
        self.mantissa() - 1.0
    }

    /// Uniform numbers strictly between 0 and 1: the middles of the grid.
    #[inline(always)]
    pub fn open_uniform(&mut self) -> f64x8<S> {
        self.mantissa() - (1.0 - 2f64.powi(-53))
    }
}

#[cfg(test)]
mod tests {
    use fearless_simd::Level;

    use super::super::tier::on_tier;

    use super::*;

    /// The generator one number at a time.
    fn next(s: &mut [u64; 4]) -> u64 {
        let result = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let shifted = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= shifted;
        s[3] = s[3].rotate_left(45);
        result
    }

    #[test]
    fn lanes_draw_what_each_generator_draws_alone() {
        #[inline(always)]
        fn draw<S: Simd>(simd: S, state: &[[u64; 8]; 4]) -> Vec<[f64; 8]> {
            let mut generators = Generators::load(simd, state);
            (0..100)
                .map(|_| {
                    let mut out = [0.0; 8];
                    generators.uniform().store_slice(&mut out);
                    out
                })
                .collect()
        }
        let mut alone: Vec<[u64; 4]> = (0..8).map(|path| seed(14, path)).collect();
        let mut state = [[0; 8]; 4];
        for (lane, words) in alone.iter().enumerate() {
            for (word, value) in words.iter().enumerate() {
                state[word][lane] = *value;
            }
        }
        let drawn = on_tier!(Level::new(), simd => draw(simd, &state));
        for month in drawn {
            for (lane, value) in month.into_iter().enumerate() {
                let expected = (next(&mut alone[lane]) >> 12) as f64 * 2f64.powi(-52);
                assert_eq!(value, expected);
            }
        }
    }
}
