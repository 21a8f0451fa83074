//! Commands differ in text and keys.

use std::collections::HashSet;

use super::*;

#[test]
fn commands_have_distinct_texts_and_keys() {
    let texts: HashSet<&str> = Command::all().map(Command::text).collect();
    assert_eq!(texts.len(), Command::all().count());
    let keys: Vec<KeyboardShortcut> = Command::all().filter_map(Command::shortcut).collect();
    for (i, a) in keys.iter().enumerate() {
        assert!(!keys[i + 1..].contains(a), "{a:?}");
    }
}

#[test]
fn texts_follow_the_house_style() {
    for command in Command::all() {
        let (text, tooltip) = (command.text(), command.tooltip());
        assert!(!text.contains(':') && !text.ends_with('.') && !tooltip.ends_with('.'), "{text}");
        assert!(text.chars().next().is_some_and(char::is_uppercase), "{text}");
    }
}

#[test]
fn an_export_names_what_the_page_shows() {
    for page in Page::ALL {
        let (what, text) = (Exports::of(page), Command::Export.text_on(page));
        assert_eq!(text, format!("Export the {}…", what.word()));
        assert!(Command::Export.tooltip().contains(what.word()), "{text}");
        assert_eq!(Command::Save.text_on(page), Command::Save.text());
    }
}
