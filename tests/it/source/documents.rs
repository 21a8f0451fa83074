//! Every file, folder and test that a document names is there.

use std::fs;
use std::path::{Path, PathBuf};

use super::{root, sources};

/// Documents whose paths are checked. Those of `docs/` that a test writes need no check.
const DOCUMENTS: [&str; 6] = [
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "README.md",
    "assets/market/README.md",
    "benches/montecarlo/README.md",
    "docs/SOAK.md",
];

/// Folders from which documents count paths, beside their own.
const BASES: [&str; 5] =
    ["", "src", "crates/documents/src", "crates/economics/src", "crates/egui-raster/src"];

/// Endings of files that a document names without a folder.
const ENDINGS: [&str; 10] = ["rs", "md", "toml", "ron", "csv", "json", "py", "sh", "png", "lock"];

/// What is built, or belongs to the reader.
const ELSEWHERE: [&str; 3] = ["target/", "/", "~"];

/// The code spans of a line, each with the text before it.
fn spans(line: &str) -> impl Iterator<Item = (&str, &str)> {
    let parts: Vec<&str> = line.split('`').collect();
    (1..parts.len()).step_by(2).map(|at| (parts[at - 1], parts[at])).collect::<Vec<_>>().into_iter()
}

/// The targets of the links of a line that lead to files.
fn links(line: &str) -> impl Iterator<Item = &str> {
    let targets = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets.filter(|target| !target.contains("://") && !target.starts_with('#'))
}

/// The path that a code span starts with, as `benches/compare.sh 3` does.
fn path_in(span: &str) -> Option<&str> {
    let word = span.split_whitespace().next()?;
    let word = word.strip_prefix("…/").unwrap_or(word);
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || "_-./*".contains(letter);
    let has_ending = word.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending));
    let is_path = word.chars().all(is_letter) && word.contains(char::is_alphabetic);
    let is_elsewhere = ELSEWHERE.iter().any(|start| word.starts_with(start));
    (is_path && !is_elsewhere && (has_ending || word.contains('/'))).then_some(word)
}

/// Whether a name fits a pattern, in which a star stands for any letters.
fn fits(name: &str, pattern: &str) -> bool {
    match pattern.split_once('*') {
        None => name == pattern,
        Some((start, end)) => {
            name.len() + 1 >= pattern.len() && name.starts_with(start) && name.ends_with(end)
        }
    }
}

/// Everything below a folder that fits a path, in which a star stands for any letters of a name.
fn find(folder: &Path, path: &str) -> Vec<PathBuf> {
    let mut found = vec![folder.to_owned()];
    for pattern in path.split('/').filter(|pattern| !pattern.is_empty()) {
        let entries = found.iter().filter_map(|folder| folder.read_dir().ok()).flatten().flatten();
        let fitting =
            entries.filter(|entry| entry.file_name().to_str().is_some_and(|name| fits(name, pattern)));
        found = fitting.map(|entry| entry.path()).collect();
    }
    if path.ends_with('/') { found.into_iter().filter(|path| path.is_dir()).collect() } else { found }
}

/// What a path means beside a file, or in a folder; a file without a folder may be anywhere below.
fn find_beside(place: &Path, path: &str) -> Vec<PathBuf> {
    let folder = if place.is_dir() { Some(place) } else { place.parent() };
    let Some(folder) = folder else { return Vec::new() };
    let mut found = find(folder, path);
    if found.is_empty() && !path.contains('/') {
        sources(folder, &mut found);
        found.retain(|file| file.file_name().and_then(|own| own.to_str()).is_some_and(|own| fits(own, path)));
    }
    found
}

/// Whether a test of that name is in a file, or in a file of a folder.
fn has_test(place: &Path, name: &str) -> bool {
    let mut files = Vec::new();
    if place.is_dir() {
        sources(place, &mut files);
    } else {
        files.push(place.to_owned());
    }
    let is_there =
        |file: &PathBuf| fs::read_to_string(file).is_ok_and(|text| text.contains(&format!("fn {name}(")));
    files.iter().any(is_there)
}

