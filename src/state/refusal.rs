//! Typed values that are not taken.

use wattfolio_economics::input::{Input, Kind};
use wattfolio_economics::scenario::Fault;

use crate::format;
use crate::words::sensitivity;

/// A value that was refused, shown at its row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It can be read, but is not allowed.
    NotAllowed {
        /// The input.
        input: &'static Input,
        /// Its fault.
        fault: Fault,
    },
    /// It cannot be read.
    Unreadable {
        /// The input.
        input: &'static Input,
        /// The typed text.
        text: String,
        /// Why it cannot be read, and what to write.
        why: String,
    },
}

impl Refusal {
    /// The input.
    pub const fn input(&self) -> &'static Input {
        match self {
            Self::NotAllowed { input, .. } | Self::Unreadable { input, .. } => input,
        }
    }

    /// The fault as text at the row of the input.
    pub fn words(&self) -> String {
        let input = self.input();
        match self {
            Self::Unreadable { text, why, .. } => format!("“{text}” is refused; {why}"),
            Self::NotAllowed { fault, .. } => {
                format!("{} is not allowed; {}", typed(fault, input), allowed(fault, input))
            }
        }
    }

    /// The same with the name of the input.
    pub fn sentence(&self) -> String {
        format!("{}: {}", self.input().label, self.words())
    }
}

/// A refused value as it was typed: in the unit of the field, like the limits beside it.
fn typed(fault: &Fault, input: &Input) -> String {
    match (&input.kind, fault.value.parse::<f64>()) {
        (Kind::Number(_), Ok(value)) if value.is_finite() => format::field(value, input.unit),
        _ => fault.value.clone(),
    }
}

fn allowed(fault: &Fault, input: &Input) -> String {
    match &input.kind {
        Kind::Number(_) => sensitivity::allowed(input),
        _ => fault.allowed.clone(),
    }
}
