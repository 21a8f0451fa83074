//! The status bar: where the scenario stands and how fast it was computed.

use egui::{Align, Layout, Ui};

use crate::app::Context;
use crate::widget;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        let scenario = &cx.state.results.scenario;
        let horizon = super::words::duration(f64::from(scenario.horizon_months));
        let basis = cx.state.results.comparison.basis.label().to_lowercase();
        let text = format!("Plan from {} over {horizon}, monthly, {basis}", scenario.start.short_name());
        widget::caption(ui, cx.theme, text);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let document = &cx.state.document;
            let saved = match (&document.origin().file, document.is_unsaved()) {
                (_, true) => "Not saved".to_owned(),
                (Some(file), false) => {
                    let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
                    format!("Saved in {}", name.unwrap_or_default())
                }
                (None, false) => "Worked example".to_owned(),
            };
            widget::caption(ui, cx.theme, saved);
            let micros = cx.state.results.took.as_secs_f64() * 1e6;
            // A figure that differs from run to run would make every test picture differ.
            if cx.state.shows_timing {
                widget::separator_text(ui, cx.theme);
                widget::caption(ui, cx.theme, format!("Recomputed in {micros:.0} µs"));
            }
        });
    });
}
