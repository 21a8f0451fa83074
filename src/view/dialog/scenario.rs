//! Name, note and line of a scenario.

use egui::{TextEdit, Ui, vec2};

use super::{buttons_ui, cancel_ui, heading_ui, path};
use crate::state::{Action, Dialog, ScenarioAction, ScenarioForm};
use crate::store::{Letter, LineStyle};
use crate::view::Context;
use crate::widget;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, letter: Letter, form: &ScenarioForm) {
    heading_ui(ui, cx, &format!("Scenario {letter}"), "Its name, a note, and the line of its curves.");
    let mut new = form.clone();
    let entered = path::field_ui(ui, cx, "Name", &mut new.name, true);
    let label = widget::caption(ui, cx.theme, "Note");
    let note = TextEdit::multiline(&mut new.note)
        .desired_width(f32::INFINITY)
        .desired_rows(3)
        .margin(vec2(10.0, 6.0));
    ui.add(note).labelled_by(label.id);
    widget::caption(ui, cx.theme, "Line");
    let selected = LineStyle::ALL.iter().position(|line| *line == form.line).unwrap_or(0);
    ui.horizontal_wrapped(|ui| {
        if let Some(index) = widget::segmented(ui, cx.theme, &LineStyle::ALL.map(LineStyle::label), selected)
        {
            new.line = LineStyle::ALL[index];
        }
    });
    let is_named = !new.name.trim().is_empty();
    if new != *form {
        cx.actions.push(Action::ShowDialog(Some(Dialog::Scenario(letter, new.clone()))));
    }
    let mut is_done = entered && is_named;
    buttons_ui(ui, |ui| {
        ui.add_enabled_ui(is_named, |ui| {
            is_done |= widget::primary_button(ui, cx.theme, "Apply").clicked();
        });
        cancel_ui(ui, cx);
    });
    if is_done {
        cx.actions.push(Action::Scenario(letter, ScenarioAction::Describe(new)));
    }
}
