//! Columns, cards and lines.

use egui::{
    Align, CornerRadius, Frame, Layout, Margin, Rect, ScrollArea, Stroke, TextWrapMode, Ui, UiBuilder, Vec2,
    pos2, vec2,
};

use crate::theme::{HAIRLINE, INNER, RADIUS_CARD, Theme};

/// The width that is left beside `reserved` points; never below 0, as small as the window may be.
pub fn room_beside(ui: &Ui, reserved: f32) -> f32 {
    (ui.available_width() - reserved).max(0.0)
}

/// Sets the width of a part; a negative one, as a small window may leave it, is 0. egui ends the program there.
#[expect(clippy::disallowed_methods, reason = "the width is not negative")]
pub fn set_width(ui: &mut Ui, width: f32) {
    ui.set_width(width.max(0.0));
}

/// Sets the largest width of a part; see [`set_width`].
#[expect(clippy::disallowed_methods, reason = "the width is not negative")]
pub fn set_max_width(ui: &mut Ui, width: f32) {
    ui.set_max_width(width.max(0.0));
}

/// Parts in a line that goes on in the next one where it is full. A text of several words stays whole: broken, its second line
/// would lie on its neighbours.
pub fn unbroken_ui(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    ui.horizontal_wrapped(|ui| {
        ui.style_mut().wrap_mode = Some(TextWrapMode::Extend);
        contents(ui);
    });
}

/// Sets the height of a part; see [`set_width`].
#[expect(clippy::disallowed_methods, reason = "the height is not negative")]
pub fn set_height(ui: &mut Ui, height: f32) {
    ui.set_height(height.max(0.0));
}

/// A vertical scroll area as high as its content, up to a height. In a window that grows with its content a scroll
/// area without a least height keeps what fitted in its first frame.
#[expect(clippy::disallowed_methods, reason = "the area has a least height")]
pub fn scroll_up_to(height: f32) -> ScrollArea {
    let height = height.max(0.0);
    ScrollArea::vertical().max_height(height).min_scrolled_height(height)
}

/// Columns of equal width, in as many rows as it takes for each to be at least `least_width` wide. Rows are equally
/// long, so that nothing stands alone below the others.
pub fn columns(
    ui: &mut Ui,
    count: usize,
    (gutter, least_width): (f32, f32),
    mut add: impl FnMut(&mut Ui, usize),
) {
    let width = |columns: usize| (ui.available_width() - gutter * (columns - 1) as f32) / columns as f32;
    let fits = |columns: &usize| count.is_multiple_of(*columns) && width(*columns) >= least_width;
    let in_row = (2..=count).rev().find(fits).unwrap_or(1);
    if in_row == 1 {
        for index in 0..count {
            if index > 0 {
                ui.add_space(gutter - ui.spacing().item_spacing.y);
            }
            ui.push_id(index, |ui| ui.vertical(|ui| add(ui, index)));
        }
        return;
    }
    let width = width(in_row).floor();
    for first in (0..count).step_by(in_row) {
        if first > 0 {
            ui.add_space(gutter - ui.spacing().item_spacing.y);
        }
        row_of_columns(ui, first..first + in_row, (gutter, width), &mut add);
    }
}

fn row_of_columns(
    ui: &mut Ui,
    indices: std::ops::Range<usize>,
    (gutter, width): (f32, f32),
    add: &mut impl FnMut(&mut Ui, usize),
) {
    let origin = ui.cursor().min;
    let mut height: f32 = 0.0;
    for (place, index) in indices.enumerate() {
        let left = origin.x + place as f32 * (width + gutter);
        let rect = Rect::from_min_size(pos2(left, origin.y), vec2(width, ui.available_height()));
        let builder = UiBuilder::new().max_rect(rect).layout(Layout::top_down(Align::Min)).id_salt(index);
        // A separate child: content that overflows a column, such as the last label of an axis, must not
        // widen everything below.
        let mut column = ui.new_child(builder);
        set_width(&mut column, width);
        add(&mut column, index);
        height = height.max(column.min_rect().height());
    }
    // Columns are placed by hand, so the parent must be given their height.
    let used = Rect::from_min_size(origin, vec2(ui.available_width(), height));
    ui.advance_cursor_after_rect(used);
}

/// Room for a focus ring around the content of a card, points.
const FOCUS_ROOM: f32 = 4.0;

/// A flat card; a coloured stripe on top identifies the business.
pub fn card(ui: &mut Ui, theme: &Theme, stripe: Option<egui::Color32>, add: impl FnOnce(&mut Ui)) {
    let palette = &theme.palette;
    let stroke = if theme.is_dark { Stroke::NONE } else { Stroke::new(HAIRLINE, palette.line) };
    let frame = Frame::new()
        .fill(palette.card)
        .stroke(stroke)
        .corner_radius(CornerRadius::same(RADIUS_CARD))
        .inner_margin(Margin::same(INNER as i8));
    let response = frame.show(ui, |ui| {
        let width = ui.available_width();
        set_width(ui, width);
        // Content wider than the card is cut at its edge instead of reaching over what stands beside it.
        let inside = ui.max_rect().expand2(vec2(FOCUS_ROOM, 0.0)).x_range();
        ui.shrink_clip_rect(Rect::from_x_y_ranges(inside, ui.clip_rect().y_range()));
        add(ui);
    });
    if let Some(colour) = stripe {
        let rect = response.response.rect;
        let top = Rect::from_min_size(rect.min, Vec2::new(rect.width(), 3.0));
        let corners = CornerRadius { nw: RADIUS_CARD, ne: RADIUS_CARD, sw: 0, se: 0 };
        ui.painter().rect_filled(top, corners, colour);
    }
}

/// A horizontal line over the available width.
pub fn hairline(ui: &mut Ui, theme: &Theme) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), egui::Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y, Stroke::new(HAIRLINE, theme.palette.line));
}
