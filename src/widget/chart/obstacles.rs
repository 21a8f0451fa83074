//! What labels should not cover: curves, edges of bands, vertical lines and marks.

use egui::{Pos2, Rect};

/// Cost of a line that runs through a label, and of each point of its length in there.
const CROSSING: f32 = 4.0;
const PER_POINT: f32 = 0.25;
/// Cost of a covered mark.
const MARK: f32 = 30.0;

/// Lines and marks of a chart on the screen.
#[derive(Debug, Default)]
pub(super) struct Obstacles {
    lines: Vec<Line>,
    marks: Vec<Rect>,
}

#[derive(Debug)]
struct Line {
    /// Its corners from left to right.
    points: Vec<Pos2>,
    weight: f32,
}

impl Obstacles {
    /// Adds a line from left to right; one of weight 1 is as bad as a curve.
    pub(super) fn add_line(&mut self, points: impl IntoIterator<Item = Pos2>, weight: f32) {
        self.lines.push(Line { points: points.into_iter().collect(), weight });
    }

    pub(super) fn add_mark(&mut self, place: Rect) {
        self.marks.push(place);
    }

    /// What a label at a place costs.
    pub(super) fn cost(&self, label: Rect) -> f32 {
        let lines = self.lines.iter().map(|line| match line.length_in(label) {
            0.0 => 0.0,
            length => line.weight * (CROSSING + PER_POINT * length),
        });
        let marks = self.marks.iter().filter(|mark| mark.intersects(label)).count() as f32;
        lines.sum::<f32>() + MARK * marks
    }
}

impl Line {
    /// Points of its length within a rectangle. Segments count, not their ends: a steep one has none inside.
    fn length_in(&self, rect: Rect) -> f32 {
        let first = self.points.partition_point(|point| point.x < rect.left()).saturating_sub(1);
        let pairs = self.points[first..].windows(2).take_while(|pair| pair[0].x <= rect.right());
        pairs.map(|pair| segment_in(pair[0], pair[1], rect)).sum()
    }
}

/// Length of the part of a segment within a rectangle.
fn segment_in(from: Pos2, to: Pos2, rect: Rect) -> f32 {
    // Most pass above or below.
    if from.y.max(to.y) < rect.top() || from.y.min(to.y) > rect.bottom() {
        return 0.0;
    }
    let (mut start, mut end) = (0.0_f32, 1.0_f32);
    let delta = to - from;
    let sides = [
        (delta.x, rect.left() - from.x, rect.right() - from.x),
        (delta.y, rect.top() - from.y, rect.bottom() - from.y),
    ];
    for (delta, low, high) in sides {
        if delta == 0.0 {
            if low > 0.0 || high < 0.0 {
                return 0.0;
            }
            continue;
        }
        let (enters, leaves) = (low / delta, high / delta);
        start = start.max(enters.min(leaves));
        end = end.min(enters.max(leaves));
    }
    if end > start { (end - start) * delta.length() } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    const LABEL: Rect = Rect { min: pos2(100.0, 50.0), max: pos2(160.0, 64.0) };

    fn cost(points: &[(f32, f32)]) -> f32 {
        let mut obstacles = Obstacles::default();
        obstacles.add_line(points.iter().map(|(x, y)| pos2(*x, *y)), 1.0);
        obstacles.cost(LABEL)
    }

    #[test]
    fn a_steep_line_without_a_corner_in_the_label_counts() {
        assert!(cost(&[(0.0, 200.0), (120.0, 200.0), (124.0, 10.0), (300.0, 10.0)]) > CROSSING);
        assert!(cost(&[(130.0, 0.0), (130.0, 200.0)]) > CROSSING, "a vertical line");
        // One that runs along the label costs more than one that crosses it.
        assert!(cost(&[(0.0, 57.0), (300.0, 57.0)]) > cost(&[(130.0, 0.0), (130.0, 200.0)]));
    }

    #[test]
    fn what_passes_by_costs_nothing() {
        assert_eq!(cost(&[(0.0, 40.0), (300.0, 49.0)]), 0.0);
        assert_eq!(cost(&[(90.0, 0.0), (90.0, 200.0)]), 0.0);
        assert_eq!(cost(&[(0.0, 57.0), (99.0, 57.0)]), 0.0);
        assert_eq!(cost(&[(170.0, 57.0), (300.0, 57.0)]), 0.0);
        assert_eq!(cost(&[]), 0.0);
    }
}
