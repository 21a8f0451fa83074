//! Reading text files.

use std::fs::{File, Metadata};
use std::io::Read as _;
use std::path::Path;

use super::FileError;

/// Size limit of text files, bytes; a preset has a few kilobytes.
pub const MOST_BYTES: u64 = 1 << 20;

/// Reads a file of at most `most_bytes` bytes. On a pipe it waits for the writer.
///
/// # Errors
/// If it cannot be read, or is too large.
pub fn read_bytes(path: &Path, most_bytes: u64) -> Result<Vec<u8>, FileError> {
    let file = File::open(path).map_err(FileError::io(path))?;
    let mut bytes = Vec::new();
    file.take(most_bytes + 1).read_to_end(&mut bytes).map_err(FileError::io(path))?;
    if bytes.len() as u64 > most_bytes {
        return Err(FileError::TooLarge { path: path.display().to_string(), limit: most_bytes });
    }
    Ok(bytes)
}

/// Reads a text file of at most [`MOST_BYTES`]; a byte-order mark is dropped. On a pipe it waits for the writer.
///
/// # Errors
/// If it cannot be read, is too large, or is no text.
pub fn read_text(path: &Path) -> Result<String, FileError> {
    let bytes = read_bytes(path, MOST_BYTES)?;
    let text = String::from_utf8(bytes).map_err(|fault| FileError::NotText {
        path: path.display().to_string(),
        offset: fault.utf8_error().valid_up_to(),
    })?;
    Ok(text.strip_prefix('\u{feff}').map_or_else(|| text.clone(), str::to_owned))
}

/// [`read_text`] for regular files only, because a pipe or a device could block forever.
///
/// # Errors
/// As [`read_text`], and if it is not a regular file.
pub fn read_regular_text(path: &Path) -> Result<String, FileError> {
    let metadata = path.metadata().map_err(FileError::io(path))?;
    if !metadata.is_file() {
        return Err(FileError::NotAFile { path: path.display().to_string(), kind: kind(&metadata) });
    }
    read_text(path)
}

/// File type in words.
pub(super) fn kind(metadata: &Metadata) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt as _;
        let kind = metadata.file_type();
        if kind.is_fifo() {
            return "a pipe";
        }
        if kind.is_socket() {
            return "a socket";
        }
        if kind.is_char_device() || kind.is_block_device() {
            return "a device";
        }
    }
    if metadata.is_dir() { "a folder" } else { "something else" }
}
