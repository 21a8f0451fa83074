//! Writing files: whole or not at all.

use std::fs::{File, OpenOptions};
use std::io::{Seek as _, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::NamedTempFile;

use super::place::{Place, Placed, look};
use super::read::kind;
use super::{FileError, unfinished};

/// Names of files that are being written.
const PREFIX: &str = ".wattfolio-";
const SUFFIX: &str = ".tmp";
/// A file younger than this may belong to a write that has just begun.
const LEFT_BEHIND_AFTER: Duration = Duration::from_mins(1);
/// Most names that are looked at for leftovers, so that a huge folder does not hold up a write.
const MOST_NAMES: usize = 10_000;

/// A file that is being written. It appears at its place as a whole when [`OutputFile::finish`] is called; dropped
/// before, it leaves no trace. Devices and pipes are written as they are.
#[derive(Debug)]
pub struct OutputFile {
    /// As the user named it.
    pub(super) name: PathBuf,
    pub(super) way: Way,
}

#[derive(Debug)]
pub(super) enum Way {
    /// Written beside its place and then moved there.
    Replace { temporary: NamedTempFile, target: PathBuf, overwrites: bool },
    /// Collected elsewhere, and then written into the file that is there.
    InPlace { collected: File, target: PathBuf },
    /// Written as it comes.
    Stream(File),
}

impl OutputFile {
    /// Prepares a file, so that what cannot be written is found before the work for it is done.
    ///
    /// # Errors
    /// If there is a folder, a file that must not be changed, or no place for a file.
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
                    // A new file would belong to somebody else, or its folder takes none.
                    Ok(_) | Err(_) => Way::in_place(target).map_err(FileError::io(path))?,
                }
            }
        };
        Ok(Self { name: path.to_owned(), way })
    }

    /// The same for files alone: a pipe could keep its writer waiting for good.
    ///
    /// # Errors
    /// As [`OutputFile::create`], and for what is not a regular file.
    pub fn create_regular(path: &Path) -> Result<Self, FileError> {
        if let Ok(metadata) = path.metadata()
            && !metadata.is_file()
        {
            return Err(FileError::NotAFile { path: path.display().to_string(), kind: kind(&metadata) });
        }
        Self::create(path)
    }

    /// Writes all content and puts the file at its place.
    fn complete(mut self, content: &[u8]) -> Result<Placed, FileError> {
        self.write_all(content).map_err(|source| self.fault(source))?;
        self.finish()
    }

    /// Puts the file at its place.
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

    /// What goes wrong while it is written, with its name.
    pub fn fault(&self, source: std::io::Error) -> FileError {
        FileError::io(&self.name)(source)
    }
}

impl Way {
    pub(super) fn in_place(target: PathBuf) -> std::io::Result<Self> {
        // Proves that it can be opened before the work for it is done.
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

/// A temporary file in the folder of a target. It is locked, so that nobody takes it for a leftover.
fn beside(target: &Path) -> std::io::Result<NamedTempFile> {
    let folder = folder_of(target);
    remove_leftovers(folder);
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // The system takes the user's umask from it.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let temporary = unfinished::begin(|| builder.tempfile_in(folder))?;
    // Where files cannot be locked, their age must do.
    temporary.as_file().try_lock().ok();
    Ok(temporary)
}

fn folder_of(target: &Path) -> &Path {
    target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Gives a temporary file the permissions and the group of the file that it replaces; `false` if that is not allowed.
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
        // Some shares do not replace files.
        Err(fault) if overwrites && fault.error.kind() != std::io::ErrorKind::StorageFull => {
            copy_into(fault.file.reopen()?, target)
        }
        Err(fault) => Err(fault.error),
    }
}

/// Writes into a file that cannot be replaced. What was in it comes back if the new content does not fit.
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

/// Makes the new name last through a power cut. Not every system can; the content itself is safe already.
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

/// Whether nobody writes a temporary file any more.
fn is_left_behind(path: &Path) -> bool {
    let is_old = |file: &File| {
        let changed = file.metadata().and_then(|metadata| metadata.modified()).ok();
        changed.and_then(|changed| changed.elapsed().ok()).is_some_and(|age| age > LEFT_BEHIND_AFTER)
    };
    File::open(path).is_ok_and(|file| is_old(&file) && file.try_lock().is_ok())
}

/// Writes a file beside its place and moves it there, so that a reader sees the old content or the new one.
///
/// # Errors
/// If the folder or the file cannot be written; the old content is then unchanged.
pub fn write_atomically(path: &Path, content: &[u8]) -> Result<Placed, FileError> {
    OutputFile::create(path)?.complete(content)
}

/// The same for files alone.
///
/// # Errors
/// As [`write_atomically`], and for what is not a regular file.
pub fn write_regular(path: &Path, content: &[u8]) -> Result<Placed, FileError> {
    OutputFile::create_regular(path)?.complete(content)
}
