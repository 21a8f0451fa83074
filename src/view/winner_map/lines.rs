//! Lines over the cells: where the two best are level, and where a business earns just its capital.

use egui::{Color32, Pos2, Rect, Stroke, Ui, pos2};
use wattfolio_economics::answers::Segment;

use crate::state::MapFound;
use crate::theme::{BASELINE, MARKER};
use crate::view::Context;

/// Dashes along the longer axis of a map.
const DASHES: f64 = 48.0;
/// Length from which on a line has its name on it, as a share of the axes.
const NAMED: f64 = 0.1;

/// Where a point in shares of both axes is drawn.
pub(super) fn place(rect: Rect, [x, y]: [f64; 2]) -> Pos2 {
    pos2(rect.left() + rect.width() * x as f32, rect.bottom() - rect.height() * y as f32)
}

pub(super) fn ui(ui: &Ui, cx: &Context<'_>, rect: Rect, found: &MapFound) {
    let painter = ui.painter().with_clip_rect(rect);
    let ends = |segment: &Segment| [place(rect, segment.from), place(rect, segment.to)];
    for (business, line) in found.zero_lines.iter() {
        let stroke = Stroke::new(BASELINE, cx.theme.mark(business));
        for segment in line.iter().filter(|segment| is_dash(segment)) {
            painter.line_segment(ends(segment), stroke);
        }
    }
    let stroke = Stroke::new(MARKER - 0.5, cx.theme.palette.text);
    for (_, line) in &found.level_lines {
        for segment in line {
            painter.line_segment(ends(segment), stroke);
        }
    }
}

/// The name of every line with its colour, and the places where it can stand: on the line, its middle first.
pub(super) fn named(cx: &Context<'_>, rect: Rect, found: &MapFound) -> Vec<((String, Color32), Vec<Pos2>)> {
    let levels = found
        .level_lines
        .iter()
        .map(|((a, b), line)| ((format!("{} = {}", a.word(), b.word()), cx.theme.palette.text), line));
    let zeros = found
        .zero_lines
        .iter()
        .map(|(business, line)| ((format!("{} NPV 0", business.word()), cx.theme.mark_text(business)), line));
    let length = |line: &[Segment]| -> f64 {
        line.iter().map(|Segment { from, to }| (to[0] - from[0]).hypot(to[1] - from[1])).sum()
    };
    let all = levels.chain(zeros).filter(|(_, line)| length(line) >= NAMED);
    all.map(|(name, line)| (name, places(rect, line))).collect()
}

/// The middles of the parts of a line, by their distance from the middle of the whole.
fn places(rect: Rect, line: &[Segment]) -> Vec<Pos2> {
    let middle = |Segment { from, to }: &Segment| {
        place(rect, [f64::midpoint(from[0], to[0]), f64::midpoint(from[1], to[1])])
    };
    let mut places: Vec<Pos2> = line.iter().map(middle).collect();
    let count = places.len().max(1) as f32;
    let mean = places.iter().fold(egui::Vec2::ZERO, |sum, at| sum + at.to_vec2()) / count;
    let distance = |at: &Pos2| (at.to_vec2() - mean).length_sq();
    places.sort_by(|a, b| distance(a).total_cmp(&distance(b)));
    places
}

/// Whether a part of a dashed line is drawn: by where its middle lies along the axis that the part runs along.
fn is_dash(Segment { from, to }: &Segment) -> bool {
    let along = usize::from((to[1] - from[1]).abs() > (to[0] - from[0]).abs());
    let middle = f64::midpoint(from[along], to[along]);
    ((middle * DASHES) as usize).is_multiple_of(2)
}
