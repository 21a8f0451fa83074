//! A scenario that the model accepts, and what is wrong with one that it does not.

use std::fmt;
use std::ops::Deref;

use super::Scenario;

/// One value that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Id of the input.
    pub id: String,
    /// The value as text.
    pub value: String,
    /// What is allowed instead.
    pub allowed: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is {}; allowed: {}", self.id, self.value, self.allowed)
    }
}

/// Everything that is wrong with a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, fault) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str("; ")?;
            }
            fault.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}

/// A scenario in which every value is finite and within its range.
#[derive(Clone, Debug, PartialEq)]
pub struct ValidScenario(pub(crate) Scenario);

impl ValidScenario {
    /// The plain data, for a change.
    pub fn into_inner(self) -> Scenario {
        self.0
    }
}

impl Deref for ValidScenario {
    type Target = Scenario;

    fn deref(&self) -> &Scenario {
        &self.0
    }
}
