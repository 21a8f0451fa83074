//! Lines on a map: where two businesses are level, and where one earns just its capital.

use super::{Cell, WinnerMap};
use crate::business::{Business, PerBusiness};
use crate::results::verdict::Criterion;

/// A straight part of a line, between points in shares of the lengths of both axes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Segment {
    /// One end: along the columns, along the rows.
    pub from: [f64; 2],
    /// The other.
    pub to: [f64; 2],
}

impl WinnerMap {
    /// Where the two best businesses are level by the criterion, for every pair of businesses that meets somewhere.
    pub fn level_lines(&self) -> Vec<((Business, Business), Vec<Segment>)> {
        let mut lines = Vec::new();
        for (index, a) in Business::ALL.into_iter().enumerate() {
            for b in Business::ALL.into_iter().skip(index + 1) {
                let line = self.level_line(a, b);
                if !line.is_empty() {
                    lines.push(((a, b), line));
                }
            }
        }
        lines
    }

    fn level_line(&self, a: Business, b: Business) -> Vec<Segment> {
        let others = Business::ALL.into_iter().filter(move |one| *one != a && *one != b);
        let value = |cell: &Cell, one: Business| cell.values[one].ok();
        let mut line = Vec::new();
        for square in self.squares() {
            let Some(over) = square.each(|cell| Some(value(cell, a)? - value(cell, b)?)) else { continue };
            let Some(level) = square.each(|cell| value(cell, a)) else { continue };
            let better: Vec<[f64; 4]> =
                others.clone().filter_map(|other| square.each(|cell| value(cell, other))).collect();
            line.extend(
                crossings(over)
                    .filter(|[from, to]| {
                        let middle = [f64::midpoint(from[0], to[0]), f64::midpoint(from[1], to[1])];
                        let here = between(level, middle);
                        better.iter().all(|other| !self.is_better(between(*other, middle), here))
                    })
                    .map(|ends| square.placed(ends)),
            );
        }
        line
    }

    fn is_better(&self, value: f64, than: f64) -> bool {
        if self.criterion == Criterion::Payback { value < than } else { value > than }
    }

    /// Where the net present value of each business is zero.
    pub fn zero_lines(&self) -> PerBusiness<Vec<Segment>> {
        PerBusiness::new(|business| {
            let mut line = Vec::new();
            for square in self.squares() {
                if let Some(npv) = square.each(|cell| cell.npv_usd[business].ok()) {
                    line.extend(crossings(npv).map(|ends| square.placed(ends)));
                }
            }
            line
        })
    }

    fn squares(&self) -> impl Iterator<Item = Square<'_>> {
        let (columns, rows) = (self.columns.len(), self.rows.len());
        (1..rows).flat_map(move |row| {
            (1..columns).filter_map(move |column| {
                let cell = |right: usize, up: usize| self.cell(column - 1 + right, row - 1 + up);
                let corners = [cell(0, 0)?, cell(1, 0)?, cell(1, 1)?, cell(0, 1)?];
                let origin = [column as f64 - 0.5, row as f64 - 0.5];
                Some(Square { corners, origin, size: [columns as f64, rows as f64] })
            })
        })
    }
}

/// The centres of four cells that meet, counter-clockwise from the lower left.
struct Square<'a> {
    corners: [&'a Cell; 4],
    /// The first of them, in cells.
    origin: [f64; 2],
    /// Columns and rows of the map.
    size: [f64; 2],
}

impl Square<'_> {
    /// A figure at every corner, if all have it.
    fn each(&self, read: impl Fn(&Cell) -> Option<f64>) -> Option<[f64; 4]> {
        let [a, b, c, d] = self.corners;
        Some([read(a)?, read(b)?, read(c)?, read(d)?])
    }

    fn placed(&self, ends: [[f64; 2]; 2]) -> Segment {
        let [from, to] = ends.map(|end| [0, 1].map(|axis| (self.origin[axis] + end[axis]) / self.size[axis]));
        Segment { from, to }
    }
}

/// A figure inside a square of which the corners are known.
fn between([a, b, c, d]: [f64; 4], [x, y]: [f64; 2]) -> f64 {
    (a * (1.0 - x) + b * x) * (1.0 - y) + (d * (1.0 - x) + c * x) * y
}

/// The straight parts of the line inside a square on which a figure is zero, linear along its edges.
fn crossings(corners: [f64; 4]) -> impl Iterator<Item = [[f64; 2]; 2]> {
    const AT: [[f64; 2]; 4] = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]];
    let mut points: Vec<[f64; 2]> = Vec::with_capacity(4);
    for edge in 0..4 {
        let (start, end) = (edge, (edge + 1) % 4);
        let (low, high) = (corners[start], corners[end]);
        if (low >= 0.0) != (high >= 0.0) {
            let share = low / (low - high);
            points.push([0, 1].map(|axis| AT[start][axis] + (AT[end][axis] - AT[start][axis]) * share));
        }
    }
    // Two opposite corners above zero: the middle says whether they are connected. Edges in their order cut off the second
    // and the last corner.
    if points.len() == 4 && (corners[0] >= 0.0) != (between(corners, [0.5, 0.5]) >= 0.0) {
        points.rotate_left(1);
    }
    let parts = points.len() / 2;
    (0..parts).map(move |part| [points[2 * part], points[2 * part + 1]])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_cuts_edges_where_the_figure_is_zero() {
        // From lower left around; on the upper edge −1 rises to 3, and is 0 after a quarter.
        let line: Vec<_> = crossings([-1.0, 1.0, 3.0, -1.0]).collect();
        assert_eq!(line, [[[0.5, 0.0], [0.25, 1.0]]]);
        assert_eq!(crossings([1.0, 2.0, 3.0, 4.0]).count(), 0);
    }

    #[test]
    fn a_saddle_is_cut_around_the_corners_of_the_sign_that_its_middle_has_not() {
        // Lower left and upper right above zero, and the middle too: both other corners are cut off.
        let around = |corners: [f64; 4]| crossings(corners).collect::<Vec<_>>();
        let line = around([3.0, -1.0, 3.0, -1.0]);
        assert_eq!(line, [[[0.75, 0.0], [1.0, 0.25]], [[0.25, 1.0], [0.0, 0.75]]]);
        let line = around([1.0, -3.0, 1.0, -3.0]);
        assert_eq!(line.len(), 2);
        for [from, to] in line {
            // Each part cuts off lower left or upper right.
            assert!(
                from[0] + from[1] < 1.0 && to[0] + to[1] < 1.0
                    || from[0] + from[1] > 1.0 && to[0] + to[1] > 1.0
            );
        }
    }
}
