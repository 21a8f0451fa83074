//! A part of a sentence, and how much of it a simulation says.

use std::fmt;

/// A part of a sentence: first what the plan says, then what a simulation says. The second is drawn as old while the
/// simulation belongs to an earlier scenario.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    planned: String,
    simulated: String,
}

impl Part {
    /// A part that the plan alone says.
    pub const fn planned(text: String) -> Self {
        Self { planned: text, simulated: String::new() }
    }

    /// A part that a simulation says.
    pub const fn simulated(text: String) -> Self {
        Self { planned: String::new(), simulated: text }
    }

    /// What the plan says, and what a simulation adds to it.
    pub const fn both(planned: String, simulated: String) -> Self {
        Self { planned, simulated }
    }

    /// The same text, all of it said by a simulation.
    #[must_use]
    pub fn all_simulated(self) -> Self {
        Self::simulated(self.planned + &self.simulated)
    }

    /// Its text in spans, each with whether a simulation says it.
    pub(super) fn spans(&self) -> Vec<(&str, bool)> {
        let both = [(self.planned.as_str(), false), (self.simulated.as_str(), true)];
        both.into_iter().filter(|(text, _)| !text.is_empty()).collect()
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.planned, self.simulated)
    }
}
