//! Buttons, segments, check boxes and chips.

use egui::{
    Align2, CornerRadius, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::text::colored;
use crate::theme::{CONTROL, HAIRLINE, RADIUS_CONTROL, RADIUS_FIELD, RADIUS_PILL, Text, Theme};

/// Height of a link, and by how much its ring is wider than it.
const LINK: f32 = 18.0;
const LINK_RING: f32 = 3.0;
/// Space between the edge of a filled control and the ring inside it.
const INSIDE: f32 = 2.5;

/// A quiet button.
pub fn button(ui: &mut Ui, theme: &Theme, text: &str) -> Response {
    let text = colored(text, Text::BodyMedium, theme.palette.text);
    ui.add(egui::Button::new(text).min_size(vec2(0.0, CONTROL)))
}

/// The main button of a dialog.
pub fn primary_button(ui: &mut Ui, theme: &Theme, text: &str) -> Response {
    let palette = &theme.palette;
    let text = colored(text, Text::BodyMedium, palette.panel);
    let response = ui.add(egui::Button::new(text).fill(palette.text).min_size(vec2(0.0, CONTROL)));
    ring_on_fill(ui, theme, &response, RADIUS_FIELD);
    response
}

/// A text that leads somewhere, cut to the room that is left; the tooltip has the whole of it, and the hint.
pub fn link(ui: &mut Ui, theme: &Theme, text: &str, style: Text, hint: &str) -> Response {
    let room = ui.available_width() - 2.0 * ui.spacing().button_padding.x;
    let is_cut = super::text::width(ui, text, style) > room;
    let colour = theme.palette.text;
    let words =
        if hint.is_empty() { colored(text, style, colour) } else { colored(text, style, colour).underline() };
    let response = ui.add(egui::Button::new(words).frame(false).truncate().min_size(vec2(0.0, LINK)));
    focus_ring(ui, theme, &response, response.rect.expand2(vec2(LINK_RING, 0.0)));
    let hover = [if is_cut { text } else { "" }, hint].join("\n");
    if hover.trim().is_empty() { response } else { response.on_hover_text(hover.trim()) }
}

/// A row of segments, one of them selected; returns the index that was clicked.
pub fn segmented(ui: &mut Ui, theme: &Theme, labels: &[&str], selected: usize) -> Option<usize> {
    let palette = &theme.palette;
    let font = Text::BodyMedium.font();
    let widths: Vec<f32> = labels
        .iter()
        .map(|text| {
            ui.painter().layout_no_wrap((*text).to_owned(), font.clone(), palette.text).size().x + 22.0
        })
        .collect();
    let total = widths.iter().sum::<f32>() + 4.0;
    let (rect, _) = ui.allocate_exact_size(vec2(total, CONTROL), Sense::hover());
    ui.painter().rect_filled(rect, RADIUS_CONTROL, palette.field);
    let mut clicked = None;
    let mut left = rect.left() + 2.0;
    for (index, (text, width)) in labels.iter().zip(&widths).enumerate() {
        let segment = Rect::from_min_size(pos2(left, rect.top() + 2.0), vec2(*width, CONTROL - 4.0));
        left += width;
        let id = ui.scope_id().with(("segment", *text, rect.min.x as i32));
        let response = ui.interact(segment, id, Sense::click());
        let is_selected = index == selected;
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_selected, *text));
        if is_selected {
            let fill = if theme.is_dark { palette.hover } else { palette.card };
            let outline = if theme.is_dark { Stroke::NONE } else { Stroke::new(HAIRLINE, palette.line) };
            ui.painter().rect(segment, RADIUS_FIELD, fill, outline, StrokeKind::Inside);
        }
        if response.has_focus() {
            ui.painter().rect_stroke(
                segment,
                RADIUS_FIELD,
                Stroke::new(2.0, palette.text),
                StrokeKind::Inside,
            );
        }
        let colour = if is_selected || response.hovered() { palette.text } else { palette.text_secondary };
        ui.painter().text(segment.center(), Align2::CENTER_CENTER, text, font.clone(), colour);
        if response.clicked() && !is_selected {
            clicked = Some(index);
        }
    }
    clicked
}

