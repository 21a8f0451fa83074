//! Pictures of the window, drawn on the CPU at any number of pixels per point.

use egui::{ColorImage, Vec2};
use wattfolio_economics::number::within;

use super::{App, Options};
use crate::export::{MOST_PIXELS, PictureError};
use crate::state::Actions;
use crate::theme::{self, Fallback, PaletteChoice};
use crate::view::{self, Context};
use crate::{widget, words};

/// Pixels per point of a saved picture.
pub(super) const PICTURE_SCALE: f32 = 2.0;

/// Smallest number of pixels per point at which text is still recognisable.
const LEAST_SCALE: f64 = 0.5;

/// Size and theme of a picture.
#[derive(Debug)]
pub struct Picture {
    /// Size of the window in points, at a zoom of 1.
    pub size: Vec2,
    /// Pixels per point, at a zoom of 1.
    pub scale: f32,
    /// Zoom factor of the user interface; 1 is normal size.
    pub zoom: f32,
    /// Dark or light.
    pub theme: egui::Theme,
}

/// Memory for fonts, shapes and textures of a frame, beside that for pixels, bytes.
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
    /// If it is larger.
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

/// Runs an app without a window and draws it. `prepare` selects the page and its options.
///
/// # Errors
/// If something could not be drawn: a picture with gaps is never returned.
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

/// The current window at twice its size: the same app drawn once more into a separate context.
pub(super) fn of_window(app: &mut App, ctx: &egui::Context) -> Result<ColorImage, PictureError> {
    let twin = egui::Context::default();
    // Scroll positions and open menus belong to the picture. The memory is copied first, because it also
    // holds fonts that were set and not yet loaded; replacing it later would lose them.
    let memory = ctx.memory(Clone::clone);
    twin.memory_mut(|own| *own = memory);
    dress(&twin, &app.fallback, app.state.session.palette);
    twin.set_os(egui::os::OperatingSystem::Nix);
    let zoom = ctx.zoom_factor();
    let size = ctx.content_rect().size() * zoom;
    let picture = Picture { size, scale: PICTURE_SCALE, zoom, theme: ctx.theme() };
    picture.check()?;
    let notice = app.state.view.notice.take();
    let shows_timing = std::mem::take(&mut app.state.shows_timing);
    let image = render(twin, &picture, |ui| app.ui(ui));
    app.state.view.notice = notice;
    app.state.shows_timing = shows_timing;
    image
}

/// The charts of the page alone at twice their size, in the colours of the window.
pub(super) fn of_charts(app: &App, ctx: &egui::Context) -> Result<Option<ColorImage>, PictureError> {
    let Some(width) = view::page_chart_width(app.state.view.page) else { return Ok(None) };
    let twin = || {
        let twin = egui::Context::default();
        dress(&twin, &app.fallback, app.state.session.palette);
        twin.set_os(egui::os::OperatingSystem::Nix);
        twin
    };
    let theme = theme::Theme::get(app.state.session.palette, ctx.theme() == egui::Theme::Dark);
    let actions = Actions::default();
    let draw = |ui: &mut egui::Ui| {
        let cx = Context { actions: &actions, ..app.context(&theme, width) };
        let frame = egui::Frame::new().fill(theme.palette.app).inner_margin(CHART_MARGIN);
        let shown = frame.show(ui, |ui| {
            widget::set_width(ui, width);
            view::page_chart_ui(ui, &cx);
        });
        shown.response.rect.bottom()
    };
    // The height is known once the charts were laid out.
    let room = egui::vec2(width + 2.0 * CHART_MARGIN, CHART_ROOM);
    let mut height = 0.0;
    let mut first = egui_raster::Headless::new(twin(), room, PICTURE_SCALE).theme(ctx.theme());
    first.run_shapes(|ui| height = draw(ui));
    let size = egui::vec2(room.x, within(height, 1.0, CHART_ROOM).ceil());
    let picture = Picture { size, scale: PICTURE_SCALE, zoom: 1.0, theme: ctx.theme() };
    let draw_again = |ui: &mut egui::Ui| {
        draw(ui);
    };
    render(twin(), &picture, draw_again).map(Some)
}

