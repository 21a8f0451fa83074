//! Files for the tests: reference figures, and files of the repository.

use std::path::{Path, PathBuf};

use serde_json::Value;

/// A file relative to the folder of the crate, for any working directory.
pub fn path(from_crate: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(from_crate)
}

/// A file of `tests/vectors/`.
pub fn vectors(file: &str) -> Value {
    let text = std::fs::read_to_string(path("tests/vectors").join(file)).expect("vectors are in the crate");
    serde_json::from_str(&text).expect("vectors are JSON")
}
