//! Random numbers drawn once per path rather than every month, such as whether and when its customers fail.
//!
//! They are functions of seed, path and stream, independent of the monthly generator. A new kind of draw therefore
//! changes no market of an old seed, and an input changes the effect of a draw, not the draw.

use fearless_simd::{Simd, SimdBase, f64x8};

use super::lanes::{LANES, normal_quantile};
use super::model::Seeds;
use super::random::scramble;
use super::record::Driver;
use crate::business::Business;
use crate::number::Real;

/// Draws of a business that a path makes once.
pub(super) trait Draws<V> {
    /// `−ln U` of the customer of a term, counted from 0: it leaves when the sum of its monthly hazards exceeds this.
    fn patience(&self, term: usize) -> V;
    /// Cost overrun of the works as a share of plan, log-normal with mean 0; `sd` is that of the logarithm.
    fn overrun(&self, sd: f64) -> V;
}

/// The draws of eight neighbouring paths for a business.
#[derive(Clone, Copy, Debug)]
pub(super) struct OfPaths<S: Simd> {
    pub simd: S,
    pub seeds: Seeds,
    pub first_path: usize,
    pub business: Business,
    /// Driver that follows the plan.
    pub muted: Option<Driver>,
}

impl<S: Simd> Draws<f64x8<S>> for OfPaths<S> {
    #[inline(always)]
    fn patience(&self, term: usize) -> f64x8<S> {
        match (Stream::customer(self.business, term), self.seeds.customers) {
            (Some(stream), Some(seed)) if self.muted != Some(Driver::Customer) => {
                -stream.uniforms(self.simd, seed, self.first_path).ln()
            }
            _ => f64x8::splat(self.simd, f64::INFINITY),
        }
    }

    #[inline(always)]
    fn overrun(&self, sd: f64) -> f64x8<S> {
        match self.seeds.works {
            Some(seed) if self.muted != Some(Driver::Works) => {
                let stream = Stream::Overrun(self.business as usize);
                let z = normal_quantile(stream.uniforms(self.simd, seed, self.first_path));
                (z * sd - sd * sd / 2.0).exp() - 1.0
            }
            _ => f64x8::splat(self.simd, 0.0),
        }
    }
}

/// Random number drawn once per path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stream {
    /// The trend of the GPU rental.
    RentalTrend,
    /// Patience of the customer of a business.
    Customer {
        /// Its number among the customers of all businesses.
        stream: u64,
        /// Its term, counted from 0.
        term: usize,
    },
    /// Overrun of the works of a business, by its index.
    Overrun(usize),
}

/// Distance between the stream numbers of two consecutive terms.
const STREAMS_OF_TERM: u64 = 8;
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;
const PATH_STEP: u64 = 0xd134_2543_de82_ef95;
const STREAM_STEP: u64 = 0xaef1_7502_108e_f2d9;

impl Stream {
    /// Stream of the customer of a business; `None` if no customer can fail.
    const fn customer(business: Business, term: usize) -> Option<Self> {
        match business.customer_stream() {
            Some(stream) => Some(Self::Customer { stream, term }),
            None => None,
        }
    }

    /// Unique number of the stream.
    const fn number(self) -> u64 {
        match self {
            Self::RentalTrend => 0,
            Self::Customer { stream, term } => stream + STREAMS_OF_TERM * term as u64,
            Self::Overrun(business) => 3 + business as u64,
        }
    }

    /// Uniform number of a path on a grid of 2^−52, strictly between 0 and 1.
    pub(super) const fn uniform(self, seed: u64, path: u64) -> f64 {
        let of_path = scramble(seed.wrapping_mul(GOLDEN).wrapping_add(path.wrapping_mul(PATH_STEP)));
        let bits = scramble(of_path.wrapping_add((self.number() + 1).wrapping_mul(STREAM_STEP)));
        ((bits >> 12) as f64 + 0.5) * (1.0 / (1_u64 << 52) as f64)
    }

    /// Uniform numbers of eight neighbouring paths.
    #[inline(always)]
    pub(super) fn uniforms<S: Simd>(self, simd: S, seed: u64, first_path: usize) -> f64x8<S> {
        let mut values = [0.0; LANES];
        for (lane, value) in values.iter_mut().enumerate() {
            *value = self.uniform(seed, (first_path + lane) as u64);
        }
        f64x8::from_slice(simd, &values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every stream of the businesses, with so many terms of each customer.
    fn streams(terms: usize) -> Vec<Stream> {
        let customers =
            (0..terms).flat_map(|term| Business::ALL.map(|business| Stream::customer(business, term)));
        let overruns = (0..Business::COUNT).map(Stream::Overrun);
        [Stream::RentalTrend].into_iter().chain(customers.flatten()).chain(overruns).collect()
    }

    #[test]
    fn customers_keep_the_numbers_that_a_seed_had_drawn_them_by() {
        let number = |business, term| Stream::customer(business, term).map(Stream::number);
        assert_eq!([number(Business::Hosting, 0), number(Business::Hosting, 2)], [Some(1), Some(17)]);
        assert_eq!([number(Business::Leasing, 0), number(Business::Leasing, 2)], [Some(2), Some(18)]);
        assert_eq!(number(Business::Mining, 0), None);
    }

    #[test]
    fn every_stream_is_uniform_and_independent_of_the_others() {
        const PATHS: usize = 20_000;
        let streams = streams(2);
        let draws: Vec<Vec<f64>> = streams
            .iter()
            .map(|stream| (0..PATHS).map(|path| stream.uniform(7, path as u64)).collect())
            .collect();
        // Standard errors of the mean and of a correlation.
        let error = 1.0 / (PATHS as f64).sqrt();
        let covariance = |a: &[f64], b: &[f64]| {
            a.iter().zip(b).map(|(a, b)| (a - 0.5) * (b - 0.5)).sum::<f64>() / PATHS as f64
        };
        for (index, values) in draws.iter().enumerate() {
            assert!(values.iter().all(|value| *value > 0.0 && *value < 1.0));
            let mean = values.iter().sum::<f64>() / PATHS as f64;
            assert!((mean - 0.5).abs() < 4.0 * error * (1.0_f64 / 12.0).sqrt(), "{mean}");
            assert!((covariance(values, values) * 12.0 - 1.0).abs() < 4.0 * error, "variance");
            for other in &draws[..index] {
                assert!((covariance(values, other) * 12.0).abs() < 4.0 * error);
            }
            // Neighbouring paths and seeds.
            assert!((covariance(&values[1..], &values[..PATHS - 1]) * 12.0).abs() < 4.0 * error);
            let next_seed: Vec<f64> = (0..PATHS).map(|path| streams[index].uniform(8, path as u64)).collect();
            assert!((covariance(values, &next_seed) * 12.0).abs() < 4.0 * error);
        }
    }

    #[test]
    fn no_two_streams_share_a_number() {
        let mut numbers: Vec<u64> = streams(60).into_iter().map(Stream::number).collect();
        numbers.sort_unstable();
        assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
