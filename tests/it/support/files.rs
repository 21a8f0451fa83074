//! Files and folders of tests, and helpers that save and open them in a window.

use std::fs;
use std::path::{Path, PathBuf};

use egui::{Key, Modifiers, Role, ViewportCommand, ViewportEvent, ViewportId};
use tempfile::TempDir;
use wattfolio::app::Options;

use super::window::{CTRL, CTRL_SHIFT, Window};

/// A temporary folder, removed at the end of a test.
pub fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

/// A file dropped on a window.
#[derive(Debug)]
pub struct Dropped(pub PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        fs::read(&self.0).map_err(|fault| fault.to_string())
    }
}

/// Options of a window with its session in a folder.
pub fn kept_in(folder: &TempDir) -> Options {
    Options { session_folder: Some(folder.path().to_owned()), ..Options::default() }
}

/// Types a path into the open dialog, and confirms it.
pub fn enter_path(window: &mut Window, field: &str, path: &Path) {
    window.write(Role::TextInput, field, path.to_str().expect("UTF-8"));
    window.key(Modifiers::NONE, Key::Enter);
}

pub fn save_as(window: &mut Window, path: &Path, title: &str) {
    window.key(CTRL_SHIFT, Key::S);
    window.write(Role::TextInput, "Title", title);
    enter_path(window, "Path of the file", path);
}

pub fn open(window: &mut Window, path: &Path) {
    window.key(CTRL, Key::O);
    enter_path(window, "Path of the preset", path);
}

/// Requests the window to close; true if it does.
pub fn closes(window: &mut Window) -> bool {
    let input = window.harness().input_mut();
    input.viewports.entry(ViewportId::ROOT).or_default().events.push(ViewportEvent::Close);
    window.harness().step();
    let commands = window.harness().output().viewport_output[&ViewportId::ROOT].commands.clone();
    window.settle();
    !commands.contains(&ViewportCommand::CancelClose)
}
