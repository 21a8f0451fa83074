//! Pictures of the window, drawn on the CPU at any number of pixels per point.

use egui::{ColorImage, Vec2};

use super::{App, Options};
use crate::report::PictureError;

/// Pixels per point of a saved picture.
pub(super) const PICTURE_SCALE: f32 = 2.0;

/// What a picture shows.
#[derive(Debug)]
pub struct Picture {
    /// Size of the window in points.
    pub size: Vec2,
    /// Pixels per point.
    pub scale: f32,
    /// Dark or light.
    pub theme: egui::Theme,
}

/// Runs an app without a window and draws it. `prepare` asks for what it should show.
///
/// # Errors
/// If something could not be drawn, so that no picture with holes is ever handed out.
pub fn draw(
    options: Options,
    picture: &Picture,
    prepare: impl FnOnce(&App),
) -> Result<ColorImage, PictureError> {
    let ctx = egui::Context::default();
    // Names of keys differ between systems; a picture without a window is the same on every machine.
    ctx.set_os(egui::os::OperatingSystem::Nix);
    let mut app = App::new(&ctx, options);
    prepare(&app);
    render(ctx, picture, |ui| frame(&mut app, ui))
}

/// The window as it is, at twice its size: the same app drawn once more into a context of its own.
pub(super) fn of_window(app: &mut App, ctx: &egui::Context) -> Result<ColorImage, PictureError> {
    let twin = egui::Context::default();
    crate::theme::install_fonts(&twin);
    crate::theme::apply(&twin, app.state.session.palette);
    // Scroll positions and open menus are part of what is seen.
    let memory = ctx.memory(Clone::clone);
    twin.memory_mut(|own| *own = memory);
    let picture = Picture { size: ctx.content_rect().size(), scale: PICTURE_SCALE, theme: ctx.theme() };
    let notice = app.state.view.notice.take();
    let image = render(twin, &picture, |ui| app.ui(ui));
    app.state.view.notice = notice;
    image
}

fn frame(app: &mut App, ui: &mut egui::Ui) {
    app.logic(&ui.ctx().clone());
    app.ui(ui);
}

fn render(
    ctx: egui::Context,
    picture: &Picture,
    draw: impl FnMut(&mut egui::Ui),
) -> Result<ColorImage, PictureError> {
    let mut window = egui_raster::Headless::new(ctx, picture.size, picture.scale).theme(picture.theme);
    let image = window.run(draw);
    let report = window.renderer().take_report();
    if report.is_complete() { Ok(image) } else { Err(PictureError::Incomplete(format!("{report:?}"))) }
}
