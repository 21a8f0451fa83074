//! What is explained: a measure of a business, or a line of its ledger in a month or over a period.

use std::ops::RangeInclusive;

use super::{Explanation, explain_line, explain_measure, explain_months};
use crate::business::Business;
use crate::kernel::{LINES, Line};
use crate::results::{Comparison, Evaluation, MEASURES, find_measure};
use crate::scenario::ValidScenario;

/// A figure of a business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The business.
    pub business: Business,
    /// The figure.
    pub figure: Figure,
}

/// A figure that can be explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// A measure, by its id.
    Measure(&'static str),
    /// A line of the ledger in a month.
    Line {
        /// The line.
        line: Line,
        /// The month, `0..=T`.
        month: usize,
    },
    /// A line of the ledger added up over a period, as a year of the plan.
    Period {
        /// The line, which [adds up](Line::adds_up).
        line: Line,
        /// The period.
        period: Period,
    },
}

/// A period of the plan: all are of one length, and the first has month 0 as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// Its length in months, at least 1.
    pub length: usize,
    /// Which it is, from 0.
    pub index: usize,
}

impl Period {
    /// A year of the plan, counted from 1.
    pub const fn year(number: usize) -> Self {
        Self { length: 12, index: number.saturating_sub(1) }
    }

    /// Its months in a plan of `horizon` months; `None` if the plan ends before it.
    pub fn months(self, horizon: usize) -> Option<RangeInclusive<usize>> {
        let before = self.index.checked_mul(self.length)?;
        let first = if self.index == 0 { 0 } else { before + 1 };
        (first <= horizon).then(|| first..=before.saturating_add(self.length).min(horizon))
    }

    /// What a period of its length is called, with its number: `year 3`, `month 25`.
    pub fn name(self) -> String {
        let word = match self.length {
            1 => "month",
            3 => "quarter",
            12 => "year",
            _ => return "the plan".to_owned(),
        };
        format!("{word} {}", self.index + 1)
    }
}

/// When a line of the ledger is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// A month, from 0.
    Month(usize),
    /// A year of the plan, from 1.
    Year(usize),
}

impl Subject {
    /// A measure of a business.
    pub const fn measure(business: Business, id: &'static str) -> Self {
        Self { business, figure: Figure::Measure(id) }
    }

    /// A line of a business in a month.
    pub const fn line(business: Business, line: Line, month: usize) -> Self {
        Self { business, figure: Figure::Line { line, month } }
    }

    /// A line of a business over a period.
    pub const fn period(business: Business, line: Line, period: Period) -> Self {
        Self { business, figure: Figure::Period { line, period } }
    }

    /// Reads `leasing.npv_usd` of a comparison. With a month or year it is a line of the ledger; without one a measure if
    /// there is one of that name, else a line in the first month of full operation.
    ///
    /// # Errors
    /// What is wrong, and what there is instead.
    pub fn parse(text: &str, when: Option<When>, comparison: &Comparison) -> Result<Self, String> {
        let ids = Business::ALL.map(Business::id);
        let (businesses, example) = (ids.join(", "), ids[ids.len() - 1]);
        let (name, id) = text
            .split_once('.')
            .ok_or_else(|| format!("{text}: write it as {example}.npv_usd, with one of {businesses}"))?;
        let business = Business::ALL
            .into_iter()
            .find(|business| business.id() == name)
            .ok_or_else(|| format!("{name} is no business; there are {businesses}"))?;
        let evaluation = comparison
            .business(business)
            .map_err(|reason| format!("{} cannot be evaluated: {reason}", business.word()))?;
        let line = LINES.into_iter().find(|line| line.id() == id && line.belongs_to(business));
        match (find_measure(business, id), line, when) {
            (_, Some(line), Some(_)) | (None, Some(line), None) => Self::in_plan(evaluation, line, when),
            (Some(measure), _, None) => Ok(Self::measure(business, measure.id)),
            (Some(_), None, Some(_)) => {
                Err(format!("{text} is a measure of the whole plan and has no month or year"))
            }
            (None, None, _) => Err(unknown(business, id)),
        }
    }

    fn in_plan(evaluation: &Evaluation, line: Line, when: Option<When>) -> Result<Self, String> {
        let (business, horizon) = (evaluation.business, evaluation.horizon());
        let month = match when {
            None => evaluation.timing.first_full_month().min(horizon),
            Some(When::Month(month)) if month > horizon => {
                return Err(format!("month {month} lies beyond the plan, which ends in month {horizon}"));
            }
            Some(When::Month(month)) => month,
            Some(When::Year(0)) => return Err("years of a plan are counted from 1".to_owned()),
            Some(When::Year(year)) => {
                if !line.adds_up() {
                    return Err(format!("{} is a level: give a month, not a year", line.id()));
                }
                let period = Period::year(year);
                return match period.months(horizon) {
                    Some(_) => Ok(Self::period(business, line, period)),
                    None => Err(format!("year {year} lies beyond the plan, which ends in month {horizon}")),
                };
            }
        };
        Ok(Self::line(business, line, month))
    }

