//! Autosave thread: writes unsaved work at once after a change, and every second during a drag.

use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::store::{FileError, Recovery, Slot, Work};

/// Minimum interval between two writes. No edit stays unwritten for longer than this plus the time of a
/// write.
const SHORTEST_PAUSE: Duration = Duration::from_secs(1);

/// Requests to the thread.
#[derive(Debug, Default)]
struct Inbox {
    /// The latest work, or the fact that everything is saved.
    latest: Option<Latest>,
    /// Unsaved work of documents that the user has closed.
    aside: Vec<Work>,
    /// Kept work of other instances that is safe once the latest is written.
    taken_over: Vec<PathBuf>,
    /// Request to end the thread.
    end: Option<End>,
    /// True while the thread waits for requests.
    is_idle: bool,
}

#[derive(Debug)]
enum Latest {
    Work(Box<Work>),
    Nothing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// The recovery files stay, as after a crash.
    Leave,
    /// The recovery file is removed: everything is saved or discarded.
    Clear,
}

#[derive(Debug, Default)]
struct Shared {
    inbox: Mutex<Inbox>,
    changed: Condvar,
    /// The error of the last write, if it failed.
    problem: Mutex<Option<String>>,
}

impl Shared {
    /// Ignores poisoning: every critical section leaves the values consistent.
    fn inbox(&self) -> MutexGuard<'_, Inbox> {
        self.inbox.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn problem(&self) -> MutexGuard<'_, Option<String>> {
        self.problem.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Handle to the autosave thread.
#[derive(Debug)]
pub struct Keeper {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl Keeper {
    /// Starts the thread; a failed write wakes the window.
    pub fn new(recovery: Recovery, ctx: egui::Context) -> Self {
        let shared = Arc::new(Shared::default());
        let worker = Worker { recovery, ctx, shared: Arc::clone(&shared), slot: None, last_write: None };
        let thread = std::thread::Builder::new().name("keep work".to_owned()).spawn(move || worker.run());
        if let Err(fault) = &thread {
            *shared.problem() = Some(fault.to_string());
        }
        Self { shared, thread: thread.ok() }
    }

    fn ask(&self, change: impl FnOnce(&mut Inbox)) {
        change(&mut self.shared.inbox());
        self.shared.changed.notify_all();
    }

    /// Writes the latest work, or removes its recovery file when everything is saved.
    pub fn keep(&self, work: Option<Work>) {
        let latest = work.map_or(Latest::Nothing, |work| Latest::Work(Box::new(work)));
        self.ask(|inbox| inbox.latest = Some(latest));
    }

    /// Moves unsaved work of a closed document to the declined files, where it stays for a while.
    pub fn put_aside(&self, work: Work) {
        self.ask(|inbox| inbox.aside.push(work));
    }

    /// Removes the recovery file of another instance once the latest work, which contains it, is written.
    pub fn take_over(&self, file: PathBuf) {
        self.ask(|inbox| inbox.taken_over.push(file));
    }

    /// The error of the last write, if it failed.
    pub fn problem(&self) -> Option<String> {
        self.shared.problem().clone()
    }

