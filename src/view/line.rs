//! The line of a scenario: in charts, and as a sample beside its name.

use egui::{Color32, Painter, Pos2, Rect, Shape, Ui};

use crate::store::LineStyle;
use crate::widget::Stroke;

/// The line style of a chart.
pub(super) const fn stroke(line: LineStyle) -> Stroke {
    match line {
        LineStyle::Solid => Stroke::Solid,
        LineStyle::Dashed => Stroke::Dashed,
        LineStyle::Dotted => Stroke::Dotted,
        LineStyle::LongDashed => Stroke::LongDashed,
    }
}

/// Paints a sample through the middle of a place.
pub(super) fn sample(ui: &Ui, place: Rect, style: Stroke, width: f32, colour: Color32) {
    along(ui.painter(), &[place.left_center(), place.right_center()], style, width, colour);
}

/// Paints a line through points.
pub(super) fn along(painter: &Painter, points: &[Pos2], style: Stroke, width: f32, colour: Color32) {
    let stroke = egui::Stroke::new(width, colour);
    match style {
        Stroke::Solid => drop(painter.line(points.to_vec(), stroke)),
        Stroke::Dashed => painter.extend(Shape::dashed_line(points, stroke, 5.0, 3.0)),
        Stroke::LongDashed => painter.extend(Shape::dashed_line(points, stroke, 9.0, 4.0)),
        Stroke::Dotted => painter.extend(Shape::dotted_line(points, colour, 4.0, width / 2.0)),
    }
}
