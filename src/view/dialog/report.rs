//! Dialog for a report: its path, its paper, and whether it is made with a simulation.

use egui::Ui;

use super::heading_ui;
use super::path::{choice_ui, expanded, field_ui};
use crate::state::{Action, Dialog, Paper, ReportRequest};
use crate::theme::Text;
use crate::view::Context;
use crate::widget;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, request: &ReportRequest) {
    let words =
        "Verdict, risk, cash flow, every input with its source, and the scenario inside, to open again.";
    heading_ui(ui, cx, "Make a report", words);
    let path = request.path.display().to_string();
    let mut text = path.clone();
    let entered = field_ui(ui, cx, "Path of the report", &mut text, true);
    let mut changed = request.clone();
    if text != path {
        changed.path = text.clone().into();
    }
    ui.horizontal(|ui| {
        let selected = Paper::ALL.iter().position(|paper| *paper == request.paper).unwrap_or(0);
        if let Some(index) = widget::segmented(ui, cx.theme, &Paper::ALL.map(Paper::label), selected) {
            changed.paper = Paper::ALL[index];
        }
        if let Some(has_simulation) = widget::check(ui, cx.theme, "With simulation", request.has_simulation) {
            changed.has_simulation = has_simulation;
        }
    });
    let words =
        ".pdf and .html are the report; .svg and .png are the payback chart, .csv and .json every measure.";
    widget::label(ui, words, Text::Caption, cx.theme.palette.text_muted);
    if changed != *request {
        cx.actions.push(Action::ShowDialog(Some(Dialog::Report(changed.clone()))));
    }
    let is_given = !text.trim().is_empty();
    if choice_ui(ui, cx, "Make report", is_given) || (entered && is_given) {
        cx.actions.push(Action::Report(ReportRequest { path: expanded(&text), ..changed }));
    }
}