/// Whether a code span is the name of a test that follows the file in which it is.
fn is_test_name(before: &str, span: &str) -> bool {
    let is_name =
        span.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_');
    before == ", " && is_name && span.contains('_')
}

/// What a line of a document in a folder names and what is not there.
fn missing(folder: &Path, line: &str) -> Vec<String> {
    let mut missing: Vec<String> =
        links(line).filter(|target| !folder.join(target).exists()).map(str::to_owned).collect();
    // What was named before in the line: a name without a folder is looked for there, else in all sources.
    let (mut named, mut last): (Vec<PathBuf>, Option<PathBuf>) = (Vec::new(), None);
    let sources: Vec<PathBuf> = BASES[1..].iter().map(|base| root().join(base)).collect();
    for (before, span) in spans(line) {
        if let Some(path) = path_in(span) {
            let bases = BASES.map(|base| root().join(base)).into_iter().chain([folder.to_owned()]);
            let mut found: Vec<PathBuf> = bases.flat_map(|base| find(&base, path)).collect();
            if found.is_empty() {
                let near = if named.is_empty() { &sources } else { &named };
                found = near.iter().flat_map(|place| find_beside(place, path)).collect();
            }
            if found.is_empty() {
                missing.push(path.to_owned());
            }
            last = found.last().cloned().or(last);
            // Each once: every place is asked again for the next name.
            named.extend(found);
            named.sort_unstable();
            named.dedup();
        } else if is_test_name(before, span)
            && let Some(place) = &last
            && !has_test(place, span)
        {
            missing.push(format!("{span} in {}", place.display()));
        }
    }
    missing
}

#[test]
fn every_path_that_a_document_names_exists() {
    let mut faults = Vec::new();
    for document in DOCUMENTS {
        let path = root().join(document);
        let text = fs::read_to_string(&path).unwrap();
        let folder = path.parent().unwrap();
        let mut is_fenced = false;
        for (number, line) in text.lines().enumerate() {
            is_fenced ^= line.starts_with("```");
            if !is_fenced {
                let missing = missing(folder, line).into_iter();
                faults.extend(missing.map(|name| format!("{document}:{}: {name} is not there", number + 1)));
            }
        }
        assert!(!is_fenced, "{document} ends within a block of code");
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_is_not_there_is_found() {
    for (line, wanted) in [
        ("`src/no_such_file.rs` and `src/lib.rs`", &["src/no_such_file.rs"][..]),
        ("`no/such/folder/`, `Cargo.toml/`", &["no/such/folder/", "Cargo.toml/"]),
        (
            "`widget/no_such_part`; `$/MWh`, `PRESET|FILE`, `target/release/wattfolio`",
            &["widget/no_such_part"],
        ),
        ("| `…/finance/` | `irr.rs`, `no_such.rs` |", &["no_such.rs"]),
        ("`src/state/`: `document/`, `life.rs`, `no_such/`", &["no_such/"]),
        ("`formulas.rs` and `no_such.rs` of any business", &["no_such.rs"]),
        ("[a](docs/NO.md), [b](docs/MODEL.md), [c](https://example.com/NO.md)", &["docs/NO.md"]),
        ("`crates/*/tests/it/` and `crates/*/no/`, `assets/theme/*.ron`", &["crates/*/no/"]),
        ("`benches/compare.sh 3`, `benches/none.sh 3`", &["benches/none.sh"]),
    ] {
        assert_eq!(missing(root(), line), wanted, "{line}");
    }
    let line = "`tests/it/source/documents.rs`, `what_is_not_there_is_found`, `what_nobody_tests`";
    let found = missing(root(), line);
    assert!(found.len() == 1 && found[0].starts_with("what_nobody_tests in "), "{found:?}");
}
