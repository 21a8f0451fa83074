//! The window without a window: app, context and time.
//!
//! A frame is everything the program does on the CPU before OpenGL gets the triangles: keys, actions, the
//! computation where an input changed, the page, and tessellation.

use egui::{Pos2, RawInput, Rect, ViewportId, vec2};
use wattfolio::app::{App, Options};
use wattfolio::state::{Action, Command};

/// An app that draws frames for nobody.
pub struct Window {
    ctx: egui::Context,
    /// What is drawn.
    pub app: App,
    frames: u32,
}

impl Window {
    /// A window before its first frame.
    pub fn open(options: Options) -> Self {
        let ctx = egui::Context::default();
        let app = App::new(&ctx, options);
        Self { ctx, app, frames: 0 }
    }

    /// Runs a frame and returns its number of triangles.
    pub fn frame(&mut self) -> usize {
        self.frames += 1;
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1600.0, 1000.0))),
            time: Some(f64::from(self.frames) / 60.0),
            focused: true,
            max_texture_side: Some(8192),
            ..RawInput::default()
        };
        input.viewports.entry(ViewportId::ROOT).or_default().native_pixels_per_point = Some(1.0);
        let app = &mut self.app;
        let mut output = self.ctx.run_ui(input, |ui| {
            app.logic(&ui.ctx().clone());
            app.ui(ui);
        });
        output.textures_delta.clear();
        let primitives = self.ctx.tessellate(output.shapes, 1.0);
        let triangles = |primitive: &egui::ClippedPrimitive| match &primitive.primitive {
            egui::epaint::Primitive::Mesh(mesh) => mesh.indices.len() / 3,
            egui::epaint::Primitive::Callback(_) => 0,
        };
        primitives.iter().map(triangles).sum()
    }

    /// A window that has drawn a few frames on a page.
    pub fn settled(page: Command) -> Self {
        Self::settled_with(Options::default(), page)
    }

    /// The same with other options.
    pub fn settled_with(options: Options, page: Command) -> Self {
        let mut window = Self::open(options);
        window.app.request(Action::Run(page));
        for _ in 0..10 {
            window.frame();
        }
        window
    }
}
