//! Moments of monthly changes, with their standard errors.

use crate::scenario::BitcoinRisk;

/// Months in a year.
pub(super) const MONTHS: f64 = 12.0;

/// A value with its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct WithError {
    pub value: f64,
    pub error: f64,
}

pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Sums of the powers 0 to 4 of values about a point near their mean.
#[derive(Clone, Copy, Debug)]
struct Sums([f64; 5]);

impl Sums {
    fn of(values: &[f64], about: f64) -> Self {
        let mut sums = [0.0; 5];
        for value in values {
            add(&mut sums, value - about, 1.0);
        }
        Self(sums)
    }

    fn without(mut self, value: f64) -> Self {
        add(&mut self.0, value, -1.0);
        self
    }

    /// Unbiased variance and excess kurtosis.
    fn variance_and_excess(self) -> (f64, f64) {
        let [n, s1, s2, s3, s4] = self.0;
        let mean = s1 / n;
        let m2 = s2 / n - mean * mean;
        let m4 = s4 / n - 4.0 * mean * s3 / n + 6.0 * mean * mean * s2 / n - 3.0 * mean.powi(4);
        let excess = m4 / (m2 * m2) - 3.0;
        let excess = (n - 1.0) / ((n - 2.0) * (n - 3.0)) * ((n + 1.0) * excess + 6.0);
        (m2 * n / (n - 1.0), excess)
    }
}

fn add(sums: &mut [f64; 5], value: f64, times: f64) {
    let mut power = times;
    for sum in sums {
        *sum += power;
        power *= value;
    }
}

/// A function of variance and excess kurtosis with its standard error by the jackknife, which knows how much a single
/// month does.
pub(super) fn of_moments(values: &[f64], function: impl Fn(f64, f64) -> f64) -> WithError {
    let about = mean(values);
    let sums = Sums::of(values, about);
    let at = |sums: Sums| {
        let (variance, excess) = sums.variance_and_excess();
        function(variance, excess)
    };
    let without: Vec<f64> = values.iter().map(|value| at(sums.without(value - about))).collect();
    let n = values.len() as f64;
    let centre = mean(&without);
    let spread: f64 = without.iter().map(|value| (value - centre).powi(2)).sum();
    WithError { value: at(sums), error: (spread * (n - 1.0) / n).sqrt() }
}

/// Volatility a year of monthly changes.
pub(super) fn volatility(changes: &[f64]) -> WithError {
    of_moments(changes, |variance, _| (variance * MONTHS).sqrt())
}

/// Correlation of two series of changes.
pub(super) fn correlation(a: &[f64], b: &[f64]) -> WithError {
    let (mean_a, mean_b) = (mean(a), mean(b));
    let sum =
        |f: &dyn Fn(f64, f64) -> f64| a.iter().zip(b).map(|(a, b)| f(a - mean_a, b - mean_b)).sum::<f64>();
    let value = sum(&|a, b| a * b) / (sum(&|a, _| a * a) * sum(&|_, b| b * b)).sqrt();
    WithError { value, error: (1.0 - value * value) / (a.len() as f64).sqrt() }
}

/// Number of jumps a year and volatility of the rest that explain variance and excess kurtosis with jumps of the scenario's
/// size (Merton): the fourth cumulant of a month is `λ/12·(μ⁴ + 6μ²δ² + 3δ⁴)`.
pub(super) struct Jumps {
    second: f64,
    fourth: f64,
}

impl Jumps {
    /// Jumps of the size of a scenario; `None` where they have none.
    pub(super) fn new(risk: &BitcoinRisk) -> Option<Self> {
        let (mean, sd) = (risk.jump_mean.powi(2), risk.jump_sd.powi(2));
        let fourth = mean * mean + 6.0 * mean * sd + 3.0 * sd * sd;
        (fourth > 0.0).then_some(Self { second: mean + sd, fourth })
    }

    /// Jumps a year. Tails that are thinner than those of a normal distribution have none.
    pub(super) fn per_year(&self, variance: f64, excess: f64) -> f64 {
        (excess * variance * variance / self.fourth * MONTHS).max(0.0)
    }

    /// Volatility a year of what is left; below 0 where jumps of that size would explain more than all of the variance.
    pub(super) fn volatility(&self, variance: f64, jumps_per_year: f64) -> f64 {
        let left = variance * MONTHS - jumps_per_year * self.second;
        left.abs().sqrt().copysign(left)
    }
}
