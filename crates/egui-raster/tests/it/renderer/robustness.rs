//! Invalid input causes no panic and no endless loop.

use super::helpers::{Numbers, clipped, everywhere, light, white_renderer};
use egui::epaint::{Mesh, Vertex};
use egui::{Color32, Pos2, Rect, pos2};
use egui_raster::{Renderer, Report};

const ODD: [f32; 16] = [
    0.0,
    -0.0,
    1.0,
    7.5,
    -3.25,
    1e-30,
    f32::MIN_POSITIVE,
    1e6,
    -1_048_576.0,
    1_048_577.0,
    1e9,
    -1e20,
    f32::MAX,
    f32::MIN,
    f32::INFINITY,
    f32::NAN,
];

#[test]
fn odd_vertices_neither_panic_nor_hang() {
    let mut numbers = Numbers(9);
    let mut odd = || ODD[numbers.below(16) as usize];
    let near = |v: f32| if v.abs() > 9.0 { 9_f32.copysign(v) } else { v };
    let mut mesh = Mesh::default();
    for i in 0..20_000_u32 {
        let pos = if i % 5 == 0 { pos2(odd(), odd()) } else { pos2(near(odd()), odd()) };
        let uv = if i % 3 == 0 { Pos2::ZERO } else { pos2(odd(), odd()) };
        let color = Color32::from_rgba_premultiplied(i as u8, (i / 7) as u8, 30, (i / 3) as u8);
        mesh.vertices.push(Vertex { pos, uv, color });
        mesh.indices.push(i);
    }
    let mut renderer = white_renderer();
    let mut clips = ODD.iter().flat_map(|&a| ODD.map(|b| Rect::from_min_max(pos2(a, b), pos2(b, a))));
    for scale in ODD {
        renderer.render(&everywhere(mesh.clone()), [31, 17], scale, Color32::BLACK);
        let clip = clips.by_ref().nth(7).unwrap_or(Rect::NOTHING);
        renderer.render(&clipped(mesh.clone(), clip), [31, 17], scale, Color32::BLACK);
    }
    let report = renderer.take_report();
    assert!(report.broken_triangles > 0 && report.unknown_textures == 0);
}

#[test]
fn rectangles_of_odd_size_neither_panic_nor_hang() {
    let mut mesh = Mesh::default();
    for a in ODD {
        for b in ODD {
            let rect = Rect { min: pos2(a, b), max: pos2(b, a) };
            mesh.add_colored_rect(rect, Color32::from_rgba_premultiplied(1, 2, 3, 4));
            mesh.add_rect_with_uv(rect, Rect { min: pos2(b, 0.0), max: pos2(1.0, a) }, Color32::GOLD);
        }
    }
    white_renderer().render(&everywhere(mesh), [31, 17], 1.0, Color32::BLACK);
}

#[test]
fn a_rectangle_without_end_fills_the_picture() {
    let rect = Rect { min: pos2(-1e7, -1e7), max: pos2(1e7, 1e7) };
    let mut mesh = Mesh::default();
    mesh.add_colored_rect(rect, Color32::GOLD);
    let image = white_renderer().render(&everywhere(mesh), [31, 17], 2.0, Color32::BLACK);
    assert!(image.pixels.iter().all(|&pixel| pixel == Color32::GOLD));
}

#[test]
fn broken_triangles_are_left_out_and_counted() {
    let good = [pos2(-9.0, -9.0), pos2(99.0, -9.0), pos2(-9.0, 99.0)];
    let mut mesh = light([good, [good[0], good[1], pos2(f32::NAN, 0.0)]]);
    mesh.indices.extend([0, 1, 1000]); // no such vertex
    mesh.indices.extend([0, 1]); // not a triangle at all
    let mut renderer = white_renderer();
    let image = renderer.render(&everywhere(mesh), [4, 4], 1.0, Color32::BLACK);
    assert!(image.pixels.iter().all(|pixel| pixel.r() == super::helpers::LIGHT));
    assert_eq!(renderer.take_report(), Report { broken_triangles: 2, ..Report::default() });
}

#[test]
fn pictures_without_pixels_are_fine() {
    for size in [[0, 0], [0, 5], [5, 0]] {
        let primitives = everywhere(light([[pos2(0.0, 0.0), pos2(9.0, 0.0), pos2(0.0, 9.0)]]));
        let image = white_renderer().render(&primitives, size, 1.0, Color32::BLACK);
        assert_eq!((image.size, image.pixels.len()), (size.map(|side| side as usize), 0));
    }
    let empty = Renderer::default().render(&[], [2, 1], 1.0, Color32::GOLD);
    assert_eq!(empty.pixels, [Color32::GOLD; 2]);
}
