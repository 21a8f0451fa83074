//! Save state of a document: the one place that decides between saved and unsaved.

use super::content::Content;
use crate::store::{self, Source};

/// Origin of a document, and its state on disk.
#[derive(Clone, Debug)]
pub struct Link {
    /// The content last opened or saved; `None` for work that never was in a file or an example.
    pub(super) saved: Option<Content>,
    /// The file, if there is one.
    pub(super) source: Option<Source>,
    /// Whether it came from unsaved work of an earlier run, and was not saved since.
    pub(super) is_restored: bool,
    /// Result of the last check of the file on disk.
    pub(super) on_disk: OnDisk,
}

/// State of the file on disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnDisk {
    /// As last read or written, or not checked.
    #[default]
    Unchanged,
    /// Something else.
    Changed,
    /// The same, and it must not be changed.
    ReadOnly(&'static str),
}

/// The state of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// A worked example as it came.
    Example,
    /// Its file holds what is shown.
    Saved,
    /// Something is in no file.
    Changed,
    /// Unsaved work of an earlier run.
    Restored,
    /// Somebody else has changed its file.
    ChangedOnDisk,
    /// Its file must not be changed.
    ReadOnly,
}

/// Questions before a file is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveQuestion {
    /// A newer version of the program wrote it.
    Newer {
        /// Its schema.
        schema: u32,
    },
    /// Its permissions do not allow it.
    ReadOnly(&'static str),
    /// It is not what was read.
    ChangedOnDisk,
    /// Comments would be lost.
    Comments(usize),
    /// Another preset is there.
    Replaces,
    /// Something is there that is no preset.
    NotAPreset,
}

impl SaveQuestion {
    /// Whether the file can be written all the same.
    pub const fn can_go_on(&self) -> bool {
        !matches!(self, Self::Newer { .. } | Self::ReadOnly(_))
    }
}

impl Link {
    pub(super) fn state(&self, content: &Content) -> Life {
        let is_newer = self.source.as_ref().is_some_and(|source| source.newer.is_some());
        match self.on_disk {
            _ if self.is_restored => Life::Restored,
            OnDisk::Changed => Life::ChangedOnDisk,
            _ if self.saved.as_ref() != Some(content) => Life::Changed,
            OnDisk::ReadOnly(_) => Life::ReadOnly,
            OnDisk::Unchanged if is_newer => Life::ReadOnly,
            OnDisk::Unchanged if self.source.is_some() => Life::Saved,
            OnDisk::Unchanged => Life::Example,
        }
    }

    pub(super) fn is_unsaved(&self, content: &Content) -> bool {
        self.is_restored || self.saved.as_ref() != Some(content)
    }

    /// Questions before the own file is written.
    pub(super) fn questions(&self) -> Vec<SaveQuestion> {
        let Some(source) = &self.source else { return Vec::new() };
        let newer = source.newer.as_ref().map(|newer| SaveQuestion::Newer { schema: newer.schema });
        let others = match look(source) {
            OnDisk::ReadOnly(why) => Some(SaveQuestion::ReadOnly(why)),
            OnDisk::Changed => Some(SaveQuestion::ChangedOnDisk),
            OnDisk::Unchanged => None,
        };
        let comments = (source.comments > 0).then_some(SaveQuestion::Comments(source.comments));
        newer.into_iter().chain(others).chain(comments).collect()
    }
}

/// Compares a file with what was read or written last. One that is gone can simply be written again.
pub fn look(source: &Source) -> OnDisk {
    if let Some(why) = store::read_only(&source.path) {
        return OnDisk::ReadOnly(why);
    }
    if !source.path.exists() {
        return OnDisk::Unchanged;
    }
    match store::read_regular_text(&source.path) {
        Ok(text) if *text == *source.text => OnDisk::Unchanged,
        _ => OnDisk::Changed,
    }
}

/// Question before another file than the own one is written.
pub fn questions_of_other(path: &std::path::Path, is_agreed: bool) -> Option<SaveQuestion> {
    if !path.exists() {
        return None;
    }
    if let Some(why) = store::read_only(path) {
        return Some(SaveQuestion::ReadOnly(why));
    }
    match store::open(path) {
        Err(_) => Some(SaveQuestion::NotAPreset),
        Ok(_) => (!is_agreed).then_some(SaveQuestion::Replaces),
    }
}
