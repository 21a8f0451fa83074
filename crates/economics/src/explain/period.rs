//! Periods of a plan: months that are added up.

use std::ops::RangeInclusive;

/// The length of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodLength {
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// Twelve months.
    Year,
}

impl PeriodLength {
    /// All of them, the shortest first.
    pub const ALL: [Self; 3] = [Self::Month, Self::Quarter, Self::Year];

    /// Length in months.
    pub const fn months(self) -> usize {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }

    /// The name in titles.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Month => "Month",
            Self::Quarter => "Quarter",
            Self::Year => "Year",
        }
    }

    /// The name inside a sentence.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }
}

/// A period of the plan: all are of one length, and the first has month 0 as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// Its length.
    pub length: PeriodLength,
    /// Which it is, from 0.
    pub index: usize,
}

impl Period {
    /// A year of the plan, counted from 1.
    pub const fn year(number: usize) -> Self {
        Self { length: PeriodLength::Year, index: number.saturating_sub(1) }
    }

    /// Its months in a plan of `horizon` months; `None` if the plan ends before it.
    pub fn months(self, horizon: usize) -> Option<RangeInclusive<usize>> {
        let length = self.length.months();
        let before = self.index.checked_mul(length)?;
        let first = if self.index == 0 { 0 } else { before + 1 };
        (first <= horizon).then(|| first..=before.saturating_add(length).min(horizon))
    }

    /// Its name with its number: `year 3`, `month 25`.
    pub fn name(self) -> String {
        format!("{} {}", self.length.word(), self.index + 1)
    }
}
