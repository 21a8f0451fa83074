//! Reports: what stands on their pages, what is inside them, and what is refused.

mod files;
mod hostile;
mod pages;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use crate::support::program::program;

/// A date for every report, so that they can be compared.
const DATE: &str = "2026-11-27";

/// A report in a folder; with few paths, so that it is quick.
fn made(folder: &Path, name: &str, arguments: &[&str]) -> PathBuf {
    let path = folder.join(name);
    let out = path.to_str().unwrap();
    let output = run(&[&["report"], arguments, &["--date", DATE, "--out", out]].concat());
    let fault = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {fault}");
    assert_eq!(fault, "", "{arguments:?}");
    path
}

fn run(arguments: &[&str]) -> Output {
    program(arguments).output().unwrap()
}

fn bytes(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap()
}

/// A scenario that simulates quickly.
const QUICK: [&str; 2] = ["--set", "risk.paths=500"];

/// A text without spaces, as pages may break it anywhere.
fn compact(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}
