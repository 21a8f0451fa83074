//! Share of paths, with its standard error and bounds.

use crate::results::Blocks;

/// Rule of three: without a hit in `n` paths the share is at most 3/n at 95 %, since 1 − 0.05^(1/n) < 3/n.
const NONE_OF_N: f64 = 3.0;

/// Share of paths, with its counts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Share {
    /// The share.
    pub value: f64,
    /// Number of hits.
    pub hits: usize,
    /// Number of paths.
    pub paths: usize,
    /// Number of independent samples among them.
    samples: usize,
    /// Standard error over other seeds.
    error: f64,
}

impl Share {
    /// `hits` of `paths` independent paths; there is at least one path.
    pub fn new(hits: usize, paths: usize) -> Self {
        let value = hits as f64 / paths as f64;
        Self { value, hits, paths, samples: paths, error: (value * (1.0 - value) / paths as f64).sqrt() }
    }

    /// The share of hits; the paths of a block share draws.
    pub(crate) fn of(holds: impl ExactSizeIterator<Item = bool> + Clone, blocks: Blocks) -> Self {
        if blocks.are_single() {
            let paths = holds.len();
            return Self::new(holds.filter(|holds| *holds).count(), paths);
        }
        Self::among(holds.map(|holds| (true, holds)), blocks)
    }

    /// The share of hits among the counted paths. `paths` yields for each path, in order, whether it is counted and
    /// whether it is a hit; at least one is counted.
    pub(super) fn among(paths: impl Iterator<Item = (bool, bool)> + Clone, blocks: Blocks) -> Self {
        let counted = paths.clone().filter(|(is_counted, _)| *is_counted);
        let (count, hits) = counted.fold((0, 0), |(n, hits), (_, holds)| (n + 1, hits + usize::from(holds)));
        let share = Self::new(hits, count);
        if blocks.are_single() {
            return share;
        }
        let deviation = |(is_counted, holds): (bool, bool)| {
            if is_counted { f64::from(u8::from(holds)) - share.value } else { 0.0 }
        };
        let error = blocks.error_of_mean(paths.map(deviation), count as f64);
        Self { samples: blocks.samples(count), error, ..share }
    }

    /// Standard error of the value over other seeds; `None` if no path or every path is a hit.
    pub fn standard_error(&self) -> Option<f64> {
        let is_between = self.hits > 0 && self.hits < self.paths;
        is_between.then_some(self.error)
    }

    /// Upper bound of the share at 95 %, if no path is a hit.
    pub fn upper_95(&self) -> Option<f64> {
        (self.hits == 0).then(|| self.unseen())
    }

    /// Lower bound of the share at 95 %, if every path is a hit.
    pub fn lower_95(&self) -> Option<f64> {
        (self.hits == self.paths).then(|| self.most_certain())
    }

    /// The share that hits in every one of these paths would establish at 95 %.
    pub fn most_certain(&self) -> f64 {
        1.0 - self.unseen()
    }

    /// Largest share that may leave no hit in `samples` samples, at 95 %.
    fn unseen(&self) -> f64 {
        (NONE_OF_N / self.samples as f64).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_of_none_or_all_is_a_bound_and_no_certainty() {
        let (none, all, some) = (Share::new(0, 100), Share::new(100, 100), Share::new(20, 100));
        assert_eq!((none.value, none.standard_error()), (0.0, None));
        assert_eq!((none.upper_95(), none.lower_95()), (Some(0.03), None));
        assert_eq!((all.upper_95(), all.lower_95()), (None, Some(0.97)));
        assert_eq!((some.upper_95(), some.lower_95(), some.standard_error()), (None, None, Some(0.04)));
        // The rule lies just above the exact bound, for every number of paths.
        assert_eq!(Share::new(0, 1).upper_95(), Some(1.0));
        for paths in [10, 100, 10_000, 1_000_000] {
            let exact = 1.0 - 0.05_f64.powf(1.0 / paths as f64);
            let rule = Share::new(0, paths).upper_95().unwrap();
            assert!(rule >= exact && rule < 1.2 * exact, "{paths}: {rule} {exact}");
        }
    }

    #[test]
    fn paths_that_share_a_draw_say_no_more_than_one() {
        let alone = Share::new(30, 100);
        let each_eight_times = (0..800).map(|path| path / 8 % 10 < 3);
        let share = Share::of(each_eight_times, Blocks::of(8));
        assert_eq!((share.value, share.hits, share.paths), (0.3, 240, 800));
        assert!((share.standard_error().unwrap() - alone.standard_error().unwrap()).abs() < 1e-12);
        assert_eq!(Share::of((0..800).map(|_| false), Blocks::of(8)).upper_95(), Some(0.03));
        // Among half of the paths.
        let among = Share::among((0..400).map(|path| (path % 2 == 0, path % 8 == 0)), Blocks::default());
        assert_eq!((among, among.value), (Share::new(50, 200), 0.25));
    }
}
