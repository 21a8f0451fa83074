//! Pictures of the window, drawn on the CPU at any number of pixels per point.

use egui::{ColorImage, Vec2};

use super::{App, Options};
use crate::report::{MOST_PIXELS, PictureError};

/// Pixels per point of a saved picture.
pub(super) const PICTURE_SCALE: f32 = 2.0;

/// Fewest pixels per point at which text can be guessed at.
const LEAST_SCALE: f64 = 0.5;

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

/// Memory beside the pixels: fonts, shapes and textures of a frame.
const HEADROOM: usize = 64 << 20;

impl Picture {
    /// Width and height in pixels.
    fn size_in_pixels(&self) -> [u64; 2] {
        let pixels = self.size * self.scale;
        [pixels.x.round() as u64, pixels.y.round() as u64]
    }

    fn pixels(&self) -> u64 {
        let [width, height] = self.size_in_pixels();
        width.saturating_mul(height)
    }

    /// Refuses a picture of more than [`MOST_PIXELS`].
    ///
    /// # Errors
    /// If this is one.
    pub fn check(&self) -> Result<(), PictureError> {
        if self.pixels() <= MOST_PIXELS {
            return Ok(());
        }
        let [width, height] = self.size_in_pixels();
        let largest = (MOST_PIXELS as f64 / f64::from(self.size.x * self.size.y)).sqrt();
        let fitting = Some((largest * 100.0).floor() / 100.0).filter(|scale| *scale >= LEAST_SCALE);
        Err(PictureError::TooLarge { width, height, fitting: fitting.map(|scale| scale as f32) })
    }
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
    picture.check()?;
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
    picture.check()?;
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
    let bytes = picture.pixels() as usize * size_of::<egui::Color32>() + HEADROOM;
    let has_room = window.reserve().is_ok() && Vec::<u8>::new().try_reserve_exact(HEADROOM).is_ok();
    if !has_room {
        return Err(PictureError::NoMemory { bytes });
    }
    let image = window.run(draw);
    let report = window.renderer().take_report();
    if report.is_complete() { Ok(image) } else { Err(PictureError::Incomplete(format!("{report:?}"))) }
}
