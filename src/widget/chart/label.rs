//! Labels in a chart, placed beside their point and off the lines.

use std::sync::Arc;
use wattfolio_economics::number::within;

use egui::{Color32, Galley, Painter, Pos2, Rect, Shape, Stroke, Vec2, pos2, vec2};

use super::Drawn;
use super::obstacles::Obstacles;
use crate::theme::{HAIRLINE, LABEL_BACKING, RADIUS_FIELD, Text, Theme};

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

/// A label that has its place.
struct Placed<'a> {
    label: &'a Label,
    galleys: Vec<Arc<Galley>>,
    rect: Rect,
    anchor: Pos2,
}

/// Paints labels, each where it covers no other label and as little of the lines as possible.
pub(super) fn paint_all(
    painter: &Painter,
    theme: &Theme,
    labels: &[Label],
    drawn: &Drawn,
    (obstacles, taken): (&Obstacles, Vec<Rect>),
) {
    let placed = place_all(painter, labels, drawn, obstacles, taken);
    for label in &placed {
        label.paint_leader(painter);
    }
    for label in placed {
        label.paint(painter, theme);
    }
}

fn place_all<'a>(
    painter: &Painter,
    labels: &'a [Label],
    drawn: &Drawn,
    obstacles: &Obstacles,
    mut taken: Vec<Rect>,
) -> Vec<Placed<'a>> {
    let area = drawn.area().shrink(2.0);
    let anchor_of = |label: &Label| drawn.position(label.month, label.value);
    // At the right edge the labels follow the order of their lines.
    let mut labels: Vec<&Label> = labels.iter().collect();
    labels.sort_by(|a, b| match (a.side, b.side) {
        (LabelSide::RightEdge, LabelSide::RightEdge) => b.value.total_cmp(&a.value),
        (a, b) => (a == LabelSide::RightEdge).cmp(&(b == LabelSide::RightEdge)),
    });
    let ends = labels.iter().filter(|label| label.is_at_edge()).map(|label| anchor_of(label).y);
    let ends: Vec<f32> = ends.collect();
    let mut above: Option<Rect> = None;
    let mut placed = Vec::new();
    for label in labels {
        let galleys = layout(painter, label);
        let width = galleys.iter().map(|galley| galley.size().x).fold(0.0, f32::max) + 8.0;
        let height = galleys.iter().map(|galley| galley.size().y).sum::<f32>() + 2.0;
        let size = vec2(width, height);
        let anchor = anchor_of(label);
        let around = Surroundings {
            area,
            obstacles,
            taken: &taken,
            above: above.filter(|_| label.is_at_edge()),
            ends: if label.is_at_edge() { &ends } else { &[] },
            anchor,
        };
        // A label without a free place is left out; the read-out has the same text.
        let Some(rect) = best_place(label.side.preferred(anchor, size, area), size, &around) else {
            continue;
        };
        taken.push(rect);
        if label.is_at_edge() {
            above = Some(rect);
        }
        placed.push(Placed { label, galleys, rect, anchor });
    }
    placed
}

impl LabelSide {
    /// The upper left corner of a label at the preferred place.
    fn preferred(self, anchor: Pos2, size: Vec2, area: Rect) -> Pos2 {
        match self {
            Self::LeftAbove => anchor - vec2(size.x + 8.0, size.y + 6.0),
            Self::RightAbove => anchor + vec2(8.0, -size.y - 6.0),
            Self::RightEdge => pos2(area.right() - size.x, anchor.y - size.y - 3.0),
        }
    }
}

impl Label {
    fn is_at_edge(&self) -> bool {
        self.side == LabelSide::RightEdge
    }
}

/// Distances from a point from which a line leads to the label, points: at the edge, where curves end close to each
/// other, and elsewhere.
const FAR_AT_EDGE: f32 = 9.0;
const FAR: f32 = 22.0;

