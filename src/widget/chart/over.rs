//! What is painted above the plot: names of vertical lines, the cursor and labels.

use egui::{Painter, Rect, Ui, Vec2, pos2};

use super::obstacles::Obstacles;
use super::reach::Reach;
use super::{Chart, Drawn, VerticalLine, label};
use crate::theme::{self, MARKER, MARKER_RADIUS, Text, Theme};

/// How bad it is for a label to cover the edge of a band, or a thin straight line; a curve counts 1.
const BAND_EDGE: f32 = 0.4;
const DOTTED: f32 = 0.5;

impl Chart<'_> {
    /// Paints cursor and labels above the plot.
    pub(super) fn paint_over(&self, ui: &Ui, theme: &Theme, drawn: &Drawn) {
        let palette = &theme.palette;
        let painter = ui.painter_at(drawn.area().expand(1.0));
        let area = drawn.area();
        let taken = self.paint_names(&painter, theme, drawn);
        let reach = Reach::of_lines(self.range);
        if let Some(month) = self.cursor {
            let x = drawn.position(month, 0.0).x;
            painter.vline(x, area.y_range(), egui::Stroke::new(1.0, palette.text_strong));
            for curve in self.curves.iter().filter(|curve| curve.is_read) {
                if let Some(value) = curve.values.get(month as usize) {
                    painter.circle(
                        drawn.position(month, reach.value(*value)),
                        theme::MARKER_RADIUS * 0.6,
                        curve.colour,
                        egui::Stroke::new(1.5, palette.app),
                    );
                }
            }
        }
        label::paint_all(&painter, theme, &self.labels, drawn, (&self.obstacles(drawn), taken));
    }

    /// Paints the names of vertical lines, off the other ones; returns their places.
    fn paint_names(&self, painter: &Painter, theme: &Theme, drawn: &Drawn) -> Vec<Rect> {
        let (palette, area) = (&theme.palette, drawn.area());
        let x_of = |vertical: &VerticalLine| drawn.position(vertical.month, 0.0).x;
        let mut taken: Vec<Rect> = Vec::new();
        for vertical in self.verticals.iter().filter(|vertical| !vertical.name.is_empty()) {
            let x = x_of(vertical);
            let galley =
                painter.layout_no_wrap(vertical.name.clone(), Text::Caption.font(), palette.text_muted);
            let place = |left: f32| Rect::from_min_size(pos2(left, area.top() + 4.0), galley.size());
            let sides = [x + 5.0, x - 5.0 - galley.size().x].map(place);
            // A name that would leave the chart or overlap another is left out; its line stays.
            let is_free = |rect: &Rect| {
                let is_inside = rect.left() >= area.left() && rect.right() < area.right();
                is_inside && taken.iter().all(|other| !other.expand(2.0).intersects(*rect))
            };
            let is_crossed = |rect: &Rect| {
                self.verticals.iter().map(x_of).any(|line| rect.x_range().expand(1.0).contains(line))
            };
            let free: Vec<Rect> = sides.into_iter().filter(is_free).collect();
            let clear = free.iter().find(|rect| !is_crossed(rect));
            let Some(rect) = clear.or(free.first()).copied() else { continue };
            // Where a line runs through on either side, it ends at the name.
            painter.rect_filled(rect, theme::RADIUS_FIELD, palette.app.gamma_multiply(theme::LABEL_BACKING));
            taken.push(rect);
            painter.galley(rect.min, galley, palette.text_muted);
        }
        taken
    }

    /// What labels should not cover.
    fn obstacles(&self, drawn: &Drawn) -> Obstacles {
        let (area, mut obstacles) = (drawn.area(), Obstacles::default());
        let reach = Reach::of_lines(self.range);
        let mut add = |values: &[f64], weight: f32| {
            let points = values.iter().enumerate();
            let points = points.map(|(month, value)| drawn.position(month as f64, reach.value(*value)));
            obstacles.add_line(points, weight);
        };
        self.curves.iter().for_each(|curve| add(&curve.values, 1.0));
        for band in self.bands.iter().filter(|band| band.edge.is_some()) {
            add(&band.low, BAND_EDGE);
            add(&band.high, BAND_EDGE);
        }
        for vertical in &self.verticals {
            let x = drawn.position(vertical.month, 0.0).x;
            obstacles.add_line([pos2(x, area.top()), pos2(x, area.bottom())], DOTTED);
        }
        let zero = drawn.position(0.0, 0.0).y;
        obstacles.add_line([pos2(area.left(), zero), pos2(area.right(), zero)], DOTTED);
        for marker in &self.markers {
            let at = drawn.position(marker.month, marker.value);
            obstacles.add_mark(Rect::from_center_size(at, Vec2::splat(2.0 * MARKER_RADIUS + MARKER)));
        }
        obstacles
    }
}