/// Space around charts in a picture of their own, and most height of them, points.
const CHART_MARGIN: f32 = 16.0;
const CHART_ROOM: f32 = 2000.0;

/// A picture of the window with a strip below it: scenario and date, what was assumed, and the verdict.
pub(super) fn with_caption(
    app: &App,
    ctx: &egui::Context,
    image: &ColorImage,
) -> Result<ColorImage, PictureError> {
    let twin = egui::Context::default();
    dress(&twin, &app.fallback, app.state.session.palette);
    twin.set_os(egui::os::OperatingSystem::Nix);
    let width = image.size[0];
    let size = egui::vec2(width as f32 / PICTURE_SCALE, CAPTION_ROOM);
    let picture = Picture { size, scale: PICTURE_SCALE, zoom: 1.0, theme: ctx.theme() };
    let mut used = 0.0;
    let strip = render(twin, &picture, |ui| used = caption_ui(ui, app))?;
    let rows = ((used * PICTURE_SCALE).ceil() as usize).min(strip.size[1]);
    let pixels = image.pixels.iter().chain(&strip.pixels[..rows * width]).copied().collect();
    Ok(ColorImage::new([width, image.size[1] + rows], pixels))
}

/// Most height of a caption, points.
const CAPTION_ROOM: f32 = 240.0;

/// The words of a caption; returns the height that they take.
fn caption_ui(ui: &mut egui::Ui, app: &App) -> f32 {
    let state = &app.state;
    let theme = theme::Theme::get(state.session.palette, ui.ctx().theme() == egui::Theme::Dark);
    let palette = &theme.palette;
    let (scenario, comparison) = (&state.results.scenario, &state.results.comparison);
    let verdict = state.verdict();
    let sentence = words::verdict::sentence(scenario, comparison, &verdict).to_string();
    let conditions = words::verdict::conditions(scenario, comparison.basis, &verdict);
    let date = chrono::Utc::now().format("%-d %B %Y");
    let about =
        format!("{conditions} {}. wattfolio {}.", comparison.basis.label(), env!("CARGO_PKG_VERSION"));
    let frame = egui::Frame::new().fill(palette.panel).inner_margin(egui::Margin::symmetric(24, 16));
    let shown = frame.show(ui, |ui| {
        ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Wrap);
        widget::set_width(ui, ui.available_width());
        let title = format!("{}, {date}", state.document.title());
        widget::label(ui, title, theme::Text::Title, palette.text);
        widget::label(ui, sentence, theme::Text::Body, palette.text);
        widget::label(ui, about, theme::Text::Caption, palette.text_muted);
    });
    shown.response.rect.bottom()
}

