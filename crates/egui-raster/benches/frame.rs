//! Time to draw a full dashboard frame: 1600×1000 points at one and at two pixels per point.

use criterion::{Criterion, criterion_group, criterion_main};
use egui::epaint::Primitive;
use egui::{Align2, ClippedPrimitive, Color32, FontId, Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};
use egui_raster::Renderer;
use std::hint::black_box;

/// Panels, tables of numbers, rounded cards, translucent areas and charts of thin lines.
fn dashboard(ui: &mut Ui) {
    let painter = ui.painter().clone();
    painter.rect_filled(ui.max_rect(), 0.0, Color32::from_gray(27));
    for card in 0..12 {
        let corner = pos2(10.0 + (card % 4) as f32 * 397.0, 10.0 + (card / 4) as f32 * 330.0);
        let rect = Rect::from_min_size(corner, vec2(387.0, 320.0));
        painter.rect(
            rect,
            8.0,
            Color32::from_gray(36),
            Stroke::new(1.0, Color32::GRAY),
            egui::StrokeKind::Inside,
        );
        if card % 2 == 0 { table(&painter, rect) } else { chart(&painter, rect) }
    }
    painter.rect_filled(Rect::from_min_size(pos2(300.0, 200.0), vec2(900.0, 500.0)), 6.0, shade(90));
}

fn shade(alpha: u8) -> Color32 {
    Color32::from_rgba_unmultiplied(90, 120, 200, alpha)
}

fn table(painter: &egui::Painter, rect: Rect) {
    for row in 0..20 {
        let y = rect.top() + 8.0 + row as f32 * 15.0;
        if row % 2 == 1 {
            painter.rect_filled(
                Rect::from_min_size(pos2(rect.left() + 4.0, y), vec2(379.0, 15.0)),
                2.0,
                shade(20),
            );
        }
        for column in 0..5 {
            let text = format!("{:>9.2} USD/MWh", f64::from(row * 37 + column * 911) * 1.37);
            let at = pos2(rect.left() + 8.0 + column as f32 * 75.0, y);
            painter.text(at, Align2::LEFT_TOP, text, FontId::proportional(9.0), Color32::LIGHT_GRAY);
        }
    }
}

fn chart(painter: &egui::Painter, rect: Rect) {
    for series in 0..8_u8 {
        let line = |i: u32| {
            let t = i as f32 / 200.0;
            let wave = (f32::from(series) + t * 12.0).sin() * (1.0 - t);
            pos2(rect.left() + 5.0 + t * 377.0, rect.center().y + wave * 110.0)
        };
        let points: Vec<Pos2> = (0..=200).map(line).collect();
        painter.add(Shape::line(points.clone(), Stroke::new(1.5, shade(255 - 20 * series))));
        for point in points.iter().step_by(10) {
            painter.circle_filled(*point, 2.5, shade(255));
        }
    }
    for i in 0..10 {
        let x = rect.left() + 20.0 + i as f32 * 36.0;
        painter.vline(x, rect.y_range(), Stroke::new(1.0, shade(60)));
    }
}

/// The frame at a scale, with a renderer that has its textures, and its number of triangles.
fn frame(pixels_per_point: f32) -> (Renderer, Vec<ClippedPrimitive>, usize) {
    let (ctx, mut renderer) = (egui::Context::default(), Renderer::new());
    let mut primitives = Vec::new();
    for _ in 0..2 {
        let screen_rect = Some(Rect::from_min_size(Pos2::ZERO, vec2(1600.0, 1000.0)));
        let mut input = egui::RawInput { screen_rect, ..egui::RawInput::default() };
        input.viewports.values_mut().for_each(|v| v.native_pixels_per_point = Some(pixels_per_point));
        let mut output = ctx.run_ui(input, dashboard);
        renderer.update_textures(&output.textures_delta);
        output.textures_delta.clear();
        primitives = ctx.tessellate(output.shapes, pixels_per_point);
    }
    let triangles = primitives.iter().map(|p| match &p.primitive {
        Primitive::Mesh(mesh) => mesh.indices.len() / 3,
        Primitive::Callback(_) => 0,
    });
    let triangles = triangles.sum();
    (renderer, primitives, triangles)
}

fn bench(criterion: &mut Criterion) {
    for (scale, size) in [(1.0, [1600, 1000]), (2.0, [3200, 2000])] {
        let (mut renderer, primitives, triangles) = frame(scale);
        criterion.bench_function(&format!("{}x{}, {triangles} triangles", size[0], size[1]), |bencher| {
            bencher.iter(|| renderer.render(black_box(&primitives), size, scale, Color32::BLACK));
        });
    }
}

criterion_group!(benches, bench);
criterion_main!(benches);
