//! Subject of an explanation: a measure of a business, or a line of its ledger in a month or over a period.

use super::period::Period;
use super::{Explanation, explain_line, explain_measure, explain_months};
use crate::business::Business;
use crate::kernel::{LINES, Line, NotEvaluated};
use crate::results::{Comparison, Evaluation, MEASURES, Measure, find_measure};
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
    /// A measure.
    Measure(&'static Measure),
    /// A line of the ledger in a month.
    Line {
        /// The line.
        line: Line,
        /// The month, `0..=T`.
        month: usize,
    },
    /// A line of the ledger added up over a period, such as a year of the plan.
    Period {
        /// The line, which [adds up](Line::adds_up).
        line: Line,
        /// The period.
        period: Period,
    },
}

/// Month or year of a line of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// A month, from 0.
    Month(usize),
    /// A year of the plan, from 1.
    Year(usize),
}

impl Subject {
    /// A measure of a business.
    pub const fn measure(business: Business, measure: &'static Measure) -> Self {
        Self { business, figure: Figure::Measure(measure) }
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
    /// A message with the error and the allowed values.
    pub fn parse(text: &str, when: Option<When>, comparison: &Comparison) -> Result<Self, NoSubject> {
        let (name, id) = text.split_once('.').ok_or_else(|| NoSubject::NoDot { text: text.to_owned() })?;
        let business = Business::ALL.into_iter().find(|business| business.id() == name);
        let business = business.ok_or_else(|| NoSubject::NoBusiness { name: name.to_owned() })?;
        let evaluation = comparison.business(business);
        let evaluation =
            evaluation.map_err(|reason| NoSubject::NotEvaluated { business, reason: reason.clone() })?;
        let line = LINES.into_iter().find(|line| line.id() == id && line.belongs_to(business));
        match (find_measure(business, id), line, when) {
            (_, Some(line), Some(_)) | (None, Some(line), None) => Self::in_plan(evaluation, line, when),
            (Some(measure), _, None) => Ok(Self::measure(business, measure)),
            (Some(_), None, Some(_)) => Err(NoSubject::HasNoMonth(text.to_owned())),
            (None, None, _) => Err(NoSubject::NoFigure { business, id: id.to_owned() }),
        }
    }

    fn in_plan(evaluation: &Evaluation, line: Line, when: Option<When>) -> Result<Self, NoSubject> {
        let (business, horizon) = (evaluation.business, evaluation.horizon());
        let month = match when {
            None => evaluation.timing.first_full_month().min(horizon),
            Some(When::Month(month)) if month > horizon => {
                return Err(NoSubject::Beyond { when: format!("month {month}"), horizon });
            }
            Some(When::Month(month)) => month,
            Some(When::Year(0)) => return Err(NoSubject::YearZero),
            Some(When::Year(year)) => {
                if !line.adds_up() {
                    return Err(NoSubject::IsLevel(line));
                }
                let period = Period::year(year);
                return match period.months(horizon) {
                    Some(_) => Ok(Self::period(business, line, period)),
                    None => Err(NoSubject::Beyond { when: format!("year {year}"), horizon }),
                };
            }
        };
        Ok(Self::line(business, line, month))
    }

    /// The same line, `steps` months or periods later, or earlier if negative; `None` outside the plan.
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

    /// The same figure within a plan of `horizon` months: a later month or period becomes the last one.
    #[must_use]
    pub fn within(self, horizon: usize) -> Self {
        let figure = match self.figure {
            Figure::Measure(measure) => Figure::Measure(measure),
            Figure::Line { line, month } => Figure::Line { line, month: month.min(horizon) },
            Figure::Period { line, period } => {
                let last = horizon.saturating_sub(1) / period.length.months();
                Figure::Period { line, period: Period { index: period.index.min(last), ..period } }
            }
        };
        Self { figure, ..self }
    }

    /// Its explanation; `None` if the business is absent or does not have the figure.
    pub fn explanation(self, scenario: &ValidScenario, comparison: &Comparison) -> Option<Explanation> {
        let evaluation = comparison.business(self.business).ok()?;
        match self.figure {
            Figure::Measure(measure) => explain_measure(scenario, comparison, evaluation, measure),
            Figure::Line { line, month } => Some(explain_line(scenario, comparison, evaluation, line, month)),
            Figure::Period { line, period } => {
                let months = period.months(evaluation.horizon())?;
                Some(explain_months(scenario, comparison, evaluation, line, months))
            }
        }
    }
}

/// Why a text names no figure of a plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoSubject {
    /// It is not a business and a figure with a dot between them.
    #[error("{text}: write it as {}.npv_usd, with one of {}", Business::ALL[0].id(), businesses())]
    NoDot {
        /// The text.
        text: String,
    },
    /// What stands before the dot is no business.
    #[error("{name} is no business; there are {}", businesses())]
    NoBusiness {
        /// What stands before the dot.
        name: String,
    },
    /// The business cannot be evaluated.
    #[error("{} cannot be evaluated: {reason}", business.word())]
    NotEvaluated {
        /// The business.
        business: Business,
        /// Why.
        reason: NotEvaluated,
    },
    /// The business has no such measure or line.
    #[error("{} has no figure {id}; there are {}", business.word(), figures(*business))]
    NoFigure {
        /// The business.
        business: Business,
        /// What stands after the dot.
        id: String,
    },
    /// A month or year is asked for, of a measure of the whole plan.
    #[error("{0} is a measure of the whole plan and has no month or year")]
    HasNoMonth(String),
    /// A year is asked for, of a line that is a level.
    #[error("{} is a level: give a month, not a year", .0.id())]
    IsLevel(Line),
    /// A year 0 is asked for.
    #[error("years of a plan are counted from 1")]
    YearZero,
    /// The plan ends before.
    #[error("{when} lies beyond the plan, which ends in month {horizon}")]
    Beyond {
        /// What is asked for, as `month 200`.
        when: String,
        /// Length of the plan, months.
        horizon: usize,
    },
}

fn businesses() -> String {
    Business::ALL.map(Business::id).join(", ")
}

fn figures(business: Business) -> String {
    let measures = MEASURES.iter().filter(|measure| measure.applies_to(business)).map(|measure| measure.id);
    let lines = LINES.into_iter().filter(|line| line.belongs_to(business)).map(Line::id);
    measures.chain(lines).collect::<Vec<&str>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::compare;
    use crate::results::measure::NPV_USD;
    use crate::scenario::Scenario;

    #[test]
    fn a_month_makes_it_a_line() {
        let comparison = compare(&Scenario::default().validate().expect("the defaults are valid"));
        let parse = |text, month: Option<usize>| Subject::parse(text, month.map(When::Month), &comparison);
        assert_eq!(parse("leasing.npv_usd", None), Ok(Subject::measure(Business::Leasing, &NPV_USD)));
        assert_eq!(parse("mining.power", Some(24)), Ok(Subject::line(Business::Mining, Line::Power, 24)));
        assert_eq!(parse("mining.power", None), Ok(Subject::line(Business::Mining, Line::Power, 5)));
        let coins = find_measure(Business::Mining, "btc_mined").expect("mining has it");
        assert_eq!(parse("mining.btc_mined", None), Ok(Subject::measure(Business::Mining, coins)));
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
