//! Small dialogs: paths to open and save, and the question before unsaved work is lost.

use std::path::PathBuf;

use egui::{Align, Key, Layout, Modal, Ui};

use crate::app::{Action, Command, Context, Dialog};
use crate::theme::{CONTROL, RADIUS_CARD, Text};
use crate::widget;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, dialog: &Dialog) {
    let palette = &cx.theme.palette;
    let modal = Modal::new(egui::Id::unique("dialog"))
        .frame(
            egui::Frame::new()
                .fill(palette.card)
                .stroke(egui::Stroke::new(1.0, palette.line))
                .corner_radius(RADIUS_CARD)
                .inner_margin(24),
        )
        .backdrop_color(palette.app.gamma_multiply(0.7))
        .show(ui.ctx(), |ui| {
            ui.set_width(520.0);
            ui.spacing_mut().item_spacing.y = 8.0;
            match dialog {
                Dialog::Open { path } => open_ui(ui, cx, path),
                Dialog::SaveAs { path, title } => save_ui(ui, cx, path, title),
                Dialog::SavePicture { path } => picture_ui(ui, cx, path),
                Dialog::ConfirmQuit => quit_ui(ui, cx),
                Dialog::Gallery { .. } | Dialog::Palette { .. } | Dialog::Explain { .. } => {}
            }
        });
    if modal.should_close() {
        close(cx);
    }
}

fn close(cx: &Context<'_>) {
    cx.actions.push(Action::ShowDialog(None));
}

fn heading_ui(ui: &mut Ui, cx: &Context<'_>, title: &str, words: &str) {
    widget::label(ui, title, Text::Verdict, cx.theme.palette.text);
    widget::body(ui, cx.theme, words);
}

/// A labelled field; `true` when enter was pressed in it.
fn field_ui(ui: &mut Ui, cx: &Context<'_>, name: &str, text: &mut String, wants_focus: bool) -> bool {
    let label = widget::caption(ui, cx.theme, name);
    let edit = egui::TextEdit::singleline(text)
        .desired_width(f32::INFINITY)
        .min_size(egui::vec2(0.0, CONTROL))
        .margin(egui::vec2(10.0, 6.0));
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

/// Buttons at the right; `true` when the one that does it was clicked.
fn buttons_ui(ui: &mut Ui, cx: &Context<'_>, action: &str, is_enabled: bool) -> bool {
    let mut done = false;
    ui.add_space(8.0);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.add_enabled_ui(is_enabled, |ui| done = widget::primary_button(ui, cx.theme, action).clicked());
        if widget::button(ui, cx.theme, "Cancel").clicked() {
            close(cx);
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            if widget::button(ui, cx.theme, "Browse…").on_hover_text("Ask the system for a file").clicked()
            {
                cx.actions.push(Action::Browse);
            }
        });
    });
    done
}

fn open_ui(ui: &mut Ui, cx: &Context<'_>, path: &str) {
    heading_ui(ui, cx, "Open a preset", "Choose a file, drop one on the window, or type a path.");
    let mut text = path.to_owned();
    let entered = field_ui(ui, cx, "Path of the preset", &mut text, true);
    if !cx.state.session.recent.is_empty() {
        widget::caption(ui, cx.theme, "Recent files");
        for file in &cx.state.session.recent {
            let button = egui::Button::new(widget::colored(
                file.display().to_string(),
                Text::Body,
                cx.theme.palette.text,
            ))
            .truncate()
            .frame(false);
            if ui.add(button).clicked() {
                cx.actions.push(Action::OpenFile(file.clone()));
            }
        }
    }
    if text != path {
        cx.actions.push(Action::ShowDialog(Some(Dialog::Open { path: text.clone() })));
    }
    let is_given = !text.trim().is_empty();
    if buttons_ui(ui, cx, "Open", is_given) || (entered && is_given) {
        cx.actions.push(Action::OpenFile(expanded(&text)));
    }
}

fn save_ui(ui: &mut Ui, cx: &Context<'_>, path: &str, title: &str) {
    heading_ui(
        ui,
        cx,
        "Save the preset",
        "The scenario is saved with its story and sources under a title of its own.",
    );
    let (mut new_title, mut new_path) = (title.to_owned(), path.to_owned());
    field_ui(ui, cx, "Title", &mut new_title, false);
    let entered = field_ui(ui, cx, "Path of the file", &mut new_path, true);
    if new_title != title || new_path != path {
        let dialog = Dialog::SaveAs { path: new_path.clone(), title: new_title.clone() };
        cx.actions.push(Action::ShowDialog(Some(dialog)));
    }
    let is_given = !new_path.trim().is_empty() && !new_title.trim().is_empty();
    if buttons_ui(ui, cx, "Save", is_given) || (entered && is_given) {
        cx.actions.push(Action::SaveFile { path: expanded(&new_path), title: new_title });
    }
}

fn picture_ui(ui: &mut Ui, cx: &Context<'_>, path: &str) {
    heading_ui(ui, cx, "Save a picture", "The window as it is, at twice its size, as PNG.");
    let mut text = path.to_owned();
    let entered = field_ui(ui, cx, "Path of the picture", &mut text, true);
    if text != path {
        cx.actions.push(Action::ShowDialog(Some(Dialog::SavePicture { path: text.clone() })));
    }
    let is_given = !text.trim().is_empty();
    if buttons_ui(ui, cx, "Save", is_given) || (entered && is_given) {
        cx.actions.push(Action::SavePictureTo(expanded(&text)));
    }
}

fn quit_ui(ui: &mut Ui, cx: &Context<'_>) {
    heading_ui(ui, cx, "Quit without saving?", "The scenario has changes that are in no file.");
    ui.add_space(8.0);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        if widget::primary_button(ui, cx.theme, "Save…").clicked() {
            close(cx);
            cx.actions.run(Command::Save);
        }
        if widget::button(ui, cx.theme, "Cancel").clicked() {
            close(cx);
        }
        if widget::button(ui, cx.theme, "Quit without saving").clicked() {
            cx.actions.push(Action::QuitAnyway);
        }
    });
}

/// A typed path: trimmed, with `~` for the home folder.
fn expanded(text: &str) -> PathBuf {
    let text = text.trim();
    match (text.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(text),
    }
}

#[cfg(test)]
mod tests {
    use crate::app::{App, Options};

    use super::*;

    /// A dialog that takes a lock twice would stop here for good.
    #[test]
    fn every_dialog_is_drawn_and_the_path_has_the_keyboard() {
        let path = || "a path".to_owned();
        let dialogs = [
            (Dialog::Open { path: path() }, true),
            (Dialog::SaveAs { path: path(), title: "A title".to_owned() }, true),
            (Dialog::SavePicture { path: path() }, true),
            (Dialog::ConfirmQuit, false),
        ];
        for (dialog, has_field) in dialogs {
            let ctx = egui::Context::default();
            let mut app = App::new(&ctx, Options::default());
            app.request(Action::ShowDialog(Some(dialog.clone())));
            let frame = |app: &mut App| {
                let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
                    app.logic(&ui.ctx().clone());
                    app.ui(ui);
                });
                output.textures_delta.clear();
            };
            for _ in 0..4 {
                frame(&mut app);
            }
            assert_eq!(app.state().view.dialog, Some(dialog));
            assert_eq!(ctx.memory(egui::Memory::focused).is_some(), has_field);
            // Asked for once: a field that takes it back can neither be left nor sent off with enter.
            ctx.memory_mut(egui::Memory::stop_text_input);
            frame(&mut app);
            assert_eq!(ctx.memory(egui::Memory::focused), None);
        }
    }
}
