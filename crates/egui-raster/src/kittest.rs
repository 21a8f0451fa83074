//! Snapshots of [`egui_kittest`] drawn on the CPU (feature `kittest`).

use crate::renderer::Renderer;
use egui::{Color32, Context, FullOutput, TexturesDelta};
use egui_kittest::TestRenderer;
use image::RgbaImage;

/// A renderer for [`egui_kittest::HarnessBuilder::renderer`].
///
/// ```
/// # use egui_kittest::Harness;
/// let mut harness = Harness::builder()
///     .with_size([200.0, 100.0])
///     .renderer(egui_raster::kittest::RasterTestRenderer::new())
///     .build_ui(|ui| {
///         ui.label("Hello");
///     });
/// let picture = harness.render()?;
/// assert_eq!(picture.dimensions(), (200, 100));
/// # Ok::<(), String>(())
/// ```
#[derive(Default)]
pub struct RasterTestRenderer {
    renderer: Renderer,
    background: Option<Color32>,
}

impl RasterTestRenderer {
    /// Draws on the panel colour of the theme.
    pub fn new() -> Self {
        Self::default()
    }

    /// Draws on another colour.
    #[must_use]
    pub fn background(mut self, color: Color32) -> Self {
        self.background = Some(color);
        self
    }
}

impl TestRenderer for RasterTestRenderer {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        self.renderer.update_textures(delta);
        delta.clear();
    }

    /// Fails if anything had to be left out, see [`crate::Report`]: such a picture is no snapshot.
    fn render(&mut self, ctx: &Context, output: &FullOutput) -> Result<RgbaImage, String> {
        let scale = ctx.pixels_per_point();
        let size = ctx.content_rect().size() * scale;
        let [width, height] = [size.x.round() as u32, size.y.round() as u32];
        let background = self.background.unwrap_or_else(|| ctx.global_style().visuals.panel_fill);
        let primitives = ctx.tessellate(output.shapes.clone(), scale);
        let image = self.renderer.render(&primitives, [width, height], scale, background);
        let report = self.renderer.take_report();
        if !report.is_complete() {
            return Err(format!("not everything could be drawn: {report:?}"));
        }
        let bytes = image.pixels.iter().flat_map(Color32::to_srgba_unmultiplied).collect();
        RgbaImage::from_raw(width, height, bytes).ok_or_else(|| "picture of the wrong size".to_owned())
    }
}
