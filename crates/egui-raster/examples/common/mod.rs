//! A UI with everything egui draws: text, frames, lines, areas, pictures, shadows.

pub mod png_file;

use egui::epaint::{EllipseShape, Mesh, TextShape};
use egui::{
    Align2, Color32, ColorImage, FontId, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, TextureHandle,
    TextureOptions, Ui, pos2, vec2,
};

/// Keeps the pictures the UI shows.
#[derive(Default)]
pub struct Scene {
    pictures: Vec<TextureHandle>,
}

impl Scene {
    /// Paints the UI. It needs 760×480 points and does not react to input.
    pub fn show(&mut self, ui: &mut Ui) {
        if self.pictures.is_empty() {
            let filters = [TextureOptions::LINEAR, TextureOptions::NEAREST, TextureOptions::LINEAR_REPEAT];
            self.pictures = filters
                .map(|options| ui.ctx().load_texture("picture", picture(), options))
                .into_iter()
                .collect();
        }
        let painter = ui.painter().clone();
        texts(&painter, pos2(10.0, 8.0));
        frames(&painter, pos2(10.0, 170.0));
        chart(&painter, Rect::from_min_size(pos2(380.3, 10.0), vec2(370.0, 220.0)));
        self.images(&painter, pos2(380.0, 240.0));
        areas(&painter, pos2(10.0, 330.0));
        widgets(ui, Rect::from_min_size(pos2(570.0, 240.0), vec2(185.0, 230.0)));
    }

    /// Pictures at their size, enlarged, reduced, repeated and turned.
    fn images(&self, painter: &Painter, at: Pos2) {
        let whole = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
        let [linear, nearest, repeat] = [0, 1, 2].map(|i| self.pictures[i].id());
        let place = |x: f32, y: f32, side: f32| Rect::from_min_size(at + vec2(x, y), vec2(side, side));
        painter.image(linear, place(0.0, 0.0, 32.0), whole, Color32::WHITE);
        painter.image(linear, place(36.0, 0.0, 83.3), whole, Color32::WHITE);
        painter.image(linear, place(125.55, 0.3, 15.0), whole, Color32::WHITE);
        painter.image(nearest, place(0.12, 90.12, 83.3), whole, Color32::WHITE);
        painter.image(
            linear,
            place(125.1, 30.1, 50.0),
            whole,
            Color32::from_rgba_unmultiplied(255, 200, 200, 120),
        );
        let tiles = Rect::from_min_max(pos2(-0.5, -0.5), pos2(2.5, 2.5));
        painter.image(repeat, place(90.1, 90.1, 84.0), tiles, Color32::WHITE);
        let mut turned = Mesh::with_texture(linear);
        turned.add_rect_with_uv(place(20.0, 180.0, 40.0), whole, Color32::WHITE);
        turned.rotate(egui::emath::Rot2::from_angle(0.5), at + vec2(40.0, 200.0));
        painter.add(Shape::mesh(turned));
    }
}

/// A picture of 32×32 pixels with smooth and hard parts and a transparent corner.
fn picture() -> ColorImage {
    let pixel = |i: u8, j: u8| {
        let checked = if (i / 4 + j / 4).is_multiple_of(2) { 255 } else { 40 };
        Color32::from_rgba_unmultiplied(i * 8, checked, j * 8, if i + j > 40 { 100 } else { 255 })
    };
    ColorImage::new([32, 32], (0..32).flat_map(|j| (0..32).map(move |i| pixel(i, j))).collect())
}

fn texts(painter: &Painter, at: Pos2) {
    let mut y = at.y;
    for size in [8.0, 10.0, 12.5, 14.0, 18.0, 27.0] {
        let text = format!("{size} points: What should this megawatt do? 1 234.56 €/MWh");
        let rect =
            painter.text(pos2(at.x, y), Align2::LEFT_TOP, text, FontId::proportional(size), Color32::WHITE);
        y = rect.bottom();
    }
    let mono = FontId::monospace(11.0);
    painter.text(pos2(at.x, y), Align2::LEFT_TOP, "fn main() { /* 0123 */ }", mono, Color32::LIGHT_GREEN);
    let faint = Color32::from_rgba_unmultiplied(255, 120, 80, 110);
    let galley =
        painter.layout_no_wrap("turned and translucent".to_owned(), FontId::proportional(16.0), faint);
    painter.add(TextShape::new(pos2(at.x + 210.0, y + 18.0), galley, faint).with_angle(-0.12));
}

