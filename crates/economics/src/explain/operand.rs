//! The values in a formula: where each comes from, and sums over months.

use crate::input::Input;
use crate::kernel::{Line, MarketSeries, Maybe};
use crate::units::Unit;

/// A value in a formula.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Operand {
    /// Name for users.
    pub name: String,
    /// Value in `unit`, or why there is none.
    pub value: Maybe<f64>,
    /// Unit of the value.
    pub unit: Unit,
    /// Source of the value.
    pub source: Source,
}

/// Source of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// An input, by id.
    Input(&'static str),
    /// A line of the ledger in a month.
    Line(Line, usize),
    /// A line of the ledger over months, first and last included.
    Lines(Line, usize, usize),
    /// A series of the market in a month.
    Network(MarketSeries, usize),
    /// A formula of its own, among the steps.
    Step,
    /// The calendar or the rules of the plan, in words.
    Plan(String),
}

impl Source {
    /// An input of any kind.
    pub(crate) const fn of<K>(input: &Input<K>) -> Self {
        Self::Input(input.id)
    }
}

/// A sum over months, discounted if it has a rate: `Σ value / (1 + rate)^periods`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Series {
    /// Name for users.
    pub name: String,
    /// Unit of the sum.
    pub unit: Unit,
    /// Source of the values.
    pub source: Source,
    /// Periods of discounting, negative to compound, and value of each term.
    pub terms: Vec<(f64, f64)>,
    /// Rate per period.
    pub rate: f64,
}

impl Series {
    /// The sum.
    pub fn evaluate(&self) -> f64 {
        self.discounted().sum()
    }

    /// The sum of the absolute values of its terms.
    pub(crate) fn size(&self) -> f64 {
        self.discounted().map(f64::abs).sum()
    }

    fn discounted(&self) -> impl Iterator<Item = f64> {
        let growth = self.rate.ln_1p();
        self.terms.iter().map(
            move |(periods, value)| {
                if self.rate == 0.0 { *value } else { value * (-growth * periods).exp() }
            },
        )
    }

    /// The sum as an operand.
    pub fn as_operand(&self) -> Operand {
        Operand {
            name: self.name.clone(),
            value: Ok(self.evaluate()),
            unit: self.unit,
            source: self.source.clone(),
        }
    }
}
