//! Histogram of values, for a chart.

/// Counts of values in bins of equal width; values outside are counted too, so that none is dropped silently.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Histogram {
    /// The lower edge of the first bin.
    pub low: f64,
    /// The upper edge of the last bin.
    pub high: f64,
    /// Values in each bin.
    pub counts: Vec<u32>,
    /// Values below the first bin.
    pub below: u32,
    /// Values above the last bin.
    pub above: u32,
}

impl Histogram {
    /// Counts finite values in `bins` bins from `low` to `high`.
    pub fn new(values: impl IntoIterator<Item = f64>, (low, high): (f64, f64), bins: usize) -> Self {
        let mut histogram = Self { low, high, counts: vec![0; bins], below: 0, above: 0 };
        let per_unit = bins as f64 / (high - low);
        for value in values {
            if value < low {
                histogram.below += 1;
            } else if value > high {
                histogram.above += 1;
            } else {
                // A value exactly at the upper edge belongs to the last bin.
                histogram.counts[(((value - low) * per_unit) as usize).min(bins - 1)] += 1;
            }
        }
        histogram
    }

    /// The edges of a bin.
    pub fn edges(&self, bin: usize) -> (f64, f64) {
        let width = (self.high - self.low) / self.counts.len() as f64;
        (self.low + bin as f64 * width, self.low + (bin + 1) as f64 * width)
    }

    /// Total number of values.
    pub fn total(&self) -> u32 {
        self.below + self.above + self.counts.iter().sum::<u32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_counted_once() {
        let values = [-3.0, -1.0, -0.5, 0.0, 0.99, 1.0, 1.01, 7.0];
        let histogram = Histogram::new(values, (-1.0, 1.0), 4);
        assert_eq!((histogram.below, histogram.above), (1, 2));
        assert_eq!(histogram.counts, [1, 1, 1, 2]);
        assert_eq!(histogram.total() as usize, values.len());
        assert_eq!(histogram.edges(3), (0.5, 1.0));
    }
}
