//! Where a file that is written ends up, and whether it may be written at all.

use std::fs::Metadata;
use std::path::{Path, PathBuf};

use super::FileError;
use super::read::kind;

/// Most links that are followed from a name to a file, as systems do.
const MOST_LINKS: usize = 40;

/// How a file got to its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placed {
    /// In one step: a reader saw the old content or the new one.
    Whole,
    /// Into the file that was there, as it could not be replaced: a reader may have seen a part.
    InPlace,
    /// Into a device or pipe.
    Streamed,
}

/// What there is at a path.
pub(super) enum Place {
    /// Nothing yet; links were followed.
    New(PathBuf),
    /// A regular file that may be written; links were followed.
    File {
        /// Its own path.
        target: PathBuf,
        /// What is known of it.
        metadata: Metadata,
        /// Whether a new file in its place would have the same owner.
        is_own: bool,
    },
    /// A device or pipe.
    Stream,
}

/// Looks at a path before it is written.
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

/// Where links lead that end nowhere, so that a link keeps pointing and its target gets the content.
fn end_of_links(path: &Path) -> PathBuf {
    let mut end = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(next) = end.read_link() else { break };
        end = end.parent().unwrap_or(Path::new("")).join(next);
    }
    end
}

/// Why a file must not be changed. The superuser is bound by mode bits and owner like everyone: a file without write
/// bits is meant to stay as it is.
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
        return rustix::fs::access(path, Access::WRITE_OK)
            .is_err()
            .then_some("it must not be written by you");
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

/// Why the file at a path must not be changed; nothing if it may, or is not there.
pub fn read_only(path: &Path) -> Option<&'static str> {
    let metadata = path.metadata().ok().filter(Metadata::is_file)?;
    refusal(path, &metadata)
}
