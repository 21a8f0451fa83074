//! The date of a price as it was published, from `2026-10` to `late 2021`.

use std::fmt;

use wattfolio_economics::scenario::CalendarMonth;

/// Date of a price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceDate {
    /// The text of the list: `2026-10 (reseller)`.
    text: String,
    month: Option<CalendarMonth>,
    /// True if the month is known, not just the year.
    is_exact: bool,
}

impl PriceDate {
    /// Parses the date of a list; `None` if it has none.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let (month, is_exact) = month_of(text);
        Some(Self { text: text.to_owned(), month, is_exact })
    }

    /// The year; `None` where the list gives no date.
    pub fn year(&self) -> Option<u32> {
        self.month.map(CalendarMonth::year)
    }

    /// The month; `None` where the list gives a year at most.
    pub fn month(&self) -> Option<CalendarMonth> {
        self.month.filter(|_| self.is_exact)
    }

    /// The date in words: `Oct 2026 (reseller)`, `late 2021`.
    pub fn words(&self) -> String {
        match self.month.filter(|_| self.is_exact) {
            Some(month) => {
                let note = self.text.find('(').map(|at| format!(" {}", &self.text[at..]));
                format!("{}{}", month.short_name(), note.unwrap_or_default())
            }
            None => self.text.clone(),
        }
    }

    /// Age of the price at the start of a plan: `1 month old`, `about 3 years after it`.
    ///
    /// Measured against the plan, because a price belongs to the market of its time, and so that no drawn
    /// text depends on the clock of the machine.
    pub fn age_at(&self, start: CalendarMonth) -> String {
        let Some(month) = self.month else { return "undated".to_owned() };
        let number = |month: CalendarMonth| i64::from(month.year() * 12 + month.month());
        let months = number(start) - number(month);
        let about = if self.is_exact { "" } else { "about " };
        let length = match months.abs() {
            0 => return "of the month in which the plan starts".to_owned(),
            1 => "1 month".to_owned(),
            count @ 2..24 => format!("{count} months"),
            count => format!("{} years", (count + 6) / 12),
        };
        if months > 0 {
            format!("{about}{length} old when the plan starts")
        } else {
            format!("{about}{length} after the plan starts")
        }
    }
}

impl fmt::Display for PriceDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words())
    }
}

/// The month of a date, and true if the date gives a month; a year alone becomes its middle.
fn month_of(text: &str) -> (Option<CalendarMonth>, bool) {
    let year = text
        .split(|c: char| !c.is_ascii_digit())
        .find(|digits| digits.len() == 4)
        .and_then(|digits| digits.parse::<u32>().ok());
    let Some(year) = year else { return (None, false) };
    let after = text.split_once(&format!("{year}-")).map(|(_, rest)| rest);
    let month = after.and_then(|rest| rest.get(..2)).and_then(|digits| digits.parse::<u32>().ok());
    match month.and_then(|month| CalendarMonth::new(year, month)) {
        Some(month) => (Some(month), true),
        None => (CalendarMonth::new(year, if text.contains("late") { 11 } else { 7 }), false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> PriceDate {
        PriceDate::read(text).unwrap()
    }

    #[test]
    fn dates_of_every_form_are_read() {
        assert_eq!(date("2026-10 (reseller)").words(), "Oct 2026 (reseller)");
        assert_eq!(date("2026-10-10").words(), "Oct 2026");
        assert_eq!(date("2026-09/10").words(), "Sep 2026");
        assert_eq!(date("late 2021").words(), "late 2021");
        assert_eq!(date("2026 (used)").words(), "2026 (used)");
        assert_eq!(date("all-time high, undated").words(), "all-time high, undated");
        assert_eq!(PriceDate::read(" "), None);
    }

    #[test]
    fn ages_are_measured_against_the_plan() {
        let start = CalendarMonth::known(2026, 11);
        assert_eq!(date("2026-10").age_at(start), "1 month old when the plan starts");
        assert_eq!(date("2026-11").age_at(start), "of the month in which the plan starts");
        assert_eq!(date("late 2025").age_at(start), "about 12 months old when the plan starts");
        assert_eq!(date("2023").age_at(start), "about 3 years old when the plan starts");
        let earlier = CalendarMonth::known(2021, 11);
        assert_eq!(date("2026-10").age_at(earlier), "5 years after the plan starts");
        assert_eq!(date("undated (mock value)").age_at(start), "undated");
    }
}
