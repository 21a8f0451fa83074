//! Destination of a write: links, file type and permissions.

use std::fs::Metadata;
use std::path::{Path, PathBuf};

use super::FileError;
use super::read::kind;

/// Largest number of links that are followed, as in Linux.
const MOST_LINKS: usize = 40;

/// Method by which a file was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placed {
    /// Atomically: a reader saw the old content or the new one.
    Whole,
    /// Into the existing file, which could not be replaced: a reader may have seen a part.
    InPlace,
    /// Streamed into a device or pipe.
    Streamed,
}

/// The object at a path.
pub(super) enum Place {
    /// No file yet; links were followed.
    New(PathBuf),
    /// A writable regular file; links were followed.
    File {
        /// Its own path.
        target: PathBuf,
        /// Its metadata.
        metadata: Metadata,
        /// True if a new file in its place would have the same owner.
        is_own: bool,
    },
    /// A device or pipe.
    Stream,
}

/// Examines a path before it is written.
pub(super) fn look(path: &Path) -> Result<Place, FileError> {
    let metadata = match path.metadata() {
        Ok(metadata) => metadata,
        Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => {
            return Ok(Place::New(end_of_links(path)));
        }
        Err(source) => return Err(FileError::io(path)(source)),
    };
    if metadata.is_dir() {
        return Err(FileError::NotAFile { path: path.display().to_string(), kind: kind(&metadata) });
    }
    if !metadata.is_file() {
        return Ok(Place::Stream);
    }
    let target = path.canonicalize().map_err(FileError::io(path))?;
    if let Some(why) = refusal(&target, &metadata) {
        return Err(FileError::ReadOnly { path: path.display().to_string(), why });
    }
    let is_own = is_own(&metadata);
    Ok(Place::File { target, metadata, is_own })
}

/// Target of a dangling chain of links, so that the link stays and its target gets the content.
fn end_of_links(path: &Path) -> PathBuf {
    let mut end = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(next) = end.read_link() else { break };
        end = end.parent().unwrap_or(Path::new("")).join(next);
    }
    end
}

/// Reason not to change a file. Mode bits and owner bind the superuser too: a file without write bits is
/// meant to stay unchanged.
#[cfg(unix)]
fn refusal(path: &Path, metadata: &Metadata) -> Option<&'static str> {
    use std::os::unix::fs::MetadataExt as _;

    use rustix::fs::Access;
    use rustix::process::{getegid, geteuid, getgroups};

    let (mode, user) = (metadata.mode(), geteuid());
    if mode & 0o222 == 0 {
        return Some("it is read-only");
    }
    if !user.is_root() {
        return rustix::fs::access(path, Access::WRITE_OK).is_err().then_some("you may not write to it");
    }
    let groups = getgroups().unwrap_or_default();
    let is_member = |gid: u32| gid == getegid().as_raw() || groups.iter().any(|group| group.as_raw() == gid);
    let bit = match metadata {
        _ if metadata.uid() == user.as_raw() => 0o200,
        _ if is_member(metadata.gid()) => 0o020,
        _ => 0o002,
    };
    (mode & bit == 0).then_some("it belongs to somebody else")
}

#[cfg(not(unix))]
fn refusal(_: &Path, metadata: &Metadata) -> Option<&'static str> {
    metadata.permissions().readonly().then_some("it is read-only")
}

#[cfg(unix)]
fn is_own(metadata: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    metadata.uid() == rustix::process::geteuid().as_raw()
}

#[cfg(not(unix))]
fn is_own(_: &Metadata) -> bool {
    true
}

/// Reason not to change the file at a path; `None` if it may be changed or does not exist.
pub fn read_only(path: &Path) -> Option<&'static str> {
    let metadata = path.metadata().ok().filter(Metadata::is_file)?;
    refusal(path, &metadata)
}
