//! The top bar: menus, the document at hand, undo, the command palette, a new scenario and a picture.

use egui::{Align, Layout, Sense, Ui, vec2};

use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::verdict::Criterion;

use crate::state::{Command, Exports, MENUS, Menu};
use crate::store::ThemeChoice;
use crate::theme::{CONTROL, PaletteChoice, RADIUS_CONTROL, TOP_BAR, Text, logo};
use crate::view::Context;
use crate::widget::{self, Icon, icon_button};

/// A window narrower than this has one menu with all menus in it, and no picture button: the menu has it as well.
const ONE_MENU_BELOW: f32 = 860.0;

/// The narrowest title of a document that is shown.
const LEAST_TITLE: f32 = 60.0;

pub(in crate::view) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    let palette = &cx.theme.palette;
    let has_one_menu = ui.available_width() < ONE_MENU_BELOW;
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        logo_ui(ui, cx);
        if !has_one_menu {
            widget::label(ui, "wattfolio", Text::Title, palette.text);
            ui.add_space(4.0);
        }
        menus_ui(ui, cx, has_one_menu);
        if cx.has_folded_inputs {
            inputs_ui(ui, cx);
        }
        if !cx.is_stacked {
            ui.add_space(8.0);
        }
        let tools = Tools { has_picture: !has_one_menu, has_palette_field: !cx.is_stacked };
        let room = widget::room_beside(ui, tools.width(ui, cx) + ui.spacing().item_spacing.x);
        preset_ui(ui, cx, room);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| right_ui(ui, cx, tools));
    });
}

/// Shows or hides the inputs.
fn inputs_ui(ui: &mut Ui, cx: &Context<'_>) {
    let is_on = cx.state.view.inputs.is_unfolded;
    let response = widget::chip(ui, cx.theme, Command::ToggleInputs.text(), is_on);
    let name = Command::ToggleInputs.text();
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, is_on, name));
    if response.on_hover_text(Command::ToggleInputs.hover(ui.ctx())).clicked() {
        cx.actions.run(Command::ToggleInputs);
    }
}

fn logo_ui(ui: &mut Ui, cx: &Context<'_>) {
    let (rect, _) = ui.allocate_exact_size(vec2(20.0, 18.0), Sense::hover());
    let area =
        egui::Rect::from_min_max(rect.left_top() + vec2(0.0, 2.0), rect.left_bottom() + vec2(16.5, -1.0));
    for (bar, colour) in logo(&cx.theme.palette, area) {
        ui.painter().rect_filled(bar, 1, colour);
    }
}

fn menus_ui(ui: &mut Ui, cx: &Context<'_>, is_one: bool) {
    ui.scope(|ui| {
        ui.visuals_mut().widgets.inactive.weak_bg_fill = egui::Color32::TRANSPARENT;
        ui.spacing_mut().button_padding.x = 6.0;
        let all = |ui: &mut Ui| {
            for menu in MENUS {
                ui.menu_button(menu.name, |ui| menu_ui(ui, cx, menu));
            }
        };
        if is_one {
            ui.menu_button("Menu", all);
        } else {
            all(ui);
        }
    });
}

/// The commands of a menu; in a low window they scroll.
fn menu_ui(ui: &mut Ui, cx: &Context<'_>, menu: Menu) {
    ui.set_min_width(220.0);
    let room = ui.ctx().content_rect().height() - TOP_BAR - 24.0;
    widget::scroll_up_to(room).show(ui, |ui| {
        for row in menu.rows() {
            match row {
                None => {
                    ui.separator();
                }
                Some(command) => command_item_ui(ui, cx, command),
            }
        }
    });
}

