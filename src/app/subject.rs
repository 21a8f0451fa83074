//! What is explained: a measure of a business, or a line of its ledger in a month.

use wattfolio_economics::business::Business;
use wattfolio_economics::explain::{Explanation, explain_line, explain_measure};
use wattfolio_economics::kernel::{LINES, Line};
use wattfolio_economics::results::{Comparison, MEASURES, find_measure};
use wattfolio_economics::scenario::ValidScenario;

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

    /// Reads `leasing.npv_usd`. With a month it is a line of the ledger; without one a measure if there is one
    /// of that name, else a line, whose month is left to [`Subject::settled`].
    ///
    /// # Errors
    /// What is wrong, and what there is instead.
    pub fn parse(text: &str, month: Option<usize>) -> Result<Self, String> {
        let businesses = Business::ALL.map(Business::id).join(", ");
        let (name, id) = text
            .split_once('.')
            .ok_or_else(|| format!("{text}: write it as leasing.npv_usd, with one of {businesses}"))?;
        let business = Business::ALL
            .into_iter()
            .find(|business| business.id() == name)
            .ok_or_else(|| format!("{name} is no business; there are {businesses}"))?;
        let line = LINES.into_iter().find(|line| line.id() == id && line.belongs_to(business));
        match (find_measure(business, id), line, month) {
            (_, Some(line), Some(month)) => Ok(Self::line(business, line, month)),
            (Some(measure), ..) if month.is_none() => Ok(Self::measure(business, measure.id)),
            (Some(_), ..) => Err(format!("{text} is a measure of the whole plan and has no month")),
            (None, Some(line), None) => Ok(Self::line(business, line, usize::MAX)),
            (None, None, _) => Err(unknown(business, id)),
        }
    }

    /// With a month within the plan: one that was left open becomes the first in full operation.
    ///
    /// # Errors
    /// If the business cannot be evaluated, or the month lies beyond the plan.
    pub fn settled(self, comparison: &Comparison) -> Result<Self, String> {
        let Figure::Line { line, month } = self.figure else { return Ok(self) };
        let evaluation = comparison.business(self.business).map_err(ToString::to_string)?;
        let horizon = evaluation.horizon();
        if month == usize::MAX {
            let month = evaluation.timing.first_full_month().min(horizon);
            return Ok(Self::line(self.business, line, month));
        }
        if month > horizon {
            return Err(format!("month {month} lies beyond the plan, which ends in month {horizon}"));
        }
        Ok(self)
    }

    /// The same line some months later or earlier, if the plan has such a month.
    #[must_use]
    pub fn moved(self, months: isize, horizon: usize) -> Option<Self> {
        let Figure::Line { line, month } = self.figure else { return None };
        let month = month.checked_add_signed(months).filter(|month| *month <= horizon)?;
        Some(Self::line(self.business, line, month))
    }

    /// Its explanation; `None` if the business is absent or does not have the figure.
    pub fn explanation(self, scenario: &ValidScenario, comparison: &Comparison) -> Option<Explanation> {
        let evaluation = comparison.business(self.business).ok()?;
        match self.figure {
            Figure::Measure(id) => {
                explain_measure(scenario, comparison, evaluation, find_measure(self.business, id)?)
            }
            Figure::Line { line, month } => Some(explain_line(scenario, comparison, evaluation, line, month)),
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

    #[test]
    fn a_month_makes_it_a_line() {
        let parse = |text, month| Subject::parse(text, month);
        assert_eq!(parse("leasing.npv_usd", None), Ok(Subject::measure(Business::Leasing, "npv_usd")));
        assert_eq!(parse("mining.power", Some(24)), Ok(Subject::line(Business::Mining, Line::Power, 24)));
        assert_eq!(parse("mining.btc_mined", None), Ok(Subject::measure(Business::Mining, "btc_mined")));
        assert_eq!(
            parse("mining.btc_mined", Some(9)),
            Ok(Subject::line(Business::Mining, Line::BtcMined, 9))
        );
        for (text, month) in
            [("npv_usd", None), ("x.npv_usd", None), ("mining.fees", None), ("mining.irr", Some(3))]
        {
            assert!(parse(text, month).is_err(), "{text}");
        }
    }
}
