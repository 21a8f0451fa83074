//! Permissions, owners, links, pipes, and folders in which no file can be created.

#![cfg(unix)]

use std::fs::{self, File, Permissions};
use std::io::Write as _;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown, symlink};
use std::path::Path;

use super::*;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().mode() & 0o777
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        folder.read_dir().unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_new_file_respects_the_umask_and_a_replaced_one_keeps_its_mode() {
    let folder = folder();
    let path = folder.path().join("new.ron");
    assert_eq!(write_atomically(&path, b"a").unwrap(), Placed::Whole);
    // The mode of any new file under the umask of the process.
    let plain = folder.path().join("plain");
    File::create(&plain).unwrap();
    assert_eq!(mode(&path), mode(&plain));
    for bits in [0o600, 0o640, 0o666, 0o755] {
        fs::set_permissions(&path, Permissions::from_mode(bits)).unwrap();
        assert_eq!(write_atomically(&path, b"b").unwrap(), Placed::Whole);
        assert_eq!(mode(&path), bits);
    }
    assert_eq!(names(folder.path()), ["new.ron", "plain"]);
}

#[test]
fn a_file_without_write_bits_stays_even_for_the_superuser() {
    let folder = folder();
    let path = folder.path().join("kept.ron");
    fs::write(&path, "old").unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o444)).unwrap();
    let fault = write_atomically(&path, b"new").unwrap_err().to_string();
    assert!(fault.contains("kept.ron: it is read-only"), "{fault}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "old");
    assert!(read_only(&path).is_some());
    assert_eq!(read_only(&folder.path().join("none")), None);
}

#[test]
fn a_file_of_somebody_else_is_never_replaced() {
    if !is_root() {
        // Only the superuser can change owners; other users test with a file of the system.
        assert!(matches!(write_atomically(Path::new("/etc/passwd"), b""), Err(FileError::ReadOnly { .. })));
        return;
    }
    let folder = folder();
    let path = folder.path().join("theirs.ron");
    fs::write(&path, "old").unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
    chown(&path, Some(4321), Some(4321)).unwrap();
    let fault = write_atomically(&path, b"new").unwrap_err().to_string();
    assert!(fault.contains("belongs to somebody else"), "{fault}");
    // With write permission for everybody the content changes, and the owner stays.
    fs::set_permissions(&path, Permissions::from_mode(0o666)).unwrap();
    assert_eq!(write_atomically(&path, b"new").unwrap(), Placed::InPlace);
    assert_eq!(fs::read_to_string(&path).unwrap(), "new");
    assert_eq!((path.metadata().unwrap().uid(), mode(&path)), (4321, 0o666));
}

#[test]
fn a_link_keeps_pointing_and_its_target_gets_the_content() {
    let folder = folder();
    let (link, target) = (folder.path().join("link.ron"), folder.path().join("target.ron"));
    symlink("target.ron", &link).unwrap();
    // The target may still be missing.
    for content in ["first", "second"] {
        write_atomically(&link, content.as_bytes()).unwrap();
        assert_eq!(fs::read_to_string(&target).unwrap(), content);
        assert_eq!(link.read_link().unwrap(), Path::new("target.ron"));
    }
    fs::set_permissions(&target, Permissions::from_mode(0o400)).unwrap();
    let fault = write_atomically(&link, b"third").unwrap_err().to_string();
    assert!(fault.contains("link.ron") && !fault.contains("target.ron"), "the name that was given: {fault}");
}

#[test]
fn devices_and_pipes_are_written_and_not_replaced() {
    assert_eq!(write_atomically(Path::new("/dev/null"), b"gone").unwrap(), Placed::Streamed);
    assert!(!Path::new("/dev/null").metadata().unwrap().is_file());
    let folder = folder();
    let pipe = folder.path().join("pipe");
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, 0o600.into(), 0).unwrap();
    let reader = std::thread::Builder::new().name("reader".to_owned()).spawn({
        let pipe = pipe.clone();
        move || fs::read_to_string(pipe).unwrap()
    });
    let reader = reader.unwrap();
    assert_eq!(write_atomically(&pipe, b"through").unwrap(), Placed::Streamed);
    assert_eq!(reader.join().unwrap(), "through");
    let fault = read_regular_text(&pipe).unwrap_err().to_string();
    assert!(fault.ends_with("a pipe, not a file"), "{fault}");
    let fault = write_atomically(folder.path(), b"x").unwrap_err().to_string();
    assert!(fault.ends_with("a folder, not a file"), "{fault}");
}

#[test]
fn what_is_not_finished_leaves_no_trace() {
    let folder = folder();
    let path = folder.path().join("half.csv");
    let mut file = OutputFile::create(&path).unwrap();
    file.write_all(b"half").unwrap();
    assert_eq!(names(folder.path()).len(), 1);
    drop(file);
    assert!(names(folder.path()).is_empty());
    assert!(OutputFile::create(&folder.path().join("no/such/folder.csv")).is_err());
}

#[test]
fn leftovers_of_killed_writes_are_cleared_and_living_ones_are_not() {
    let folder = folder();
    let old = std::time::SystemTime::now() - std::time::Duration::from_hours(1);
    let make = |name: &str| {
        let file = File::create(folder.path().join(name)).unwrap();
        file.set_modified(old).unwrap();
        file
    };
    drop(make(".wattfolio-dead.tmp"));
    let living = make(".wattfolio-alive.tmp");
    living.lock().unwrap();
    drop(make("mine.tmp"));
    let young = File::create(folder.path().join(".wattfolio-young.tmp"));
    drop(young.unwrap());
    write_atomically(&folder.path().join("plan.ron"), b"x").unwrap();
    assert_eq!(
        names(folder.path()),
        [".wattfolio-alive.tmp", ".wattfolio-young.tmp", "mine.tmp", "plan.ron"]
    );
}

#[test]
fn a_folder_that_takes_no_files_still_lets_its_files_be_written() {
    let folder = folder();
    let path = folder.path().join("plan.ron");
    fs::write(&path, "a long old content").unwrap();
    let written = if is_root() {
        // The mode of a folder does not bind the superuser, so the method is chosen by hand.
        let mut file = OutputFile { name: path.clone(), way: write::Way::in_place(path.clone()).unwrap() };
        file.write_all(b"new").unwrap();
        file.finish()
    } else {
        fs::set_permissions(folder.path(), Permissions::from_mode(0o555)).unwrap();
        let written = write_atomically(&path, b"new");
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        written
    };
    assert_eq!(written.unwrap(), Placed::InPlace);
    assert_eq!(fs::read_to_string(&path).unwrap(), "new");
}
