//! Dialogs above the page: worked examples, commands, explanations, paths, questions before something is lost, unsaved
//! work, and the words of the document.

mod about;
pub(super) mod explain;
pub(super) mod export;
mod gallery;
mod palette;
mod path;
mod question;
mod recover;

use egui::{Align, Layout, Modal, Ui};

use crate::state::{Action, Dialog};
use crate::theme::{RADIUS_CARD, Text};
use crate::view::Context;
use crate::widget;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, dialog: &Dialog) {
    match dialog {
        Dialog::Gallery { tag } => gallery::ui(ui, cx, tag.as_deref()),
        Dialog::Palette { query, chosen } => palette::ui(ui, cx, query, *chosen),
        Dialog::Explain { subject, trail } => explain::ui(ui, cx, *subject, trail),
        Dialog::Open { path } => small_ui(ui, cx, |ui| path::open_ui(ui, cx, path)),
        Dialog::SaveAs { path, title } => small_ui(ui, cx, |ui| path::save_ui(ui, cx, path, title)),
        Dialog::SavePicture { path } => small_ui(ui, cx, |ui| path::picture_ui(ui, cx, path)),
        Dialog::Export { what, path } => small_ui(ui, cx, |ui| export::ui(ui, cx, *what, path)),
        Dialog::ConfirmSave { request, question } => {
            small_ui(ui, cx, |ui| question::save_ui(ui, cx, request, question));
        }
        Dialog::ConfirmPicture(path) => small_ui(ui, cx, |ui| question::picture_ui(ui, cx, path)),
        Dialog::ConfirmExport(request) => small_ui(ui, cx, |ui| question::export_ui(ui, cx, request)),
        Dialog::ConfirmQuit => small_ui(ui, cx, |ui| question::quit_ui(ui, cx)),
        Dialog::Recover => small_ui(ui, cx, |ui| recover::ui(ui, cx)),
        Dialog::Document(form) => small_ui(ui, cx, |ui| about::ui(ui, cx, form)),
    }
}

/// A dialog of a few lines in the middle of the window.
fn small_ui(ui: &Ui, cx: &Context<'_>, content: impl FnOnce(&mut Ui)) {
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
            widget::set_width(ui, 520.0);
            ui.spacing_mut().item_spacing.y = 8.0;
            content(ui);
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
