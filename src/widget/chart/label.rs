//! Labels in a chart, placed beside their point and off the lines.

use std::sync::Arc;
use wattfolio_economics::number::within;

use egui::{Color32, Galley, Painter, Pos2, Rect, Shape, Vec2, pos2, vec2};

use super::Drawn;
use crate::theme::{LABEL_BACKING, RADIUS_FIELD, Text, Theme};

/// Side of the point on which a label stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelSide {
    /// To the left and above.
    LeftAbove,
    /// To the right and above.
    RightAbove,
    /// At the right edge, ending there.
    RightEdge,
}

/// A text in a chart, on a small backing.
#[derive(Clone, Debug)]
pub struct Label {
    /// Position in months.
    pub month: f64,
    /// Position in the chart's unit.
    pub value: f64,
    /// The lines of text with their colours.
    pub lines: Vec<(String, Color32)>,
    /// Side of the point.
    pub side: LabelSide,
    /// True if it is emphasised.
    pub is_strong: bool,
}

/// Paints labels, each where it covers no other label and as little of the lines as possible.
pub(super) fn paint_all(
    painter: &Painter,
    theme: &Theme,
    labels: &[Label],
    drawn: &Drawn,
    lines: &[Pos2],
    mut taken: Vec<Rect>,
) {
    let area = drawn.area().shrink(2.0);
    // At the right edge the labels follow the order of their lines.
    let mut labels: Vec<&Label> = labels.iter().collect();
    labels.sort_by(|a, b| match (a.side, b.side) {
        (LabelSide::RightEdge, LabelSide::RightEdge) => b.value.total_cmp(&a.value),
        (a, b) => (a == LabelSide::RightEdge).cmp(&(b == LabelSide::RightEdge)),
    });
    let mut at_edge: Vec<Rect> = Vec::new();
    for label in labels {
        let galleys = layout(painter, label);
        let width = galleys.iter().map(|galley| galley.size().x).fold(0.0, f32::max) + 8.0;
        let height = galleys.iter().map(|galley| galley.size().y).sum::<f32>() + 2.0;
        let size = vec2(width, height);
        let anchor = drawn.position(label.month, label.value);
        let min = match label.side {
            LabelSide::LeftAbove => anchor - vec2(width + 8.0, height + 6.0),
            LabelSide::RightAbove => anchor + vec2(8.0, -height - 6.0),
            LabelSide::RightEdge => pos2(area.right() - width, anchor.y - height - 3.0),
        };
        let is_edge = label.side == LabelSide::RightEdge;
        let above = if is_edge { at_edge.last().copied() } else { None };
        // A label without a free place is left out; the read-out has the same text.
        let around = Surroundings { area, lines, taken: &taken, above };
        let Some(rect) = best_place(min, size, &around) else { continue };
        taken.push(rect);
        if is_edge {
            at_edge.push(rect);
        }
        painter.rect_filled(rect, RADIUS_FIELD, theme.palette.app.gamma_multiply(LABEL_BACKING));
        let mut y = rect.top() + 1.0;
        for galley in galleys {
            let at = pos2(rect.right() - 4.0 - galley.size().x, y);
            y += galley.size().y;
            painter.add(Shape::galley(at, galley, theme.palette.text));
        }
    }
}

fn layout(painter: &Painter, label: &Label) -> Vec<Arc<Galley>> {
    let first = if label.is_strong { Text::BodyMedium } else { Text::Caption };
    let style = |index: usize| if index == 0 { first } else { Text::Caption };
    let lines = label.lines.iter().enumerate();
    lines.map(|(i, (text, colour))| painter.layout_no_wrap(text.clone(), style(i).font(), *colour)).collect()
}

/// Obstacles around a label to be placed.
struct Surroundings<'a> {
    area: Rect,
    lines: &'a [Pos2],
    taken: &'a [Rect],
    /// The label that must stay above.
    above: Option<Rect>,
}

/// The cheapest position near the preferred one: covering another label or breaking the order costs most,
/// covering a line less, distance from the point least.
fn best_place(min: Pos2, size: Vec2, around: &Surroundings<'_>) -> Option<Rect> {
    let area = around.area;
    if size.x > area.width() || size.y > area.height() {
        return None;
    }
    let place = |shift: Vec2| {
        let x = within(min.x + shift.x, area.left(), area.right() - size.x);
        let y = within(min.y + shift.y, area.top(), area.bottom() - size.y);
        Rect::from_min_size(pos2(x, y), size)
    };
    let cost = |rect: Rect, shift: Vec2| {
        let labels = around.taken.iter().filter(|other| other.intersects(rect)).count() as f32;
        let points = around.lines.iter().filter(|point| rect.contains(**point)).count() as f32;
        let is_out_of_order = around.above.is_some_and(|above| rect.top() < above.top());
        1000.0 * (labels + f32::from(u8::from(is_out_of_order))) + points + shift.length() / 12.0
    };
    let step = size.y + 2.0;
    let down = [
        0.0,
        step + 3.0,
        -step,
        2.0 * step + 4.0,
        -2.0 * step,
        3.0 * step + 6.0,
        -3.0 * step,
        4.0 * step + 8.0,
    ];
    let (mut best, mut least) = (place(Vec2::ZERO), f32::INFINITY);
    let free = |rect: &Rect| around.taken.iter().all(|other| !other.intersects(*rect));
    let mut is_free = false;
    for shift in [0.0, -24.0, -48.0, -72.0].into_iter().flat_map(|x| down.map(|y| vec2(x, y))) {
        let rect = place(shift);
        is_free |= free(&rect);
        let cost = cost(rect, shift);
        if cost < least {
            (best, least) = (rect, cost);
        }
    }
    (is_free && free(&best)).then_some(best)
}
