//! Figures of one business, and the evaluated run that they are computed from.

use super::{Absent, Ledger, Levels, Line, Market, Maybe, ratio};
use crate::finance;
use crate::scenario::ValidScenario;
use crate::units::Unit;

/// Which of two values of a figure is the better one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// The larger one.
    More,
    /// The smaller one.
    Less,
    /// Neither: capital, a size, a rate that is given.
    Neither,
}

impl Better {
    /// Whether a value is better than another.
    ///
    /// ```
    /// use wattfolio_economics::kernel::Better;
    ///
    /// assert!(Better::More.prefers(2.0, 1.0) && Better::Less.prefers(1.0, 2.0));
    /// assert!(!Better::Neither.prefers(2.0, 1.0) && !Better::More.prefers(1.0, 1.0));
    /// ```
    pub fn prefers(self, value: f64, other: f64) -> bool {
        match self {
            Self::More => value > other,
            Self::Less => value < other,
            Self::Neither => false,
        }
    }
}

/// Catalogue row of a figure that only one business has: a value of its figures `F`, with its explanation `E`.
#[derive(Debug)]
#[non_exhaustive]
pub struct Figure<F: 'static, E> {
    /// The stable name, `btc_mined`.
    pub id: &'static str,
    /// The display name.
    pub label: &'static str,
    /// Unit of the value.
    pub unit: Unit,
    /// One-line description.
    pub meaning: &'static str,
    /// Which of two values is the better one.
    pub better: Better,
    /// The value.
    pub read: fn(&F) -> Maybe<f64>,
    /// Its formula.
    pub explain: E,
}

impl<F, E> Figure<F, E> {
    /// A row from its fields.
    pub const fn new(
        id: &'static str,
        label: &'static str,
        (unit, better): (Unit, Better),
        meaning: &'static str,
        read: fn(&F) -> Maybe<f64>,
        explain: E,
    ) -> Self {
        Self { id, label, unit, meaning, better, read, explain }
    }
}

/// An evaluated run of a business, with its market.
pub struct Run<'a> {
    /// Every line of every month.
    pub ledger: &'a Ledger,
    /// The inputs.
    pub scenario: &'a ValidScenario,
    /// The compiled market.
    pub market: &'a Market,
    /// The market of every month.
    pub levels: &'a [Levels<f64>],
    /// Discount factor of one month.
    pub discount: f64,
}

impl Run<'_> {
    pub(crate) fn present_value(&self, line: Line) -> f64 {
        finance::npv(1.0 / self.discount - 1.0, self.ledger.line(line))
    }

    /// Levelised cost: present value of `costs` less that of `end_usd`, received in month `T`, over the present value
    /// of `sold`.
    pub(crate) fn levelised(
        &self,
        costs: impl IntoIterator<Item = Line>,
        end_usd: f64,
        sold: Line,
    ) -> Maybe<f64> {
        let sold = self.present_value(sold);
        let end = end_usd * self.discount.powi(self.levels.len() as i32 - 1);
        let flows = costs.into_iter().map(|line| self.present_value(line)).sum::<f64>() + end;
        ratio(-flows, sold, Absent::NothingSold)
    }
}
