//! Draws the triangles of one mesh.

use crate::clip::Polygon;
use crate::coverage::{LIMIT, Point, first_pixel, spans};
use crate::pixel::{fill, pack, quantise, stamp};
use crate::pixel_rect::PixelRect;
use crate::shade::{Flat, Gradient, Plane, Shade, Textured};
use crate::texture::{Texture, fixed};
use egui::epaint::{Mesh, Vertex};
use egui::{ColorImage, Pos2};

/// A vertex and its position in the picture.
#[derive(Clone, Copy)]
struct Corner<'a> {
    vertex: &'a Vertex,
    at: Point,
}

/// Draws meshes with one texture into one clip rectangle of a picture.
pub struct MeshPainter<'a> {
    image: &'a mut ColorImage,
    texture: &'a Texture,
    clip: PixelRect,
    pixels_per_point: f64,
    /// Whether to draw upright rectangles at once; the picture is the same without.
    shortcuts: bool,
    /// The last colour read from the texture for a whole triangle: mostly egui's white pixel.
    last_texel: (Pos2, [f32; 4]),
}

impl<'a> MeshPainter<'a> {
    /// A painter for meshes with this texture. `clip` must lie within the image.
    pub fn new(
        image: &'a mut ColorImage,
        texture: &'a Texture,
        clip: PixelRect,
        pixels_per_point: f32,
        shortcuts: bool,
    ) -> Self {
        let last_texel = (Pos2::ZERO, read(texture, Pos2::ZERO));
        Self { image, texture, clip, pixels_per_point: f64::from(pixels_per_point), shortcuts, last_texel }
    }

    /// Draws a mesh and returns the number of triangles that cannot be drawn: those with a position or a texture
    /// position that is not finite, or with an index without a vertex.
    pub fn paint(&mut self, mesh: &Mesh, points: &mut Vec<Point>) -> usize {
        points.clear();
        points.extend(mesh.vertices.iter().map(|vertex| Point::from_pixels(self.pixels(vertex))));
        let corner = |index: u32| {
            let (vertex, &at) = (mesh.vertices.get(index as usize)?, points.get(index as usize)?);
            let drawable = at != Point::BROKEN && vertex.uv.is_finite();
            drawable.then_some(Corner { vertex, at })
        };
        let mut broken = 0;
        let mut rest = mesh.indices.as_slice();
        while let &[i, j, k, ref after @ ..] = rest {
            rest = after;
            let (Some(a), Some(b), Some(c)) = (corner(i), corner(j), corner(k)) else {
                broken += 1;
                continue;
            };
            // egui's rectangles are the triangles `a b c` and `c b d`.
            if self.shortcuts
                && let &[k2, j2, l, ref after @ ..] = after
                && (k2, j2) == (k, j)
                && let Some(d) = corner(l)
                && self.rectangle([a, b, c, d])
            {
                rest = after;
            } else {
                self.triangle([a, b, c]);
            }
        }
        broken
    }

    /// The position of a vertex, in pixels.
    fn pixels(&self, vertex: &Vertex) -> [f64; 2] {
        [vertex.pos.x, vertex.pos.y].map(|v| f64::from(v) * self.pixels_per_point)
    }

    /// A texture position in texels.
    fn texels(&self, uv: Pos2) -> [f64; 2] {
        texels(self.texture, uv)
    }

    /// The colour of the texture for a triangle with one texture position.
    fn texel(&mut self, uv: Pos2) -> [f32; 4] {
        if self.last_texel.0 != uv {
            self.last_texel = (uv, read(self.texture, uv));
        }
        self.last_texel.1
    }

