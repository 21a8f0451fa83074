//! Scenarios with changed values, for sweeps and what-if.

use super::{find, inputs};
use crate::input::{Input, Kind, Value};
use crate::scenario::{Fault, Faults, Scenario, ValidScenario};

impl Scenario {
    /// A copy in which one input has another value: a number in the unit of the input, a flag, a month, or text as
    /// [`Input::write`] reads it. The start value of a trajectory moves its points in proportion.
    ///
    /// # Errors
    /// If no input has the id, or the value is not of its kind, out of its range, or of an option that is not chosen.
    /// Only [`validate`](Self::validate) checks the rules between inputs.
    ///
    /// ```
    /// # use wattfolio_economics::prelude::*;
    /// let scenario = Scenario::default().with("power.price_usd_per_kwh", 0.03)?.with("horizon_months", 60)?;
    /// assert_eq!((scenario.power.price_usd_per_kwh.value, scenario.horizon_months), (0.03, 60));
    /// let fault = scenario.with("power.price_usd_per_kwh", 3.0).unwrap_err();
    /// assert_eq!(fault.to_string(), "power.price_usd_per_kwh is 3; allowed: 0…2 USD/kWh");
    /// # Ok::<(), Fault>(())
    /// ```
    pub fn with<'a>(&self, id: &str, value: impl Into<Value<'a>>) -> Result<Self, Fault> {
        let value = value.into();
        let input = named(id, || value.to_string())?;
        let mut changed = self.clone();
        input.set(&mut changed, value)?;
        // A trajectory or a choice given as text brings values of other inputs with it.
        let mut faults = Vec::new();
        check_parts(&changed, input, &mut faults);
        faults.into_iter().next().map_or(Ok(changed), Err)
    }
}

impl ValidScenario {
    /// A valid scenario in which one input has another value, given as to [`Scenario::with`].
    ///
    /// # Errors
    /// If the input does not allow the value, or the scenario would no longer be valid with it.
    ///
    /// ```
    /// # use wattfolio_economics::prelude::*;
    /// let price = catalogue::find("power.price_usd_per_kwh").unwrap();
    /// let base = Scenario::default().validate()?;
    /// let npv = |scenario| compare(&scenario).business(Business::Mining).unwrap().measures.npv_usd;
    /// assert!(npv(base.with(price, 0.03)?) > npv(base.with(price, 0.06)?));
    /// # Ok::<(), Faults>(())
    /// ```
    pub fn with<'a>(&self, input: &Input, value: impl Into<Value<'a>>) -> Result<Self, Faults> {
        let mut changed = self.0.clone();
        input.set(&mut changed, value.into())?;
        // After a number only itself and its parts can be out of range; a choice brings other values with it.
        if !matches!(input.kind, Kind::Number(_)) {
            return changed.into_valid();
        }
        let mut faults = Vec::new();
        check_parts(&changed, input, &mut faults);
        changed.valid_but_for(faults)
    }

    /// A valid scenario in which some numbers have other values, in the units of the inputs.
    ///
    /// # Errors
    /// If an input does not allow its value, or the scenario would no longer be valid with them.
    pub(crate) fn with_numbers(&self, inputs: &[&Input], values: &[f64]) -> Result<Self, Faults> {
        let mut changed = self.0.clone();
        let mut faults = Vec::new();
        for (input, value) in inputs.iter().zip(values) {
            input.write_number(&mut changed, *value)?;
        }
        for input in inputs {
            check_parts(&changed, input, &mut faults);
        }
        changed.valid_but_for(faults)
    }

    /// A valid scenario in which a function has changed several values, which may depend on each other.
    ///
    /// # Errors
    /// All faults of the changed scenario.
    ///
    /// ```
    /// # use wattfolio_economics::prelude::*;
    /// let base = Scenario::default().validate()?;
    /// // Shares of a mix add up to 1, so none can be changed alone.
    /// let mixed = base.edit(|s| (s.mix.mining, s.mix.hosting, s.mix.leasing) = (0.5, 0.5, 0.0))?;
    /// assert_eq!(mixed.mix.mining, 0.5);
    /// assert_eq!(base.edit(|s| s.mix.mining = 0.5).unwrap_err().0[0].id, "mix");
    /// # Ok::<(), Faults>(())
    /// ```
    pub fn edit(&self, change: impl FnOnce(&mut Scenario)) -> Result<Self, Faults> {
        let mut changed = self.0.clone();
        change(&mut changed);
        changed.into_valid()
    }
}

/// Appends the faults of an input and of its parts.
fn check_parts(scenario: &Scenario, input: &Input, faults: &mut Vec<Fault>) {
    for part in inputs().iter().filter(|part| is_part(part.id, input.id)) {
        part.check(scenario, faults);
    }
}

/// The input with an id; `value` is the value in the fault if there is none.
pub(super) fn named(id: &str, value: impl FnOnce() -> String) -> Result<&'static Input, Fault> {
    find(id).ok_or_else(|| Fault {
        id: id.to_owned(),
        value: value(),
        allowed: "the id of an input".to_owned(),
    })
}

/// Whether an id is `whole`, or names a part of it.
fn is_part(id: &str, whole: &str) -> bool {
    id.strip_prefix(whole).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