    /// The same line some months or periods later or earlier, if the plan has such.
    #[must_use]
    pub fn moved(self, steps: isize, horizon: usize) -> Option<Self> {
        match self.figure {
            Figure::Measure(_) => None,
            Figure::Line { line, month } => {
                let month = month.checked_add_signed(steps).filter(|month| *month <= horizon)?;
                Some(Self::line(self.business, line, month))
            }
            Figure::Period { line, period } => {
                let period = Period { index: period.index.checked_add_signed(steps)?, ..period };
                period.months(horizon)?;
                Some(Self::period(self.business, line, period))
            }
        }
    }

    /// The same figure within a plan of `horizon` months: what lies beyond its end becomes the last month or period.
    #[must_use]
    pub fn within(self, horizon: usize) -> Self {
        let figure = match self.figure {
            Figure::Measure(id) => Figure::Measure(id),
            Figure::Line { line, month } => Figure::Line { line, month: month.min(horizon) },
            Figure::Period { line, period } => {
                let last = horizon.saturating_sub(1) / period.length;
                Figure::Period { line, period: Period { index: period.index.min(last), ..period } }
            }
        };
        Self { figure, ..self }
    }

    /// Its explanation; `None` if the business is absent or does not have the figure.
    pub fn explanation(self, scenario: &ValidScenario, comparison: &Comparison) -> Option<Explanation> {
        let evaluation = comparison.business(self.business).ok()?;
        match self.figure {
            Figure::Measure(id) => {
                explain_measure(scenario, comparison, evaluation, find_measure(self.business, id)?)
            }
            Figure::Line { line, month } => Some(explain_line(scenario, comparison, evaluation, line, month)),
            Figure::Period { line, period } => {
                let months = period.months(evaluation.horizon())?;
                Some(explain_months(scenario, comparison, evaluation, line, months))
            }
        }
    }
}

fn unknown(business: Business, id: &str) -> String {
    let measures = MEASURES.iter().filter(|measure| measure.applies_to(business)).map(|measure| measure.id);
    let lines = LINES.into_iter().filter(|line| line.belongs_to(business)).map(Line::id);
    let known: Vec<&str> = measures.chain(lines).collect();
    format!("{} has no figure {id}; there are {}", business.word(), known.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::compare;
    use crate::scenario::Scenario;

    #[test]
    fn a_month_makes_it_a_line() {
        let comparison = compare(&Scenario::default().validate().expect("the defaults are valid"));
        let parse = |text, month: Option<usize>| Subject::parse(text, month.map(When::Month), &comparison);
        assert_eq!(parse("leasing.npv_usd", None), Ok(Subject::measure(Business::Leasing, "npv_usd")));
        assert_eq!(parse("mining.power", Some(24)), Ok(Subject::line(Business::Mining, Line::Power, 24)));
        assert_eq!(parse("mining.power", None), Ok(Subject::line(Business::Mining, Line::Power, 5)));
        assert_eq!(parse("mining.btc_mined", None), Ok(Subject::measure(Business::Mining, "btc_mined")));
        assert_eq!(
            parse("mining.btc_mined", Some(9)),
            Ok(Subject::line(Business::Mining, Line::BtcMined, 9))
        );
        for (text, month) in [
            ("npv_usd", None),
            ("x.npv_usd", None),
            ("mining.fees", None),
            ("mining.irr", Some(3)),
            ("mining.power", Some(121)),
        ] {
            assert!(parse(text, month).is_err(), "{text}");
        }
    }

    #[test]
    fn a_year_is_twelve_months_and_levels_have_none() {
        let comparison = compare(&Scenario::default().validate().expect("the defaults are valid"));
        let parse = |text, year| Subject::parse(text, Some(When::Year(year)), &comparison);
        let third = Subject::period(Business::Mining, Line::Power, Period::year(3));
        assert_eq!(parse("mining.power", 3), Ok(third));
        assert_eq!(Period::year(3).months(120), Some(25..=36));
        assert_eq!(Period::year(1).months(120), Some(0..=12));
        assert_eq!(Period::year(10).months(115), Some(109..=115));
        assert_eq!(third.moved(8, 120), None);
        assert_eq!(third.moved(-3, 120), None);
        assert_eq!(third.within(20), Subject::period(Business::Mining, Line::Power, Period::year(2)));
        for (text, year) in
            [("mining.power", 0), ("mining.power", 11), ("mining.debt_balance_usd", 2), ("mining.irr", 1)]
        {
            assert!(parse(text, year).is_err(), "{text} {year}");
        }
    }
}
