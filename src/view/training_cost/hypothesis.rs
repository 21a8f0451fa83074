//! The strength of the hypothesis that rentals follow bitcoin.

use egui::Ui;
use wattfolio_economics::catalogue;
use wattfolio_economics::scenario::Scenario;

use super::Shown;
use crate::theme::Text;
use crate::view::Context;
use crate::view::inputs::{RowValues, input_row};
use crate::widget;
use crate::words::training as words;

/// Input that holds the strength.
const STRENGTH: &str = "coupling.rental_elasticity";

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, shown: &Shown<'_>) {
    let Some(input) = catalogue::find(STRENGTH) else { return };
    widget::card(ui, cx.theme, None, |ui| {
        widget::label(ui, "Hypothesis: rentals follow bitcoin", Text::Title, cx.theme.palette.text);
        ui.add_space(4.0);
        let (document, defaults) = (&cx.state.document, Scenario::default());
        let values = RowValues {
            scenario: document.scenario(),
            baseline: &document.baseline().scenario,
            defaults: &defaults,
            refused: cx.state.view.inputs.refused.as_ref(),
            found: None,
        };
        input_row(ui, cx.theme, input, &values, cx.actions, |ui| {
            widget::caption(ui, cx.theme, input.meaning);
        });
        widget::body(
            ui,
            cx.theme,
            words::hypothesis(shown.trained.cost.strength(), shown.now, shown.doubled),
        );
    });
}
