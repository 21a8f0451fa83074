//! Names of files that the user does not spell out.

use std::path::{Path, PathBuf};

/// A title as a file name: letters, digits and dashes.
pub(super) fn file_stem(title: &str) -> String {
    let dashed: String =
        title.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let parts: Vec<&str> = dashed.split('-').filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "scenario".to_owned() } else { parts.join("-") }
}

/// A path with an extension, if it has none.
pub(super) fn with_extension(path: &Path, extension: &str) -> PathBuf {
    if path.extension().is_some() { path.to_owned() } else { path.with_extension(extension) }
}