fn command_item_ui(ui: &mut Ui, cx: &Context<'_>, command: Command) {
    // The mark has a column of its own, so that no name moves when it comes and goes.
    let is_on = is_on(cx, command);
    let mark = egui::RichText::new("✓").color(if is_on {
        cx.theme.palette.text
    } else {
        egui::Color32::TRANSPARENT
    });
    let text = command.text_on(cx.state.view.page);
    let mut button = egui::Button::new((mark, text));
    if let Some(shortcut) = command.shortcut() {
        button = button.shortcut_text(ui.ctx().format_shortcut(&shortcut));
    }
    let is_enabled = is_enabled(cx, command);
    let mut response = ui.add_enabled(is_enabled, button).on_hover_text(command.tooltip());
    if let Some(obstacle) = obstacle(cx, command) {
        response = response.on_disabled_hover_text(obstacle);
    }
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, is_enabled, is_on, text));
    if response.clicked() {
        cx.actions.run(command);
        ui.close();
    }
}

/// Whether a command is active now; menus mark it.
fn is_on(cx: &Context<'_>, command: Command) -> bool {
    let state = cx.state;
    let counts = |basis: Basis| state.document.basis() == basis;
    let ranks_by = |criterion: Criterion| state.document.criterion() == criterion;
    match command {
        Command::Page(page) => state.view.page == page,
        Command::BasisBeforeTax => counts(Basis::ProjectBeforeTax),
        Command::BasisAfterTax => counts(Basis::ProjectAfterTax),
        Command::BasisEquity => counts(Basis::EquityAfterTax),
        Command::ByValue => ranks_by(Criterion::Value),
        Command::ByValuePerCapex => ranks_by(Criterion::ValuePerCapex),
        Command::ByPayback => ranks_by(Criterion::Payback),
        Command::ByIrr => ranks_by(Criterion::Irr),
        Command::ByLoss => ranks_by(Criterion::Loss),
        Command::ThemeSystem => state.session.theme == ThemeChoice::System,
        Command::ThemeDark => state.session.theme == ThemeChoice::Dark,
        Command::ThemeLight => state.session.theme == ThemeChoice::Light,
        Command::ToggleColourBlind => state.session.palette == PaletteChoice::ColourBlind,
        Command::ToggleChangedOnly => state.view.inputs.changed_only,
        Command::ToggleInputs => !cx.has_folded_inputs || state.view.inputs.is_unfolded,
        _ => false,
    }
}

/// Whether a command has an effect now.
pub(in crate::view) fn is_enabled(cx: &Context<'_>, command: Command) -> bool {
    let state = cx.state;
    match command {
        Command::Undo => state.document.can_undo(),
        Command::Redo => state.document.can_redo(),
        Command::ResetAll => state.document.changes().next().is_some(),
        Command::SetBaseline => {
            state.document.baseline_letter() != state.document.current()
                || state.document.changes().next().is_some()
        }
        Command::DeleteScenario => state.document.count() > 1,
        Command::ShowLeft | Command::MoveLeft => {
            state.scenarios.first().is_some_and(|first| !first.listed.is_current)
        }
        Command::ShowRight | Command::MoveRight => {
            state.scenarios.last().is_some_and(|last| !last.listed.is_current)
        }
        Command::ToggleInputs => cx.has_folded_inputs,
        Command::Export => obstacle(cx, command).is_none(),
        _ => true,
    }
}

