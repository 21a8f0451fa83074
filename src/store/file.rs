//! Reading with a limit, writing without ever leaving half a file.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::Path;

/// A preset is a few kilobytes; nothing larger than this is read.
pub const MOST_BYTES: u64 = 1 << 20;

/// What can go wrong with a file.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be opened, read or written.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// It is too large for what it should be.
    #[error("{path}: larger than {limit} bytes, so it is no preset")]
    TooLarge {
        /// The file.
        path: String,
        /// The limit.
        limit: u64,
    },
    /// It is not text.
    #[error("{path}: not UTF-8 text, from byte {offset} on")]
    NotText {
        /// The file.
        path: String,
        /// Where it stops being text.
        offset: usize,
    },
    /// It is text, but not what it should be.
    #[error("{path}{at}: {what}")]
    Content {
        /// The file.
        path: String,
        /// Line and column, `:12:5`, or nothing.
        at: String,
        /// What is wrong and what to do.
        what: String,
    },
}

impl FileError {
    pub(super) fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.display().to_string();
        move |source| Self::Io { path, source }
    }
}

/// Reads a text file of at most [`MOST_BYTES`]; a byte-order mark is dropped.
///
/// # Errors
/// If it cannot be read, is too large, or is no text.
pub fn read_text(path: &Path) -> Result<String, FileError> {
    let file = File::open(path).map_err(FileError::io(path))?;
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(FileError::io(path))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(FileError::TooLarge { path: path.display().to_string(), limit: MOST_BYTES });
    }
    let text = String::from_utf8(bytes).map_err(|fault| FileError::NotText {
        path: path.display().to_string(),
        offset: fault.utf8_error().valid_up_to(),
    })?;
    Ok(text.strip_prefix('\u{feff}').map_or_else(|| text.clone(), str::to_owned))
}

/// Writes a file beside its place and moves it there, so that a reader sees the old content or the new one.
///
/// # Errors
/// If the folder or the file cannot be written; the old content is then unchanged.
pub fn write_atomically(path: &Path, content: &[u8]) -> Result<(), FileError> {
    let error = || FileError::io(path);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(error())?;
    file.write_all(content).map_err(error())?;
    file.as_file().sync_all().map_err(error())?;
    keep_permissions(path, file.as_file()).map_err(error())?;
    file.persist(path).map_err(|fault| error()(fault.error))?;
    Ok(())
}

/// A replaced file keeps its permissions; a new one gets the usual ones instead of those of a temporary file.
#[cfg(unix)]
fn keep_permissions(path: &Path, file: &File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = path.metadata().map_or(0o644, |old| old.permissions().mode());
    file.set_permissions(std::fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn keep_permissions(_: &Path, _: &File) -> std::io::Result<()> {
    Ok(())
}
