//! What the app remembers between starts: looks, recent files, and work that was not saved.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::file::{FileError, read_text, write_atomically};
use crate::theme::PaletteChoice;

/// Number of recent files that are kept.
const MOST_RECENT: usize = 8;

/// Looks and recent files.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    /// Dark, light, or as the system.
    pub theme: ThemeChoice,
    /// The family of colours.
    pub palette: PaletteChoice,
    /// Files opened or saved, the latest first.
    pub recent: Vec<PathBuf>,
}

/// Dark, light, or as the system.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ThemeChoice {
    /// As the system.
    #[default]
    System,
    /// Always dark.
    Dark,
    /// Always light.
    Light,
}

impl Session {
    /// Reads a session; a missing or damaged file gives the defaults, and a damaged one is kept beside it.
    pub fn load(path: &Path) -> Self {
        let Ok(text) = read_text(path) else { return Self::default() };
        ron::from_str(&text).unwrap_or_else(|fault| {
            log::warn!("{}: {fault}; starting with defaults", path.display());
            std::fs::rename(path, path.with_extension("ron.bak")).ok();
            Self::default()
        })
    }

    /// Writes the session.
    ///
    /// # Errors
    /// If the folder or the file cannot be written.
    pub fn save(&self, path: &Path) -> Result<(), FileError> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(FileError::io(folder))?;
        }
        let text = ron::ser::to_string_pretty(self, ron::ser::PrettyConfig::default()).unwrap_or_default();
        write_atomically(path, text.as_bytes())?;
        Ok(())
    }

    /// Puts a file at the head of the recent ones.
    pub fn remember(&mut self, path: &Path) {
        self.recent.retain(|known| known != path);
        self.recent.insert(0, path.to_owned());
        self.recent.truncate(MOST_RECENT);
    }
}

/// Where the session is kept.
pub fn session_file(folder: &Path) -> PathBuf {
    folder.join("session.ron")
}

/// Where unsaved work is kept against a crash.
pub fn recovery_file(folder: &Path) -> PathBuf {
    folder.join("recovery.ron")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_session_gives_defaults_and_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = session_file(folder.path());
        assert_eq!(Session::load(&path), Session::default());
        let mut session = Session { theme: ThemeChoice::Light, ..Session::default() };
        (0..12).for_each(|i| session.remember(Path::new(&format!("/{}.ron", i % 10))));
        assert_eq!(session.recent.len(), 8);
        assert_eq!(session.recent[0], Path::new("/1.ron"));
        session.save(&path).unwrap();
        assert_eq!(Session::load(&path), session);
        std::fs::write(&path, "(theme: Purple").unwrap();
        assert_eq!(Session::load(&path), Session::default());
        assert!(path.with_extension("ron.bak").exists());
    }
}
