//! Values from callers, and how an input takes them.

use std::fmt;

use super::{Input, Kind};
use crate::scenario::{CalendarMonth, Fault, Scenario};

/// A value for an input, to be checked against its kind and range.
///
/// Numbers, flags, months and text convert automatically where a function takes `impl Into<Value>`.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value<'a> {
    /// A number in the unit of the input.
    Number(f64),
    /// On or off.
    Flag(bool),
    /// A calendar month.
    Month(CalendarMonth),
    /// A value of any kind as text, as [`Input::write`] reads it.
    Text(&'a str),
}

impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Flag(flag) => flag.fmt(f),
            Self::Month(month) => month.fmt(f),
            Self::Text(text) => text.fmt(f),
        }
    }
}

impl From<f64> for Value<'_> {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<i32> for Value<'_> {
    fn from(number: i32) -> Self {
        Self::Number(f64::from(number))
    }
}

impl From<u32> for Value<'_> {
    fn from(number: u32) -> Self {
        Self::Number(f64::from(number))
    }
}

impl From<bool> for Value<'_> {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<CalendarMonth> for Value<'_> {
    fn from(month: CalendarMonth) -> Self {
        Self::Month(month)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl Input {
    /// Sets a value. A number moves the points of a trajectory in proportion.
    ///
    /// # Errors
    /// If the value is not of this kind, does not apply, or is out of range; the scenario is then unchanged.
    pub(crate) fn set(&self, scenario: &mut Scenario, value: Value<'_>) -> Result<(), Fault> {
        match (&self.kind, value) {
            (_, Value::Text(text)) => self.write(scenario, text),
            (Kind::Number(number), Value::Number(value)) => {
                if (number.get)(scenario).is_none() {
                    return Err(self.does_not_apply(value.to_string()));
                }
                self.write_number(scenario, value)
            }
            (Kind::Flag(access), Value::Flag(flag)) => {
                (access.set)(scenario, flag);
                Ok(())
            }
            // As text, so that the range is checked.
            (Kind::Month(_), Value::Month(month)) => self.write(scenario, &month.to_string()),
            (_, value) => Err(self.fault(value.to_string())),
        }
    }
}