/// Why a command would do nothing now, where that is not plain to see.
fn obstacle(cx: &Context<'_>, command: Command) -> Option<&'static str> {
    match command {
        Command::Export => cx.state.export_obstacle(Exports::of(cx.state.view.page)),
        _ => None,
    }
}

/// The document at hand and how much of it was changed, in the room that the tools leave.
fn preset_ui(ui: &mut Ui, cx: &Context<'_>, room: f32) {
    let changes = cx.state.document.changes().count();
    let words = match changes {
        0 => String::new(),
        1 => "• 1 change".to_owned(),
        changes => format!("• {changes} changes"),
    };
    let chip_width = |text: &str| {
        if text.is_empty() {
            0.0
        } else {
            widget::width(ui, text, Text::BodyMedium) + 20.0 + ui.spacing().item_spacing.x
        }
    };
    // The words go first, then the count; the title stays longest.
    let short = if changes > 0 { format!("• {changes}") } else { String::new() };
    let chip = [words, short, String::new()];
    let chip = chip.into_iter().find(|text| room - chip_width(text) >= LEAST_TITLE).unwrap_or_default();
    let most = if cx.is_narrow { 220.0 } else { 320.0 };
    let title_room = (room - chip_width(&chip)).min(most);
    if title_room >= LEAST_TITLE {
        title_ui(ui, cx, title_room);
    }
    if !chip.is_empty() {
        let response = widget::chip(ui, cx.theme, &chip, false).on_hover_text("Show the changed inputs only");
        if response.clicked() {
            cx.actions.run(Command::ToggleChangedOnly);
        }
    }
}

fn title_ui(ui: &mut Ui, cx: &Context<'_>, room: f32) {
    let palette = &cx.theme.palette;
    let document = &cx.state.document;
    // With several scenarios it says which of them the inputs edit.
    let name = if document.count() == 1 {
        document.title().to_owned()
    } else {
        let label = document.label();
        format!("{}: {} {}", document.title(), label.letter, label.name)
    };
    let title = widget::colored(name.clone(), Text::BodyMedium, palette.text);
    let button = egui::Button::new(title).min_size(vec2(0.0, CONTROL)).truncate();
    let response = ui
        .scope(|ui| {
            widget::set_max_width(ui, room);
            ui.add(button)
        })
        .inner
        .on_hover_ui(|ui| {
            widget::set_max_width(ui, 420.0);
            widget::label(ui, name, Text::Title, palette.text);
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
}

/// Which of the tools at the right stand in the bar.
#[derive(Clone, Copy)]
struct Tools {
    has_picture: bool,
    /// The command palette is a field, or else an icon.
    has_palette_field: bool,
}

impl Tools {
    fn width(self, ui: &Ui, cx: &Context<'_>) -> f32 {
        let button =
            |text: &str| widget::width(ui, text, Text::BodyMedium) + 2.0 * ui.spacing().button_padding.x;
        let palette = if self.has_palette_field { palette_width(cx) } else { CONTROL };
        let new = Some(button(Command::NewScenario.text()));
        let picture = if self.has_picture { Some(button(Command::SavePicture.text())) } else { None };
        let widths = [Some(CONTROL), Some(CONTROL), Some(CONTROL), new, Some(palette), picture];
        widths.into_iter().flatten().map(|width| width + ui.spacing().item_spacing.x).sum()
    }
}

fn right_ui(ui: &mut Ui, cx: &Context<'_>, tools: Tools) {
    let theme = cx.theme;
    let is_dark = theme.is_dark;
    let (icon, command) =
        if is_dark { (Icon::Moon, Command::ThemeLight) } else { (Icon::Sun, Command::ThemeDark) };
    let hover = command.hover(ui.ctx());
    if icon_button(ui, theme, icon, command.text(), &hover, false).clicked() {
        cx.actions.run(command);
    }
    let hover = Command::SavePicture.hover(ui.ctx());
    if tools.has_picture
        && widget::primary_button(ui, theme, Command::SavePicture.text()).on_hover_text(hover).clicked()
    {
        cx.actions.run(Command::SavePicture);
    }
    let hover = Command::NewScenario.hover(ui.ctx());
    if widget::button(ui, theme, Command::NewScenario.text()).on_hover_text(hover).clicked() {
        cx.actions.run(Command::NewScenario);
    }
    if tools.has_palette_field {
        palette_ui(ui, cx);
    } else {
        let (command, hover) = (Command::Palette, Command::Palette.hover(ui.ctx()));
        if icon_button(ui, theme, Icon::Search, command.text(), &hover, false).clicked() {
            cx.actions.run(command);
        }
    }
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

fn palette_width(cx: &Context<'_>) -> f32 {
    if cx.is_narrow { 180.0 } else { 210.0 }
}

/// A field that opens the command palette.
fn palette_ui(ui: &mut Ui, cx: &Context<'_>) {
    let palette = &cx.theme.palette;
    let (rect, response) = ui.allocate_exact_size(vec2(palette_width(cx), CONTROL), Sense::click());
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
    widget::focus_ring(ui, cx.theme, &response, rect);
    if response.on_hover_text(Command::Palette.tooltip()).clicked() {
        cx.actions.run(Command::Palette);
    }
}
