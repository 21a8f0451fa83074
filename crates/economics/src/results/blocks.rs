//! Standard errors of paths that share a draw: a block of them is one independent sample.

/// Consecutive paths that are one independent sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blocks {
    paths: usize,
}

impl Default for Blocks {
    /// Every path is a sample of its own.
    fn default() -> Self {
        Self { paths: 1 }
    }
}

impl Blocks {
    /// Blocks of `paths` paths, at least one.
    pub fn of(paths: usize) -> Self {
        Self { paths: paths.max(1) }
    }

    /// The larger of two blocks, one of which contains the other.
    pub(crate) fn larger(self, other: Self) -> Self {
        if other.paths > self.paths { other } else { self }
    }

    /// Whether every path is independent.
    pub(crate) fn are_single(self) -> bool {
        self.paths == 1
    }

    /// Number of independent samples among `paths` paths.
    pub(crate) fn samples(self, paths: usize) -> usize {
        paths.div_ceil(self.paths)
    }

    /// Standard error of a mean over `count` paths, from each path's deviation in the order of the paths: deviations
    /// within a block may add up, those of different blocks are independent.
    pub(crate) fn error_of_mean(self, deviations: impl Iterator<Item = f64>, count: f64) -> f64 {
        let (mut squares, mut sum, mut seen) = (0.0, 0.0, 0);
        for deviation in deviations {
            sum += deviation;
            seen += 1;
            if seen == self.paths {
                squares += sum * sum;
                (sum, seen) = (0.0, 0);
            }
        }
        (squares + sum * sum).sqrt() / count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_are_alike_count_as_one() {
        let values: Vec<f64> = (0..400).map(|index| f64::from(index * 37 % 101)).collect();
        let mean = values.iter().sum::<f64>() / 400.0;
        let alone = Blocks::default().error_of_mean(values.iter().map(|value| value - mean), 400.0);
        let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / 400.0;
        assert!((alone - (variance / 400.0).sqrt()).abs() < 1e-12);
        // Each of them eight times.
        let repeated: Vec<f64> = values.iter().flat_map(|value| [*value; 8]).collect();
        let error = |blocks: Blocks| blocks.error_of_mean(repeated.iter().map(|value| value - mean), 3200.0);
        assert!((error(Blocks::of(8)) - alone).abs() < 1e-12);
        assert!((error(Blocks::default()) - alone / 8f64.sqrt()).abs() < 1e-12);
        // The last block may be smaller.
        assert_eq!(Blocks::of(8).samples(17), 3);
        assert_eq!(Blocks::of(8).error_of_mean([1.0; 12].into_iter(), 12.0), 80f64.sqrt() / 12.0);
    }
}