    /// Draws any triangle.
    fn triangle(&mut self, corners: [Corner<'_>; 3]) {
        let [a, b, c] = corners.map(|corner| corner.vertex);
        let one_color = a.color == b.color && a.color == c.color;
        let one_texel = (a.uv == b.uv && a.uv == c.uv).then(|| self.texel(a.uv));
        match one_texel {
            Some(texel) if one_color => self.cover(corners, &Flat(tint(a, texel))),
            Some([1.0, 1.0, 1.0, 1.0]) => self.cover(corners, &Gradient(self.colors(corners))),
            _ => {
                let texels = Plane::new(self.positions(corners), [a, b, c].map(|v| self.texels(v.uv)));
                let length_squared = |v: [f64; 2]| v[0] * v[0] + v[1] * v[1];
                let filter = self.texture.filter(length_squared(texels.dx).max(length_squared(texels.dy)));
                let colors = self.colors(corners);
                self.cover(corners, &Textured { colors, texels, texture: self.texture, filter });
            }
        }
    }

    /// The positions of a triangle in pixels: snapped ones, unless one lies too far away to be snapped.
    fn positions(&self, corners: [Corner<'_>; 3]) -> [[f64; 2]; 3] {
        if corners.iter().all(|corner| corner.at.is_near()) {
            corners.map(|corner| corner.at.to_pixels())
        } else {
            corners.map(|corner| self.pixels(corner.vertex))
        }
    }

    fn colors(&self, corners: [Corner<'_>; 3]) -> Plane<4> {
        let colors = corners.map(|corner| corner.vertex.color.to_array().map(f64::from));
        Plane::new(self.positions(corners), colors)
    }

    /// Shades the pixels of a triangle.
    fn cover(&mut self, corners: [Corner<'_>; 3], shade: &impl Shade) {
        if corners.iter().all(|corner| corner.at.is_near()) {
            self.cover_near(corners.map(|corner| corner.at), shade);
        } else {
            for part in Polygon::clipped(self.positions(corners), LIMIT).triangles(LIMIT) {
                self.cover_near(part, shade);
            }
        }
    }

    #[inline]
    fn cover_near(&mut self, points: [Point; 3], shade: &impl Shade) {
        let width = self.image.width();
        let pixels = &mut self.image.pixels;
        spans(points, self.clip, |row, left, right| {
            let start = row as usize * width;
            shade.span(&mut pixels[start + left as usize..start + right as usize], left, row);
        });
    }

    /// Draws the triangles `a b c` and `c b d` if they are an upright rectangle of one colour, either
    /// without a texture or with one whose texels fall on the pixels (as glyphs do).
    ///
    /// Returns `false`, having drawn nothing, if they are anything else.
    fn rectangle(&mut self, [a, b, c, d]: [Corner<'_>; 4]) -> bool {
        let (p, q) = (a.at, d.at);
        let upright = p.x == c.at.x && p.y == b.at.y && q.x == b.at.x && q.y == c.at.y;
        let [va, vb, vc, vd] = [a, b, c, d].map(|corner| corner.vertex);
        let one_color = [vb, vc, vd].iter().all(|v| v.color == va.color);
        if !upright || !one_color || !p.is_near() || !q.is_near() {
            return false;
        }
        let rect = PixelRect {
            left: first_pixel(p.x.min(q.x)),
            top: first_pixel(p.y.min(q.y)),
            right: first_pixel(p.x.max(q.x)),
            bottom: first_pixel(p.y.max(q.y)),
        };
        if [vb, vc, vd].iter().all(|v| v.uv == va.uv) {
            let color = tint(va, self.texel(va.uv));
            self.rows(rect, |run, _, _| fill(run, color));
            return true;
        }
        let straight = va.uv.x == vc.uv.x && va.uv.y == vb.uv.y && vd.uv.x == vb.uv.x && vd.uv.y == vc.uv.y;
        straight && self.stamp(a, d, rect)
    }

    /// Draws a rectangle whose texels fall on the pixels; `false`, having drawn nothing, if they do not.
    fn stamp(&mut self, a: Corner<'_>, d: Corner<'_>, rect: PixelRect) -> bool {
        let [from, to] = [a, d].map(|corner| corner.at.to_pixels());
        let [start, end] = [a, d].map(|corner| self.texels(corner.vertex.uv));
        let size = self.texture.size();
        let along = |axis: usize, first: i32, after: i32| {
            let per_pixel = (end[axis] - start[axis]) / (to[axis] - from[axis]);
            let at = |pixel: i32| start[axis] + (f64::from(pixel) + 0.5 - from[axis]) * per_pixel;
            let (near, far) = (texel_centre(at(first))?, texel_centre(at(after - 1))?);
            (far.checked_sub(near) == Some((after - 1 - first) as usize) && far < size[axis]).then_some(near)
        };
        if rect.is_empty() {
            return true;
        }
        let (Some(x), Some(y)) = (along(0, rect.left, rect.right), along(1, rect.top, rect.bottom)) else {
            return false;
        };
        let (texture, color) = (self.texture, pack(a.vertex.color));
        self.rows(rect, |run, right, down| stamp(run, texture.run([x + right, y + down], run.len()), color));
        true
    }

    /// Calls `draw(pixels, columns from the left, rows from the top)` for every row of a rectangle within
    /// the clip rectangle.
    fn rows(&mut self, rect: PixelRect, mut draw: impl FnMut(&mut [egui::Color32], usize, usize)) {
        let clipped = rect.intersect(self.clip);
        if clipped.is_empty() {
            return;
        }
        let width = self.image.width();
        for row in clipped.top..clipped.bottom {
            let start = row as usize * width;
            let run = &mut self.image.pixels[start + clipped.left as usize..start + clipped.right as usize];
            draw(run, (clipped.left - rect.left) as usize, (row - rect.top) as usize);
        }
    }
}

/// A texture position in texels.
fn texels(texture: &Texture, uv: Pos2) -> [f64; 2] {
    let [width, height] = texture.size();
    [f64::from(uv.x) * width as f64, f64::from(uv.y) * height as f64]
}

/// The colour of a texture at one position.
fn read(texture: &Texture, uv: Pos2) -> [f32; 4] {
    texture.sample(texels(texture, uv).map(fixed), texture.filter(0.0))
}

/// A vertex colour times a colour of the texture.
fn tint(vertex: &Vertex, texel: [f32; 4]) -> u32 {
    let color = vertex.color.to_array();
    quantise(std::array::from_fn(|i| f32::from(color[i]) * texel[i]))
}

/// The texel whose centre lies at this position up to a thousandth of a texel, which is far less than
/// [`Texture::sample`] distinguishes.
fn texel_centre(position: f64) -> Option<usize> {
    let texel = position as usize;
    (position >= 0.0 && (position - texel as f64 - 0.5).abs() < 0.001).then_some(texel)
}
