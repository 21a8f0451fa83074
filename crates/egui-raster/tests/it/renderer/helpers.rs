//! Meshes, textures and random numbers for the tests.

use egui::epaint::{ClippedPrimitive, ImageDelta, Mesh, Primitive, Vertex};
use egui::{Color32, ColorImage, Pos2, Rect, TextureId, TextureOptions, TexturesDelta};
use egui_raster::Renderer;

/// Red light that adds up: a pixel drawn `n` times has `n * LIGHT` red.
pub const LIGHT: u8 = 40;

/// Numbers from a fixed sequence.
pub struct Numbers(pub u64);

impl Numbers {
    /// A number from 0 up to and without `end`.
    pub fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(end)) as u32
    }

    /// A number from 0 to 1.
    pub fn unit(&mut self) -> f32 {
        self.below(1 << 24) as f32 / (1 << 24) as f32
    }
}

/// Gives the renderer a whole texture or, with a position, a patch of one.
pub fn set(
    renderer: &mut Renderer,
    id: TextureId,
    at: Option<[usize; 2]>,
    image: ColorImage,
    options: TextureOptions,
) {
    let mut delta = TexturesDelta::default();
    delta.push(id, ImageDelta { image: image.into(), options, pos: at });
    renderer.update_textures(&delta);
    delta.clear();
}

/// A renderer whose default texture is white.
pub fn white_renderer() -> Renderer {
    let mut renderer = Renderer::new();
    let white = ColorImage::filled([2, 2], Color32::WHITE);
    set(&mut renderer, TextureId::default(), None, white, TextureOptions::LINEAR);
    renderer
}

/// Triangles of [`LIGHT`].
pub fn light(triangles: impl IntoIterator<Item = [Pos2; 3]>) -> Mesh {
    let color = Color32::from_rgba_premultiplied(LIGHT, 0, 0, 0);
    let mut mesh = Mesh::default();
    for corners in triangles {
        let first = mesh.vertices.len() as u32;
        mesh.vertices.extend(corners.map(|pos| Vertex::untextured(pos, color)));
        mesh.add_triangle(first, first + 1, first + 2);
    }
    mesh
}

/// A mesh with a clip rectangle.
pub fn clipped(mesh: Mesh, clip_rect: Rect) -> Vec<ClippedPrimitive> {
    vec![ClippedPrimitive { clip_rect, primitive: Primitive::Mesh(mesh) }]
}

/// A mesh without a clip rectangle.
pub fn everywhere(mesh: Mesh) -> Vec<ClippedPrimitive> {
    clipped(mesh, Rect::EVERYTHING)
}