fn frames(painter: &Painter, at: Pos2) {
    for i in 0..6_u8 {
        let x = at.x + f32::from(i) * 60.0;
        let rect = Rect::from_min_size(pos2(x, at.y), vec2(52.0, 40.0));
        let stroke = Stroke::new(0.5 * f32::from(i), Color32::from_rgb(120, 180, 255));
        painter.rect(rect, 3.0 * f32::from(i), Color32::from_gray(50 + 10 * i), stroke, StrokeKind::Middle);
        let rect = rect.translate(vec2(0.3 * f32::from(i), 50.4));
        painter.rect_filled(rect, 2.0 * f32::from(i), Color32::from_rgba_unmultiplied(200, 60, 90, 40 * i));
        let shadow =
            egui::Shadow { offset: [3, 5], blur: 12, spread: 1, color: Color32::from_black_alpha(180) };
        let rect = rect.translate(vec2(0.0, 54.0)).shrink(6.0);
        painter.add(shadow.as_shape(rect, 4));
        painter.rect_filled(rect, 4.0, Color32::from_rgb(30 + 30 * i, 90, 110));
    }
}

fn chart(painter: &Painter, rect: Rect) {
    painter.rect(rect, 4.0, Color32::from_gray(12), Stroke::new(1.0, Color32::DARK_GRAY), StrokeKind::Inside);
    for i in 0..=10 {
        let x = rect.left() + rect.width() * i as f32 / 10.0;
        let y = rect.top() + rect.height() * i as f32 / 10.0;
        let grid = Stroke::new(1.0, Color32::from_white_alpha(20));
        painter.line_segment([pos2(x, rect.top()), pos2(x, rect.bottom())], grid);
        painter.line_segment([pos2(rect.left(), y), pos2(rect.right(), y)], grid);
    }
    let colors = [Color32::LIGHT_BLUE, Color32::GOLD, Color32::LIGHT_RED, Color32::LIGHT_GREEN];
    for (series, color) in colors.into_iter().enumerate() {
        let point = |i: usize| {
            let t = i as f32 / 90.0;
            let wave = (series as f32 + 9.0 * t).sin() * (0.95 - 0.6 * t);
            pos2(rect.left() + t * rect.width(), rect.center().y - wave * rect.height() * 0.5)
        };
        let points: Vec<Pos2> = (0..=90).map(point).collect();
        painter
            .extend(points.iter().step_by(6).map(|&p| Shape::circle_filled(p, 0.8 + series as f32, color)));
        painter.add(Shape::line(points, Stroke::new(0.6 + 0.5 * series as f32, color)));
    }
    // Lines that reach far out of the chart.
    let clipped = painter.with_clip_rect(rect.shrink2(vec2(40.4, 30.6)));
    clipped.line_segment([rect.center(), rect.center() + vec2(9e6, -4e6)], Stroke::new(2.0, Color32::WHITE));
    clipped.line_segment(
        [rect.center(), rect.center() + vec2(-40_000.0, -9_000.0)],
        Stroke::new(1.5, Color32::RED),
    );
}

fn areas(painter: &Painter, at: Pos2) {
    let color = |alpha| Color32::from_rgba_unmultiplied(80, 200, 120, alpha);
    let hill =
        |i: u8| pos2(at.x + f32::from(i) * 9.0, at.y + 90.0 - 60.0 * (f32::from(i) * 0.31).sin().abs());
    for (shift, alpha) in [(0.0, 60), (12.5, 90), (25.25, 120)] {
        let mut mesh = Mesh::default();
        for i in 0..=20 {
            let top = hill(i) + vec2(shift, shift);
            mesh.colored_vertex(top, color(alpha));
            mesh.colored_vertex(pos2(top.x, at.y + 130.0), color(alpha / 4));
        }
        for i in 0..20 {
            mesh.add_triangle(2 * i, 2 * i + 1, 2 * i + 2);
            mesh.add_triangle(2 * i + 2, 2 * i + 1, 2 * i + 3);
        }
        painter.add(Shape::mesh(mesh));
    }
    for i in 0..8_u8 {
        let center = pos2(at.x + 235.0 + f32::from(i % 4) * 32.0, at.y + 30.0 + f32::from(i / 4) * 62.3);
        painter.circle(center, 2.0 + 2.3 * f32::from(i), color(200), Stroke::new(1.0, Color32::WHITE));
    }
    let ellipse = EllipseShape::filled(
        pos2(at.x + 290.0, at.y + 120.0),
        vec2(60.0, 18.0),
        Color32::from_rgb_additive(70, 0, 90),
    );
    painter.add(ellipse);
}

/// Ordinary widgets, none of which reacts.
fn widgets(ui: &mut Ui, rect: Rect) {
    ui.scope_builder(egui::UiBuilder::new().max_rect(rect).disabled(), |ui| {
        ui.heading("Widgets");
        ui.label("A paragraph that is long enough to be wrapped into several lines.");
        let _ = ui.button("Button");
        ui.add(egui::Slider::new(&mut 40.0_f64, 0.0..=100.0).text("MW"));
        ui.checkbox(&mut true, "Checkbox");
        ui.add(egui::ProgressBar::new(0.6).show_percentage());
        ui.separator();
        ui.collapsing("Collapsed", |_| {});
        ui.text_edit_singleline(&mut "text".to_owned());
    });
}
