//! Validation of a scenario.

use crate::business::with_businesses;
use crate::catalogue;
use crate::kernel::Venture;
use crate::scenario::{Fault, Faults, Scenario, ValidScenario, correlation};

macro_rules! faults_of_businesses {
    ($($Business:ident $module:ident $label:literal $word:literal;)*) => {
        /// Faults that businesses find in a scenario whose values are in range.
        fn faults_of_businesses(scenario: &Scenario) -> Vec<Fault> {
            let mut faults = Vec::new();
            $(faults.extend(<crate::business::$module::Plan as Venture>::fault(scenario));)*
            faults
        }
    };
}
with_businesses!(faults_of_businesses);

impl TryFrom<Scenario> for ValidScenario {
    type Error = Faults;

    fn try_from(scenario: Scenario) -> Result<Self, Faults> {
        scenario.into_valid()
    }
}

impl Scenario {
    /// Checks every value and the rules between them, and returns a valid copy.
    ///
    /// # Errors
    /// All faults at once, each with id, value and allowed range.
    ///
    /// ```
    /// use wattfolio_economics::prelude::*;
    ///
    /// let mut scenario = Scenario { horizon_months: 0, ..Scenario::default() };
    /// scenario.power.price_usd_per_kwh.value = 3.0;
    /// let faults = scenario.validate().unwrap_err();
    /// assert_eq!(faults.0.len(), 2);
    /// assert_eq!(faults.0[1].to_string(), "power.price_usd_per_kwh is 3; allowed: 0…2 USD/kWh");
    /// ```
    pub fn validate(&self) -> Result<ValidScenario, Faults> {
        self.clone().into_valid()
    }

    /// [`validate`](Self::validate) without a copy.
    pub(super) fn into_valid(self) -> Result<ValidScenario, Faults> {
        let mut faults = Vec::new();
        for input in catalogue::inputs() {
            input.check(&self, &mut faults);
        }
        self.valid_but_for(faults)
    }

    /// A scenario whose values are in range but for some faults.
    pub(super) fn valid_but_for(self, mut faults: Vec<Fault>) -> Result<ValidScenario, Faults> {
        // The rules between values assume values in range.
        if faults.is_empty() {
            faults = faults_of_businesses(&self);
            faults.extend(self.shares_do_not_add_up());
            faults.extend(self.correlations_cannot_hold());
        }
        if faults.is_empty() { Ok(ValidScenario(self)) } else { Err(Faults(faults)) }
    }

    fn shares_do_not_add_up(&self) -> Option<Fault> {
        let sum: f64 = self.mix.shares().into_array().into_iter().sum();
        ((sum - 1.0).abs() > 1e-9).then(|| Fault {
            id: "mix".to_owned(),
            value: sum.to_string(),
            allowed: "shares that add up to 1".to_owned(),
        })
    }

    /// The fault of correlations that are not positive semi-definite; it names the nearest valid ones.
    fn correlations_cannot_hold(&self) -> Option<Fault> {
        let given = &self.risk.correlation;
        if correlation::cholesky(given).is_some() {
            return None;
        }
        let ids = catalogue::inputs().iter().map(|input| input.id);
        let ids = ids.filter(|id| id.starts_with("risk.correlation."));
        let nearest = correlation::nearest_valid_short(given);
        let nearest: Vec<String> = ids
            .zip(correlation::triangle_values(&nearest))
            .map(|(id, value)| format!("{id}={value}"))
            .collect();
        let values = correlation::triangle_values(given).map(|value| value.to_string());
        Some(Fault {
            id: "risk.correlation".to_owned(),
            value: values.join(", "),
            allowed: format!("a positive semi-definite matrix; the nearest is {}", nearest.join(", ")),
        })
    }
}
