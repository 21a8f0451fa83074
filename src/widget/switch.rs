//! A switch: on or off at once, without a button to confirm.

use egui::{Rect, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::controls::focus_ring;
use crate::theme::Theme;

/// Size of the track.
const TRACK: Vec2 = vec2(28.0, 16.0);

/// A switch at the right of a place; returns the new value when it was clicked. Screen readers hear a check box.
pub fn switch(ui: &Ui, theme: &Theme, place: Rect, name: &str, is_on: bool) -> Option<bool> {
    let palette = &theme.palette;
    let centre = pos2(place.right() - TRACK.x / 2.0, place.center().y);
    let track = Rect::from_center_size(centre, TRACK);
    let response = ui.interact(track.expand(4.0), ui.scope_id().with(("switch", name)), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_on, name));
    let fill = if is_on { palette.text } else { palette.slider_track };
    ui.painter().rect_filled(track, TRACK.y / 2.0, fill);
    let x = if is_on { track.right() - TRACK.y / 2.0 } else { track.left() + TRACK.y / 2.0 };
    let knob = if is_on || theme.is_dark { palette.panel } else { palette.card };
    ui.painter().circle_filled(pos2(x, track.center().y), TRACK.y / 2.0 - 2.0, knob);
    focus_ring(ui, theme, &response, track.expand(3.0));
    response.clicked().then_some(!is_on)
}
