//! Calendar months: the only dates of the model.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A calendar month, written `2026-11`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
///
/// ```
/// # use wattfolio_economics::prelude::*;
/// let start: CalendarMonth = "2026-11".parse()?;
/// assert_eq!(start.plus(2).to_string(), "2027-01");
/// assert!("2026-13".parse::<CalendarMonth>().is_err());
/// # Ok::<(), wattfolio_economics::scenario::NotAMonth>(())
/// ```
pub struct CalendarMonth {
    /// Months since January of year 0; keeps arithmetic free of carries.
    index: u32,
}

impl CalendarMonth {
    /// The month `month` (1–12) of `year`; `None` if there is no such month.
    pub const fn new(year: u32, month: u32) -> Option<Self> {
        if month >= 1 && month <= 12 && year <= 9999 {
            Some(Self { index: year * 12 + month - 1 })
        } else {
            None
        }
    }

    /// A month from constants.
    ///
    /// # Panics
    /// At compile time when used in a constant: if there is no such month.
    pub const fn known(year: u32, month: u32) -> Self {
        match Self::new(year, month) {
            Some(known) => known,
            None => panic!("no such calendar month"),
        }
    }

    /// The calendar year.
    pub const fn year(self) -> u32 {
        self.index / 12
    }

    /// The month of the year, 1–12.
    pub const fn month(self) -> u32 {
        self.index % 12 + 1
    }

    /// The month that lies `months` later.
    #[must_use]
    pub const fn plus(self, months: u32) -> Self {
        Self { index: self.index + months }
    }

    /// The month before; `None` before January of year 0.
    #[must_use]
    pub const fn before(self) -> Option<Self> {
        match self.index.checked_sub(1) {
            Some(index) => Some(Self { index }),
            None => None,
        }
    }

    /// Whole months from an earlier month to this one; 0 from a later one.
    pub const fn months_since(self, earlier: Self) -> u32 {
        self.index.saturating_sub(earlier.index)
    }

    /// Years from another month to this one; below 0 from a later one.
    pub const fn years_since(self, other: Self) -> f64 {
        (self.index as f64 - other.index as f64) / 12.0
    }

    /// The short name, `Nov 2026`.
    pub fn short_name(self) -> String {
        const NAMES: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        format!("{} {}", NAMES[(self.index % 12) as usize], self.year())
    }
}

impl fmt::Display for CalendarMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month())
    }
}

/// Text that is not a calendar month.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{text}” is not a month; write it as 2026-11")]
#[non_exhaustive]
pub struct NotAMonth {
    /// The text.
    pub text: String,
}

impl FromStr for CalendarMonth {
    type Err = NotAMonth;

    fn from_str(text: &str) -> Result<Self, NotAMonth> {
        let fault = || NotAMonth { text: text.to_owned() };
        let (year, month) = text.trim().split_once('-').ok_or_else(fault)?;
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if year.len() != 4 || month.len() != 2 || !digits(year) || !digits(month) {
            return Err(fault());
        }
        let number = |part: &str| part.parse::<u32>().ok();
        number(year).zip(number(month)).and_then(|(y, m)| Self::new(y, m)).ok_or_else(fault)
    }
}

impl Serialize for CalendarMonth {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CalendarMonth {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_add_up_over_years() {
        let start = CalendarMonth::known(2026, 11);
        assert_eq!(start.plus(1).to_string(), "2026-12");
        assert_eq!(start.plus(2).to_string(), "2027-01");
        assert_eq!(start.plus(17).short_name(), "Apr 2028");
        assert_eq!((start.plus(17).months_since(start), start.months_since(start.plus(17))), (17, 0));
    }

    #[test]
    fn text_round_trips_and_nonsense_is_refused() {
        let month: CalendarMonth = "2026-11".parse().unwrap();
        assert_eq!(month, CalendarMonth::known(2026, 11));
        for bad in ["2026-13", "2026-00", "26-11", "2026-1", "Nov 2026", "", "2026-+1"] {
            let fault = bad.parse::<CalendarMonth>().unwrap_err();
            assert_eq!(fault.to_string(), format!("“{bad}” is not a month; write it as 2026-11"));
        }
    }
}
