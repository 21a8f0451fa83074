//! The line of a scenario: in charts, and as a sample beside its name.

use egui::{Color32, Rect, Shape, Ui};

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
    let ends = [place.left_center(), place.right_center()];
    let stroke = egui::Stroke::new(width, colour);
    match style {
        Stroke::Solid => drop(ui.painter().line_segment(ends, stroke)),
        Stroke::Dashed => {
            ui.painter().extend(Shape::dashed_line(&ends, stroke, 5.0, 3.0));
        }
        Stroke::LongDashed => {
            ui.painter().extend(Shape::dashed_line(&ends, stroke, 9.0, 4.0));
        }
        Stroke::Dotted => {
            ui.painter().extend(Shape::dotted_line(&ends, colour, 4.0, width / 2.0));
        }
    }
}
