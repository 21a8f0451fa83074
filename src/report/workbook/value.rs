//! The value that a cell shows before anything is recalculated.

use wattfolio_economics::kernel::{Absent, Maybe};

/// A number, or a word in its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Number(f64),
    Word(&'static str),
}

/// In place of a number that does not exist in a month.
pub(super) const NOTHING: Value = Value::Word("–");
/// In place of a measure that does not exist.
pub(super) const NONE: Value = Value::Word("none");

impl From<f64> for Value {
    /// Without the sign of a zero, which a spreadsheet does not know.
    fn from(number: f64) -> Self {
        Self::Number(number + 0.0)
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self::Number(number as f64)
    }
}

impl From<Maybe<f64>> for Value {
    /// The words are those that the formulas give.
    fn from(maybe: Maybe<f64>) -> Self {
        match maybe {
            Ok(number) => number.into(),
            Err(Absent::Never) => Self::Word("never"),
            Err(Absent::OnlyByResale) => Self::Word("only by resale"),
            Err(_) => NONE,
        }
    }
}

impl Value {
    /// The number, if it is one.
    pub(super) const fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Word(_) => None,
        }
    }

    /// As a formula's cached result, which `rust_xlsxwriter` takes as text.
    pub(super) fn cached(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Word(word) => (*word).to_owned(),
        }
    }
}
