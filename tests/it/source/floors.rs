//! The floors of the house: a room imports only from below, so that there are no circles.
//!
//! The tables are those of ARCHITECTURE.md. A room is a folder, or some files that belong together: the files of a
//! business stand on the floors of what they describe. What only tests import does not count. In some rooms the files,
//! too, import each other in one direction only.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// Floors of the app, from below. Rooms of one floor do not import each other.
const APP: [&[&str]; 9] = [
    &["theme/", "price_list/"],
    &["store/", "words/", "widget/"],
    &["market_data/"],
    &["state/", "export/"],
    &["view/"],
    &["report/"],
    &["app/"],
    &["cli/"],
    &["lib.rs", "main.rs"],
];

/// Floors of the calculation crate, from below.
const CRATE: [&[&str]; 15] = [
    &["number.rs", "units.rs"],
    &["business/mod.rs business/per_business.rs"],
    &[
        "scenario/correlation.rs scenario/market.rs scenario/money.rs scenario/month.rs scenario/trajectory.rs scenario/works.rs",
    ],
    &["business/*/inputs.rs"],
    &["scenario/"],
    &["bitcoin.rs bitcoin/", "finance/"],
    &["input/"],
    &["kernel/"],
    &["business/"],
    &["catalogue/ business/*/rows.rs business/*/rows/"],
    &["results/"],
    &[
        "risk/",
        "explain/ business/*/formulas.rs business/*/formulas/ business/*/measures.rs results/measure.rs results/from_flows.rs",
    ],
    &["history/"],
    &["answers/"],
    &["published/ business/*/published.rs business/*/published/", "prelude.rs", "lib.rs"],
];

/// Sources of a package without their tests, by path within `src`.
struct Sources(BTreeMap<String, String>);

impl Sources {
    fn read(folder: &str) -> Self {
        let root = super::root().join(folder);
        let mut files = Vec::new();
        super::sources(&root, &mut files);
        let entry = |path: &PathBuf| {
            let text = fs::read_to_string(path).expect("a source file");
            let code = text.split("#[cfg(test)]\nmod").next().unwrap_or_default();
            let lines = code.lines().map(|line| line.split("//").next().unwrap_or_default());
            let name = path.strip_prefix(&root).expect("below the root").to_str().expect("a name in ASCII");
            (name.to_owned(), lines.collect::<Vec<_>>().join("\n"))
        };
        Self(files.iter().map(entry).collect())
    }

    /// The file of a module.
    fn module(&self, parts: &[String]) -> Option<&str> {
        let path = parts.join("/");
        let found = [format!("{path}.rs"), format!("{path}/mod.rs")];
        found.iter().find_map(|name| self.0.get_key_value(name)).map(|(name, _)| name.as_str())
    }

    /// The file in which an imported item is declared: that of its module, or where that takes it from.
    fn file_of(&self, parts: &[String]) -> Option<&str> {
        let depth = (1..=parts.len()).rev().find(|depth| self.module(&parts[..*depth]).is_some())?;
        let file = self.module(&parts[..depth])?;
        let Some(item) = parts.get(depth) else { return Some(file) };
        for text in self.0[file].split("use ").skip(1) {
            let Some((module, items)) = text.split(';').next().unwrap_or_default().split_once("::") else {
                continue;
            };
            let mut names = items.split([',', '{', '}', ' ', '\n']);
            let mut taken = parts[..depth].to_vec();
            taken.push(module.trim().to_owned());
            if names.any(|name| name == item)
                && let Some(file) = self.module(&taken)
            {
                return Some(file);
            }
        }
        Some(file)
    }
}

/// Every path from the root of the package that the text of a file names behind `crate::`, `self::` or `super::`, with
/// groups in braces spelled out.
fn imports(file: &str, text: &str) -> Vec<Vec<String>> {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == ':';
    let mut found = Vec::new();
    for start in ["crate::", "self::", "super::"] {
        for (at, _) in text.match_indices(start).filter(|(at, _)| !text[..*at].ends_with(is_part)) {
            let mut paths = Vec::new();
            spell(&text[at..], &mut Vec::new(), &mut paths);
            found.extend(paths.into_iter().map(|path| from_root(file, path)));
        }
    }
    found
}

/// A path that begins with `crate`, `self` or `super` in a file, from the root of the package.
fn from_root(file: &str, path: Vec<String>) -> Vec<String> {
    let mut module: Vec<String> = file.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    module.retain(|part| !["mod", "lib", "main"].contains(&part.as_str()));
    let mut rest = path.into_iter().peekable();
    while let Some(word) = rest.next_if(|part| ["crate", "self", "super"].contains(&part.as_str())) {
        match word.as_str() {
            "crate" => module.clear(),
            "super" => drop(module.pop()),
            _ => {}
        }
    }
    module.into_iter().chain(rest).collect()
}

