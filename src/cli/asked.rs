//! The quantity of an answer, from its text or from what the verdict goes by.

use wattfolio_economics::answers::{Asked, Column, Quantity};
use wattfolio_economics::results::compare_on;
use wattfolio_economics::scenario::ValidScenario;

use super::Failure;
use crate::format;
use crate::store::PresetView;

/// A quantity alone.
pub(super) fn without_target(text: &str, view: PresetView) -> Result<Asked, Failure> {
    let quantity = Quantity::parse(text.trim()).map_err(|fault| Failure::new(format!("--for {fault}")))?;
    Ok(Asked::new(quantity, view.basis))
}

/// A quantity, or a figure of the simulation.
pub(super) fn column(text: &str) -> Result<Column, Failure> {
    Column::parse(text.trim()).map_err(|fault| Failure::new(format!("--for {fault}")))
}

/// What the verdict goes by, of the business that is best by it: by chance of loss that of the simulation.
pub(super) fn usual_column(scenario: &ValidScenario, view: PresetView) -> Column {
    let quantity = usual(scenario, view).quantity;
    let columns = Column::usual(view.criterion);
    let is_of = |column: &Column| match column {
        Column::Quantity(_) => false,
        Column::Figure(business, _) => *business == quantity.of,
    };
    columns.into_iter().find(is_of).unwrap_or(Column::Quantity(quantity))
}

/// A quantity and, behind `=`, a target in its unit.
pub(super) fn with_target(text: &str, view: PresetView) -> Result<(Asked, f64), Failure> {
    let (name, target) = text.split_once('=').unwrap_or((text, "0"));
    if let Ok(Column::Figure(_, figure)) = Column::parse(name.trim()) {
        return Err(Failure::new(format!(
            "--for {name}: {} is of the simulation, and only a plan is solved; `wattfolio tornado --for {name}` moves the inputs for it",
            figure.label
        )));
    }
    let asked = without_target(name, view)?;
    let target = format::read_stored(target.trim(), asked.quantity.unit())
        .map_err(|why| Failure::new(format!("--for {text}: the target is {target}; {why}")))?;
    Ok((asked, target))
}

/// The measure that the verdict goes by, of the business that is best by it.
pub(super) fn usual(scenario: &ValidScenario, view: PresetView) -> Asked {
    Asked::usual(scenario, &compare_on(scenario, view.basis), view.criterion)
}
