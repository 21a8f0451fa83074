//! Dialogs for the path to open and the path to save.

use std::path::PathBuf;

use egui::{Align, Key, Layout, Ui};

use super::{buttons_ui, cancel_ui, heading_ui};
use crate::state::{Action, Dialog, OpenFor, SaveRequest, SiteAction};
use crate::theme::{CONTROL, Text};
use crate::view::Context;
use crate::widget;

/// Height of what stands above and below the recent files, and the least of theirs.
const BESIDE_RECENT: f32 = 310.0;
const LEAST_RECENT: f32 = 44.0;

/// A labelled field; `true` when enter was pressed in it.
pub(super) fn field_ui(
    ui: &mut Ui,
    cx: &Context<'_>,
    name: &str,
    text: &mut String,
    wants_focus: bool,
) -> bool {
    edit_ui(ui, cx, name, egui::TextEdit::singleline(text), wants_focus)
}

/// A labelled field whose letters are shown as dots; `true` when enter was pressed in it.
pub(super) fn secret_ui(ui: &mut Ui, cx: &Context<'_>, name: &str, text: &mut String) -> bool {
    edit_ui(ui, cx, name, egui::TextEdit::singleline(text).password(true), true)
}

fn edit_ui(ui: &mut Ui, cx: &Context<'_>, name: &str, edit: egui::TextEdit<'_>, wants_focus: bool) -> bool {
    let label = widget::caption(ui, cx.theme, name);
    let edit =
        edit.desired_width(f32::INFINITY).min_size(egui::vec2(0.0, CONTROL)).margin(egui::vec2(10.0, 6.0));
    let response = ui.add(edit).labelled_by(label.id);
    // The first frame of the dialog hands the keyboard to its field.
    let id = response.id.with("focused");
    // Asked for outside of `data_mut`, which holds the lock of the context.
    let pass = ui.ctx().cumulative_pass_nr();
    let drawn_before = ui.data(|data| data.get_temp::<u64>(id)) == Some(pass.saturating_sub(1));
    if wants_focus && !drawn_before {
        response.request_focus();
    }
    ui.data_mut(|data| data.insert_temp(id, pass));
    response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}

/// Buttons; `true` when the one that does it was clicked.
pub(super) fn choice_ui(ui: &mut Ui, cx: &Context<'_>, action: &str, is_enabled: bool) -> bool {
    let mut done = false;
    buttons_ui(ui, |ui| {
        ui.add_enabled_ui(is_enabled, |ui| done = widget::primary_button(ui, cx.theme, action).clicked());
        cancel_ui(ui, cx);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            if widget::button(ui, cx.theme, "Browse…").on_hover_text("Ask the system for a file").clicked()
            {
                cx.actions.push(Action::Browse);
            }
        });
    });
    done
}

/// Title, explanation and button of the dialog for what a file is opened for.
fn words(to: OpenFor) -> [&'static str; 3] {
    match to {
        OpenFor::Document => {
            ["Open a preset", "Choose a file, drop one on the window, or type a path.", "Open"]
        }
        OpenFor::Into => [
            "Add the scenarios of a file",
            "They stand behind those of this file and are saved with it. Choose a file, or type a path.",
            "Add",
        ],
        OpenFor::Site => [
            "Add a site from a file",
            "The scenario that the file opens with, as a copy with its own mix. Choose a file, or type a path.",
            "Add",
        ],
    }
}

fn open(to: OpenFor, path: PathBuf) -> Action {
    match to {
        OpenFor::Document => Action::OpenFile(path),
        OpenFor::Into => Action::OpenInto(path),
        OpenFor::Site => Action::Site(SiteAction::AddFile(path)),
    }
}

pub(super) fn open_ui(ui: &mut Ui, cx: &Context<'_>, path: &str, to: OpenFor) {
    let [title, explanation, action] = words(to);
    heading_ui(ui, cx, title, explanation);
    let open = |path: PathBuf| cx.actions.push(open(to, path));
    let mut text = path.to_owned();
    let entered = field_ui(ui, cx, "Path of the preset", &mut text, true);
    if !cx.state.session.recent.is_empty() {
        widget::caption(ui, cx.theme, "Recent files");
        // In a low window they scroll.
        let height = (ui.ctx().content_rect().height() - BESIDE_RECENT).max(LEAST_RECENT);
        widget::scroll_up_to(height).show(ui, |ui| {
            for file in &cx.state.session.recent {
                let name = file.0.display().to_string();
                if widget::link(ui, cx.theme, &name, Text::Body, "").clicked() {
                    open(file.0.clone());
                }
            }
        });
    }
    if text != path {
        cx.actions.push(Action::ShowDialog(Some(Dialog::Open { path: text.clone(), to })));
    }
    let is_given = !text.trim().is_empty();
    if choice_ui(ui, cx, action, is_given) || (entered && is_given) {
        open(expanded(&text));
    }
}

pub(super) fn save_ui(ui: &mut Ui, cx: &Context<'_>, path: &str, title: &str) {
    let words = match cx.state.document.based_on() {
        Some(example) => format!(
            "The story is that of “{example}”, whose inputs were changed; the file says so. Document… changes it."
        ),
        None => {
            "All scenarios are saved together, with story and sources under a title of their own.".to_owned()
        }
    };
    heading_ui(ui, cx, "Save the preset", &words);
    let (mut new_title, mut new_path) = (title.to_owned(), path.to_owned());
    field_ui(ui, cx, "Title", &mut new_title, false);
    let entered = field_ui(ui, cx, "Path of the file", &mut new_path, true);
    if new_title != title || new_path != path {
        let dialog = Dialog::SaveAs { path: new_path.clone(), title: new_title.clone() };
        cx.actions.push(Action::ShowDialog(Some(dialog)));
    }
    let is_given = !new_path.trim().is_empty() && !new_title.trim().is_empty();
    if choice_ui(ui, cx, "Save", is_given) || (entered && is_given) {
        cx.actions.push(Action::SaveFile(SaveRequest::new(expanded(&new_path), new_title)));
    }
}

pub(super) fn picture_ui(ui: &mut Ui, cx: &Context<'_>, path: &str) {
    let words = if cx.state.view.has_caption {
        "The window as it is, with its scenario, date, assumptions and verdict below it, as PNG."
    } else {
        "The window as it is, at twice its size, as PNG."
    };
    heading_ui(ui, cx, "Save a picture", words);
    let mut text = path.to_owned();
    let entered = field_ui(ui, cx, "Path of the picture", &mut text, true);
    if text != path {
        cx.actions.push(Action::ShowDialog(Some(Dialog::SavePicture { path: text.clone() })));
    }
    let is_given = !text.trim().is_empty();
    if choice_ui(ui, cx, "Save", is_given) || (entered && is_given) {
        cx.actions.push(Action::SavePictureTo(expanded(&text), false));
    }
}

/// A typed path: trimmed, with `~` for the home folder.
pub(super) fn expanded(text: &str) -> PathBuf {
    let text = text.trim();
    match (text.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(text),
    }
}
