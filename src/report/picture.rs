//! PNG files.

use std::path::Path;

use egui::ColorImage;

use crate::store::{FileError, write_atomically};

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// Something in the window could not be drawn.
    #[error("parts of the window could not be drawn: {0}")]
    Incomplete(String),
    /// The pixels could not be packed.
    #[error("the picture could not be packed: {0}")]
    Encoding(#[from] png::EncodingError),
    /// The file could not be written.
    #[error(transparent)]
    File(#[from] FileError),
}

/// Packs a picture as PNG.
///
/// # Errors
/// If the picture is empty.
pub fn png_bytes(image: &ColorImage) -> Result<Vec<u8>, PictureError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, image.size[0] as u32, image.size[1] as u32);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    // A window is opaque, so the fourth channel says nothing.
    let pixels: Vec<u8> = image.pixels.iter().flat_map(|pixel| [pixel.r(), pixel.g(), pixel.b()]).collect();
    writer.write_image_data(&pixels)?;
    writer.finish()?;
    Ok(bytes)
}

/// Writes a picture to a file, atomically.
///
/// # Errors
/// If it cannot be packed or the file cannot be written.
pub fn write_png(image: &ColorImage, path: &Path) -> Result<(), PictureError> {
    write_atomically(path, &png_bytes(image)?)?;
    Ok(())
}
