//! What the source itself must keep: one egui, colours in one place, short files, floors without circles, and documents
//! that name what is there.

mod documents;
mod floors;

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Versions of a package in the lock file.
fn locked(package: &str) -> Vec<String> {
    let lock = fs::read_to_string(root().join("Cargo.lock")).expect("the lock file is committed");
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines();
    let mut versions = Vec::new();
    while let Some(line) = lines.next() {
        if line == name {
            let version = lines.next().and_then(|line| line.strip_prefix("version = ")).expect("a version");
            versions.push(version.trim_matches('"').to_owned());
        }
    }
    versions
}

#[test]
fn the_family_of_egui_is_there_once() {
    // Two versions compile, and then types of the one are no types of the other: a day is lost in errors.
    for package in ["egui", "epaint", "emath", "ecolor", "eframe", "egui_plot", "egui_kittest"] {
        let versions = locked(package);
        assert_eq!(versions.len(), 1, "{package}: {versions:?}");
    }
    assert!(locked("egui")[0].starts_with("0.37."), "{:?}", locked("egui"));
}

pub fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn colours_are_mixed_in_the_theme_alone() {
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    assert!(files.len() > 30, "only {} files were found", files.len());
    let theme = root().join("src/theme");
    assert!(files.iter().any(|file| file.starts_with(&theme)));
    for file in files.iter().filter(|file| !file.starts_with(&theme)) {
        let text = fs::read_to_string(file).expect("a source file");
        for (number, line) in text.lines().enumerate() {
            let mixes = ["Color32::from_", "Color32::RED", "Color32::WHITE", "Color32::BLACK", "Rgba::from_"];
            let mixed = mixes.iter().find(|mix| line.contains(*mix));
            assert_eq!(mixed, None, "{}:{}: take a colour of the theme", file.display(), number + 1);
        }
    }
}

#[test]
fn files_stay_short_enough_to_hold_in_the_head() {
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    sources(&root().join("tests"), &mut files);
    sources(&root().join("crates"), &mut files);
    for file in files {
        let lines = fs::read_to_string(&file).expect("a source file").lines().count();
        assert!(lines <= 400, "{} has {lines} lines", file.display());
    }
}