    /// Waits until all requests are done.
    #[cfg(test)]
    fn flush(&self) {
        let mut inbox = self.shared.inbox();
        while self.thread.as_ref().is_some_and(|thread| !thread.is_finished())
            && (inbox.latest.is_some() || !inbox.aside.is_empty() || !inbox.is_idle)
        {
            let wait = self.shared.changed.wait_timeout(inbox, Duration::from_millis(20));
            inbox = wait.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Ends the thread and removes the recovery file.
    pub fn end(&mut self) {
        self.finish(End::Clear);
    }

    fn finish(&mut self, end: End) {
        self.ask(|inbox| inbox.end = Some(end));
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.finish(End::Leave);
    }
}

/// State of the thread.
struct Worker {
    recovery: Recovery,
    ctx: egui::Context,
    shared: Arc<Shared>,
    /// Recovery file of this instance, claimed with the first unsaved work.
    slot: Option<Slot>,
    last_write: Option<Instant>,
}

/// Requests of one round of the thread.
struct Round {
    latest: Option<Latest>,
    aside: Vec<Work>,
    taken_over: Vec<PathBuf>,
    end: Option<End>,
}

impl Worker {
    fn run(mut self) {
        loop {
            let round = self.wait();
            let end = round.end;
            self.work(round);
            match end {
                None => {}
                Some(End::Leave) => return,
                Some(End::Clear) => {
                    if let Some(slot) = self.slot.take() {
                        slot.clear();
                        slot.release();
                    }
                    return;
                }
            }
        }
    }

    /// Waits for requests; work within the minimum interval waits for its end.
    fn wait(&self) -> Round {
        let mut inbox = self.shared.inbox();
        loop {
            let pause =
                self.last_write.map_or(Duration::ZERO, |last| SHORTEST_PAUSE.saturating_sub(last.elapsed()));
            let is_due = pause.is_zero() || !matches!(inbox.latest, Some(Latest::Work(_)));
            let is_urgent = !inbox.aside.is_empty() || inbox.end.is_some();
            if is_urgent || (inbox.latest.is_some() && is_due) {
                inbox.is_idle = false;
                return Round {
                    latest: inbox.latest.take(),
                    aside: std::mem::take(&mut inbox.aside),
                    taken_over: std::mem::take(&mut inbox.taken_over),
                    end: inbox.end,
                };
            }
            inbox.is_idle = inbox.latest.is_none();
            self.shared.changed.notify_all();
            inbox = if inbox.latest.is_some() {
                let wait = self.shared.changed.wait_timeout(inbox, pause);
                wait.unwrap_or_else(PoisonError::into_inner).0
            } else {
                self.shared.changed.wait(inbox).unwrap_or_else(PoisonError::into_inner)
            };
        }
    }

    fn work(&mut self, round: Round) {
        let mut done = Ok(());
        for work in &round.aside {
            done = done.and(self.recovery.put_aside(work));
        }
        let mut taken_over = round.taken_over;
        match round.latest {
            Some(Latest::Work(work)) => {
                let kept = self.keep(&work);
                if kept.is_ok() {
                    taken_over.drain(..).for_each(|file| Recovery::remove(&file));
                }
                done = done.and(kept);
            }
            Some(Latest::Nothing) => {
                if let Some(slot) = &self.slot {
                    slot.clear();
                }
            }
            None => {}
        }
        // Files of other instances stay until the work is written again.
        self.shared.inbox().taken_over.append(&mut taken_over);
        let problem = done.err().map(|fault| fault.to_string());
        if *self.shared.problem() != problem {
            *self.shared.problem() = problem;
            self.ctx.request_repaint();
        }
    }

    fn keep(&mut self, work: &Work) -> Result<(), FileError> {
        self.last_write = Some(Instant::now());
        let slot = match self.slot.take() {
            Some(slot) => slot,
            None => self.recovery.claim()?,
        };
        let kept = slot.keep(work);
        self.slot = Some(slot);
        kept
    }
}

#[cfg(test)]
mod tests {
    use wattfolio_economics::scenario::ValidScenario;

    use super::*;
    use crate::state::Document;
    use crate::store::Preset;

    fn work(title: &str) -> Work {
        Document::new(Preset::new(title.to_owned(), ValidScenario::default()), None).work()
    }

    #[test]
    fn the_latest_of_many_changes_is_kept_within_two_seconds() {
        let folder = tempfile::tempdir().unwrap();
        let recovery = Recovery::new(folder.path());
        let keeper = Keeper::new(recovery.clone(), egui::Context::default());
        let started = Instant::now();
        for i in 0..50 {
            keeper.keep(Some(work(&i.to_string())));
            std::thread::sleep(Duration::from_millis(2));
        }
        keeper.flush();
        assert!(started.elapsed() < Duration::from_secs(10), "the machine may be slow, but not that slow");
        assert!(recovery.list().is_empty(), "living work is not offered");
        drop(keeper);
        let list = recovery.list();
        assert_eq!(list.len(), 1);
        assert_eq!(list[0].work.as_ref().unwrap().preset.about.title, "49");
    }

    #[test]
    fn saved_work_is_forgotten_and_left_work_is_put_aside() {
        let folder = tempfile::tempdir().unwrap();
        let recovery = Recovery::new(folder.path());
        let mut keeper = Keeper::new(recovery.clone(), egui::Context::default());
        keeper.keep(Some(work("a")));
        keeper.keep(None);
        keeper.put_aside(work("b"));
        keeper.flush();
        keeper.end();
        let list = recovery.list();
        assert_eq!(list.len(), 1);
        assert!(list[0].is_declined);
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_reported() {
        let folder = tempfile::tempdir().unwrap();
        // A file where the folder should be.
        std::fs::write(folder.path().join("recovery"), "").unwrap();
        let keeper = Keeper::new(Recovery::new(folder.path()), egui::Context::default());
        keeper.keep(Some(work("a")));
        keeper.flush();
        assert!(keeper.problem().is_some_and(|problem| problem.contains("recovery")));
    }

    #[test]
    fn work_that_was_taken_over_stays_until_it_is_kept_anew() {
        let folder = tempfile::tempdir().unwrap();
        let recovery = Recovery::new(folder.path());
        let first = Keeper::new(recovery.clone(), egui::Context::default());
        first.keep(Some(work("old")));
        drop(first);
        let old = recovery.list().remove(0);
        let second = Keeper::new(recovery.clone(), egui::Context::default());
        second.take_over(old.file.clone());
        assert!(old.file.exists());
        second.keep(old.work.ok());
        second.flush();
        assert!(!old.file.exists());
        drop(second);
        assert_eq!(recovery.list().len(), 1);
    }
}
