//! The values that a sweep gives to one input.

use crate::input::{Input, Kind, Number};
use crate::scenario::ValidScenario;

/// Most values of one axis.
const MOST: usize = 1_000_000;

/// The values of one number in a sweep: from one end to the other, both included, in steps of equal length or equal ratio.
#[derive(Clone, Debug)]
pub struct Varied {
    input: &'static Input,
    from: f64,
    to: f64,
    count: usize,
    is_log: bool,
}

/// Why values cannot be given to an input in a sweep.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotVaried {
    /// The input is no number.
    #[error("{0} is no number, and only numbers are swept; run one sweep for each of its values")]
    NotANumber(&'static str),
    /// The number does not apply in the scenario.
    #[error("{0} does not apply in this scenario: an option that needs it is not chosen")]
    DoesNotApply(&'static str),
    /// The number of values is out of range.
    #[error("{id} has {count} values; allowed: 1 (with equal ends) or 2…{MOST}")]
    Count {
        /// Id of the input.
        id: &'static str,
        /// The number of values.
        count: usize,
    },
    /// Steps of equal ratio need ends above 0.
    #[error("{0} cannot have steps of equal ratio from {1}: both ends must be above 0")]
    NotAboveZero(&'static str, String),
    /// A value is not allowed.
    #[error("{id} would be {value}; allowed: {allowed}")]
    Value {
        /// Id of the input.
        id: &'static str,
        /// The value.
        value: String,
        /// The allowed values.
        allowed: String,
    },
}

impl Varied {
    /// Values of an input of a scenario.
    ///
    /// # Errors
    /// If the input is no number, does not apply, or does not allow one of the values: a whole number between two others would
    /// otherwise silently become another one.
    ///
    /// ```
    /// # use wattfolio_economics::answers::Varied;
    /// # use wattfolio_economics::prelude::*;
    /// let scenario = Scenario::default().validate()?;
    /// let price = catalogue::find("power.price_usd_per_kwh").unwrap();
    /// let axis = Varied::new(&scenario, price, (0.02, 0.08), 4, false).unwrap();
    /// assert_eq!([0, 1, 3].map(|step| axis.value(step)), [0.02, 0.04, 0.08]);
    /// let horizon = catalogue::find("horizon_months").unwrap();
    /// let fault = Varied::new(&scenario, horizon, (60.0, 61.0), 3, false).unwrap_err().to_string();
    /// assert!(fault.starts_with("horizon_months would be 60.5"), "{fault}");
    /// # Ok::<(), Faults>(())
    /// ```
    pub fn new(
        scenario: &ValidScenario,
        input: &'static Input,
        (from, to): (f64, f64),
        count: usize,
        is_log: bool,
    ) -> Result<Self, NotVaried> {
        let id = input.id;
        let Kind::Number(number) = &input.kind else { return Err(NotVaried::NotANumber(id)) };
        if (number.get)(scenario).is_none() {
            return Err(NotVaried::DoesNotApply(id));
        }
        if count == 0 || count > MOST || (count == 1 && from != to) {
            return Err(NotVaried::Count { id, count });
        }
        if is_log && !(from > 0.0 && to > 0.0) {
            return Err(NotVaried::NotAboveZero(id, from.min(to).to_string()));
        }
        let axis = Self { input, from, to, count, is_log };
        axis.check(number)?;
        Ok(axis)
    }

    fn check(&self, number: &Number) -> Result<(), NotVaried> {
        match (0..self.count).map(|step| self.value(step)).find(|value| !number.allows(*value)) {
            None => Ok(()),
            Some(value) => Err(NotVaried::Value {
                id: self.input.id,
                value: value.to_string(),
                allowed: self.input.allowed(),
            }),
        }
    }

    /// The input.
    pub const fn input(&self) -> &'static Input {
        self.input
    }

    /// Number of values.
    pub const fn count(&self) -> usize {
        self.count
    }

    /// Both ends.
    pub const fn ends(&self) -> (f64, f64) {
        (self.from, self.to)
    }

    /// Whether steps have an equal ratio instead of an equal length.
    pub const fn is_log(&self) -> bool {
        self.is_log
    }

    /// The value of a step, in the unit of the input; the last steps beyond the end are the end.
    pub fn value(&self, step: usize) -> f64 {
        let last = self.count - 1;
        if step == 0 {
            return self.from;
        }
        if step >= last {
            return self.to;
        }
        if self.is_log {
            return self.from * (self.to / self.from).powf(step as f64 / last as f64);
        }
        // One rounding: 0.02 to 0.08 in three steps has 0.04, not 0.039999….
        (self.from * (last - step) as f64 + self.to * step as f64) / last as f64
    }
}
