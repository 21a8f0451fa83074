//! CPU time of a frame of the compare page at 1600×1000 points, and from nothing to the first frame.
//!
//! `cargo bench --bench frame`
//!
//! A frame is everything the program does on the CPU before OpenGL gets the triangles: keys, actions, the
//! computation where an input changed, the page, and tessellation.

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use egui::{Pos2, RawInput, Rect, ViewportId, vec2};
use wattfolio::app::{Action, App, Command, Options};

/// The window without a window: app, context and time.
struct Window {
    ctx: egui::Context,
    app: App,
    frames: u32,
}

impl Window {
    fn open() -> Self {
        let ctx = egui::Context::default();
        let app = App::new(&ctx, Options::default());
        Self { ctx, app, frames: 0 }
    }

    /// Runs a frame and returns its number of triangles.
    fn frame(&mut self) -> usize {
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
    fn settled(page: Command) -> Self {
        let mut window = Self::open();
        window.app.request(Action::Run(page));
        for _ in 0..10 {
            window.frame();
        }
        window
    }
}

fn frames(c: &mut Criterion) {
    let mut window = Window::settled(Command::PageCompare);
    let triangles = window.frame();
    c.bench_function(&format!("compare page at rest, {triangles} triangles"), |b| {
        b.iter(|| black_box(window.frame()));
    });

    let mut window = Window::settled(Command::PageCompare);
    let mut step = 0_u32;
    c.bench_function("compare page, electricity changes every frame", |b| {
        b.iter(|| {
            step = (step + 1) % 100;
            let value = 0.03 + f64::from(step) * 0.0005;
            window.app.request(Action::SetNumber { id: "power.price_usd_per_kwh", value });
            black_box(window.frame())
        });
    });

    let mut window = Window::settled(Command::PageCashFlow);
    c.bench_function("cash flow page at rest", |b| b.iter(|| black_box(window.frame())));
}

fn start(c: &mut Criterion) {
    let mut group = c.benchmark_group("start");
    group.sample_size(20).measurement_time(Duration::from_secs(8));
    group.bench_function("from nothing to the first frame", |b| b.iter(|| black_box(Window::open().frame())));
    group.finish();
}

criterion_group!(all, frames, start);
criterion_main!(all);
