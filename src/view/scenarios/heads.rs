//! The heads of the scenarios: letter, line, name, baseline, and what can be done with each.

use egui::containers::menu::MenuButton;
use egui::{Align, Layout, Rect, Response, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::grid::{self, Grid};
use crate::state::{Action, Dialog, ScenarioAction, ScenarioForm, Shown};
use crate::store::Letter;
use crate::theme::{self, CONTROL, Text};
use crate::view::{Context, line};
use crate::widget;

/// Height of the heads: the name, and a line for what else is to be said.
const HEAD: f32 = 52.0;
/// Widths of the dots to drag by, of the sample of a line, and of the menu.
const GRIP: f32 = 12.0;
const SAMPLE: f32 = 26.0;
const MENU: f32 = 28.0;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, grid: &Grid<'_>) {
    let row = grid::row(ui, HEAD);
    let label = grid.label(row).with_min_y(row.bottom() - 22.0);
    widget::put(ui, label, Align::Min, "Scenario", Text::Caption, cx.theme.palette.text_muted);
    for (column, shown) in grid.columns() {
        let place = grid.cell(row, column);
        ui.push_id(shown.listed.label.letter, |ui| head_ui(ui, cx, grid, shown, place));
    }
}

fn head_ui(ui: &mut Ui, cx: &Context<'_>, grid: &Grid<'_>, shown: &Shown, place: Rect) {
    let palette = &cx.theme.palette;
    let label = &shown.listed.label;
    let letter = label.letter;
    let head = place.with_max_x(place.right() - MENU - 4.0);
    let response = ui.interact(head, ui.scope_id().with("head"), Sense::click_and_drag());
    let is_current = shown.listed.is_current;
    let name = format!("Scenario {letter} {}", label.name);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_current, &name));
    let (upper, lower) = head.split_top_bottom_at_y(head.top() + 30.0);
    grip_ui(ui, cx, upper, &response);
    let sample = Rect::from_min_size(pos2(upper.left() + GRIP, upper.top()), vec2(SAMPLE, upper.height()));
    let (width, colour) = weight(cx, shown);
    line::sample(ui, sample.shrink2(vec2(2.0, 0.0)), line::stroke(label.line), width, colour);
    let text = upper.with_min_x(sample.right() + 4.0);
    let words = format!("{letter}  {}", label.name);
    let style = if is_current { Text::Title } else { Text::BodyMedium };
    widget::put(ui, text, Align::Min, &words, style, palette.text);
    let below = match (shown.listed.is_baseline, label.note.is_empty()) {
        (true, true) => "baseline".to_owned(),
        (true, false) => format!("baseline; {}", label.note),
        (false, _) => label.note.clone(),
    };
    let below: String = below.split('\n').collect::<Vec<_>>().join(" ");
    widget::put(ui, lower.with_min_x(text.left()), Align::Min, &below, Text::Caption, palette.text_muted);
    widget::focus_ring(ui, cx.theme, &response, head.expand(2.0));
    drag_ui(ui, cx, grid, letter, (head, &response));
    let hover = if is_current { "The inputs at the left edit it" } else { "Show and edit this scenario" };
    if response.on_hover_text(format!("{hover}; drag it to move it")).clicked() {
        cx.actions.push(Action::Scenario(letter, ScenarioAction::Show));
    }
    let menu = Rect::from_min_max(pos2(head.right() + 4.0, upper.top()), pos2(place.right(), upper.bottom()));
    menu_ui(ui, cx, shown, menu);
}

/// Width and colour of the line of a scenario: the current one is heavy, the baseline grey.
pub(super) fn weight(cx: &Context<'_>, shown: &Shown) -> (f32, egui::Color32) {
    let palette = &cx.theme.palette;
    match (shown.listed.is_current, shown.listed.is_baseline) {
        (true, _) => (theme::NOW, palette.text),
        (false, true) => (theme::BASELINE, palette.baseline),
        (false, false) => (theme::PINNED, palette.text_secondary),
    }
}

/// Six dots, by which a column looks as if it can be dragged.
fn grip_ui(ui: &Ui, cx: &Context<'_>, place: Rect, response: &Response) {
    let palette = &cx.theme.palette;
    let colour = if response.hovered() { palette.text_secondary } else { palette.zero_line };
    for (x, y) in [(1.5, -4.0), (5.5, -4.0), (1.5, 0.0), (5.5, 0.0), (1.5, 4.0), (5.5, 4.0)] {
        ui.painter().circle_filled(pos2(place.left() + x, place.center().y + y), 1.0, colour);
    }
}

/// Moves a column where it is dropped, and shows where that would be.
fn drag_ui(ui: &Ui, cx: &Context<'_>, grid: &Grid<'_>, letter: Letter, (head, response): (Rect, &Response)) {
    if !response.dragged() && !response.drag_stopped() {
        return;
    }
    let Some(pointer) = response.interact_pointer_pos() else { return };
    let row = Rect::from_x_y_ranges(ui.max_rect().x_range(), head.y_range());
    let target = grid.at(row, pointer.x);
    let Some((_, over)) = grid.columns().find(|(column, _)| *column == target) else { return };
    let over = over.listed.label.letter;
    if response.drag_stopped() {
        let place = cx.state.scenarios.iter().position(|one| one.listed.label.letter == over);
        if let Some(place) = place.filter(|_| over != letter) {
            cx.actions.push(Action::Scenario(letter, ScenarioAction::MoveTo(place)));
        }
        return;
    }
    let mark = grid.cell(row, target);
    let stroke = egui::Stroke::new(2.0, cx.theme.palette.text);
    ui.painter().hline(mark.x_range(), mark.bottom() - 1.0, stroke);
}

fn menu_ui(ui: &mut Ui, cx: &Context<'_>, shown: &Shown, place: Rect) {
    let label = &shown.listed.label;
    let letter = label.letter;
    let entries = &cx.state.scenarios;
    let index = entries.iter().position(|one| one.listed.label.letter == letter).unwrap_or(0);
    let builder = UiBuilder::new().max_rect(place).layout(Layout::right_to_left(Align::Center));
    let ui = &mut ui.new_child(builder);
    ui.visuals_mut().widgets.inactive.weak_bg_fill = egui::Color32::TRANSPARENT;
    ui.spacing_mut().button_padding.x = 6.0;
    let dots = egui::Button::new(widget::colored("…", Text::Title, cx.theme.palette.text));
    let dots = dots.min_size(vec2(MENU - 4.0, CONTROL));
    let (button, _) = MenuButton::from_button(dots).ui(ui, |ui| {
        let item = |ui: &mut Ui, text: &str, is_enabled: bool, action: Action| {
            if ui.add_enabled(is_enabled, egui::Button::new(text)).clicked() {
                cx.actions.push(action);
                ui.close();
            }
        };
        let act = |action| Action::Scenario(letter, action);
        let form = Dialog::Scenario(letter, ScenarioForm::from(label.clone()));
        item(ui, "Rename and note…", true, Action::ShowDialog(Some(form)));
        item(ui, "Duplicate", true, act(ScenarioAction::Duplicate));
        item(ui, "Make baseline", !shown.listed.is_baseline, act(ScenarioAction::MakeBaseline));
        item(ui, "Move left", index > 0, act(ScenarioAction::MoveTo(index.saturating_sub(1))));
        item(ui, "Move right", index + 1 < entries.len(), act(ScenarioAction::MoveTo(index + 1)));
        item(ui, "Delete", entries.len() > 1, act(ScenarioAction::Delete));
    });
    let name = format!("Menu of scenario {letter}");
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    button.on_hover_text("Rename, note, duplicate, make baseline, move, delete");
}
