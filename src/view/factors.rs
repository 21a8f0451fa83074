//! The switch between the risks of the scenario and recorded months, for every simulation.

use egui::Ui;
use wattfolio_economics::risk::FactorSource;

use super::Context;
use crate::state::Command;
use crate::widget;

/// Name of a source on the switch.
const fn name(source: FactorSource) -> &'static str {
    match source {
        FactorSource::Parametric => "The risks",
        FactorSource::Bootstrap => "Recorded months",
    }
}

/// The switch, and what the chosen source means.
pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    let now = cx.state.document.factors();
    let selected = FactorSource::ALL.iter().position(|source| *source == now).unwrap_or(0);
    ui.horizontal_wrapped(|ui| {
        widget::body(ui, cx.theme, "Simulate from");
        if let Some(index) = widget::segmented(ui, cx.theme, &FactorSource::ALL.map(name), selected) {
            cx.actions.run(Command::for_factors(FactorSource::ALL[index]));
        }
    });
    widget::caption(ui, cx.theme, format!("{}.", now.meaning()));
}
