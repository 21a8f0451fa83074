//! Icons as thin line paths, and the button that carries one.

use egui::{Color32, Pos2, Rect, Response, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, vec2};

use crate::theme::{CONTROL, RADIUS_CONTROL, Theme};

/// An icon, drawn in a square of 16 points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// A magnifier.
    Search,
    /// Rows and columns.
    Table,
    /// Two sheets.
    Copy,
    /// An arrow into a tray.
    Save,
    /// The sun: the dark theme is on.
    Sun,
    /// The moon: the light theme is on.
    Moon,
    /// Points right: closed.
    Closed,
    /// Points down: open.
    Open,
    /// A cross.
    Cross,
    /// Turns back.
    Undo,
    /// Turns forward.
    Redo,
}

impl Icon {
    /// Paints the icon in the middle of a rectangle.
    pub fn paint(self, painter: &egui::Painter, rect: Rect, colour: Color32) {
        let origin = rect.center() - Vec2::splat(8.0);
        let at = |x: f32, y: f32| origin + vec2(x, y);
        let stroke = Stroke::new(1.5, colour);
        let line = |points: &[(f32, f32)]| {
            Shape::line(points.iter().map(|&(x, y)| at(x, y)).collect::<Vec<Pos2>>(), stroke)
        };
        let circle = |x: f32, y: f32, radius: f32| Shape::circle_stroke(at(x, y), radius, stroke);
        let shapes = match self {
            Self::Search => vec![circle(7.0, 7.0, 4.5), line(&[(10.5, 10.5), (14.0, 14.0)])],
            Self::Table => vec![
                line(&[(2.0, 3.0), (14.0, 3.0), (14.0, 13.0), (2.0, 13.0), (2.0, 3.0)]),
                line(&[(2.0, 6.5), (14.0, 6.5)]),
                line(&[(6.5, 3.0), (6.5, 13.0)]),
            ],
            Self::Copy => vec![
                line(&[(5.5, 5.5), (13.5, 5.5), (13.5, 13.5), (5.5, 13.5), (5.5, 5.5)]),
                line(&[(3.5, 10.5), (2.5, 10.5), (2.5, 2.5), (10.5, 2.5), (10.5, 3.5)]),
            ],
            Self::Save => vec![
                line(&[(8.0, 2.0), (8.0, 10.0)]),
                line(&[(4.5, 6.8), (8.0, 10.2), (11.5, 6.8)]),
                line(&[(2.0, 11.0), (2.0, 13.5), (14.0, 13.5), (14.0, 11.0)]),
            ],
            Self::Sun => {
                let rays = (0..8).map(|i| {
                    let (sin, cos) = (i as f32 * std::f32::consts::FRAC_PI_4).sin_cos();
                    line(&[(8.0 + 5.2 * cos, 8.0 + 5.2 * sin), (8.0 + 7.0 * cos, 8.0 + 7.0 * sin)])
                });
                std::iter::once(circle(8.0, 8.0, 3.0)).chain(rays).collect()
            }
            Self::Moon => {
                // The outline of a disc from which another disc is cut.
                let arc = |x: f32, y: f32, radius: f32, from: f32, to: f32| {
                    (0..=16).map(move |i| {
                        let (sin, cos) = (from + (to - from) * i as f32 / 16.0).to_radians().sin_cos();
                        (x + radius * cos, y + radius * sin)
                    })
                };
                let outline: Vec<(f32, f32)> =
                    arc(7.5, 8.5, 5.5, 20.0, 285.0).chain(arc(11.0, 5.0, 4.6, 207.0, 63.0)).collect();
                vec![line(&outline)]
            }
            Self::Closed => vec![line(&[(6.0, 4.0), (10.0, 8.0), (6.0, 12.0)])],
            Self::Open => vec![line(&[(4.0, 6.0), (8.0, 10.0), (12.0, 6.0)])],
            Self::Cross => vec![line(&[(4.0, 4.0), (12.0, 12.0)]), line(&[(12.0, 4.0), (4.0, 12.0)])],
            Self::Undo => vec![
                line(&[(5.5, 3.0), (2.5, 6.0), (5.5, 9.0)]),
                line(&[
                    (2.5, 6.0),
                    (9.5, 6.0),
                    (12.5, 7.2),
                    (13.5, 9.5),
                    (12.5, 11.8),
                    (9.5, 13.0),
                    (7.0, 13.0),
                ]),
            ],
            Self::Redo => vec![
                line(&[(10.5, 3.0), (13.5, 6.0), (10.5, 9.0)]),
                line(&[
                    (13.5, 6.0),
                    (6.5, 6.0),
                    (3.5, 7.2),
                    (2.5, 9.5),
                    (3.5, 11.8),
                    (6.5, 13.0),
                    (9.0, 13.0),
                ]),
            ],
        };
        painter.extend(shapes);
    }
}

/// A square button with an icon; `name` is its accessible name.
pub fn icon_button(ui: &mut Ui, theme: &Theme, icon: Icon, name: &str, hover: &str, is_on: bool) -> Response {
    let palette = &theme.palette;
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(CONTROL), Sense::click());
    let is_enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(Role::Button, is_enabled, is_on, name));
    if ui.is_rect_visible(rect) {
        if is_on || response.hovered() || response.has_focus() {
            ui.painter().rect_filled(rect, RADIUS_CONTROL, if is_on { palette.hover } else { palette.field });
        }
        if response.has_focus() {
            let ring = Stroke::new(2.0, palette.text);
            ui.painter().rect_stroke(rect, RADIUS_CONTROL, ring, egui::StrokeKind::Inside);
        }
        let colour = if is_enabled { palette.text_secondary } else { palette.slider_track };
        icon.paint(ui.painter(), rect, colour);
    }
    response.on_hover_text(hover)
}
