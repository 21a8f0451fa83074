//! Lines over the cells: where the two best are level, and where a business earns just its capital.

use egui::{Pos2, Rect, Stroke, Ui, pos2};
use wattfolio_economics::answers::{Segment, WinnerMap};

use crate::theme::{BASELINE, MARKER};
use crate::view::Context;

/// Dashes along the longer axis of a map.
const DASHES: f64 = 48.0;

/// Where a point in shares of both axes is drawn.
pub(super) fn place(rect: Rect, [x, y]: [f64; 2]) -> Pos2 {
    pos2(rect.left() + rect.width() * x as f32, rect.bottom() - rect.height() * y as f32)
}

pub(super) fn ui(ui: &Ui, cx: &Context<'_>, rect: Rect, map: &WinnerMap) {
    let painter = ui.painter().with_clip_rect(rect);
    let ends = |segment: &Segment| [place(rect, segment.from), place(rect, segment.to)];
    for (business, line) in map.zero_lines().iter() {
        let stroke = Stroke::new(BASELINE, cx.theme.mark(business));
        for segment in line.iter().filter(|segment| is_dash(segment)) {
            painter.line_segment(ends(segment), stroke);
        }
    }
    let stroke = Stroke::new(MARKER - 0.5, cx.theme.palette.text);
    for (_, line) in map.level_lines() {
        for segment in &line {
            painter.line_segment(ends(segment), stroke);
        }
    }
}

/// Whether a part of a dashed line is drawn: by where its middle lies along the axis that the part runs along.
fn is_dash(Segment { from, to }: &Segment) -> bool {
    let along = usize::from((to[1] - from[1]).abs() > (to[0] - from[0]).abs());
    let middle = f64::midpoint(from[along], to[along]);
    ((middle * DASHES) as usize).is_multiple_of(2)
}
