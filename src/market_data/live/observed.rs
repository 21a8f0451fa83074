//! What a source answered, checked: every value is finite, plausible, and not of the future.

use chrono::{DateTime, TimeDelta, Utc};

use super::fault::Fault;
use super::what::What;

/// Time by which the clocks of a source and of this computer may differ.
const MOST_AHEAD: TimeDelta = TimeDelta::minutes(5);
/// Seconds from which a time is taken for milliseconds: as seconds it would be the year 5138.
const MILLISECONDS_FROM: f64 = 1e11;

/// A value from a source.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What it is.
    pub what: What,
    /// The value, in the unit of `what`.
    pub value: f64,
    /// Number of offers or hours that it is the median or mean of; 1 for a single quote.
    pub of: u32,
}

/// What one answer of a source holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Observed {
    /// When the values held, by the source; when they were fetched, if it does not say.
    pub at: DateTime<Utc>,
    /// The values.
    pub readings: Vec<Reading>,
    /// What was left out, and why.
    pub remarks: Vec<String>,
    /// Licence of the data, in the words of the answer.
    pub licence: Option<String>,
}

impl Observed {
    /// An answer without values yet.
    pub(super) const fn at(at: DateTime<Utc>) -> Self {
        Self { at, readings: Vec::new(), remarks: Vec::new(), licence: None }
    }

    /// Adds a value.
    pub(super) fn with(mut self, what: What, value: f64) -> Result<Self, Fault> {
        self.push(what, value, 1)?;
        Ok(self)
    }

    pub(super) fn push(&mut self, what: What, value: f64, of: u32) -> Result<(), Fault> {
        self.readings.push(Reading { what, value: plausible(what, value)?, of });
        Ok(())
    }

    /// The value of a figure.
    pub fn value(&self, what: What) -> Option<f64> {
        self.readings.iter().find(|reading| reading.what == what).map(|reading| reading.value)
    }
}

/// A value within the bounds of its kind.
pub(super) fn plausible(what: What, value: f64) -> Result<f64, Fault> {
    let name = || what.label().to_lowercase();
    if !value.is_finite() {
        return Err(Fault::NotFinite(name()));
    }
    if (value == 0.0 || value == -1.0) && !what.can_be_negative() {
        return Err(Fault::Placeholder { what: name(), value });
    }
    let (least, most) = what.bounds();
    if (least..=most).contains(&value) {
        return Ok(value);
    }
    Err(Fault::OutOfBounds { what: name(), value, least, most })
}

/// A time that a source gives in seconds or milliseconds since 1970.
pub(super) fn time(seconds: f64, now: DateTime<Utc>) -> Result<DateTime<Utc>, Fault> {
    if seconds <= 0.0 {
        return Err(Fault::Placeholder { what: "time".to_owned(), value: seconds });
    }
    let seconds = if seconds > MILLISECONDS_FROM { seconds / 1000.0 } else { seconds };
    let at = DateTime::from_timestamp(seconds as i64, 0);
    not_ahead(at.ok_or_else(|| Fault::NotFinite("time".to_owned()))?, now)
}

/// Refuses a time of the future: one of the two clocks is wrong.
pub(super) fn not_ahead(at: DateTime<Utc>, now: DateTime<Utc>) -> Result<DateTime<Utc>, Fault> {
    if at > now + MOST_AHEAD { Err(Fault::Future(at)) } else { Ok(at) }
}

/// The median; of an even number the mean of the two in the middle. `None` of nothing.
pub(super) fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    Some(if sorted.len().is_multiple_of(2) { f64::midpoint(sorted[middle - 1], upper) } else { upper })
}
