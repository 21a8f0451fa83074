//! Unsaved work: handed to the thread that keeps it, and offered after a crash.

use std::path::Path;

use super::keeper::Keeper;
use crate::state::{Document, Notice, State};
use crate::store::{Kept, Recovery, Work};

/// The way to unsaved work of this and of earlier runs.
#[derive(Debug)]
pub(super) struct Keeping {
    recovery: Recovery,
    keeper: Keeper,
    /// Whether the keeper holds unsaved work.
    holds_work: bool,
}

impl Keeping {
    /// Within the folder of a session.
    pub(super) fn new(session_folder: &Path, ctx: &egui::Context) -> Self {
        let recovery = Recovery::new(session_folder);
        Self { keeper: Keeper::new(recovery.clone(), ctx.clone()), recovery, holds_work: false }
    }

    /// Work of earlier runs, and work that was declined.
    pub(super) fn list(&self) -> Vec<Kept> {
        self.recovery.list()
    }

    /// Says that there is unsaved work of earlier runs. What cannot be read is said once.
    pub(super) fn offer(&self, state: &mut State) {
        let list = self.list();
        let waiting = || list.iter().filter(|kept| !kept.is_declined);
        let (readable, damaged): (Vec<_>, Vec<_>) = waiting().partition(|kept| kept.work.is_ok());
        let text = match (readable.len(), damaged.len()) {
            (0, 0) => None,
            (0, _) => {
                Some("Unsaved work of an earlier run is damaged. File, Recover… names the file.".to_owned())
            }
            (1, _) => {
                Some("Unsaved work of an earlier run was kept. File, Recover… brings it back.".to_owned())
            }
            (n, _) => Some(format!("Unsaved work of {n} earlier runs was kept. File, Recover… lists it.")),
        };
        for kept in damaged {
            if let Err(fault) = self.recovery.decline(&kept.file) {
                log::warn!("{fault}");
            }
        }
        state.kept = self.list();
        if let Some(text) = text {
            state.view.notice = Some(Notice::note(text));
        }
    }

    /// Keeps the document while something of it is in no file.
    pub(super) fn keep(&mut self, document: &Document) {
        let is_unsaved = document.is_unsaved();
        if is_unsaved || self.holds_work {
            self.keeper.keep(is_unsaved.then(|| document.work()));
        }
        self.holds_work = is_unsaved;
    }

    /// Why work cannot be kept, if it cannot.
    pub(super) fn problem(&self) -> Option<String> {
        self.keeper.problem()
    }

    /// Keeps work that the user leaves behind where it can still be had for a while.
    pub(super) fn put_aside(&self, work: Work) {
        self.keeper.put_aside(work);
    }

    /// Work of an earlier run is now that of this one; it stays where it is until it is kept anew.
    pub(super) fn take_over(&self, file: &Path) {
        self.keeper.take_over(file.to_owned());
    }

    /// Puts unsaved work of an earlier run among the declined, or removes it if it was there already.
    pub(super) fn decline(&self, kept: &Kept) -> Result<(), String> {
        if kept.is_declined {
            Recovery::remove(&kept.file);
            return Ok(());
        }
        self.recovery.decline(&kept.file).map_err(|fault| fault.to_string())
    }

    /// The window closes in good order. Work that the user leaves unsaved can be had for a while.
    pub(super) fn end(&mut self, document: &Document) {
        if document.is_unsaved() {
            self.keeper.put_aside(document.work());
        }
        self.keeper.end();
    }
}
