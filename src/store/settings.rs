//! Small files of settings in RON: read whole or not at all, written whole.

use std::io::ErrorKind;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use wattfolio_documents::{FileError, read_regular_text, write_regular};

/// Reads settings; a missing file gives the defaults.
///
/// # Errors
/// The reason, if there is a file that cannot be read.
pub fn read_settings<T: DeserializeOwned + Default>(path: &Path) -> Result<T, String> {
    match read_regular_text(path) {
        Ok(text) => ron::from_str(&text).map_err(|fault| fault.to_string()),
        Err(FileError::Io { source, .. }) if source.kind() == ErrorKind::NotFound => Ok(T::default()),
        Err(fault) => Err(fault.to_string()),
    }
}

/// Writes settings, in a folder that is made if it is missing.
///
/// # Errors
/// If the folder or the file cannot be written.
pub fn write_settings(path: &Path, settings: &impl Serialize) -> Result<(), FileError> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(FileError::io(folder))?;
    }
    let text = ron::ser::to_string_pretty(settings, ron::ser::PrettyConfig::default())
        .map_err(|fault| FileError::content(path, fault.to_string()))?;
    write_regular(path, text.as_bytes())?;
    Ok(())
}