impl Placed<'_> {
    /// A thin line from a label to its point, if it had to stand away from it.
    fn paint_leader(&self, painter: &Painter) {
        let far = if self.label.is_at_edge() { FAR_AT_EDGE } else { FAR };
        let near = self.rect.clamp(self.anchor);
        if near.distance(self.anchor) < far {
            return;
        }
        // Not at the corner, which has no letters.
        let x = within(near.x, self.rect.left() + 6.0, self.rect.right() - 6.0);
        let colour = self.label.lines.first().map_or(Color32::TRANSPARENT, |(_, colour)| *colour);
        painter.line_segment([pos2(x, near.y), self.anchor], Stroke::new(HAIRLINE, colour));
    }

    fn paint(self, painter: &Painter, theme: &Theme) {
        let rect = self.rect;
        painter.rect_filled(rect, RADIUS_FIELD, theme.palette.app.gamma_multiply(LABEL_BACKING));
        let mut y = rect.top() + 1.0;
        for galley in self.galleys {
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
    obstacles: &'a Obstacles,
    taken: &'a [Rect],
    /// The label that must stay above.
    above: Option<Rect>,
    /// Heights at which the curves of the labels at the edge end.
    ends: &'a [f32],
    /// The point that the label names.
    anchor: Pos2,
}

/// Cost of a label that covers another or breaks the order, and of one that stands closer to another curve's end.
const COVERED: f32 = 1000.0;
const AT_ANOTHER: f32 = 24.0;

impl Surroundings<'_> {
    /// Covering another label or breaking the order costs most, standing at another curve or covering a line less,
    /// distance from the point least.
    fn cost(&self, rect: Rect, shift: Vec2) -> f32 {
        self.cost_among_labels(rect) + self.obstacles.cost(rect) + shift.length() / 9.0
    }

    /// The cost where no line or mark is covered, which no other is below.
    fn least_cost(&self, rect: Rect, shift: Vec2) -> f32 {
        self.cost_among_labels(rect) + shift.length() / 9.0
    }

    fn cost_among_labels(&self, rect: Rect) -> f32 {
        let labels = self.taken.iter().filter(|other| other.intersects(rect)).count() as f32;
        let is_out_of_order = self.above.is_some_and(|above| rect.top() < above.top());
        let own = distance(rect, self.anchor.y);
        let is_at_another = self.ends.iter().any(|end| distance(rect, *end) + 1.0 < own);
        let count = |is: bool| f32::from(u8::from(is));
        COVERED * (labels + count(is_out_of_order)) + AT_ANOTHER * count(is_at_another)
    }
}

/// Vertical distance between a label and a height.
fn distance(rect: Rect, y: f32) -> f32 {
    (rect.top() - y).max(y - rect.bottom()).max(0.0)
}

/// Half steps of a label up and down among which its place is sought.
const HALF_STEPS: i8 = 12;

/// The cheapest place near the preferred one; `None` if each covers another label.
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
    let half_step = 0.5 * size.y + 1.0;
    // To the left, and on the other side of the point.
    let across = [0.0, -24.0, -48.0, -72.0, -120.0, size.x + 16.0];
    let shifts =
        (-HALF_STEPS..=HALF_STEPS).flat_map(|step| across.map(|x| vec2(x, f32::from(step) * half_step)));
    // The lines are many: they are asked only about places that could still be the best.
    let preferred = around.cost(place(Vec2::ZERO), Vec2::ZERO);
    let mut best: Option<(Rect, f32)> = None;
    for shift in shifts {
        let rect = place(shift);
        let least = around.least_cost(rect, shift);
        if least > preferred || best.is_some_and(|(_, cost)| least >= cost) {
            continue;
        }
        let cost = around.cost(rect, shift);
        if best.is_none_or(|(_, found)| cost.total_cmp(&found).is_lt()) {
            best = Some((rect, cost));
        }
    }
    let (best, _) = best?;
    around.taken.iter().all(|other| !other.intersects(best)).then_some(best)
}
