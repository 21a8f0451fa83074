//! Runs a UI without a window and photographs it.

use crate::renderer::Renderer;
use egui::epaint::ClippedShape;
use egui::{
    Color32, ColorImage, Context, Event, FullOutput, Pos2, RawInput, Rect, Theme, Ui, Vec2, ViewportId,
};
use std::collections::{TryReserveError, VecDeque};
use std::time::Duration;

/// A window that exists only in memory: runs frames of a UI and draws the last one.
///
/// Time is not real time: every frame is [`Headless::FRAME_SECONDS`] after the one before, so a picture
/// does not depend on how fast the machine is. Pictures that egui loads in the background are not waited
/// for, commands to the window (title, size, …) are ignored, and further windows are not opened.
pub struct Headless {
    ctx: Context,
    renderer: Renderer,
    size_in_pixels: [u32; 2],
    pixels_per_point: f32,
    background: Option<Color32>,
    max_frames: usize,
    max_texture_side: Option<usize>,
    events: VecDeque<Event>,
    seconds: f64,
    started: bool,
    settled: bool,
}

impl Headless {
    /// Time from one frame to the next: long enough for animations (a twelfth of a second unless the style says
    /// otherwise) to end in two frames.
    pub const FRAME_SECONDS: f64 = 1.0 / 16.0;

    /// A window for this context.
    ///
    /// * `size`: width and height in points, at a zoom factor of 1
    /// * `pixels_per_point`: pixels of the picture per point, e.g. 2 for a picture of twice the resolution
    pub fn new(ctx: Context, size: impl Into<Vec2>, pixels_per_point: f32) -> Self {
        let pixels = size.into() * pixels_per_point;
        Self {
            ctx,
            renderer: Renderer::new(),
            size_in_pixels: [pixels.x.round() as u32, pixels.y.round() as u32],
            pixels_per_point,
            background: None,
            max_frames: 60,
            max_texture_side: None,
            events: VecDeque::new(),
            seconds: 0.0,
            started: false,
            settled: false,
        }
    }

    /// Switches the context to the light or dark theme.
    #[must_use]
    pub fn theme(self, theme: Theme) -> Self {
        self.ctx.set_theme(theme);
        self
    }

    /// Colour behind the UI. Unless set, the panel colour of the theme.
    #[must_use]
    pub fn background(mut self, color: Color32) -> Self {
        self.background = Some(color);
        self
    }

    /// Maximum number of frames in which [`Headless::run`] waits for the UI to settle; at least one is run. Unless set,
    /// 60.
    #[must_use]
    pub fn max_frames(mut self, frames: usize) -> Self {
        self.max_frames = frames;
        self
    }

    /// The largest width and height of a texture, in texels. Unless set, egui's cautious 2048; graphics
    /// cards usually offer 16384. egui arranges its glyphs accordingly, which shows (faintly) only where
    /// text is turned.
    #[must_use]
    pub fn max_texture_side(mut self, texels: usize) -> Self {
        self.max_texture_side = Some(texels);
        self
    }

    /// Queues input (positions in points): the next [`Headless::run`] hands over one event per frame.
    pub fn event(&mut self, event: Event) {
        self.events.push_back(event);
    }

    /// Queues a pointer movement: a widget there is drawn hovered.
    pub fn hover(&mut self, position: Pos2) {
        self.event(Event::PointerMoved(position));
    }

    /// Lets time pass before the next frame, e.g. until a tooltip is due.
    pub fn wait(&mut self, seconds: f64) {
        self.seconds += seconds;
    }

    /// Allocates memory for the next picture before any work is done for it.
    ///
    /// # Errors
    /// If there is not enough memory.
    pub fn reserve(&mut self) -> Result<(), TryReserveError> {
        self.renderer.reserve(self.size_in_pixels)
    }

    /// Runs frames until all queued events are handed over and the UI asks for no further frame at once,
    /// and draws the last one.
    ///
    /// The very first frame carries no event: a widget can be hit only where a frame before has put it.
    /// A UI that asks for frames forever (a spinner, for example) is drawn after
    /// [`Headless::max_frames`]; [`Headless::settled`] says whether it did.
    pub fn run(&mut self, ui: impl FnMut(&mut Ui)) -> ColorImage {
        let output = self.settle(ui);
        let primitives = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        let background = self.background.unwrap_or_else(|| self.ctx.global_style().visuals.panel_fill);
        self.renderer.render(&primitives, self.size_in_pixels, output.pixels_per_point, background)
    }

    /// The same without a picture: the shapes of the last frame, for what draws them in another way, such as a
    /// vector drawing.
    pub fn run_shapes(&mut self, ui: impl FnMut(&mut Ui)) -> Vec<ClippedShape> {
        self.settle(ui).shapes
    }

    /// Runs frames until nothing is left to do, and gives the output of the last one.
    fn settle(&mut self, mut ui: impl FnMut(&mut Ui)) -> FullOutput {
        let mut frames = 0;
        loop {
            let input = self.next_input();
            let mut output = self.ctx.run_ui(input, &mut ui);
            self.renderer.update_textures(&output.textures_delta);
            output.textures_delta.clear();
            frames += 1;
            let delay = output.viewport_output.get(&ViewportId::ROOT).map(|root| root.repaint_delay);
            self.settled = self.events.is_empty() && delay.is_none_or(|delay| delay > Duration::ZERO);
            if self.settled || frames >= self.max_frames {
                return output;
            }
        }
    }

    /// Whether the last [`Headless::run`] ended because nothing was left to do.
    pub fn settled(&self) -> bool {
        self.settled
    }

    /// The context, e.g. to look something up after a run.
    pub fn ctx(&self) -> &Context {
        &self.ctx
    }

    /// The renderer, e.g. for its [`Renderer::take_report`].
    pub fn renderer(&mut self) -> &mut Renderer {
        &mut self.renderer
    }

    /// The input of the next frame.
    fn next_input(&mut self) -> RawInput {
        let [width, height] = self.size_in_pixels.map(|side| side as f32);
        // As a real window does it: the zoom of the context makes points larger and the window smaller.
        let points = Vec2::new(width, height) / (self.pixels_per_point * self.ctx.zoom_factor());
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, points)),
            time: Some(self.seconds),
            max_texture_side: self.max_texture_side,
            predicted_dt: Self::FRAME_SECONDS as f32,
            ..RawInput::default()
        };
        if self.started {
            input.events.extend(self.events.pop_front());
        }
        if let Some(root) = input.viewports.get_mut(&ViewportId::ROOT) {
            root.native_pixels_per_point = Some(self.pixels_per_point);
        }
        self.started = true;
        self.seconds += Self::FRAME_SECONDS;
        input
    }
}
