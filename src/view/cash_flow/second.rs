//! The cash flow of a second scenario beside that of the current one.

use wattfolio_economics::business::Business;
use wattfolio_economics::results::Evaluation;

use super::parts::{Part, operating_cash, parts};
use crate::state::Shown;
use crate::store::Letter;
use crate::view::{Context, beside};
use crate::widget::Stroke;

/// A business in the scenario that was chosen beside the current one.
pub(super) struct Second<'a> {
    shown: &'a Shown,
    pub(super) evaluation: &'a Evaluation,
    pub(super) revenue: Vec<Part>,
    pub(super) costs: Vec<Part>,
    /// Operating cash of each period, USD.
    pub(super) cash: Vec<f64>,
}

impl<'a> Second<'a> {
    /// The business in the chosen scenario, in the periods of the chart; none without a scenario, or where it is not evaluated.
    pub(super) fn of(cx: &Context<'a>, business: Business) -> Option<Self> {
        let shown = cx.state.second()?;
        let evaluation = shown.comparison.business(business).ok()?;
        let months = cx.state.view.cash_flow.period.months();
        let (revenue, costs) = parts(cx.theme, evaluation, months);
        Some(Self { shown, evaluation, revenue, costs, cash: operating_cash(evaluation, months) })
    }

    /// Which line is that of the scenario, or why there is none.
    pub(super) fn line_words(shown: &Shown, business: Business) -> String {
        let letter = shown.listed.label.letter;
        match shown.comparison.business(business) {
            Ok(_) => format!("{} in {letter}", beside::stroke_word(shown)),
            Err(reason) => format!("in {letter} none: {reason}"),
        }
    }

    pub(super) fn letter(&self) -> Letter {
        self.shown.listed.label.letter
    }

    pub(super) fn stroke(&self) -> Stroke {
        beside::stroke(self.shown)
    }

    pub(super) fn months(&self) -> u32 {
        self.shown.listed.scenario.horizon_months
    }
}
