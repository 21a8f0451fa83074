//! Unsaved work, kept against a crash: a file for each running instance, with a lock beside it that distinguishes a living
//! instance from a dead one.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use wattfolio_economics::scenario::ValidScenario;

use super::SavedPath;
use wattfolio_documents::Draft;
use wattfolio_documents::{FileError, read_regular_text, remove_leftovers, write_regular};

/// Largest number of declined files that are kept.
const MOST_DECLINED: usize = 10;
/// Time for which declined files are kept.
const KEEP_DECLINED: Duration = Duration::from_hours(30 * 24);

/// Unsaved work. Its inputs are not validated, because a scenario with a fault is worth keeping too.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Work {
    /// Time of the autosave.
    pub at: DateTime<Utc>,
    /// The scenario with its story.
    pub preset: Draft,
    /// Baseline of the changes.
    pub baseline: ValidScenario,
    /// Name of the baseline.
    pub baseline_name: String,
    /// The file it was opened from or last saved to.
    pub file: Option<SavedPath>,
    /// The text of that file when it was last read or written.
    pub file_text: Option<String>,
}

/// Unsaved work of an ended instance.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its recovery file.
    pub file: PathBuf,
    /// True if the user has declined it.
    pub is_declined: bool,
    /// Time of its last write.
    pub at: DateTime<Utc>,
    /// The work, or the reason it cannot be read.
    pub work: Result<Work, String>,
}

/// The folder of recovery files.
#[derive(Clone, Debug)]
pub struct Recovery {
    folder: PathBuf,
}

/// The recovery file of this instance.
#[derive(Debug)]
pub struct Slot {
    file: PathBuf,
    /// Held as long as the instance lives; the system releases it even after a crash.
    _lock: File,
}

impl Recovery {
    /// The recovery folder within the folder of the session.
    pub fn new(session_folder: &Path) -> Self {
        Self { folder: session_folder.join("recovery") }
    }

    fn declined(&self) -> PathBuf {
        self.folder.join("declined")
    }

    /// Unsaved work of ended instances, and declined work; the latest first.
    pub fn list(&self) -> Vec<Kept> {
        remove_leftovers(&self.folder);
        remove_leftovers(&self.declined());
        let mut list: Vec<Kept> = files(&self.folder, "ron")
            .filter(|file| is_free(&lock_of(file)))
            .map(|file| read(file, false))
            .chain(files(&self.declined(), "ron").map(|file| read(file, true)))
            .collect();
        list.sort_by_key(|kept| std::cmp::Reverse(kept.at));
        self.remove_free_locks();
        list
    }

    /// Removes lock files of ended instances without unsaved work.
    fn remove_free_locks(&self) {
        for lock in files(&self.folder, "lock") {
            if !lock.with_extension("ron").exists() && is_free(&lock) {
                std::fs::remove_file(lock).ok();
            }
        }
    }

    /// Claims a recovery file for this instance.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub fn claim(&self) -> Result<Slot, FileError> {
        std::fs::create_dir_all(&self.folder).map_err(FileError::io(&self.folder))?;
        let process = std::process::id();
        let mut file = self.folder.join(format!("{}-{process}.ron", Utc::now().format("%Y%m%dT%H%M%S%.3f")));
        // Names carry milliseconds, and two windows of one process may start within one.
        while file.exists() || lock_of(&file).exists() {
            file =
                self.folder.join(format!("{}x.ron", file.file_stem().unwrap_or_default().to_string_lossy()));
        }
        let path = lock_of(&file);
        let lock = File::create_new(&path).map_err(FileError::io(&path))?;
        // Without file locks, other instances may offer the work of a living one; nothing is lost.
        if let Err(fault) = lock.try_lock() {
            log::warn!("{}: {fault}", path.display());
        }
        Ok(Slot { file, _lock: lock })
    }

    /// Moves a recovery file to the declined ones, where it stays for a while.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub fn decline(&self, file: &Path) -> Result<(), FileError> {
        let folder = self.declined();
        std::fs::create_dir_all(&folder).map_err(FileError::io(&folder))?;
        let name = file.file_name().unwrap_or_default();
        std::fs::rename(file, folder.join(name)).map_err(FileError::io(file))?;
        std::fs::remove_file(lock_of(file)).ok();
        self.forget_old();
        Ok(())
    }

    /// Writes unsaved work of a closed document to the declined files.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub fn put_aside(&self, work: &Work) -> Result<(), FileError> {
        let folder = self.declined();
        std::fs::create_dir_all(&folder).map_err(FileError::io(&folder))?;
        let name = format!("{}-{}.ron", work.at.format("%Y%m%dT%H%M%S%.6f"), std::process::id());
        write(work, &folder.join(name))?;
        self.forget_old();
        Ok(())
    }

    /// Removes a recovery file whose work is saved elsewhere.
    pub fn remove(file: &Path) {
        std::fs::remove_file(file).ok();
        std::fs::remove_file(lock_of(file)).ok();
    }

    fn forget_old(&self) {
        let mut declined: Vec<(SystemTime, PathBuf)> = files(&self.declined(), "ron")
            .filter_map(|file| Some((file.metadata().ok()?.modified().ok()?, file)))
            .collect();
        declined.sort();
        let surplus = declined.len().saturating_sub(MOST_DECLINED);
        for (index, (changed, file)) in declined.into_iter().enumerate() {
            let is_old = changed.elapsed().is_ok_and(|age| age > KEEP_DECLINED);
            if index < surplus || is_old {
                std::fs::remove_file(file).ok();
            }
        }
    }
}

