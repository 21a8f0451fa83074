//! Atomic writes.

use std::fs::{File, OpenOptions};
use std::io::{Seek as _, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::NamedTempFile;

use super::place::{Place, Placed, look};
use super::read::kind;
use super::{FileError, unfinished};

/// Name prefix of temporary files.
const PREFIX: &str = ".wattfolio-";
const SUFFIX: &str = ".tmp";
/// Minimum age of a leftover; a younger file may belong to a write in progress.
const LEFT_BEHIND_AFTER: Duration = Duration::from_mins(1);
/// Largest number of folder entries searched for leftovers, so that a huge folder does not delay a write.
const MOST_NAMES: usize = 10_000;

/// A file being written. [`OutputFile::finish`] moves it to its place atomically; dropped before, it is
/// removed. Devices and pipes are streamed.
#[derive(Debug)]
pub struct OutputFile {
    /// Path as given by the user.
    pub(super) name: PathBuf,
    pub(super) way: Way,
}

#[derive(Debug)]
pub(super) enum Way {
    /// Written to a temporary file in the same folder, then renamed.
    Replace { temporary: NamedTempFile, target: PathBuf, overwrites: bool },
    /// Collected in a temporary file, then copied into the existing one.
    InPlace { collected: File, target: PathBuf },
    /// Streamed.
    Stream(File),
}

impl OutputFile {
    /// Opens a file for writing before the work for its content, so that errors are found early.
    ///
    /// # Errors
    /// If the path is a folder or a file that must not be changed, or if its folder cannot be written.
    pub fn create(path: &Path) -> Result<Self, FileError> {
        let way = match look(path)? {
            Place::Stream => {
                let stream = OpenOptions::new().write(true).open(path);
                Way::Stream(stream.map_err(FileError::io(path))?)
            }
            Place::New(target) => {
                let temporary = beside(&target).map_err(FileError::io(path))?;
                Way::Replace { temporary, target, overwrites: false }
            }
            Place::File { target, metadata, is_own } => {
                let permitted =
                    |temporary: &NamedTempFile| is_own && take_over(&metadata, temporary.as_file());
                match beside(&target) {
                    Ok(temporary) if permitted(&temporary) => {
                        Way::Replace { temporary, target, overwrites: true }
                    }
                    // A new file would have another owner, or its folder cannot be written.
                    Ok(_) | Err(_) => Way::in_place(target).map_err(FileError::io(path))?,
                }
            }
        };
        Ok(Self { name: path.to_owned(), way })
    }

    /// [`OutputFile::create`] for regular files only, because a pipe could block forever.
    ///
    /// # Errors
    /// As [`OutputFile::create`], and if it is not a regular file.
    pub fn create_regular(path: &Path) -> Result<Self, FileError> {
        if let Ok(metadata) = path.metadata()
            && !metadata.is_file()
        {
            return Err(FileError::NotAFile { path: path.display().to_string(), kind: kind(&metadata) });
        }
        Self::create(path)
    }

    /// Writes all content and moves the file to its place.
    fn complete(mut self, content: &[u8]) -> Result<Placed, FileError> {
        self.write_all(content).map_err(|source| self.fault(source))?;
        self.finish()
    }

    /// Moves the file to its place.
    ///
    /// # Errors
    /// If that fails; the old content is then unchanged, unless it had to be written in place.
    pub fn finish(self) -> Result<Placed, FileError> {
        let _held = unfinished::hold();
        let Self { name, way } = self;
        let placed = match way {
            Way::Replace { temporary, target, overwrites } => replace(temporary, &target, overwrites),
            Way::InPlace { collected, target } => copy_into(collected, &target),
            Way::Stream(mut stream) => stream.flush().map(|()| Placed::Streamed),
        };
        placed.map_err(FileError::io(&name))
    }

    /// Error of a write, with the path of the file.
    pub fn fault(&self, source: std::io::Error) -> FileError {
        FileError::io(&self.name)(source)
    }
}

impl Way {
    pub(super) fn in_place(target: PathBuf) -> std::io::Result<Self> {
        // Fails early if the file cannot be opened.
        OpenOptions::new().write(true).open(&target)?;
        Ok(Self::InPlace { collected: tempfile::tempfile()?, target })
    }
}

impl Write for OutputFile {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match &mut self.way {
            Way::Replace { temporary, .. } => temporary.as_file_mut().write(bytes),
            Way::InPlace { collected, .. } => collected.write(bytes),
            Way::Stream(stream) => stream.write(bytes),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match &mut self.way {
            Way::Replace { temporary, .. } => temporary.as_file_mut().flush(),
            Way::InPlace { collected, .. } => collected.flush(),
            Way::Stream(stream) => stream.flush(),
        }
    }
}

/// A temporary file in the folder of a target. Its lock distinguishes it from leftovers.
fn beside(target: &Path) -> std::io::Result<NamedTempFile> {
    let folder = folder_of(target);
    remove_leftovers(folder);
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // The system subtracts the user's umask.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let temporary = unfinished::begin(|| builder.tempfile_in(folder))?;
    // Without file locks, leftovers are identified by age alone.
    temporary.as_file().try_lock().ok();
    Ok(temporary)
}

fn folder_of(target: &Path) -> &Path {
    target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Copies permissions and group of the replaced file to a temporary file; `false` if that is not allowed.
#[cfg(unix)]
fn take_over(old: &std::fs::Metadata, temporary: &File) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let Ok(new) = temporary.metadata() else { return false };
    let has_group =
        new.gid() == old.gid() || std::os::unix::fs::fchown(temporary, None, Some(old.gid())).is_ok();
    has_group && temporary.set_permissions(old.permissions()).is_ok()
}

#[cfg(not(unix))]
fn take_over(_: &std::fs::Metadata, _: &File) -> bool {
    true
}

fn replace(temporary: NamedTempFile, target: &Path, overwrites: bool) -> std::io::Result<Placed> {
    temporary.as_file().sync_all()?;
    match temporary.persist(target) {
        Ok(_) => {
            sync_folder(folder_of(target));
            Ok(Placed::Whole)
        }
        // Some network shares cannot replace files.
        Err(fault) if overwrites && fault.error.kind() != std::io::ErrorKind::StorageFull => {
            copy_into(fault.file.reopen()?, target)
        }
        Err(fault) => Err(fault.error),
    }
}

/// Writes into a file that cannot be replaced; restores the old content if the write fails.
fn copy_into(mut collected: File, target: &Path) -> std::io::Result<Placed> {
    let mut before = tempfile::tempfile()?;
    std::io::copy(&mut File::open(target)?, &mut before)?;
    let mut file = OpenOptions::new().write(true).open(target)?;
    let written = overwrite(&mut file, &mut collected);
    if written.is_err()
        && let Err(fault) = overwrite(&mut file, &mut before)
    {
        log::error!("{}: the old content could not be put back: {fault}", target.display());
    }
    written.map(|()| Placed::InPlace)
}

fn overwrite(file: &mut File, content: &mut File) -> std::io::Result<()> {
    content.rewind()?;
    file.rewind()?;
    let length = std::io::copy(content, file)?;
    file.set_len(length)?;
    file.sync_all()
}

/// Makes the rename durable against a power cut, where the system can; the content is synced already.
fn sync_folder(folder: &Path) {
    #[cfg(unix)]
    if let Err(fault) = File::open(folder).and_then(|folder| folder.sync_all()) {
        log::debug!("{}: {fault}", folder.display());
    }
    #[cfg(not(unix))]
    let _ = folder;
}

/// Removes the temporary files of writes that were killed.
pub fn remove_leftovers(folder: &Path) {
    let Ok(entries) = folder.read_dir() else { return };
    for entry in entries.take(MOST_NAMES).flatten() {
        let name = entry.file_name();
        let is_ours = name.to_str().is_some_and(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX));
        if is_ours && is_left_behind(&entry.path()) {
            std::fs::remove_file(entry.path()).ok();
        }
    }
}

/// True if no process writes a temporary file any more.
fn is_left_behind(path: &Path) -> bool {
    let is_old = |file: &File| {
        let changed = file.metadata().and_then(|metadata| metadata.modified()).ok();
        changed.and_then(|changed| changed.elapsed().ok()).is_some_and(|age| age > LEFT_BEHIND_AFTER)
    };
    File::open(path).is_ok_and(|file| is_old(&file) && file.try_lock().is_ok())
}

/// Writes a file atomically: a reader sees the old content or the new one.
///
/// # Errors
/// If the folder or the file cannot be written; the old content is then unchanged.
pub fn write_atomically(path: &Path, content: &[u8]) -> Result<Placed, FileError> {
    OutputFile::create(path)?.complete(content)
}

/// [`write_atomically`] for regular files only.
///
/// # Errors
/// As [`write_atomically`], and if it is not a regular file.
pub fn write_regular(path: &Path, content: &[u8]) -> Result<Placed, FileError> {
    OutputFile::create_regular(path)?.complete(content)
}
