//! PNG files.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use egui::ColorImage;

use super::format::{Format, Promise};
use crate::store::{FileError, OutputFile, Placed};

/// Pictures of the window.
pub static PNG: Format =
    Format { id: "png", aliases: &[], label: "a PNG picture", endings: &["png"], is_binary: true };

/// Most pixels of a picture: 100 megapixels, which are 400 MB of memory.
pub const MOST_PIXELS: u64 = 100_000_000;

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// It would have too many pixels.
    #[error(
        "the picture would have {width}×{height} pixels, and at most {} million fit: {}",
        MOST_PIXELS / 1_000_000,
        fitting.map_or("make it smaller".to_owned(), |scale| format!("draw {scale} pixels a point, or make it smaller"))
    )]
    TooLarge {
        /// Pixels from left to right.
        width: u64,
        /// Pixels from top to bottom.
        height: u64,
        /// Pixels a point at which the same window fits, if there are any that make sense.
        fitting: Option<f32>,
    },
    /// There is too little memory.
    #[error("the picture needs {} MB of memory, which is not available", bytes.div_ceil(1_000_000))]
    NoMemory {
        /// Memory that it needs, bytes.
        bytes: usize,
    },
    /// The name promises another kind of file.
    #[error("{path} would be {label} by its name, and pictures are PNG; name it {other}")]
    NotPng {
        /// The name.
        path: String,
        /// Format that the name promises.
        label: &'static str,
        /// A name that would do.
        other: String,
    },
    /// Something in the window could not be drawn.
    #[error("parts of the window could not be drawn: {0}")]
    Incomplete(String),
    /// The pixels could not be packed.
    #[error("the picture could not be packed: {0}")]
    Encoding(png::EncodingError),
    /// The file could not be written.
    #[error(transparent)]
    File(#[from] FileError),
}

/// A PNG file that waits for its picture. It appears whole when the picture is written, and leaves no trace otherwise.
#[derive(Debug)]
pub struct PngFile(OutputFile);

impl PngFile {
    /// Prepares a file, so that what cannot be written is found before the picture is drawn.
    ///
    /// # Errors
    /// If the name promises another kind of file, or there is no place for it.
    pub fn create(path: &Path) -> Result<Self, PictureError> {
        check_name(path)?;
        Ok(Self(OutputFile::create(path)?))
    }

    /// The same for files alone: a pipe could keep a window waiting for good.
    ///
    /// # Errors
    /// As [`PngFile::create`], and for what is not a regular file.
    pub fn create_regular(path: &Path) -> Result<Self, PictureError> {
        check_name(path)?;
        Ok(Self(OutputFile::create_regular(path)?))
    }

    /// Writes the picture.
    ///
    /// # Errors
    /// If it cannot be packed or the file cannot be written.
    pub fn write(mut self, image: &ColorImage) -> Result<Placed, PictureError> {
        let written = encode_png(image, BufWriter::new(&mut self.0));
        written.map_err(|fault| match io_fault(fault) {
            Ok(fault) => PictureError::File(self.0.fault(fault)),
            Err(fault) => PictureError::Encoding(fault),
        })?;
        Ok(self.0.finish()?)
    }
}

/// Refuses names that promise another kind of file.
///
/// # Errors
/// If this one does.
pub fn check_name(path: &Path) -> Result<(), PictureError> {
    let label = match Promise::of(path) {
        Promise::Nothing => return Ok(()),
        Promise::Format(format) if *format == PNG => return Ok(()),
        Promise::Format(format) => format.label,
        Promise::Foreign(label) => label,
    };
    let other = path.with_extension(PNG.ending()).display().to_string();
    Err(PictureError::NotPng { path: path.display().to_string(), label, other })
}

/// Error of the file, if the file failed.
///
/// # Errors
/// Gives the fault back where it was the packing.
pub fn io_fault(fault: png::EncodingError) -> Result<io::Error, png::EncodingError> {
    match fault {
        png::EncodingError::IoError(fault) => Ok(fault),
        fault => Err(fault),
    }
}

/// Writes a picture as PNG, row by row.
///
/// # Errors
/// If it is empty, or cannot be written.
pub fn encode_png(image: &ColorImage, out: impl Write) -> Result<(), png::EncodingError> {
    let [width, height] = image.size;
    let mut encoder = png::Encoder::new(out, width as u32, height as u32);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut header = encoder.write_header()?;
    let mut writer = header.stream_writer()?;
    let mut row = Vec::with_capacity(3 * width);
    for pixels in image.pixels.chunks_exact(width) {
        row.clear();
        // A window is opaque, so the fourth channel says nothing.
        row.extend(pixels.iter().flat_map(|pixel| [pixel.r(), pixel.g(), pixel.b()]));
        writer.write_all(&row)?;
    }
    writer.finish()?;
    header.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_other_pictures_are_refused() {
        for name in ["x.jpg", "x.JPEG", "x.pdf", "x.json"] {
            let fault = check_name(Path::new(name)).unwrap_err().to_string();
            assert!(fault.contains("pictures are PNG; name it x.png"), "{fault}");
        }
        for name in ["x.png", "x.PNG", "x", "/dev/null"] {
            assert!(check_name(Path::new(name)).is_ok(), "{name}");
        }
    }

    #[test]
    fn what_is_packed_row_by_row_comes_back() {
        let expected: Vec<u8> = (0..15_u8).flat_map(|i| [i, 2 * i, 255 - i]).collect();
        let image = ColorImage::from_rgb([5, 3], &expected);
        let mut bytes = Vec::new();
        encode_png(&image, &mut bytes).unwrap();
        let mut reader = png::Decoder::new(io::Cursor::new(bytes)).read_info().unwrap();
        let mut back = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut back).unwrap();
        assert_eq!(back, expected);
        assert!(encode_png(&ColorImage::new([0, 0], Vec::new()), Vec::new()).is_err());
    }
}