impl Slot {
    /// Writes the work of this instance, replacing earlier content.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn keep(&self, work: &Work) -> Result<(), FileError> {
        write(work, &self.file)
    }

    /// Removes the recovery file of this instance, because its work is saved elsewhere.
    pub fn clear(&self) {
        std::fs::remove_file(&self.file).ok();
    }

    /// Removes the lock file at a normal end.
    pub fn release(self) {
        std::fs::remove_file(lock_of(&self.file)).ok();
    }
}

fn write(work: &Work, file: &Path) -> Result<(), FileError> {
    let text = ron::ser::to_string_pretty(work, ron::ser::PrettyConfig::default())
        .map_err(|fault| FileError::content(file, fault.to_string()))?;
    write_regular(file, text.as_bytes())?;
    Ok(())
}

fn read(file: PathBuf, is_declined: bool) -> Kept {
    let modified = file.metadata().and_then(|metadata| metadata.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
    let work = read_regular_text(&file).map_err(|fault| fault.to_string()).and_then(|text| {
        // The same limit against hostile files as for presets.
        let options = ron::Options::default().with_recursion_limit(64);
        options.from_str::<Work>(&text).map_err(|fault| format!("{}: {fault}", file.display()))
    });
    Kept { file, is_declined, at: modified.into(), work }
}

fn files(folder: &Path, ending: &str) -> impl Iterator<Item = PathBuf> {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).filter(move |path| path.extension().is_some_and(|own| own == ending))
}

fn lock_of(file: &Path) -> PathBuf {
    file.with_extension("lock")
}

/// True if no living instance holds the lock, or if it is missing.
fn is_free(lock: &Path) -> bool {
    match File::open(lock) {
        Ok(file) => !matches!(file.try_lock(), Err(TryLockError::WouldBlock)),
        Err(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use wattfolio_economics::scenario::Scenario;

    use super::*;

    fn work(title: &str) -> Work {
        Work {
            at: Utc::now(),
            preset: Draft::new(title.to_owned(), Scenario::default()),
            baseline: ValidScenario::default(),
            baseline_name: "Today".to_owned(),
            file: None,
            file_text: None,
        }
    }

    fn titles(list: &[Kept]) -> Vec<String> {
        list.iter().map(|kept| kept.work.as_ref().unwrap().preset.about.title.clone()).collect()
    }

    #[test]
    fn living_work_is_never_listed_and_dead_work_stays_until_it_is_dealt_with() {
        let folder = tempfile::tempdir().unwrap();
        let recovery = Recovery::new(folder.path());
        assert!(recovery.list().is_empty());
        let (first, second) = (recovery.claim().unwrap(), recovery.claim().unwrap());
        first.keep(&work("First")).unwrap();
        second.keep(&work("Second")).unwrap();
        assert!(recovery.list().is_empty(), "both live");
        drop(first);
        let list = recovery.list();
        assert_eq!(titles(&list), ["First"]);
        drop(second);
        assert_eq!(recovery.list().len(), 2, "several stand in one list");
        recovery.decline(&list[0].file).unwrap();
        let list = recovery.list();
        assert_eq!(list.iter().filter(|kept| kept.is_declined).count(), 1);
        for kept in list {
            Recovery::remove(&kept.file);
        }
        assert!(recovery.list().is_empty());
    }

    #[test]
    fn values_that_are_not_allowed_are_kept_as_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let recovery = Recovery::new(folder.path());
        let slot = recovery.claim().unwrap();
        let mut faulty = work("Faulty");
        faulty.preset.scenario.mining.pue = 99.0;
        slot.keep(&faulty).unwrap();
        drop(slot);
        assert_eq!(recovery.list()[0].work.as_ref().unwrap(), &faulty);
    }

    #[test]
    fn only_so_much_declined_work_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let recovery = Recovery::new(folder.path());
        for i in 0..14 {
            recovery.put_aside(&work(&i.to_string())).unwrap();
        }
        assert_eq!(recovery.list().len(), MOST_DECLINED);
        let old = SystemTime::now() - KEEP_DECLINED - Duration::from_mins(1);
        for kept in recovery.list().into_iter().take(4) {
            File::options().write(true).open(kept.file).unwrap().set_modified(old).unwrap();
        }
        recovery.put_aside(&work("last")).unwrap();
        assert_eq!(recovery.list().len(), MOST_DECLINED - 4 + 1);
    }

    #[test]
    fn truncated_work_is_listed_with_what_is_wrong() {
        let folder = tempfile::tempdir().unwrap();
        let recovery = Recovery::new(folder.path());
        let slot = recovery.claim().unwrap();
        slot.keep(&work("Cut")).unwrap();
        let file = slot.file.clone();
        slot.release();
        let text = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, &text[..text.len() / 2]).unwrap();
        let list = recovery.list();
        assert_eq!(list.len(), 1);
        assert!(list[0].work.is_err());
    }
}
