//! The renderer inside an `egui_kittest` harness.

use egui::Color32;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use egui_raster::kittest::RasterTestRenderer;

#[test]
fn a_harness_draws_with_this_renderer() -> Result<(), String> {
    let mut harness = Harness::builder()
        .with_size([120.0, 60.0])
        .with_pixels_per_point(2.0)
        .with_render_cursor(false)
        .renderer(RasterTestRenderer::new())
        .build_ui_state(|ui, on| drop(ui.checkbox(on, "Switch")), false);
    let off = harness.render()?;
    assert_eq!(off.dimensions(), (240, 120));
    assert!(off.pixels().all(|pixel| pixel.0[3] == 255), "opaque");
    harness.get_by_label("Switch").click();
    harness.run();
    assert!(harness.render()? != off);
    Ok(())
}

#[test]
fn translucent_backgrounds_become_straight_alpha() -> Result<(), String> {
    let background = Color32::from_rgba_unmultiplied(200, 100, 0, 128);
    let renderer = RasterTestRenderer::new().background(background);
    let mut harness = Harness::builder().with_size([20.0, 20.0]).renderer(renderer).build_ui(|_| {});
    let corner = harness.render()?.get_pixel(0, 0).0;
    assert_eq!(corner, background.to_srgba_unmultiplied());
    Ok(())
}

#[test]
fn incomplete_pictures_are_errors() {
    let mut harness = Harness::builder().renderer(RasterTestRenderer::new()).build_ui(|ui| {
        let rect = ui.max_rect();
        ui.painter().add(egui::PaintCallback { rect, callback: std::sync::Arc::new(()) });
    });
    assert!(harness.render().is_err_and(|message| message.contains("paint_callbacks: 1")));
}
