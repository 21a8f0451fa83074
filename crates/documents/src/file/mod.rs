//! Files: read with a size limit, written atomically.

mod place;
mod read;
#[cfg(test)]
mod tests;
mod unfinished;
mod write;

use std::path::Path;

pub use place::{Placed, read_only};
pub use read::{MOST_BYTES, read_bytes, read_regular_text, read_text};
pub use unfinished::remove_unfinished_on_signals;
pub use write::{OutputFile, remove_leftovers, write_atomically, write_regular};

/// Error of a file.
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
    /// It exceeds the size limit.
    #[error("{path}: larger than {limit} bytes, the most that is read")]
    TooLarge {
        /// The file.
        path: String,
        /// The limit.
        limit: u64,
    },
    /// It is not valid UTF-8.
    #[error("{path}: not UTF-8 text, from byte {offset} on")]
    NotText {
        /// The file.
        path: String,
        /// Offset of the first invalid byte.
        offset: usize,
    },
    /// It is a folder, a pipe or a device instead of a regular file.
    #[error("{path}: {kind}, not a file")]
    NotAFile {
        /// The path.
        path: String,
        /// `a folder`, `a pipe`.
        kind: &'static str,
    },
    /// Its permissions do not allow changes.
    #[error("{path}: {why}; save under another name, or change its permissions")]
    ReadOnly {
        /// The file.
        path: String,
        /// `it is read-only`.
        why: &'static str,
    },
    /// Its content is invalid.
    #[error("{path}{at}: {what}")]
    Content {
        /// The file.
        path: String,
        /// Line and column, `:12:5`, or nothing.
        at: String,
        /// The fault and its remedy.
        what: String,
    },
}

impl FileError {
    /// A fault of the system at a path, for `map_err`.
    pub fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.display().to_string();
        move |source| Self::Io { path, source }
    }

    /// A content that is not valid.
    pub fn content(path: &Path, what: impl Into<String>) -> Self {
        Self::Content { path: path.display().to_string(), at: String::new(), what: what.into() }
    }
}
