//! Charts of every size and range: readable axes, and no shape at a position that is not finite.

use egui::epaint::ClippedShape;
use egui::{Context, RawInput, Shape, Vec2};

use super::*;
use crate::format;
use crate::theme::PaletteChoice;

/// A text on the screen.
struct Words {
    text: String,
    rect: Rect,
}

/// Collects texts of shapes, and of groups of shapes.
fn words(shape: &Shape, found: &mut Vec<Words>) {
    match shape {
        Shape::Text(text) => found.push(Words {
            text: text.galley.text().to_owned(),
            rect: Rect::from_min_size(text.pos, text.galley.size()),
        }),
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| words(shape, found)),
        _ => {}
    }
}

fn chart(months: f64, range: (f64, f64), tick: fn(f64) -> String) -> Chart<'static> {
    let values: Vec<f64> = (0..=months as usize).map(|month| range.1 * month as f64).collect();
    let band = Band { low: values.clone(), high: values.clone(), fill: Color32::TRANSPARENT, edge: None };
    let curve = Curve {
        name: "curve".to_owned(),
        values,
        colour: Color32::TRANSPARENT,
        width: 2.0,
        stroke: Stroke::Dashed,
        is_read: true,
    };
    Chart {
        id: "chart",
        summary: String::new(),
        height: 240.0,
        months,
        calendar: None,
        range,
        bands: vec![band],
        curves: vec![curve],
        markers: vec![Marker { business: Business::Mining, month: months / 2.0, value: 0.0 }],
        verticals: vec![VerticalLine { month: months, name: String::new() }],
        labels: Vec::new(),
        cursor: Some(months / 3.0),
        tick,
        axis_width: 44.0,
    }
}

/// Draws a chart over the whole of a window of this width.
fn draw(ctx: &Context, chart: &Chart<'_>, width: f32) -> Vec<ClippedShape> {
    let screen_rect = Some(Rect::from_min_size(Pos2::ZERO, Vec2::new(width, 300.0)));
    let theme = Theme::get(PaletteChoice::Standard, true);
    let draw = || {
        let input = RawInput { screen_rect, ..RawInput::default() };
        let mut output = ctx.run_ui(input, |ui| {
            chart.clone().show(ui, &theme);
        });
        // No renderer takes the textures.
        output.textures_delta.clear();
        output.shapes
    };
    // An axis measures its labels when it first draws them.
    draw();
    draw()
}

/// Fails if texts are unreadable or overlap, or if a position is not finite.
fn check(ctx: &Context, chart: &Chart<'_>, width: f32) {
    let (months, range) = (chart.months, chart.range);
    let shapes = draw(ctx, chart, width);
    let mut axes = Vec::new();
    for clipped in &shapes {
        words(&clipped.shape, &mut axes);
    }
    for (index, words) in axes.iter().enumerate() {
        let is_dusty = words.text.contains("0000000") || words.text.contains("999999");
        let is_number = !words.text.contains("NaN") && !words.text.contains("inf");
        assert!(!is_dusty && is_number, "{} over {months} months and {range:?}", words.text);
        for other in &axes[..index] {
            let meets = words.rect.shrink(0.5).intersects(other.rect.shrink(0.5));
            assert!(!meets, "{} and {} at {width}, {months} months, {range:?}", words.text, other.text);
        }
    }
    for primitive in ctx.tessellate(shapes, 1.0) {
        if let egui::epaint::Primitive::Mesh(mesh) = primitive.primitive {
            let is_placed = mesh.vertices.iter().all(|vertex| vertex.pos.is_finite());
            assert!(is_placed, "a corner is nowhere at {width}, {months} months, {range:?}");
        }
    }
}

fn context() -> Context {
    let ctx = Context::default();
    theme::install_fonts(&ctx, &theme::Fallback::default());
    theme::apply(&ctx, PaletteChoice::Standard);
    ctx
}

const WIDTHS: [f32; 8] = [1.0, 60.0, 130.0, 200.0, 290.0, 420.0, 900.0, 3000.0];

#[test]
fn axes_can_be_read_over_any_number_of_months() {
    let ctx = context();
    for months in [1.0, 2.0, 5.0, 7.0, 13.0, 24.0, 30.0, 61.0, 100.0, 120.0, 181.0, 240.0, 365.0, 600.0] {
        for width in WIDTHS {
            check(&ctx, &chart(months, (-1.2, 0.7), format::multiple_tick), width);
        }
    }
}

#[test]
fn axes_can_be_read_over_any_range() {
    let ctx = context();
    let sizes = [1e-300, 1e-12, 0.003, 0.3, 7.0, 1.7e3, 2.9e7, 4.4e12, 1e15, 6e120, 1e290, f64::MAX];
    for size in sizes {
        for (low, high) in [(-0.37, 0.63), (0.0, 1.0), (-1.0, 0.0), (-0.02, 1.16)] {
            for tick in [format::multiple_tick, format::axis_tick] {
                check(&ctx, &chart(120.0, (low * size, high * size), tick), 290.0);
            }
        }
    }
    // Invalid ranges are drawn as a default range.
    for range in [(0.0, 0.0), (1.0, -1.0), (f64::NAN, f64::NAN), (f64::NEG_INFINITY, f64::INFINITY)] {
        check(&ctx, &chart(120.0, range, format::axis_tick), 290.0);
    }
}
