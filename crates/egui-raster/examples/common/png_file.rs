//! Pictures in PNG files, opaque.

use egui::ColorImage;
use std::error::Error;
use std::fs::File;
use std::io::{BufReader, BufWriter};

/// Reads an RGB or RGBA picture; transparency is ignored.
pub fn read(path: &str) -> Result<ColorImage, Box<dyn Error>> {
    let mut decoder = png::Decoder::new(BufReader::new(File::open(path)?));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info()?;
    let mut bytes = vec![0; reader.output_buffer_size().ok_or("the picture is too large")?];
    let info = reader.next_frame(&mut bytes)?;
    let size = [info.width as usize, info.height as usize];
    let rgb: Vec<u8> = match info.color_type {
        png::ColorType::Rgb => bytes,
        png::ColorType::Rgba => bytes.chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect(),
        other => return Err(format!("{other:?} instead of colours").into()),
    };
    Ok(ColorImage::from_rgb(size, &rgb))
}

/// Writes the red, green and blue of a picture.
pub fn write(path: &str, image: &ColorImage) -> Result<(), Box<dyn Error>> {
    let [width, height] = [u32::try_from(image.width())?, u32::try_from(image.height())?];
    let mut encoder = png::Encoder::new(BufWriter::new(File::create(path)?), width, height);
    encoder.set_color(png::ColorType::Rgb);
    let rgb: Vec<u8> = image.pixels.iter().flat_map(|p| [p.r(), p.g(), p.b()]).collect();
    Ok(encoder.write_header()?.write_image_data(&rgb)?)
}
