//! The status bar: where the scenario stands and how fast it was computed.

use std::time::Duration;
use wattfolio_economics::number::within;

use egui::{Align, Layout, Ui};

use crate::state::{Command, Life, Page};
use crate::theme::Text;
use crate::view::Context;
use crate::widget;

pub(in crate::view) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    // The right end comes first: it says whether work is safe.
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        life_ui(ui, cx);
        if !cx.has_folded_inputs {
            let micros = cx.state.results.took.as_secs_f64() * 1e6;
            // A figure that differs from run to run would make every test picture differ.
            if cx.state.shows_timing && cx.state.view.page == Page::History {
                history_ui(ui, cx);
            } else if cx.state.shows_timing {
                widget::separator_text(ui, cx.theme);
                widget::caption(ui, cx.theme, format!("Recomputed in {micros:.0} µs"));
                if let Some(simulated) = &cx.state.risk.simulated {
                    let millis = simulated.took.as_secs_f64() * 1e3;
                    let paths = crate::format::grouped(simulated.simulation.paths as f64, 0);
                    widget::separator_text(ui, cx.theme);
                    widget::caption(ui, cx.theme, format!("{paths} paths in {millis:.0} ms"));
                }
            }
        }
        progress_ui(ui, cx);
        report_ui(ui, cx);
        ui.add_space(8.0);
        let scenario = &cx.state.results.scenario;
        let horizon = crate::words::duration(f64::from(scenario.horizon_months));
        let basis = cx.state.results.comparison.basis.label().to_lowercase();
        let text = format!("Plan from {} over {horizon}, monthly, {basis}", scenario.start.short_name());
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            widget::tracked(ui, widget::colored(text, Text::Caption, cx.theme.palette.text_muted));
        });
    });
}

/// How fast the past was replayed; right to left.
fn history_ui(ui: &mut Ui, cx: &Context<'_>) {
    let millis = |took: Duration| crate::format::significant(took.as_secs_f64() * 1e3, 2);
    let history = &cx.state.history;
    if let Some(replayed) = &history.replayed {
        widget::separator_text(ui, cx.theme);
        widget::caption(ui, cx.theme, format!("Replay in {} ms", millis(replayed.took)));
    }
    if let Some((strip, took)) =
        history.strip.as_ref().and_then(|answer| Some((answer.strip()?, answer.took)))
    {
        widget::separator_text(ui, cx.theme);
        let starts = strip.months.len();
        widget::caption(ui, cx.theme, format!("{starts} starts in {} ms", millis(took)));
    }
}

/// Save state of the document, and whether unsaved work is safe.
fn life_ui(ui: &mut Ui, cx: &Context<'_>) {
    let document = &cx.state.document;
    let name = document.file().and_then(|file| file.file_name()).map(|name| name.to_string_lossy());
    let name = name.unwrap_or_default();
    let text = match document.life() {
        Life::Example => "Worked example".to_owned(),
        Life::Saved => format!("Saved in {name}"),
        Life::Changed => "Not saved".to_owned(),
        Life::Restored => "Restored, not saved".to_owned(),
        Life::ChangedOnDisk => format!("{name} was changed by somebody else"),
        Life::ReadOnly => format!("{name}, read-only"),
    };
    widget::caption(ui, cx.theme, text);
    if let Some(problem) = cx.state.keeping_problem.as_ref().filter(|_| document.is_unsaved()) {
        widget::separator_text(ui, cx.theme);
        let text = "⚠ Unsaved work is not kept against a crash";
        widget::label(ui, text, Text::Caption, cx.theme.palette.alert).on_hover_text(problem);
    }
}

/// A run shorter than this shows no progress.
const SHOW_AFTER: Duration = Duration::from_millis(300);

/// Progress of a long simulation, and a button to end it; right to left.
fn progress_ui(ui: &mut Ui, cx: &Context<'_>) {
    let Some((done, took)) = cx.state.risk.progress.filter(|(_, took)| *took > SHOW_AFTER) else { return };
    let words = format!("Simulating, {:.0} % after {:.1} s", done * 100.0, took.as_secs_f64());
    let paths = crate::format::grouped(f64::from(cx.state.results.scenario.risk.paths), 0);
    running_ui(ui, cx, (done, &words), Command::CancelSimulation);
    widget::caption(ui, cx.theme, format!("Simulating {paths} paths"));
}

/// Progress of a report that is being made, and a button to end it; right to left.
fn report_ui(ui: &mut Ui, cx: &Context<'_>) {
    let Some(reporting) = &cx.state.reporting else { return };
    let done = reporting.done();
    running_ui(ui, cx, (done, &format!("Making the report, {:.0} %", done * 100.0)), Command::CancelReport);
    widget::caption(ui, cx.theme, "Making the report");
    ui.ctx().request_repaint_after(Duration::from_millis(100));
}

/// A bar of work that is running, and a button that ends it; right to left.
fn running_ui(ui: &mut Ui, cx: &Context<'_>, (done, words): (f32, &str), end: Command) {
    let palette = &cx.theme.palette;
    widget::separator_text(ui, cx.theme);
    let cancel = egui::Button::new(widget::colored("Cancel", Text::Caption, palette.text)).small();
    let response = ui.add(cancel).on_hover_text(end.hover(ui.ctx()));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, end.text()));
    if response.clicked() {
        cx.actions.run(end);
    }
    let (rect, bar) = ui.allocate_exact_size(egui::vec2(120.0, 4.0), egui::Sense::hover());
    ui.painter().rect_filled(rect, 2, palette.slider_track);
    let filled = egui::Rect::from_min_size(rect.min, egui::vec2(rect.width() * within(done, 0.0, 1.0), 4.0));
    ui.painter().rect_filled(filled, 2, palette.text_secondary);
    bar.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ProgressIndicator, true, words));
}
