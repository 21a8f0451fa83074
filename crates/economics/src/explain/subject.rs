//! What is explained: a measure of a business, or a line of its ledger in a month.

use super::{Explanation, explain_line, explain_measure};
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

    /// Reads `leasing.npv_usd` of a comparison. With a month it is a line of the ledger; without one a measure if there
    /// is one of that name, else a line in the first month of full operation.
    ///
    /// # Errors
    /// What is wrong, and what there is instead.
    pub fn parse(text: &str, month: Option<usize>, comparison: &Comparison) -> Result<Self, String> {
        let businesses = Business::ALL.map(Business::id).join(", ");
        let (name, id) = text
            .split_once('.')
            .ok_or_else(|| format!("{text}: write it as leasing.npv_usd, with one of {businesses}"))?;
        let business = Business::ALL
            .into_iter()
            .find(|business| business.id() == name)
            .ok_or_else(|| format!("{name} is no business; there are {businesses}"))?;
        let evaluation = comparison
            .business(business)
            .map_err(|reason| format!("{} cannot be evaluated: {reason}", business.word()))?;
        let line = LINES.into_iter().find(|line| line.id() == id && line.belongs_to(business));
        match (find_measure(business, id), line, month) {
            (_, Some(line), Some(_)) | (None, Some(line), None) => Self::in_plan(evaluation, line, month),
            (Some(measure), _, None) => Ok(Self::measure(business, measure.id)),
            (Some(_), None, Some(_)) => {
                Err(format!("{text} is a measure of the whole plan and has no month"))
            }
            (None, None, _) => Err(unknown(business, id)),
        }
    }

    fn in_plan(evaluation: &Evaluation, line: Line, month: Option<usize>) -> Result<Self, String> {
        let horizon = evaluation.horizon();
        let month = month.unwrap_or_else(|| evaluation.timing.first_full_month().min(horizon));
        if month > horizon {
            return Err(format!("month {month} lies beyond the plan, which ends in month {horizon}"));
        }
        Ok(Self::line(evaluation.business, line, month))
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
    use crate::results::compare;
    use crate::scenario::Scenario;

    #[test]
    fn a_month_makes_it_a_line() {
        let comparison = compare(&Scenario::default().validate().expect("the defaults are valid"));
        let parse = |text, month| Subject::parse(text, month, &comparison);
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
}
