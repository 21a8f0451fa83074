//! The fields of a scenario file, and the shortest text of each.
//!
//! A file has a field where the data has one; several inputs may share it. A trajectory is one field with its growth, floor and
//! points, and so is a choice with the numbers of its option.

use super::change::named;
use super::{find, inputs};
use crate::input::{Input, Kind, Number, to_ron};
use crate::scenario::{Fault, Scenario};

impl Input {
    /// The input whose field in a file holds this one: itself, its trajectory, or its choice.
    pub fn field(&self) -> &Self {
        let mut id = self.id;
        while let Some((parent, _)) = id.rsplit_once('.') {
            if let Some(input) = find(parent).filter(|input| input.id == parent && input.is_whole_field()) {
                return input;
            }
            id = parent;
        }
        self
    }

    /// Whether inputs below it are parts of its field.
    fn is_whole_field(&self) -> bool {
        matches!(&self.kind, Kind::Choice(_) | Kind::Number(Number { trajectory: Some(_), .. }))
    }

    /// The field as RON, for a file; `None` while it does not apply.
    pub fn field_text(&self, scenario: &Scenario) -> Option<String> {
        match &self.kind {
            Kind::Number(Number { trajectory: Some(trajectory), .. }) => {
                let trajectory = (trajectory.get)(scenario);
                let mut parts = vec![format!("value: {:?}", trajectory.value)];
                for (name, value) in
                    [("growth_per_year", trajectory.growth_per_year), ("floor", trajectory.floor)]
                {
                    if value != 0.0 {
                        parts.push(format!("{name}: {value:?}"));
                    }
                }
                if !trajectory.points.is_empty() {
                    let points: Vec<String> = trajectory
                        .points
                        .iter()
                        .map(|(month, level)| format!("({month:?}, {level:?})"))
                        .collect();
                    parts.push(format!("points: [{}]", points.join(", ")));
                }
                Some(format!("({})", parts.join(", ")))
            }
            Kind::Number(Number { automatic: None, whole: false, get, .. }) => {
                get(scenario).map(|value| format!("{value:?}"))
            }
            Kind::Month(access) => Some(to_ron(&(access.get)(scenario))),
            // Not `to_ron`, which could change the user's text.
            Kind::Text(access) => ron::to_string(&(access.get)(scenario)).ok(),
            _ => self.text(scenario),
        }
    }
}

/// The fields in which a scenario differs from another, in the order of the catalogue, each with its value as RON.
///
/// ```
/// # use wattfolio_economics::prelude::*;
/// let base = Scenario::default();
/// let changed = base.with("horizon_months", 60)?;
/// assert_eq!(catalogue::changed_fields(&changed, &base), [("horizon_months", "60".to_owned())]);
/// # Ok::<(), Fault>(())
/// ```
pub fn changed_fields(scenario: &Scenario, base: &Scenario) -> Vec<(&'static str, String)> {
    let mut fields: Vec<(&'static str, String)> = Vec::new();
    for input in inputs().iter().filter(|input| input.differs(scenario, base)) {
        let field = input.field();
        if fields.iter().all(|(id, _)| *id != field.id)
            && let Some(text) = field.field_text(scenario)
        {
            fields.push((field.id, text));
        }
    }
    fields
}

/// Ids and values that turn one scenario into another, to be set in this order.
pub fn assignments(from: &Scenario, to: &Scenario) -> Vec<(&'static str, String)> {
    changed_fields(to, from)
        .into_iter()
        .filter_map(|(id, _)| {
            let input = find(id)?;
            // A whole trajectory in RON, so that writing its value does not move its points.
            let text = match &input.kind {
                Kind::Number(Number { trajectory: Some(trajectory), .. }) => to_ron((trajectory.get)(to)),
                _ => input.text(to)?,
            };
            Some((id, text))
        })
        .collect()
}

/// Sets values by id, in their order.
///
/// # Errors
/// If an id is unknown or a value is not allowed; the scenario may then have changed in part.
///
/// ```
/// # use wattfolio_economics::prelude::*;
/// let mut scenario = Scenario::default();
/// catalogue::assign_all(&mut scenario, [("horizon_months", "60"), ("mining.treasury", "Hold(share:0.5)")])?;
/// assert_eq!(scenario.horizon_months, 60);
/// # Ok::<(), Fault>(())
/// ```
pub fn assign_all<'a>(
    scenario: &mut Scenario,
    values: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<(), Fault> {
    for (id, text) in values {
        named(id, || text.to_owned())?.write(scenario, text)?;
    }
    Ok(())
}
