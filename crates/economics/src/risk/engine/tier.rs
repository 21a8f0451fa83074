//! The instruction sets that the engine is compiled for.

/// Runs work with the vectors of the processor: AVX-512, AVX2, or what every processor of its kind has.
///
/// Each instruction set is another copy of the whole engine. SSE4.2 would be one more, for processors of before 2013 alone;
/// they run the copy for SSE2.
macro_rules! on_tier {
    ($level:expr, $simd:ident => $work:expr) => {{
        let level: ::fearless_simd::Level = $level;
        #[cfg(target_arch = "x86_64")]
        let done = if let Some($simd) = level.as_avx512() {
            ::fearless_simd::Simd::vectorize($simd, #[inline(always)] || $work)
        } else if let Some($simd) = level.as_avx2() {
            ::fearless_simd::Simd::vectorize($simd, #[inline(always)] || $work)
        } else if let Some($simd) = level.as_sse2() {
            ::fearless_simd::Simd::vectorize($simd, #[inline(always)] || $work)
        } else {
            unreachable!("every processor of this kind has SSE2")
        };
        #[cfg(not(target_arch = "x86_64"))]
        let done = ::fearless_simd::dispatch!(level, $simd => $work);
        done
    }};
}

pub(in crate::risk) use on_tier;
