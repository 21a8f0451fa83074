//! Reading, writing, comparing and checking the value of an input.

use crate::input::{Input, Kind, Number, Points, from_ron, to_ron};
use crate::scenario::{CalendarMonth, Fault, NotAMonth, Scenario, Trajectory};

/// The first and last month in which a plan may start.
const START: (CalendarMonth, CalendarMonth) = (CalendarMonth::known(2010, 1), CalendarMonth::known(2100, 12));
/// Longest name of a machine or GPU, characters.
const LONGEST_NAME: usize = 100;
/// Most points of a trajectory: one for each month of the longest plan.
const MOST_POINTS: usize = 601;

impl Input {
    /// The value as RON; `None` while it does not apply.
    pub fn text(&self, scenario: &Scenario) -> Option<String> {
        match &self.kind {
            Kind::Number(Number { automatic: Some(automatic), .. }) if (automatic.is)(scenario) => {
                Some("None".to_owned())
            }
            Kind::Number(number) => (number.get)(scenario).map(|value| value.to_string()),
            Kind::Flag(access) => Some((access.get)(scenario).to_string()),
            Kind::Month(access) => Some((access.get)(scenario).to_string()),
            Kind::Text(access) => Some((access.get)(scenario)),
            Kind::Choice(choice) => (choice.text)(scenario),
            Kind::Points(points) => Some(to_ron(&(points.trajectory.get)(scenario).points)),
        }
    }

    /// Sets the value from text: a plain number, `true`, `2026-11`, a name, or RON.
    ///
    /// # Errors
    /// If the text is not of this kind, or the value is out of range; the scenario is then unchanged.
    ///
    /// ```
    /// # use wattfolio_economics::prelude::*;
    /// let contract = catalogue::find("power.contract").unwrap();
    /// let mut scenario = Scenario::default();
    /// contract.write(&mut scenario, "Wholesale(hourly_sigma:0.6)")?;
    /// assert_eq!(contract.text(&scenario).unwrap(), "Wholesale(hourly_sigma:0.6)");
    /// assert!(contract.write(&mut scenario, "Spot").is_err());
    /// # Ok::<(), Fault>(())
    /// ```
    pub fn write(&self, scenario: &mut Scenario, text: &str) -> Result<(), Fault> {
        let mut changed = scenario.clone();
        self.assign(&mut changed, text.trim())?;
        let mut faults = Vec::new();
        self.check(&changed, &mut faults);
        if let Some(fault) = faults.pop() {
            return Err(Fault { value: text.to_owned(), ..fault });
        }
        *scenario = changed;
        Ok(())
    }

    /// Sets a number, moving the points of a trajectory in proportion.
    ///
    /// # Errors
    /// If the value is out of range or the input is not a number; the scenario is then unchanged.
    pub fn write_number(&self, scenario: &mut Scenario, value: f64) -> Result<(), Fault> {
        let Kind::Number(number) = &self.kind else { return Err(self.fault(value.to_string())) };
        if !number.allows(value) {
            return Err(self.fault(value.to_string()));
        }
        match &number.trajectory {
            Some(trajectory) => (trajectory.get_mut)(scenario).scale_to(value),
            None => (number.set)(scenario, value),
        }
        Ok(())
    }

    /// Whether two scenarios differ in this input. An automatic value differs from the same number set by hand, since
    /// only the automatic one changes with its rule.
    pub fn differs(&self, a: &Scenario, b: &Scenario) -> bool {
        match &self.kind {
            Kind::Number(Number { automatic: Some(automatic), get, .. }) => {
                match ((automatic.is)(a), (automatic.is)(b)) {
                    (false, false) => get(a) != get(b),
                    (is_automatic, was_automatic) => is_automatic != was_automatic,
                }
            }
            Kind::Number(number) => (number.get)(a) != (number.get)(b),
            Kind::Points(points) => (points.trajectory.get)(a).points != (points.trajectory.get)(b).points,
            _ => self.text(a) != self.text(b),
        }
    }

    /// Copies the value from another scenario.
    pub fn copy(&self, from: &Scenario, to: &mut Scenario) {
        match &self.kind {
            Kind::Number(Number { automatic: Some(automatic), .. }) if (automatic.is)(from) => {
                (automatic.restore)(to);
            }
            Kind::Number(number) => {
                if let Some(value) = (number.get)(from) {
                    (number.set)(to, value);
                }
            }
            Kind::Points(points) => {
                (points.trajectory.get_mut)(to).points.clone_from(&(points.trajectory.get)(from).points);
            }
            _ => {
                if let Some(text) = self.text(from) {
                    // Text that was just read from the same field always parses.
                    self.assign(to, &text).ok();
                }
            }
        }
    }

