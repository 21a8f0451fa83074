//! The words of the document: title, story, notes, facts, sources and assumptions.

use egui::Ui;

use super::{buttons_ui, cancel_ui, heading_ui};
use crate::state::{AboutForm, Action, Dialog};
use crate::view::Context;
use crate::widget;

/// Names of the lists, one line each.
const LISTS: [&str; 4] = ["Facts", "Sources", "Assumptions", "Tags"];

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, form: &AboutForm) {
    heading_ui(
        ui,
        cx,
        "Document",
        "These words are saved with the scenario. Lists have a line for each of their own.",
    );
    let mut new = form.clone();
    let height = (ui.ctx().content_rect().height() - 260.0).max(120.0);
    widget::scroll_up_to(height).show(ui, |ui| {
        widget::set_width(ui, widget::room_beside(ui, 12.0));
        line_ui(ui, cx, "Title", &mut new.title);
        line_ui(ui, cx, "Based on", &mut new.based_on);
        if !new.based_on.trim().is_empty() {
            let words = "Story, facts and assumptions are those of this example; the inputs were changed. Empty the field \
                         once the words are your own.";
            widget::body(ui, cx.theme, words);
        }
        text_ui(ui, cx, "Story", &mut new.story, 4);
        text_ui(ui, cx, "Notes", &mut new.notes, 3);
        for (name, lines) in LISTS.into_iter().zip(&mut new.lists) {
            text_ui(ui, cx, name, lines, 3);
        }
    });
    let is_titled = !new.title.trim().is_empty();
    if new != *form {
        cx.actions.push(Action::ShowDialog(Some(Dialog::Document(new.clone()))));
    }
    buttons_ui(ui, |ui| {
        ui.add_enabled_ui(is_titled, |ui| {
            if widget::primary_button(ui, cx.theme, "Apply").clicked() {
                cx.actions.push(Action::SetAbout(new.about()));
            }
        });
        cancel_ui(ui, cx);
    });
}

fn line_ui(ui: &mut Ui, cx: &Context<'_>, name: &str, text: &mut String) {
    let label = widget::caption(ui, cx.theme, name);
    let edit = egui::TextEdit::singleline(text).desired_width(f32::INFINITY).margin(egui::vec2(10.0, 6.0));
    ui.add(edit).labelled_by(label.id);
}

fn text_ui(ui: &mut Ui, cx: &Context<'_>, name: &str, text: &mut String, rows: usize) {
    let label = widget::caption(ui, cx.theme, name);
    let edit = egui::TextEdit::multiline(text)
        .desired_width(f32::INFINITY)
        .desired_rows(rows)
        .margin(egui::vec2(10.0, 6.0));
    ui.add(edit).labelled_by(label.id);
}
