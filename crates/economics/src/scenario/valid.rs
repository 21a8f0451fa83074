//! Valid scenarios, and the faults of invalid ones.

use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Serialize};

use super::Scenario;

/// One value that is not allowed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{id} is {value}; allowed: {allowed}")]
#[non_exhaustive]
pub struct Fault {
    /// Id of the input.
    pub id: String,
    /// The value as text.
    pub value: String,
    /// The allowed values.
    pub allowed: String,
}

impl Fault {
    /// A fault that a reader of text has found.
    pub fn new(id: &str, value: &str, allowed: String) -> Self {
        Self { id: id.to_owned(), value: value.to_owned(), allowed }
    }
}

/// The faults of a scenario: at least one, in the order of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Faults(pub Vec<Fault>);

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Self {
        Self(vec![fault])
    }
}

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

/// A scenario in which every value is finite and within its range, and the values agree with each other.
///
/// It dereferences to a [`Scenario`] and never changes: [`with`](Self::with) and [`edit`](Self::edit) return another.
/// Deserialisation validates it, and fails with its faults.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Scenario", into = "Scenario")]
pub struct ValidScenario(pub(crate) Scenario);

impl PartialEq<Scenario> for ValidScenario {
    fn eq(&self, other: &Scenario) -> bool {
        self.0 == *other
    }
}

impl PartialEq<ValidScenario> for Scenario {
    fn eq(&self, other: &ValidScenario) -> bool {
        *self == other.0
    }
}

impl From<ValidScenario> for Scenario {
    fn from(valid: ValidScenario) -> Self {
        valid.0
    }
}

impl ValidScenario {
    /// The plain data.
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
