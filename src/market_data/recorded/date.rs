//! Dates with a precision of a day, a month or a year.

use chrono::{Days, Months, NaiveDate};
use serde::Deserialize;

/// The range of days of a published date: one day, a month, a year, or the two years of a fiscal year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct DateSpan {
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
}

impl DateSpan {
    /// A first month and a number of months.
    fn months(year: i32, month: u32, count: u32) -> Option<Self> {
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        let last = first.checked_add_months(Months::new(count))?.checked_sub_days(Days::new(1))?;
        Some(Self { first, last })
    }

    /// Parses `2026-10-05`, `2026-10`, `2026` or `FY2026`. A fiscal year may begin in any month of the year
    /// before.
    fn read(text: &str) -> Option<Self> {
        let is_shape = |text: &str, shape: &str| {
            let fits = |(letter, wanted): (u8, u8)| {
                if wanted == b'0' { letter.is_ascii_digit() } else { letter == wanted }
            };
            text.len() == shape.len() && text.bytes().zip(shape.bytes()).all(fits)
        };
        if let Some(year) = text.strip_prefix("FY").filter(|year| is_shape(year, "0000")) {
            return Self::months(year.parse::<i32>().ok()? - 1, 1, 24);
        }
        match text.len() {
            4 if is_shape(text, "0000") => Self::months(text.parse().ok()?, 1, 12),
            7 if is_shape(text, "0000-00") => {
                Self::months(text[..4].parse().ok()?, text[5..].parse().ok()?, 1)
            }
            10 if is_shape(text, "0000-00-00") => {
                let day = text.parse().ok()?;
                Some(Self { first: day, last: day })
            }
            _ => None,
        }
    }
}

impl TryFrom<String> for DateSpan {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::read(&text)
            .ok_or_else(|| format!("“{text}” is no date; write it as 2026-10-05, 2026-10, 2026 or FY2026"))
    }
}

/// An optional date; `undated` in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct MaybeDate(pub Option<DateSpan>);

impl TryFrom<String> for MaybeDate {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text == "undated" { Ok(Self(None)) } else { DateSpan::try_from(text).map(|date| Self(Some(date))) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_means_the_days_that_its_source_leaves_open() {
        for (text, first, last) in [
            ("2026-10-05", "2026-10-05", "2026-10-05"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2023", "2023-01-01", "2023-12-31"),
            ("FY2025", "2024-01-01", "2025-12-31"),
        ] {
            let date = DateSpan::read(text).unwrap();
            assert_eq!(
                (date.first.to_string().as_str(), date.last.to_string().as_str()),
                (first, last),
                "{text}"
            );
        }
        for wrong in
            ["", "2026-13", "2026-02-30", "26-10", "2026-1", "late 2026", "FY26", "２０２６", "2026-10-05Z"]
        {
            assert_eq!(DateSpan::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn only_undated_is_no_date() {
        assert_eq!(MaybeDate::try_from("undated".to_owned()), Ok(MaybeDate(None)));
        assert!(MaybeDate::try_from("unknown".to_owned()).is_err());
    }
}
