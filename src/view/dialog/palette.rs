//! Any command by its name.

use egui::{Align, Align2, Key, Layout, Modal, Ui, vec2};
use wattfolio_economics::number::within;

use super::fitting_width;
use crate::state::{Action, Command, Dialog};
use crate::theme::{CONTROL, RADIUS_CARD, RADIUS_FIELD, Text};
use crate::view::Context;
use crate::view::shell::top_bar::is_enabled;
use crate::widget;

/// Most that the list of commands takes, points.
const HEIGHT: f32 = 420.0;
/// Width of the list, and the space inside the frame.
const WIDTH: f32 = 460.0;
const INNER: f32 = 12.0;
/// Space above the palette, and least space below it.
const ABOVE: f32 = 90.0;
const BELOW: f32 = 24.0;
/// Height above the list: the field, and the space around it.
const FIELD: f32 = CONTROL + 2.0 * INNER + 20.0;
/// Height of a command.
const ROW: f32 = 32.0;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, query: &str, chosen: usize) {
    let colours = &cx.theme.palette;
    // In a low window it stands higher, so that a few commands are in sight.
    let height = ui.ctx().content_rect().height();
    let above = within(height - FIELD - BELOW - 6.0 * ROW, BELOW, ABOVE);
    let list = (height - above - FIELD - BELOW).min(HEIGHT);
    let width = fitting_width(ui, WIDTH, INNER);
    let area = Modal::default_area(egui::Id::unique("palette")).anchor(Align2::CENTER_TOP, vec2(0.0, above));
    let modal = Modal::new(egui::Id::unique("palette"))
        .area(area)
        .frame(
            egui::Frame::new()
                .fill(colours.card)
                .stroke(egui::Stroke::new(1.0, colours.line))
                .corner_radius(RADIUS_CARD)
                .inner_margin(INNER),
        )
        .backdrop_color(colours.app.gamma_multiply(0.5))
        .show(ui.ctx(), |ui| {
            widget::set_width(ui, width);
            content_ui(ui, cx, (query, chosen), list);
        });
    if modal.should_close() {
        cx.actions.push(Action::ShowDialog(None));
    }
}

fn content_ui(ui: &mut Ui, cx: &Context<'_>, (query, chosen): (&str, usize), height: f32) {
    let text = |command: Command| command.text_on(cx.state.view.page);
    let mut hits: Vec<Command> = Command::all()
        .filter(|command| *command != Command::Palette && is_enabled(cx, *command))
        .filter(|command| matches(&format!("{} {}", text(*command), command.tooltip()), query))
        .collect();
    // Enter runs the first hit: a name counts for more than an explanation.
    hits.sort_by_key(|command| !matches(text(*command), query));
    let step = |keys: &mut egui::InputState| {
        let down = keys.count_and_consume_key(egui::Modifiers::NONE, Key::ArrowDown) as isize;
        let up = keys.count_and_consume_key(egui::Modifiers::NONE, Key::ArrowUp) as isize;
        down - up
    };
    let moved = ui.input_mut(step);
    let enters = ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::Enter));
    let mut typed = query.to_owned();
    let edit = egui::TextEdit::singleline(&mut typed)
        .hint_text("Run a command")
        .desired_width(f32::INFINITY)
        .min_size(vec2(0.0, CONTROL))
        .margin(vec2(10.0, 6.0));
    let response = ui.add(edit);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Command to run"));
    response.request_focus();
    let last = hits.len().saturating_sub(1);
    let next = if typed == query { chosen.saturating_add_signed(moved).min(last) } else { 0 };
    if typed != query || next != chosen {
        cx.actions.push(Action::ShowDialog(Some(Dialog::Palette { query: typed, chosen: next })));
    }
    ui.add_space(6.0);
    if hits.is_empty() {
        widget::body(ui, cx.theme, "No command has these words");
    }
    widget::scroll_up_to(height).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (index, command) in hits.iter().enumerate() {
            let is_chosen = index == chosen.min(last);
            if hit_ui(ui, cx, *command, is_chosen) || (enters && is_chosen) {
                cx.actions.push(Action::ShowDialog(None));
                cx.actions.run(*command);
            }
        }
    });
}

fn matches(text: &str, query: &str) -> bool {
    let text = text.to_lowercase();
    query.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

fn hit_ui(ui: &mut Ui, cx: &Context<'_>, command: Command, is_chosen: bool) -> bool {
    let palette = &cx.theme.palette;
    // The field keeps the keyboard, and the arrow keys choose, so that no row takes part in the focus.
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), egui::Sense::CLICK);
    let text = command.text_on(cx.state.view.page);
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, is_chosen, text));
    if is_chosen || response.hovered() {
        ui.painter().rect_filled(rect, RADIUS_FIELD, palette.hover);
    }
    if is_chosen {
        // What enter runs has the ring of a control that has the keyboard.
        let ring = egui::Stroke::new(2.0, palette.text);
        ui.painter().rect_stroke(rect, RADIUS_FIELD, ring, egui::StrokeKind::Inside);
        ui.scroll_to_rect(rect, None);
    }
    let builder = egui::UiBuilder::new()
        .max_rect(rect.shrink2(vec2(10.0, 0.0)))
        .layout(Layout::left_to_right(Align::Center));
    ui.scope_builder(builder, |ui| {
        widget::label(ui, text, Text::BodyMedium, palette.text);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if let Some(shortcut) = command.shortcut() {
                widget::caption(ui, cx.theme, ui.ctx().format_shortcut(&shortcut));
            }
        });
    });
    response.on_hover_text(command.tooltip()).clicked()
}
