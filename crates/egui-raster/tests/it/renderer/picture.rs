//! A small UI, compared with a picture that is checked in.
//!
//! `UPDATE=1 cargo test -p egui-raster` draws that picture anew.

use egui::{Color32, ColorImage, Shape, Stroke, Theme, pos2, vec2};
use egui_raster::Headless;
use std::error::Error;
use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::Path;

fn small_ui(ui: &mut egui::Ui) {
    egui::Frame::new().inner_margin(8).show(ui, |ui| {
        ui.heading("Hello, pixels");
        ui.label("Text 1 234.56 €/MWh");
        ui.horizontal(|ui| {
            let _ = ui.button("Button");
            ui.checkbox(&mut true, "Checked");
        });
        ui.add(egui::Slider::new(&mut 40.0_f64, 0.0..=100.0));
        ui.add(egui::ProgressBar::new(0.4).desired_width(120.0));
    });
    let painter = ui.painter();
    let wave = |i: u8| pos2(150.0 + f32::from(i), 70.0 + f32::from((i % 20).abs_diff(10)) * 3.0);
    painter.add(Shape::line((0..80).step_by(5).map(wave).collect(), Stroke::new(1.5, Color32::GOLD)));
    painter.circle_filled(pos2(210.0, 30.0), 20.0, Color32::from_rgba_unmultiplied(80, 200, 120, 90));
    painter.circle_filled(pos2(190.0, 24.0), 3.0, Color32::LIGHT_RED);
    painter.rect_filled(
        egui::Rect::from_min_size(pos2(195.3, 10.7), vec2(30.0, 20.0)),
        4.0,
        Color32::from_rgb_additive(60, 0, 90),
    );
}

fn picture() -> ColorImage {
    let mut window = Headless::new(egui::Context::default(), [240.0, 150.0], 1.25).theme(Theme::Dark);
    let image = window.run(small_ui);
    assert!(window.settled() && window.renderer().take_report().is_complete());
    image
}

fn read(path: &Path) -> Result<ColorImage, Box<dyn Error>> {
    let mut reader = png::Decoder::new(BufReader::new(File::open(path)?)).read_info()?;
    let mut bytes = vec![0; reader.output_buffer_size().ok_or("too large")?];
    let info = reader.next_frame(&mut bytes)?;
    Ok(ColorImage::from_rgb([info.width as usize, info.height as usize], &bytes))
}

fn write(path: &Path, image: &ColorImage) -> Result<(), Box<dyn Error>> {
    let [width, height] = [u32::try_from(image.width())?, u32::try_from(image.height())?];
    let mut encoder = png::Encoder::new(BufWriter::new(File::create(path)?), width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_compression(png::Compression::High);
    let rgb: Vec<u8> = image.pixels.iter().flat_map(|p| [p.r(), p.g(), p.b()]).collect();
    Ok(encoder.write_header()?.write_image_data(&rgb)?)
}

#[test]
fn a_small_ui_looks_as_it_did() -> Result<(), Box<dyn Error>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/renderer/small_ui.png");
    let drawn = picture();
    if std::env::var_os("UPDATE").is_some_and(|value| value == "1") {
        write(&path, &drawn)?;
    }
    let expected = read(&path)?;
    assert_eq!(drawn.size, expected.size);
    let differences = drawn.pixels.iter().zip(&expected.pixels).filter(|(a, b)| a != b).count();
    if differences > 0 {
        let drawn_path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("small_ui.png");
        write(&drawn_path, &drawn)?;
        return Err(format!("{differences} pixels differ, see {}", drawn_path.display()).into());
    }
    Ok(())
}

#[test]
fn every_run_draws_the_same() {
    let first = picture();
    for _ in 0..5 {
        assert!(picture() == first);
    }
}
