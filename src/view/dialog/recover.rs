//! Unsaved work of earlier runs, and work that was declined or left.

use chrono::{DateTime, Local, Utc};
use egui::{Align, Layout, Ui};
use wattfolio_economics::number::within;

use super::{buttons_ui, close, heading_ui};
use crate::state::Action;
use crate::store::Kept;
use crate::theme::Text;
use crate::view::Context;
use crate::widget;

/// Height of a line.
const ROW: f32 = 40.0;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    let (waiting, declined): (Vec<&Kept>, Vec<&Kept>) =
        cx.state.kept.iter().partition(|kept| !kept.is_declined);
    let words = "Work that was in no file when the program ended stays here until you restore or decline it. What was \
                 declined or left behind is kept for 30 days, the last ten of it.";
    heading_ui(ui, cx, "Recover unsaved work", words);
    // Below the words and above the buttons, whatever the height of the window.
    let height = within(ui.ctx().content_rect().height() - 260.0, 120.0, 320.0);
    widget::scroll_up_to(height).show(ui, |ui| {
        if waiting.is_empty() {
            widget::body(ui, cx.theme, "No unsaved work is waiting.");
        }
        for kept in waiting {
            line_ui(ui, cx, kept, "Decline");
        }
        if !declined.is_empty() {
            ui.add_space(8.0);
            widget::caption(ui, cx.theme, "Declined or left behind");
            for kept in declined {
                line_ui(ui, cx, kept, "Remove");
            }
        }
    });
    buttons_ui(ui, |ui| {
        if widget::button(ui, cx.theme, "Close").clicked() {
            close(cx);
        }
    });
}

fn line_ui(ui: &mut Ui, cx: &Context<'_>, kept: &Kept, decline: &str) {
    let palette = &cx.theme.palette;
    widget::hairline(ui, cx.theme);
    ui.allocate_ui_with_layout(
        egui::vec2(ui.available_width(), ROW),
        Layout::right_to_left(Align::Center),
        |ui| {
            // Distinct names for screen readers, which do not show the lines side by side.
            let button = |action: &str, ui: &mut Ui| {
                let response = widget::button(ui, cx.theme, action);
                let name = format!("{action} {}", title(kept));
                response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
                response.clicked()
            };
            if button(decline, ui) {
                cx.actions.push(Action::Decline(kept.file.clone()));
            }
            if kept.work.is_ok() && button("Restore", ui) {
                cx.actions.push(Action::Restore(kept.file.clone()));
            }
            let room = egui::vec2(ui.available_width(), ROW);
            ui.allocate_ui_with_layout(room, Layout::top_down(Align::Min), |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                widget::tracked(ui, widget::colored(title(kept), Text::BodyMedium, palette.text));
                widget::tracked(ui, widget::colored(details(kept), Text::Caption, palette.text_muted));
            });
        },
    );
}

fn title(kept: &Kept) -> String {
    match &kept.work {
        Ok(work) => work.preset.about.title.clone(),
        Err(_) => "Damaged".to_owned(),
    }
}

fn details(kept: &Kept) -> String {
    let when = local(kept.at);
    match &kept.work {
        Err(why) => format!("{when}, cannot be read. {why}"),
        Ok(work) => match &work.file {
            Some(file) => format!("{when}, {}", file.0.display()),
            None => format!("{when}, in no file"),
        },
    }
}

fn local(at: DateTime<Utc>) -> String {
    at.with_timezone(&Local).format("%Y-%m-%d %H:%M").to_string()
}
