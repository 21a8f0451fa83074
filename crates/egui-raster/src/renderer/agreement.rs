//! Tests that the shortcuts for rectangles draw exactly what the general triangles draw.

use crate::Renderer;
use egui::epaint::{ClippedPrimitive, ImageDelta, Mesh, Primitive};
use egui::{Color32, ColorImage, Pos2, Rect, TextureId, TextureOptions, TexturesDelta, pos2, vec2};

const SIZE: [u32; 2] = [160, 120];

/// Numbers from a fixed sequence.
struct Numbers(u64);

impl Numbers {
    /// The next number, from 0 up to and without `end`.
    fn below(&mut self, end: u16) -> u16 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 40) % u64::from(end)) as u16
    }

    fn color(&mut self) -> Color32 {
        let [r, g, b, a] = [(); 4].map(|()| self.below(256) as u8);
        if a < 60 { Color32::from_rgba_premultiplied(r, g, b, a) } else { Color32::from_rgb(r, g, b) }
    }
}

/// A renderer with a texture of random texels, the first of them white.
fn renderer(options: TextureOptions, numbers: &mut Numbers) -> Renderer {
    let mut image = ColorImage::filled([64, 32], Color32::WHITE);
    image.pixels.iter_mut().skip(1).for_each(|pixel| *pixel = numbers.color());
    let mut delta = TexturesDelta::default();
    delta.push(TextureId::default(), ImageDelta::full(image, options));
    let mut renderer = Renderer::new();
    renderer.update_textures(&delta);
    delta.clear();
    renderer
}

/// Draws with and without the shortcuts.
fn assert_agreement(renderer: &mut Renderer, primitives: &[ClippedPrimitive], scale: f32, what: &str) {
    renderer.shortcuts = true;
    let fast = renderer.render(primitives, SIZE, scale, Color32::from_rgb(30, 90, 60));
    renderer.shortcuts = false;
    let general = renderer.render(primitives, SIZE, scale, Color32::from_rgb(30, 90, 60));
    assert!(fast == general, "{what}");
    assert!(renderer.take_report().is_complete());
}

fn random_rectangle(mesh: &mut Mesh, numbers: &mut Numbers) {
    // Whole and fractional pixels, also beyond the picture; sizes of one texel per pixel or nearly so.
    let fraction = [0.0, 0.0, 0.5, 0.3][usize::from(numbers.below(4))];
    let at = pos2(f32::from(numbers.below(200)) - 20.0, f32::from(numbers.below(160)) - 20.0)
        + vec2(fraction, 1.0 - fraction);
    let size = vec2(f32::from(numbers.below(30)), f32::from(numbers.below(20)));
    let texel = vec2(f32::from(numbers.below(40)), f32::from(numbers.below(20)));
    let stretch = [1.0, 1.0, 0.5, 1.01][usize::from(numbers.below(4))];
    let uv = match numbers.below(3) {
        0 => Rect::from_min_max(Pos2::ZERO, Pos2::ZERO),
        _ => Rect::from_min_size((texel / vec2(64.0, 32.0)).to_pos2(), size * stretch / vec2(64.0, 32.0)),
    };
    mesh.add_rect_with_uv(Rect::from_min_size(at, size), uv, numbers.color());
    // Several colours, or a skewed texture: no shortcut.
    let last = mesh.vertices.len() - 1;
    match numbers.below(20) {
        0 => mesh.vertices[last].color = numbers.color(),
        1 => mesh.vertices[last - 1].uv.x += 1.0 / 64.0,
        2 => mesh.vertices[last - 2].uv.y += 1.0 / 32.0,
        _ => {}
    }
}

#[test]
fn random_rectangles_look_the_same() {
    let mut numbers = Numbers(1);
    for options in [TextureOptions::LINEAR, TextureOptions::NEAREST, TextureOptions::LINEAR_REPEAT] {
        let mut renderer = renderer(options, &mut numbers);
        for scale in [1.0, 1.25, 1.5, 2.0, 0.7] {
            let mut mesh = Mesh::default();
            for _ in 0..300 {
                random_rectangle(&mut mesh, &mut numbers);
            }
            let clip_rect = Rect::from_min_max(pos2(3.3, 2.0), pos2(100.0, 110.0));
            let primitives = [ClippedPrimitive { clip_rect, primitive: Primitive::Mesh(mesh) }];
            assert_agreement(&mut renderer, &primitives, scale, &format!("{options:?} at {scale}"));
        }
    }
}

#[test]
fn rectangles_cover_what_their_triangles_cover() {
    // Each corner at every quarter of a pixel, in every order of the corners.
    let mut renderer = renderer(TextureOptions::LINEAR, &mut Numbers(2));
    let quarters = || (0..=4).map(|i| 3.0 + i as f32 / 4.0);
    for x in quarters() {
        for y in quarters() {
            for (right, down) in [(7.5, 4.25), (-2.0, 3.0), (0.5, -1.5), (1.0, 1.0), (0.0, 2.0)] {
                let mut mesh = Mesh::default();
                let rect = Rect { min: pos2(x, y), max: pos2(x + right, y + down) };
                mesh.add_colored_rect(rect, Color32::from_rgba_premultiplied(50, 60, 70, 0));
                let primitives =
                    [ClippedPrimitive { clip_rect: Rect::EVERYTHING, primitive: Primitive::Mesh(mesh) }];
                assert_agreement(&mut renderer, &primitives, 1.0, &format!("{rect:?}"));
            }
        }
    }
}

#[test]
fn a_real_ui_looks_the_same() {
    for scale in [1.0, 1.25, 2.0] {
        let (ctx, mut renderer) = (egui::Context::default(), Renderer::new());
        let mut primitives = Vec::new();
        for _ in 0..3 {
            let screen_rect = Some(Rect::from_min_size(Pos2::ZERO, vec2(160.0, 120.0) / scale));
            let mut input = egui::RawInput { screen_rect, ..egui::RawInput::default() };
            input.viewports.values_mut().for_each(|v| v.native_pixels_per_point = Some(scale));
            let mut output = ctx.run_ui(input, |ui| {
                ui.heading("Agreement");
                for i in 0..3 {
                    ui.label(format!("{i} × 17 €"));
                }
                let _ = ui.button("Button");
                ui.add(egui::Slider::new(&mut 3.0_f32, 0.0..=9.0));
                ui.painter().circle_filled(pos2(60.0, 60.0), 3.3, Color32::GOLD);
            });
            renderer.update_textures(&output.textures_delta);
            output.textures_delta.clear();
            primitives = ctx.tessellate(output.shapes, scale);
        }
        assert_agreement(&mut renderer, &primitives, scale, &format!("at {scale}"));
    }
}