    /// The allowed values as text: `0…2 USD/kWh`.
    pub fn allowed(&self) -> String {
        let with_unit = |range: String| {
            let unit = self.unit.symbol();
            if unit.is_empty() { range } else { format!("{range} {unit}") }
        };
        match &self.kind {
            Kind::Number(number) => {
                let whole = if number.whole { "whole numbers " } else { "" };
                with_unit(format!("{whole}{}…{}", plain(number.min), plain(number.max)))
            }
            Kind::Flag(_) => "true or false".to_owned(),
            Kind::Month(_) => format!("{}…{}", START.0, START.1),
            Kind::Text(_) => format!("up to {LONGEST_NAME} characters on one line"),
            Kind::Choice(choice) => {
                let names: Vec<&str> = choice.options.iter().map(|option| option.start).collect();
                names.join(", ")
            }
            Kind::Points(points) => with_unit(format!(
                "months 0…600 strictly increasing, levels {}…{}",
                plain(points.min),
                plain(points.max)
            )),
        }
    }

    /// Appends the fault of the value, if it has one.
    pub(crate) fn check(&self, scenario: &Scenario, faults: &mut Vec<Fault>) {
        let fine = match &self.kind {
            // An automatic value is checked at its source.
            Kind::Number(Number { automatic: Some(automatic), .. }) if (automatic.is)(scenario) => true,
            Kind::Number(number) => (number.get)(scenario).is_none_or(|value| number.allows(value)),
            Kind::Month(access) => (START.0..=START.1).contains(&(access.get)(scenario)),
            Kind::Text(access) => {
                let text = (access.get)(scenario);
                text.chars().count() <= LONGEST_NAME && !text.chars().any(char::is_control)
            }
            Kind::Points(points) => points.allows(&(points.trajectory.get)(scenario).points),
            Kind::Flag(_) | Kind::Choice(_) => true,
        };
        if !fine {
            faults.push(self.fault(self.text(scenario).unwrap_or_default()));
        }
    }

    pub(super) fn fault(&self, value: String) -> Fault {
        Fault { id: self.id.to_owned(), value, allowed: self.allowed() }
    }

    /// The fault of a value that belongs to an option that is not chosen.
    pub(super) fn does_not_apply(&self, value: String) -> Fault {
        let allowed = "a value only while it applies; choose the option it belongs to first".to_owned();
        Fault { allowed, ..self.fault(value) }
    }

    /// The fault of text that is not of the kind of the input.
    fn fault_because(&self, text: &str, why: &str) -> Fault {
        Fault { allowed: format!("{} ({why})", self.allowed()), ..self.fault(text.to_owned()) }
    }

    fn assign(&self, scenario: &mut Scenario, text: &str) -> Result<(), Fault> {
        let fault = || self.fault(text.to_owned());
        match &self.kind {
            Kind::Number(Number { automatic: Some(automatic), .. }) if text == "None" => {
                (automatic.restore)(scenario);
            }
            Kind::Number(number) => match text.parse::<f64>() {
                Ok(value) => {
                    if (number.get)(scenario).is_none() {
                        return Err(self.does_not_apply(text.to_owned()));
                    }
                    // Writers of whole numbers truncate; refuse what they would change.
                    if !number.allows(value) {
                        return Err(fault());
                    }
                    (number.set)(scenario, value);
                }
                Err(_) => self.assign_trajectory(number, scenario, text)?,
            },
            Kind::Flag(access) => match text {
                "true" | "on" => (access.set)(scenario, true),
                "false" | "off" => (access.set)(scenario, false),
                _ => return Err(fault()),
            },
            Kind::Month(access) => {
                let month =
                    text.parse().map_err(|why: NotAMonth| self.fault_because(text, &why.to_string()))?;
                (access.set)(scenario, month);
            }
            Kind::Text(access) => (access.set)(scenario, text.to_owned()),
            Kind::Choice(choice) => {
                (choice.parse)(scenario, text).map_err(|why| self.fault_because(text, &why))?;
            }
            Kind::Points(points) => {
                (points.trajectory.get_mut)(scenario).points =
                    from_ron(text).map_err(|why| self.fault_because(text, &why))?;
            }
        }
        Ok(())
    }

    /// Text that is no number may be a whole trajectory in RON.
    fn assign_trajectory(&self, number: &Number, scenario: &mut Scenario, text: &str) -> Result<(), Fault> {
        let access = number.trajectory.ok_or_else(|| self.fault(text.to_owned()))?;
        *(access.get_mut)(scenario) =
            from_ron::<Trajectory>(text).map_err(|why| self.fault_because(text, &why))?;
        Ok(())
    }
}

impl Number {
    /// Whether a value is finite, within the limits, and whole if only whole numbers are allowed.
    pub fn allows(&self, value: f64) -> bool {
        (self.min..=self.max).contains(&value) && (!self.whole || value.fract() == 0.0)
    }
}

impl Points {
    fn allows(&self, points: &[(f64, f64)]) -> bool {
        let in_order = points.windows(2).all(|pair| pair[0].0 < pair[1].0);
        let in_range = points
            .iter()
            .all(|(month, level)| (0.0..=600.0).contains(month) && (self.min..=self.max).contains(level));
        points.len() <= MOST_POINTS && in_order && in_range
    }
}

/// A limit as text, without an exponent for everyday sizes.
fn plain(value: f64) -> String {
    if value != 0.0 && (value.abs() >= 1e7 || value.abs() < 1e-4) {
        format!("{value:e}")
    } else {
        value.to_string()
    }
}
