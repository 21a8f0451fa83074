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
mod report;
mod scenario;
mod source;

use egui::{Align, Layout, Modal, Ui, vec2};

use crate::state::{Action, Dialog};
use crate::theme::{CONTROL, RADIUS_CARD, Text};
use crate::view::Context;
use crate::widget;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, dialog: &Dialog) {
    match dialog {
        Dialog::Gallery { tag, criterion } => {
            gallery::ui(ui, cx, &gallery::Asked { tag: tag.as_deref(), criterion: *criterion });
        }
        Dialog::Palette { query, chosen } => palette::ui(ui, cx, query, *chosen),
        Dialog::Explain { subject, trail } => explain::ui(ui, cx, *subject, trail),
        Dialog::Open { path, to } => small_ui(ui, cx, "open", |ui| path::open_ui(ui, cx, path, *to)),
        Dialog::SaveAs { path, title } => {
            small_ui(ui, cx, "save", |ui| path::save_ui(ui, cx, path, title));
        }
        Dialog::SavePicture { path } => small_ui(ui, cx, "picture", |ui| path::picture_ui(ui, cx, path)),
        Dialog::Export { what, path } => {
            small_ui(ui, cx, "export", |ui| export::ui(ui, cx, *what, path));
        }
        Dialog::ConfirmSave { request, question } => {
            small_ui(ui, cx, "confirm save", |ui| question::save_ui(ui, cx, request, question));
        }
        Dialog::ConfirmPicture(path) => {
            small_ui(ui, cx, "confirm picture", |ui| question::picture_ui(ui, cx, path));
        }
        Dialog::ConfirmExport(request) => {
            small_ui(ui, cx, "confirm export", |ui| question::export_ui(ui, cx, request));
        }
        Dialog::Report(request) => small_ui(ui, cx, "report", |ui| report::ui(ui, cx, request)),
        Dialog::ConfirmReport(request) => {
            small_ui(ui, cx, "confirm report", |ui| question::report_ui(ui, cx, request));
        }
        Dialog::SourceAddress { source, typed } => {
            small_ui(ui, cx, "source address", |ui| source::address_ui(ui, cx, source, typed));
        }
        Dialog::SourceKey { source, typed, is_stored } => {
            small_ui(ui, cx, "source key", |ui| source::key_ui(ui, cx, source, typed, *is_stored));
        }
        Dialog::ConfirmQuit => small_ui(ui, cx, "quit", |ui| question::quit_ui(ui, cx)),
        Dialog::Recover => small_ui(ui, cx, "recover", |ui| recover::ui(ui, cx)),
        Dialog::Document(form) => small_ui(ui, cx, "document", |ui| about::ui(ui, cx, form)),
        Dialog::Scenario(letter, form) => {
            small_ui(ui, cx, "scenario", |ui| scenario::ui(ui, cx, *letter, form));
        }
    }
}

/// Space between a dialog and the edges of the window.
const MARGIN: f32 = 12.0;
/// Width of a small dialog, and the space inside its frame.
const SMALL: f32 = 520.0;
const SMALL_INNER: f32 = 24.0;

/// Width of the content of a dialog: as wanted, or as the window has room for.
fn fitting_width(ui: &Ui, wanted: f32, inner: f32) -> f32 {
    wanted.min(ui.ctx().content_rect().width() - 2.0 * (inner + MARGIN))
}

/// A dialog of a few lines in the middle of the window. The window remembers the size of each kind by its name.
fn small_ui(ui: &Ui, cx: &Context<'_>, name: &str, content: impl FnOnce(&mut Ui)) {
    let palette = &cx.theme.palette;
    let width = fitting_width(ui, SMALL, SMALL_INNER);
    let modal = Modal::new(egui::Id::unique(("dialog", name)))
        .frame(
            egui::Frame::new()
                .fill(palette.card)
                .stroke(egui::Stroke::new(1.0, palette.line))
                .corner_radius(RADIUS_CARD)
                .inner_margin(SMALL_INNER),
        )
        .backdrop_color(palette.app.gamma_multiply(0.7))
        .show(ui.ctx(), |ui| {
            widget::set_width(ui, width);
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
    // With a height of its own: a layout that centres takes all of the remembered height, which then never shrinks.
    let size = vec2(ui.available_width(), CONTROL);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), add);
}

fn cancel_ui(ui: &mut Ui, cx: &Context<'_>) {
    if widget::button(ui, cx.theme, "Cancel").clicked() {
        close(cx);
    }
}