/// A check box; returns the new value when it was clicked.
pub fn check(ui: &mut Ui, theme: &Theme, text: &str, is_on: bool) -> Option<bool> {
    check_if(ui, theme, text, Some(is_on))
}

/// A check box that is disabled and off where it has no value. egui's scope for disabled widgets does not wrap into the
/// next line, and widens the page.
pub fn check_if(ui: &mut Ui, theme: &Theme, text: &str, value: Option<bool>) -> Option<bool> {
    let palette = &theme.palette;
    let (is_enabled, is_on) = (value.is_some(), value.unwrap_or(false));
    let galley = ui.painter().layout_no_wrap(text.to_owned(), Text::Body.font(), palette.text_secondary);
    let size = vec2(22.0 + galley.size().x, CONTROL);
    let sense = if is_enabled { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(size, sense);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, is_enabled, is_on, text));
    let square = Rect::from_center_size(pos2(rect.left() + 8.0, rect.center().y), Vec2::splat(14.0));
    let fade = if is_enabled { 1.0 } else { ui.visuals().disabled_alpha() };
    if is_on {
        ui.painter().rect_filled(square, 3, palette.text.gamma_multiply(fade));
        let mark = [(4.2, 7.4), (6.3, 9.6), (10.2, 4.8)].map(|(x, y)| square.min + vec2(x, y));
        ui.painter().line(mark.to_vec(), Stroke::new(1.8, palette.panel));
    } else {
        let outline = Stroke::new(1.2, palette.zero_line.gamma_multiply(fade));
        ui.painter().rect_stroke(square, 3, outline, StrokeKind::Inside);
    }
    if response.has_focus() {
        let ring = Stroke::new(2.0, palette.text);
        ui.painter().rect_stroke(square.expand(3.0), RADIUS_FIELD, ring, StrokeKind::Inside);
    }
    let is_bright = is_enabled && (response.hovered() || is_on);
    let colour = if is_bright { palette.text } else { palette.text_secondary.gamma_multiply(fade) };
    ui.painter().galley_with_override_text_color(
        pos2(rect.left() + 22.0, rect.center().y - galley.size().y / 2.0),
        galley,
        colour,
    );
    response.clicked().then_some(!is_on)
}

/// Outlines a control that has the keyboard.
pub fn focus_ring(ui: &Ui, theme: &Theme, response: &Response, place: Rect) {
    if response.has_focus() {
        let ring = Stroke::new(2.0, theme.palette.text);
        ui.painter().rect_stroke(place, RADIUS_FIELD, ring, StrokeKind::Inside);
    }
}

/// The same inside a control that is filled with the colour of the ring, on which it would not be seen.
fn ring_on_fill(ui: &Ui, theme: &Theme, response: &Response, radius: u8) {
    if response.has_focus() {
        let ring = Stroke::new(2.0, theme.palette.panel);
        ui.painter().rect_stroke(response.rect.shrink(INSIDE), radius, ring, StrokeKind::Inside);
    }
}

/// A rounded chip; filled when it is selected.
pub fn chip(ui: &mut Ui, theme: &Theme, text: &str, is_selected: bool) -> Response {
    let palette = &theme.palette;
    let (fill, ink) = if is_selected { (palette.text, palette.panel) } else { (palette.field, palette.text) };
    let button = egui::Button::new(colored(text, Text::BodyMedium, ink))
        .fill(fill)
        .corner_radius(CornerRadius::same(RADIUS_PILL))
        .min_size(vec2(0.0, CONTROL))
        .selected(false);
    let response = ui.add(button);
    if is_selected {
        ring_on_fill(ui, theme, &response, RADIUS_PILL);
    }
    response
}

/// A dot that separates texts in a line.
pub fn separator_text(ui: &mut Ui, theme: &Theme) {
    super::text::caption(ui, theme, "·");
}