/// Fonts and style of a context, for windows and pictures alike.
pub(super) fn dress(ctx: &egui::Context, fallback: &Fallback, palette: PaletteChoice) {
    theme::install_fonts(ctx, fallback);
    theme::apply(ctx, palette);
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
    ctx.set_zoom_factor(picture.zoom);
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

#[cfg(test)]
mod tests {
    use egui::{RawInput, Rect, vec2};

    use super::*;
    use crate::state::{Action, Command};
    use crate::store;

    const SIZE: Vec2 = vec2(1200.0, 800.0);

    /// A window that has shown some frames.
    fn window(options: Options, zoom: f32) -> (egui::Context, App) {
        let ctx = egui::Context::default();
        let mut app = App::new(&ctx, options);
        ctx.set_zoom_factor(zoom);
        for second in 0..4 {
            let screen_rect = Some(Rect::from_min_size(egui::Pos2::ZERO, SIZE / zoom));
            let input = RawInput { screen_rect, time: Some(f64::from(second)), ..RawInput::default() };
            let mut output = ctx.run_ui(input, |ui| frame(&mut app, ui));
            output.textures_delta.clear();
        }
        (ctx, app)
    }

    #[test]
    fn a_window_hands_out_the_picture_of_the_command_line() {
        for (zoom, theme) in [(1.0, egui::Theme::Dark), (1.25, egui::Theme::Light), (0.75, egui::Theme::Dark)]
        {
            let choose = |app: &App| {
                app.request(Action::Run(match theme {
                    egui::Theme::Dark => Command::ThemeDark,
                    egui::Theme::Light => Command::ThemeLight,
                }));
            };
            let (ctx, mut app) = window(Options { shows_timing: true, ..Options::default() }, zoom);
            choose(&app);
            app.logic(&ctx);
            let saved = of_window(&mut app, &ctx).unwrap();
            let picture = Picture { size: SIZE, scale: PICTURE_SCALE, zoom, theme };
            let drawn = draw(Options::default(), &picture, choose).unwrap();
            assert_eq!(saved.size, drawn.size);
            let differing = saved.pixels.iter().zip(&drawn.pixels).filter(|(a, b)| a != b).count();
            assert_eq!(differing, 0, "pixels differ at a zoom of {zoom}");
            assert!(app.state.shows_timing, "the window itself shows times again");
        }
    }

    /// A preset with this title.
    fn titled(title: &str, fallback: Fallback) -> Options {
        let mut preset = store::bundled()[0].preset.clone();
        title.clone_into(&mut preset.about.title);
        Options { preset: Some((preset, None)), fallback, ..Options::default() }
    }

    #[test]
    fn a_caption_says_what_a_picture_is_of() {
        let (ctx, mut app) = window(Options::default(), 1.0);
        let plain = of_window(&mut app, &ctx).unwrap();
        let captioned = with_caption(&app, &ctx, &plain).unwrap();
        assert_eq!(captioned.size[0], plain.size[0]);
        let rows = captioned.size[1] - plain.size[1];
        assert!((100..480).contains(&rows), "{rows} rows of caption");
        assert_eq!(captioned.pixels[..plain.pixels.len()], plain.pixels);
        let strip = &captioned.pixels[plain.pixels.len()..];
        assert!(strip.iter().filter(|pixel| **pixel != strip[0]).count() > 1000, "an empty caption");
    }

    #[test]
    fn a_title_in_another_script_is_drawn_in_the_window_and_in_pictures() {
        let letters = include_bytes!("../../tests/fonts/Letters.ttc");
        let picture = Picture { size: SIZE, scale: PICTURE_SCALE, zoom: 1.0, theme: egui::Theme::Dark };
        let mut titles = Vec::new();
        for title in ["電力会社", "电力", "전력", "حساب", "שלום"] {
            let font = || Fallback::default().with_font(letters.to_vec()).unwrap();
            let (ctx, mut app) = window(titled(title, font()), 1.0);
            app.request(Action::Run(Command::ThemeDark));
            app.logic(&ctx);
            assert_eq!(app.state.view.notice, None, "{title}");
            let saved = of_window(&mut app, &ctx).unwrap();
            let drawn = draw(titled(title, font()), &picture, |app| {
                app.request(Action::Run(Command::ThemeDark));
            });
            assert!(saved == drawn.unwrap(), "{title}: the window draws what the command line draws");
            titles.push(saved);
        }
        // Boxes would make titles of the same length look alike.
        assert!(
            titles.iter().enumerate().all(|(index, one)| titles[..index].iter().all(|other| one != other))
        );
    }

    #[test]
    fn letters_that_no_font_has_are_named() {
        let options = titled("電力", Fallback::default());
        let (_, app) = window(options, 1.0);
        let notice = app.state.view.notice.as_ref().unwrap();
        assert!(notice.is_alert && notice.text.starts_with("No font has 力 電: boxes"), "{}", notice.text);
        let (_, app) = window(Options::default(), 1.0);
        assert_eq!(app.state.view.notice, None);
    }
}
