//! Small dialogs: paths, questions before something is lost, unsaved work, and the words of the document.

mod about;
mod path;
mod question;
mod recover;

use egui::{Align, Layout, Modal, Ui};

use crate::app::{Action, Context, Dialog};
use crate::theme::{RADIUS_CARD, Text};
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
                Dialog::Open { path } => path::open_ui(ui, cx, path),
                Dialog::SaveAs { path, title } => path::save_ui(ui, cx, path, title),
                Dialog::SavePicture { path } => path::picture_ui(ui, cx, path),
                Dialog::ConfirmSave { request, question } => question::save_ui(ui, cx, request, question),
                Dialog::ConfirmPicture(path) => question::picture_ui(ui, cx, path),
                Dialog::ConfirmQuit => question::quit_ui(ui, cx),
                Dialog::Recover => recover::ui(ui, cx),
                Dialog::Document(form) => about::ui(ui, cx, form),
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

/// A row of buttons, the first one at the right.
fn buttons_ui(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    ui.add_space(8.0);
    ui.with_layout(Layout::right_to_left(Align::Center), add);
}

fn cancel_ui(ui: &mut Ui, cx: &Context<'_>) {
    if widget::button(ui, cx.theme, "Cancel").clicked() {
        close(cx);
    }
}

#[cfg(test)]
mod tests {
    use crate::app::{AboutForm, App, Options, SaveQuestion, SaveRequest};
    use crate::store::About;

    use super::*;

    /// A dialog that takes a lock twice would stop here for good.
    #[test]
    fn every_dialog_is_drawn_and_the_path_has_the_keyboard() {
        let path = || "a path".to_owned();
        let request = || SaveRequest::new("plan.ron", "A title");
        let confirm = |question| (Dialog::ConfirmSave { request: request(), question }, false);
        let dialogs = [
            (Dialog::Open { path: path() }, true),
            (Dialog::SaveAs { path: path(), title: "A title".to_owned() }, true),
            (Dialog::SavePicture { path: path() }, true),
            (Dialog::ConfirmQuit, false),
            (Dialog::ConfirmPicture(path().into()), false),
            (Dialog::Recover, false),
            (Dialog::Document(AboutForm::from(&About::default())), false),
            confirm(SaveQuestion::Replaces),
            confirm(SaveQuestion::NotAPreset),
            confirm(SaveQuestion::ChangedOnDisk),
            confirm(SaveQuestion::Comments(3)),
            confirm(SaveQuestion::Newer { schema: 9 }),
            confirm(SaveQuestion::ReadOnly("it is read-only")),
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
