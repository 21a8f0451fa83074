//! One fixed UI, drawn by egui's OpenGL painter in a window and by this crate into a PNG file.
//!
//! ```text
//! cargo run --release --example window -- show [dithered]
//! cargo run --release --example window -- draw OUT.png [PIXELS_PER_POINT]
//! cargo run --release --example window -- compare A.png B.png [DIFFERENCE.png]
//! ```
//!
//! Photograph the window (800×500 points, no decorations) and compare. On X11 the environment variable
//! `WINIT_X11_SCALE_FACTOR` sets the pixels per point of the window.

mod common;

use common::png_file::{read, write};
use egui::{Color32, ColorImage};
use egui_raster::Headless;
use std::error::Error;

/// Width and height of window and picture in points.
const SIZE: [f32; 2] = [800.0, 500.0];
const BACKGROUND: Color32 = Color32::from_gray(20);

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["show"] => Ok(show(false)?),
        ["show", "dithered"] => Ok(show(true)?),
        ["draw", path] => draw(path, 1.0),
        ["draw", path, scale] => draw(path, scale.parse()?),
        ["compare", a, b] => compare(&read(a)?, &read(b)?, None),
        ["compare", a, b, out] => compare(&read(a)?, &read(b)?, Some(out)),
        _ => {
            Err("show [dithered], draw OUT.png [PIXELS_PER_POINT] or compare A.png B.png [DIFFERENCE.png]"
                .into())
        }
    }
}

/// The UI in a window.
struct App(common::Scene);

impl eframe::App for App {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.0.show(ui);
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        BACKGROUND.to_normalized_gamma_f32()
    }
}

fn show(dithering: bool) -> eframe::Result {
    let viewport = egui::ViewportBuilder::default().with_inner_size(SIZE).with_decorations(false);
    let options = eframe::NativeOptions { viewport, persist_window: false, dithering, ..Default::default() };
    eframe::run_native(
        "egui-raster",
        options,
        Box::new(|creation| {
            creation.egui_ctx.set_theme(egui::Theme::Dark);
            Ok(Box::new(App(common::Scene::default())))
        }),
    )
}

fn draw(path: &str, pixels_per_point: f32) -> Result<(), Box<dyn Error>> {
    let mut scene = common::Scene::default();
    let mut window = Headless::new(egui::Context::default(), SIZE, pixels_per_point)
        .theme(egui::Theme::Dark)
        .background(BACKGROUND)
        .max_texture_side(16384); // as the window has it
    let image = window.run(|ui| scene.show(ui));
    println!("{:?}", window.renderer().take_report());
    write(path, &image)
}

/// Prints how far two pictures differ and writes the differences, 60 times enlarged.
fn compare(a: &ColorImage, b: &ColorImage, out: Option<&&str>) -> Result<(), Box<dyn Error>> {
    if a.size != b.size {
        return Err(format!("{:?} against {:?} pixels", a.size, b.size).into());
    }
    let differences: Vec<[u8; 3]> = a
        .pixels
        .iter()
        .zip(&b.pixels)
        .map(|(a, b)| [a.r().abs_diff(b.r()), a.g().abs_diff(b.g()), a.b().abs_diff(b.b())])
        .collect();
    let count = differences.len() as f64;
    let largest = differences.iter().flatten().max().copied().unwrap_or(0);
    let sum: u64 = differences.iter().flatten().map(|&d| u64::from(d)).sum();
    let share = |limit: u8| {
        let beyond = differences.iter().filter(|d| d.iter().any(|&d| d > limit)).count();
        100.0 * beyond as f64 / count
    };
    println!("largest difference of a channel: {largest}/255");
    println!("mean difference of a channel: {:.5}/255", sum as f64 / (3.0 * count));
    for limit in [0, 1, 2, 8] {
        println!("pixels that differ by more than {limit}/255: {:.4} %", share(limit));
    }
    if let Some(path) = out {
        let enlarged = differences.iter().map(|d| {
            let [r, g, b] = d.map(|channel| channel.saturating_mul(60));
            Color32::from_rgb(r, g, b)
        });
        write(path, &ColorImage::new(a.size, enlarged.collect()))?;
    }
    Ok(())
}
