//! A CPU renderer for egui frames: pictures without a display or a GPU, the same on every machine.
//!
//! * [`Headless`] runs a UI without a window and photographs it.
//! * [`Renderer`] draws frames that someone else runs.
//! * `kittest::RasterTestRenderer` (feature `kittest`) draws the snapshots of `egui_kittest`.
//!
//! ```
//! use egui_raster::Headless;
//!
//! let mut window = Headless::new(egui::Context::default(), [320.0, 200.0], 2.0).theme(egui::Theme::Light);
//! window.hover(egui::pos2(20.0, 12.0));
//! let picture = window.run(|ui| {
//!     let _ = ui.button("Hovered");
//! });
//! assert_eq!(picture.size, [640, 400]);
//! assert!(window.settled() && window.renderer().take_report().is_complete());
//! ```
//!
//! # What is drawn
//!
//! The rules are those of egui's OpenGL painter without dithering: premultiplied alpha, blended in gamma
//! space, textures multiplied with vertex colours, clip rectangles rounded to pixels. In detail:
//!
//! * Positions are snapped to 1/256 pixel; edges are exact whole numbers. A pixel belongs to a triangle if
//!   its centre is inside, or on a left or a level top edge: triangles that share an edge leave no seam and
//!   draw no pixel twice.
//! * Colours and texture positions are interpolated per pixel centre. Linear filtering has 256 weights per
//!   texel, the product of colour and texture is rounded to eight bits once, and so is every blend.
//! * Texture filters and wrap modes are followed, mipmaps are not made: textures that ask for them are
//!   drawn with their minification filter. [`egui::PaintCallback`]s draw with a GPU and are left out. The
//!   [`Report`] of a renderer counts what was left out.
//!
//! # The same on every machine
//!
//! Drawing uses whole numbers and the operations `+ - * /` on floats, which IEEE 754 defines to the last
//! bit, in an order that does not depend on the machine: no fused multiply-add, no library functions beyond
//! rounding, no threads. The same triangles and textures give the same picture, bit for bit, whatever the
//! processor, the system or the optimisation level. What egui does before that can still differ:
//!
//! * egui finds the corners of shapes with `hypot`, `sin`, `cos` and `powf` of the platform's maths library,
//!   which may differ in the last bit. Snapping swallows nearly all of it: with half of all coordinates of
//!   the UI below moved by that last bit, one pixel in 9000 changes, by 1/255.
//! * egui draws its glyphs with `vello_cpu`, which uses fused multiply-add where the processor has it
//!   (most x86 since 2013, every 64-bit ARM). Without it, 8 of 291 000 texels differ, by at most 2/255; of
//!   the UI below, no pixel at one pixel per point, two at 1.25 and one at 2.
//! * [`Headless`] uses the fonts of its context only; `eframe` also falls back to those of the system.
//!
//! # Compared with a real window
//!
//! `examples/window.rs` shows a fixed UI (text in several sizes, frames, shadows, thin lines, translucent
//! areas, pictures, widgets) in an `eframe` window, draws it with this crate, and compares two pictures.
//! Against a real window on Xvfb with Mesa llvmpipe (22.3), photographed with
//! `ImageMagick`'s `import`:
//!
//! | Pixels per point | Largest difference | Mean difference | Pixels off by more than 0 | 1 | 2 |
//! |---|---|---|---|---|---|
//! | 1 | 2/255 | 0.0052/255 | 1.25 % | 0.003 % | none |
//! | 1.25 | 3/255 | 0.0103/255 | 1.50 % | 0.009 % | one pixel of 625 000 |
//! | 1.5 | 2/255 | 0.0049/255 | 0.99 % | 0.002 % | none |
//! | 2 | 2/255 | 0.0024/255 | 0.58 % | 0.001 % | none |
//!
//! Upright text, flat areas and unscaled pictures are equal to the last bit. What remains:
//!
//! * Snapping shifts corners by up to 1/512 pixel, which is half a step of colour on the one-pixel slope of
//!   a smooth edge. With colours interpolated from unsnapped corners, 13 to 46 % of the differing pixels
//!   agree with llvmpipe; but snapping is what makes pictures independent of the maths library, see above.
//! * Scaled textures and values halfway between two steps are rounded differently.
//! * OpenGL leaves open who gets a pixel whose centre lies on a level edge. Mesa gives it to the shape above
//!   the edge, this crate (as Direct3D does) to the shape below it. The UI has no such edge.
//! * With dithering, which `eframe` has switched on by default, 4.7 % of the pixels differ at one pixel per
//!   point, 0.05 % by more than 2/255, none by more than 3/255.
//! * egui packs its glyphs according to the largest texture, which shows at the rim of turned text: the
//!   example asks for the 16384 texels of the window, see [`Headless::max_texture_side`].
//!
//! To repeat it: start the example with `show`, photograph the window (`import -window root WINDOW.png`; the
//! screen as large as the window, 800×500 points), then `draw DRAWN.png` and `compare WINDOW.png DRAWN.png`.
//! `WINIT_X11_SCALE_FACTOR=2` gives the window two pixels per point, `draw DRAWN.png 2` the picture.
//!
//! # Speed
//!
//! One core of a server (AMD EPYC) draws a dashboard of 84 000 triangles at 1600×1000 pixels in 14 ms, at
//! 3200×2000 in 36 ms (`cargo bench -p egui-raster`).

mod clip;
mod coverage;
mod headless;
#[cfg(feature = "kittest")]
pub mod kittest;
mod mesh;
mod pixel;
mod pixel_rect;
mod renderer;
mod shade;
mod texture;

pub use headless::Headless;
pub use renderer::{Renderer, Report};
