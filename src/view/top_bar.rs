//! The top bar: menus, the preset at hand, undo, the command palette, pin and picture.

use egui::{Align, Layout, Sense, Ui, vec2};

use crate::app::{Command, Context, MENUS};
use crate::theme::{CONTROL, RADIUS_CONTROL, Text};
use crate::widget::{self, Icon, icon_button};

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    let palette = &cx.theme.palette;
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        logo_ui(ui, cx);
        widget::label(ui, "wattfolio", Text::Title, palette.text);
        ui.add_space(4.0);
        menus_ui(ui, cx);
        ui.add_space(8.0);
        preset_ui(ui, cx);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| right_ui(ui, cx));
    });
}

/// Three bars in the colours of the three businesses.
fn logo_ui(ui: &mut Ui, cx: &Context<'_>) {
    let (rect, _) = ui.allocate_exact_size(vec2(20.0, 18.0), Sense::hover());
    let palette = &cx.theme.palette;
    for (i, (height, colour)) in
        [(7.0, palette.mining), (11.0, palette.hosting), (15.0, palette.leasing)].into_iter().enumerate()
    {
        let left = rect.left() + i as f32 * 6.0;
        let min = egui::pos2(left, rect.bottom() - height - 1.0);
        ui.painter().rect_filled(egui::Rect::from_min_size(min, vec2(4.5, height)), 1, colour);
    }
}

fn menus_ui(ui: &mut Ui, cx: &Context<'_>) {
    ui.scope(|ui| {
        ui.visuals_mut().widgets.inactive.weak_bg_fill = egui::Color32::TRANSPARENT;
        ui.spacing_mut().button_padding.x = 6.0;
        for menu in MENUS {
            ui.menu_button(menu.name, |ui| {
                ui.set_min_width(220.0);
                for item in menu.items {
                    match item {
                        None => {
                            ui.separator();
                        }
                        Some(command) => command_item_ui(ui, cx, *command),
                    }
                }
            });
        }
    });
}

fn command_item_ui(ui: &mut Ui, cx: &Context<'_>, command: Command) {
    let mut button = egui::Button::new(command.text());
    if let Some(shortcut) = command.shortcut() {
        button = button.shortcut_text(ui.ctx().format_shortcut(&shortcut));
    }
    let response = ui.add_enabled(is_enabled(cx, command), button).on_hover_text(command.tooltip());
    if response.clicked() {
        cx.actions.run(command);
        ui.close();
    }
}

/// Whether a command would do anything now.
pub(super) fn is_enabled(cx: &Context<'_>, command: Command) -> bool {
    let state = cx.state;
    match command {
        Command::Undo => state.document.can_undo(),
        Command::Redo => state.document.can_redo(),
        Command::RemovePins => !state.document.pins().is_empty(),
        Command::ResetAll | Command::SetBaseline => state.document.changes().next().is_some(),
        _ => true,
    }
}

fn preset_ui(ui: &mut Ui, cx: &Context<'_>) {
    let palette = &cx.theme.palette;
    let document = &cx.state.document;
    let title = widget::colored(document.title(), Text::BodyMedium, palette.text);
    let button = egui::Button::new(title).min_size(vec2(0.0, CONTROL)).truncate();
    let room = if cx.is_narrow { 220.0 } else { 320.0 };
    let response = ui
        .scope(|ui| {
            ui.set_max_width(room);
            ui.add(button)
        })
        .inner
        .on_hover_ui(|ui| {
            ui.set_max_width(420.0);
            widget::label(ui, document.title(), Text::Title, palette.text);
            if let Some(example) = document.based_on() {
                let words =
                    format!("Based on “{example}”, whose inputs were changed; the story is the example’s.");
                widget::caption(ui, cx.theme, words);
            }
            widget::body(ui, cx.theme, &document.about().story);
            if !document.about().notes.is_empty() {
                widget::body(ui, cx.theme, &document.about().notes);
            }
            if let Some(file) = document.file() {
                widget::caption(ui, cx.theme, file.display().to_string());
            }
        });
    if response.clicked() {
        cx.actions.run(Command::OpenGallery);
    }
    let changes = cx.state.document.changes().count();
    if changes > 0 {
        let text = if changes == 1 { "• 1 change".to_owned() } else { format!("• {changes} changes") };
        let response = widget::chip(ui, cx.theme, &text, false).on_hover_text("Show the changed inputs only");
        if response.clicked() {
            cx.actions.run(Command::ToggleChangedOnly);
        }
    }
}

fn right_ui(ui: &mut Ui, cx: &Context<'_>) {
    let theme = cx.theme;
    let is_dark = theme.is_dark;
    let (icon, command) =
        if is_dark { (Icon::Moon, Command::ThemeLight) } else { (Icon::Sun, Command::ThemeDark) };
    let hover = command.hover(ui.ctx());
    if icon_button(ui, theme, icon, command.text(), &hover, false).clicked() {
        cx.actions.run(command);
    }
    let hover = Command::SavePicture.hover(ui.ctx());
    if widget::primary_button(ui, theme, Command::SavePicture.text()).on_hover_text(hover).clicked() {
        cx.actions.run(Command::SavePicture);
    }
    let hover = Command::Pin.hover(ui.ctx());
    if widget::button(ui, theme, "Pin").on_hover_text(hover).clicked() {
        cx.actions.run(Command::Pin);
    }
    palette_ui(ui, cx);
    for (icon, command) in [(Icon::Redo, Command::Redo), (Icon::Undo, Command::Undo)] {
        let hover = command.hover(ui.ctx());
        let response = ui.add_enabled_ui(is_enabled(cx, command), |ui| {
            icon_button(ui, theme, icon, command.text(), &hover, false)
        });
        if response.inner.clicked() {
            cx.actions.run(command);
        }
    }
}

/// A field that opens the command palette.
fn palette_ui(ui: &mut Ui, cx: &Context<'_>) {
    let palette = &cx.theme.palette;
    let width = if cx.is_narrow { 180.0 } else { 210.0 };
    let (rect, response) = ui.allocate_exact_size(vec2(width, CONTROL), Sense::click());
    let name = Command::Palette.text();
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
    let fill = if response.hovered() { palette.hover } else { palette.field };
    ui.painter().rect_filled(rect, RADIUS_CONTROL, fill);
    Icon::Search.paint(
        ui.painter(),
        egui::Rect::from_min_size(rect.min, vec2(30.0, CONTROL)),
        palette.text_muted,
    );
    let painter = ui.painter();
    let left = egui::pos2(rect.left() + 30.0, rect.center().y);
    painter.text(left, egui::Align2::LEFT_CENTER, name, Text::Body.font(), palette.text_muted);
    if let Some(shortcut) = Command::Palette.shortcut() {
        let right = egui::pos2(rect.right() - 8.0, rect.center().y);
        let keys = ui.ctx().format_shortcut(&shortcut);
        painter.text(right, egui::Align2::RIGHT_CENTER, keys, Text::Caption.font(), palette.text_muted);
    }
    if response.on_hover_text(Command::Palette.tooltip()).clicked() {
        cx.actions.run(Command::Palette);
    }
}
