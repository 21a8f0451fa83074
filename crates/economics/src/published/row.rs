//! One published figure, the computed one, and the verdict on their agreement.

use std::borrow::Cow;

use super::Topic;

/// Source of a published figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// Title, address or file.
    pub name: &'static str,
    /// Date or version; empty where none is known.
    pub date: &'static str,
}

/// Statement of the source.
#[derive(Clone, Debug, PartialEq)]
pub enum Published {
    /// A figure as printed.
    Printed(f64),
    /// A figure that follows by plain arithmetic from printed terms.
    Derived(f64),
    /// Words, and a figure for them, if any.
    Words(&'static str, Option<f64>),
}

impl Published {
    /// The figure, if there is one.
    pub const fn value(&self) -> Option<f64> {
        match *self {
            Self::Printed(value) | Self::Derived(value) => Some(value),
            Self::Words(_, value) => value,
        }
    }
}

/// Origin of a computed value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// A scenario, compiled and evaluated like any other.
    Plan,
    /// A function of the crate that plans use too.
    Function,
}

/// Required relation of the computed to the published value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Expectation {
    /// Equal to the last bit.
    Exact,
    /// Computed within this fraction of the published value.
    Relative(f64),
    /// Computed within this much of the published value, in its unit.
    Absolute(f64),
    /// Computed between these two: the source gives words or a range.
    Between(f64, f64),
    /// Published over computed between these two: the source counts something that the model leaves out.
    Ratio(f64, f64),
    /// The published figure is wrong: computed is within a fraction of what is right, published is not.
    Wrong {
        /// Right value, from a calculation independent of this crate.
        right: f64,
        /// Tolerance of the computed value, relative.
        within: f64,
    },
}

/// Verdict on a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The crate reproduces the published figure.
    Agrees,
    /// The published figure is wrong, and the crate has the right one.
    SourceWrong,
    /// The requirement does not hold.
    Fails,
}

impl Verdict {
    /// The word in tables.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::SourceWrong => "source is wrong",
            Self::Fails => "FAILS",
        }
    }
}

/// One published figure beside the computed one.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Row {
    /// Subject.
    pub topic: Topic,
    /// Name of the example in the test vectors; rows of one example share it.
    pub id: &'static str,
    /// The compared figure, in words.
    pub case: Cow<'static, str>,
    /// Statement of the source.
    pub published: Published,
    /// Unit of both values.
    pub unit: &'static str,
    /// Source of the figure.
    pub source: Source,
    /// The calculation in one line.
    pub formula: &'static str,
    /// Origin of the computed value.
    pub via: Via,
    /// The computed value; NaN if there is none.
    pub computed: f64,
    /// Required relation of the two.
    pub expectation: Expectation,
    /// Roundings and errors of the source, and assumptions; may be empty.
    pub remark: &'static str,
}

impl Row {
    pub(crate) fn new(
        id: &'static str,
        case: impl Into<Cow<'static, str>>,
        published: Published,
        unit: &'static str,
        source: Source,
    ) -> Self {
        Self {
            topic: Topic::Network,
            id,
            case: case.into(),
            published,
            unit,
            source,
            formula: "",
            via: Via::Function,
            computed: f64::NAN,
            expectation: Expectation::Exact,
            remark: "",
        }
    }

    /// Sets a value computed by a plan.
    pub(crate) fn plan(self, formula: &'static str, computed: f64, expectation: Expectation) -> Self {
        Self { via: Via::Plan, formula, computed, expectation, ..self }
    }

    /// Sets a value computed by a function.
    pub(crate) fn function(self, formula: &'static str, computed: f64, expectation: Expectation) -> Self {
        Self { via: Via::Function, formula, computed, expectation, ..self }
    }

    pub(crate) fn remark(self, remark: &'static str) -> Self {
        Self { remark, ..self }
    }

    /// Published over computed value, where both are figures.
    pub fn ratio(&self) -> Option<f64> {
        self.published.value().map(|published| published / self.computed).filter(|ratio| ratio.is_finite())
    }

    /// The verdict on the row.
    pub fn verdict(&self) -> Verdict {
        match (self.holds(), self.expectation) {
            (false, _) => Verdict::Fails,
            (true, Expectation::Wrong { .. }) => Verdict::SourceWrong,
            (true, _) => Verdict::Agrees,
        }
    }

    /// A comparison with NaN never holds.
    fn holds(&self) -> bool {
        let computed = self.computed;
        let published = self.published.value();
        let near = |value: f64, target: f64, most: f64| (value - target).abs() <= most;
        match self.expectation {
            Expectation::Exact => published == Some(computed),
            Expectation::Relative(most) => published.is_some_and(|p| near(computed, p, most * p.abs())),
            Expectation::Absolute(most) => published.is_some_and(|p| near(computed, p, most)),
            Expectation::Between(low, high) => low <= computed && computed <= high,
            Expectation::Ratio(low, high) => self.ratio().is_some_and(|ratio| low <= ratio && ratio <= high),
            Expectation::Wrong { right, within } => {
                let most = within * right.abs();
                near(computed, right, most) && !published.is_some_and(|p| near(p, right, most))
            }
        }
    }
}
