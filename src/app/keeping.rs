//! Recovery of unsaved work: passed to the autosave thread, and offered after a crash.

use std::path::Path;

use super::keeper::Keeper;
use crate::state::{Document, Notice, State};
use crate::store::{Kept, Recovery, Work};

/// Access to the unsaved work of this run and of earlier ones.
#[derive(Debug)]
pub(super) struct Keeping {
    recovery: Recovery,
    keeper: Keeper,
    /// True while a recovery file holds unsaved work of this run.
    holds_work: bool,
}

impl Keeping {
    /// Uses the recovery folder within the folder of a session.
    pub(super) fn new(session_folder: &Path, ctx: &egui::Context) -> Self {
        let recovery = Recovery::new(session_folder);
        Self { keeper: Keeper::new(recovery.clone(), ctx.clone()), recovery, holds_work: false }
    }

    /// Work of earlier runs, and work that was declined.
    pub(super) fn list(&self) -> Vec<Kept> {
        self.recovery.list()
    }

    /// Offers unsaved work of earlier runs; unreadable files are reported once.
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

    /// Writes a recovery file while the document has unsaved changes.
    pub(super) fn keep(&mut self, document: &Document) {
        let is_unsaved = document.is_unsaved();
        if is_unsaved || self.holds_work {
            self.keeper.keep(is_unsaved.then(|| document.work()));
        }
        self.holds_work = is_unsaved;
    }

    /// The error of the last write, if it failed.
    pub(super) fn problem(&self) -> Option<String> {
        self.keeper.problem()
    }

    /// Moves unsaved work of a closed document to the declined files, where it stays for a while.
    pub(super) fn put_aside(&self, work: Work) {
        self.keeper.put_aside(work);
    }

    /// Takes over unsaved work of an earlier run; its file stays until this run has written the work.
    pub(super) fn take_over(&self, file: &Path) {
        self.keeper.take_over(file.to_owned());
    }

    /// Declines unsaved work of an earlier run, or removes it if it was declined before.
    pub(super) fn decline(&self, kept: &Kept) -> Result<(), String> {
        if kept.is_declined {
            Recovery::remove(&kept.file);
            return Ok(());
        }
        self.recovery.decline(&kept.file).map_err(|fault| fault.to_string())
    }

    /// Ends with the window; work that the user leaves unsaved is kept among the declined files.
    pub(super) fn end(&mut self, document: &Document) {
        if document.is_unsaved() {
            self.keeper.put_aside(document.work());
        }
        self.keeper.end();
    }
}
