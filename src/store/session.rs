//! The session: appearance and recent files, kept between starts.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::SavedPath;
use super::settings::{read_settings, write_settings};
use crate::theme::PaletteChoice;
use wattfolio_documents::FileError;

/// Number of recent files that are kept.
const MOST_RECENT: usize = 8;

/// Appearance and recent files.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    /// Dark, light, or system theme.
    pub theme: ThemeChoice,
    /// Family of colours.
    pub palette: PaletteChoice,
    /// Files opened or saved, the latest first.
    pub recent: Vec<SavedPath>,
}

/// Dark, light, or system theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ThemeChoice {
    /// The theme of the system.
    #[default]
    System,
    /// Always dark.
    Dark,
    /// Always light.
    Light,
}

impl Session {
    /// Reads a session. A missing file gives the defaults; so does an unreadable one, which is renamed as a
    /// backup.
    pub fn load(path: &Path) -> Self {
        read_settings(path).unwrap_or_else(|fault| {
            log::warn!("{}: {fault}; starting with defaults", path.display());
            if let Err(fault) = std::fs::rename(path, path.with_extension("ron.bak")) {
                log::warn!("{}: not kept: {fault}", path.display());
            }
            Self::default()
        })
    }

    /// Writes the session, merged with the recent files of windows closed in the meantime.
    ///
    /// # Errors
    /// If the folder or the file cannot be written.
    pub fn save(&self, path: &Path) -> Result<(), FileError> {
        let mut merged = self.clone();
        for file in Self::load(path).recent {
            if !merged.recent.contains(&file) {
                merged.recent.push(file);
            }
        }
        merged.recent.truncate(MOST_RECENT);
        write_settings(path, &merged)
    }

    /// Moves a file to the head of the recent files.
    pub fn remember(&mut self, path: &Path) {
        // Absolute, because the working directory of a later start may differ.
        let path = SavedPath(std::path::absolute(path).unwrap_or_else(|_| path.to_owned()));
        self.recent.retain(|known| *known != path);
        self.recent.insert(0, path);
        self.recent.truncate(MOST_RECENT);
    }
}

/// Path of the session file.
pub fn session_file(folder: &Path) -> PathBuf {
    folder.join("session.ron")
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
        assert_eq!(session.recent[0].0, Path::new("/1.ron"));
        session.save(&path).unwrap();
        assert_eq!(Session::load(&path), session);
        let backup = path.with_extension("ron.bak");
        for damage in [b"(theme: Purple".to_vec(), vec![0xff, 0xfe, b'('], vec![b' '; 2 << 20]] {
            std::fs::write(&path, &damage).unwrap();
            assert_eq!(Session::load(&path), Session::default());
            assert_eq!(std::fs::read(&backup).unwrap(), damage);
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_recent_file_whose_name_is_no_text_empties_nothing() {
        use std::os::unix::ffi::OsStrExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = session_file(folder.path());
        let mut session = Session { theme: ThemeChoice::Dark, ..Session::default() };
        session.remember(Path::new("/plan.ron"));
        session.remember(Path::new(std::ffi::OsStr::from_bytes(b"/\xff.ron")));
        session.save(&path).unwrap();
        assert_eq!(Session::load(&path), session);
    }

    #[test]
    #[cfg(unix)]
    fn a_pipe_in_place_of_the_session_holds_nobody_up() {
        let folder = tempfile::tempdir().unwrap();
        let path = session_file(folder.path());
        rustix::fs::mknodat(rustix::fs::CWD, &path, rustix::fs::FileType::Fifo, 0o600.into(), 0).unwrap();
        assert_eq!(Session::load(&path), Session::default());
        Session::default().save(&path).unwrap();
        assert!(path.metadata().unwrap().is_file(), "the pipe was moved aside");
    }

    #[test]
    fn two_windows_remember_the_files_of_both() {
        let folder = tempfile::tempdir().unwrap();
        let path = session_file(folder.path());
        let (mut first, mut second) = (Session::load(&path), Session::load(&path));
        first.remember(Path::new("/first.ron"));
        second.remember(Path::new("/second.ron"));
        first.save(&path).unwrap();
        second.save(&path).unwrap();
        let recent: Vec<_> = Session::load(&path).recent.into_iter().map(|file| file.0).collect();
        assert_eq!(recent, [Path::new("/second.ron"), Path::new("/first.ron")]);
    }
}