/// Reads one path or group; gives what is left of the text.
fn spell<'a>(text: &'a str, before: &mut Vec<String>, found: &mut Vec<Vec<String>>) -> &'a str {
    let mut text = text.trim_start();
    if let Some(group) = text.strip_prefix('{') {
        text = group.trim_start();
        while !text.is_empty() && !text.starts_with('}') {
            let rest = spell(text, before, found).trim_start();
            // A name that is taken under another, and the comma.
            let end = rest.find([',', '}']).unwrap_or(rest.len());
            text = rest[end..].trim_start_matches(',').trim_start();
        }
        return text.strip_prefix('}').unwrap_or(text);
    }
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '$';
    let end = text.find(|letter| !is_part(letter)).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    // A macro over the businesses stands for each of them alike.
    before.push(if name.starts_with('$') { "mining".to_owned() } else { name.to_owned() });
    let rest = if let Some(more) = rest.strip_prefix("::") {
        spell(more, before, found)
    } else {
        found.push(before.clone());
        rest
    };
    before.pop();
    rest
}

fn matches(pattern: &str, file: &str) -> bool {
    match pattern.split_once('*') {
        Some((from, to)) => {
            let rest = file.strip_prefix(from).and_then(|rest| rest.find('/').map(|at| &rest[at..]));
            rest.is_some_and(|rest| if to.ends_with('/') { rest.starts_with(to) } else { rest == to })
        }
        None if pattern.ends_with('/') => file.starts_with(pattern),
        None => file == pattern,
    }
}

/// The floor of a file and its room there. A file or folder that a room names is in it wherever the folder around it is.
fn place<'a>(floors: &[&[&'a str]], file: &str) -> Option<(usize, &'a str)> {
    let rooms =
        floors.iter().enumerate().flat_map(|(floor, rooms)| rooms.iter().map(move |room| (floor, *room)));
    let pattern = |room: &'a str| room.split(' ').find(|pattern| matches(pattern, file));
    let fitting = rooms.filter_map(|(floor, room)| Some((pattern(room)?, floor, room)));
    let nearest = fitting.max_by_key(|(pattern, ..)| (!pattern.ends_with('/'), pattern.len()));
    nearest.map(|(_, floor, room)| (floor, room))
}

fn check(folder: &str, floors: &[&[&str]]) {
    let sources = Sources::read(folder);
    let (mut faults, mut edges) = (Vec::new(), 0);
    for (file, text) in &sources.0 {
        let Some((floor, room)) = place(floors, file) else {
            faults.push(format!("{folder}/{file} stands on no floor"));
            continue;
        };
        for path in imports(file, text) {
            let Some(target) = sources.file_of(&path) else { continue };
            let Some((below, other)) = place(floors, target) else { continue };
            edges += usize::from(other != room);
            if below > floor || (below == floor && other != room) {
                faults.push(format!("{folder}/{file} ({room}) imports {} of {other}", path.join("::")));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(edges > 50, "only {edges} imports were found");
}

#[test]
fn rooms_of_the_app_import_only_from_below() {
    check("src", &APP);
}

#[test]
fn rooms_of_the_crate_import_only_from_below() {
    check("crates/economics/src", &CRATE);
}

/// Files of a room of which each imports the next, and the last the first.
fn circles(folder: &str, room: &str) -> Vec<String> {
    let sources = Sources::read(folder);
    let targets = |file: &str, text: &str| -> Vec<String> {
        let paths = imports(file, text);
        let files = paths.iter().filter_map(|path| sources.file_of(path)).filter(|target| *target != file);
        files.map(str::to_owned).collect()
    };
    let inside = sources.0.iter().filter(|(file, _)| file.starts_with(room));
    let mut left: BTreeMap<&str, Vec<String>> =
        inside.map(|(file, text)| (file.as_str(), targets(file, text))).collect();
    assert!(left.values().flatten().count() > 5, "hardly an import was found in {folder}/{room}");
    // Files that import none of those left stand at the end of every chain; what stays then stands in circles.
    while let Some(end) =
        left.iter().find(|(_, targets)| !targets.iter().any(|target| left.contains_key(target.as_str())))
    {
        let end = *end.0;
        left.remove(end);
    }
    left.into_keys().map(str::to_owned).collect()
}

#[test]
fn files_of_a_room_import_each_other_in_one_direction() {
    for (folder, room) in [
        ("crates/economics/src", "results/"),
        ("crates/economics/src", "explain/"),
        ("crates/egui-raster/src", ""),
    ] {
        let circle = circles(folder, room);
        assert!(circle.is_empty(), "{folder}: a circle leads through {}", circle.join(", "));
    }
}

#[test]
fn a_path_is_read_from_the_place_at_which_it_stands() {
    let paths = |file: &str, text: &str| -> Vec<String> {
        imports(file, text).iter().map(|path| path.join("::")).collect()
    };
    assert_eq!(paths("a/b.rs", "use super::{c::D, E}; use crate::f::G;"), ["f::G", "a::c::D", "a::E"]);
    assert_eq!(paths("a/b/mod.rs", "use self::c::D; use super::super::e;"), ["a::b::c::D", "e"]);
    assert_eq!(paths("lib.rs", "pub use crate::a::B;"), ["a::B"]);
}
