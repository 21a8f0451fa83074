//! The entry for desktops, against the program that it starts. What desktops themselves make of it is asked in
//! `.ci/foreign`.

use std::path::Path;

use wattfolio::store;

fn asset(name: &str) -> String {
    std::fs::read_to_string(Path::new("assets/desktop").join(name)).unwrap()
}

/// The value of a key of the entry.
fn entry(key: &str) -> String {
    let text = asset("wattfolio.desktop");
    let value = text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('='));
    value.unwrap_or_else(|| panic!("no {key}")).to_owned()
}

#[test]
fn the_entry_starts_this_program_with_a_file_that_it_can_open() {
    assert_eq!(entry("Exec"), format!("{} %f", env!("CARGO_PKG_NAME")));
    assert_eq!(entry("StartupWMClass"), env!("CARGO_PKG_NAME"), "the window's own name for the system");
    assert!(Path::new("assets/desktop").join(entry("Icon") + ".svg").is_file());
}

#[test]
fn files_as_the_window_saves_them_have_the_type_of_the_entry() {
    let types = asset("wattfolio.xml");
    let mime = entry("MimeType");
    assert!(types.contains(&format!("type=\"{}\"", mime.trim_end_matches(';'))), "{mime}");
    assert!(types.contains(&format!("pattern=\"*.{}\"", store::DOCUMENT_ENDING)));
    let saved = store::document_path(Path::new("plan"));
    assert!(saved.to_string_lossy().ends_with(&format!(".{}", store::DOCUMENT_ENDING)));
}
