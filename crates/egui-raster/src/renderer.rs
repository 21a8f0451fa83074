//! The renderer: textures in, pictures out.

#[cfg(test)]
mod agreement;

use crate::coverage::Point;
use crate::mesh::MeshPainter;
use crate::pixel_rect::PixelRect;
use crate::texture::Texture;
use egui::epaint::Primitive;
use egui::{ClippedPrimitive, Color32, ColorImage, TextureId, TexturesDelta};
use std::collections::{HashMap, TryReserveError};

/// Counts of what could not be drawn or applied; all zero for a complete picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[must_use = "an incomplete picture looks like a complete one"]
pub struct Report {
    /// Meshes left out because no update ever brought their texture (or it was freed).
    pub unknown_textures: usize,
    /// [`egui::PaintCallback`]s left out: they draw with OpenGL or wgpu.
    pub paint_callbacks: usize,
    /// Triangles left out because a position is infinite or not a number, or an index has no vertex.
    pub broken_triangles: usize,
    /// Texture updates left out: patches of unknown textures or beyond their edge, pictures without pixels.
    pub rejected_updates: usize,
}

impl Report {
    /// Whether nothing was left out.
    pub fn is_complete(&self) -> bool {
        *self == Self::default()
    }
}

/// Draws tessellated egui frames into pictures, on the CPU.
///
/// Give it every [`TexturesDelta`] of an [`egui::Context`], in order, also those of frames that are not drawn: each is
/// a change relative to the frames before.
pub struct Renderer {
    textures: HashMap<TextureId, Texture>,
    /// Textures freed by the last frame, which may still show them.
    freed: Vec<TextureId>,
    /// Vertices of the mesh being drawn; a reused buffer.
    points: Vec<Point>,
    /// Buffer for the pixels of the next picture.
    room: Vec<Color32>,
    report: Report,
    shortcuts: bool,
}

impl Default for Renderer {
    fn default() -> Self {
        Self::new()
    }
}

impl Renderer {
    /// A renderer without textures.
    pub fn new() -> Self {
        Self {
            textures: HashMap::new(),
            freed: Vec::new(),
            points: Vec::new(),
            room: Vec::new(),
            report: Report::default(),
            shortcuts: true,
        }
    }

    /// Applies the texture changes of one frame, before that frame is drawn.
    ///
    /// Textures the frame frees stay until the next call, since the frame may still show them. The changes are left as
    /// they are: [`TexturesDelta::clear`] them before they are dropped, else egui panics in debug builds. Invalid
    /// updates are left out and counted, see [`Report`].
    pub fn update_textures(&mut self, delta: &TexturesDelta) {
        for id in self.freed.drain(..) {
            self.textures.remove(&id);
        }
        #[expect(clippy::iter_over_hash_type, reason = "textures do not depend on each other")]
        for (&id, updates) in &delta.set {
            for update in updates {
                let applied = match update.pos {
                    None => Texture::new(update).map(|texture| self.textures.insert(id, texture)).is_some(),
                    Some(at) => self.textures.get_mut(&id).is_some_and(|texture| texture.patch(at, update)),
                };
                self.report.rejected_updates += usize::from(!applied);
            }
        }
        self.freed.extend(&delta.free);
    }

    /// Allocates memory for the pixels of the next picture. Otherwise [`Renderer::render`] does so, and ends the
    /// process if there is too little.
    ///
    /// # Errors
    /// If there is not enough memory.
    pub fn reserve(&mut self, size_in_pixels: [u32; 2]) -> Result<(), TryReserveError> {
        let [width, height] = size_in_pixels.map(|side| side as usize);
        self.room.try_reserve_exact(width.saturating_mul(height))
    }

    /// Draws a frame.
    ///
    /// * `primitives`: the frame, from [`egui::Context::tessellate`]
    /// * `size_in_pixels`: width and height of the picture, which takes four bytes per pixel
    /// * `pixels_per_point`: the scale the frame was tessellated for, [`egui::FullOutput::pixels_per_point`]
    /// * `background`: the colour behind the frame; with an opaque colour the picture is opaque too
    ///
    /// Anything that cannot be drawn is left out and counted, see [`Renderer::take_report`].
    pub fn render(
        &mut self,
        primitives: &[ClippedPrimitive],
        size_in_pixels: [u32; 2],
        pixels_per_point: f32,
        background: Color32,
    ) -> ColorImage {
        let size = size_in_pixels.map(|side| side as usize);
        let mut pixels = std::mem::take(&mut self.room);
        pixels.resize(size[0] * size[1], background);
        let mut image = ColorImage::new(size, pixels);
        for ClippedPrimitive { clip_rect, primitive } in primitives {
            let Primitive::Mesh(mesh) = primitive else {
                self.report.paint_callbacks += 1;
                continue;
            };
            let Some(texture) = self.textures.get(&mesh.texture_id) else {
                self.report.unknown_textures += 1;
                continue;
            };
            let clip = PixelRect::from_points(*clip_rect, image.size, pixels_per_point);
            if !clip.is_empty() {
                let mut painter =
                    MeshPainter::new(&mut image, texture, clip, pixels_per_point, self.shortcuts);
                self.report.broken_triangles += painter.paint(mesh, &mut self.points);
            }
        }
        image
    }

    /// The report since the last call, or since the renderer was made.
    pub fn take_report(&mut self) -> Report {
        std::mem::take(&mut self.report)
    }
}
