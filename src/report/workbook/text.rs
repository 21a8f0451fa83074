//! Text of users in a workbook: nothing of it acts, and sheets have names that every spreadsheet allows.

use std::collections::BTreeSet;

use crate::format;

/// Most UTF-16 units that a cell holds.
const LONGEST_CELL: usize = 32_767;
/// Most UTF-16 units of a document property.
const LONGEST_PROPERTY: usize = 255;
/// Most UTF-16 units of the name of a sheet.
const LONGEST_SHEET_NAME: usize = 31;

/// The beginning of a text that is at most `units` UTF-16 units long, with … in place of what is left out.
fn shortened(text: &str, units: usize) -> String {
    if text.encode_utf16().count() <= units {
        return text.to_owned();
    }
    let mut left = units - 1;
    let kept = text.chars().take_while(|letter| {
        let fits = letter.len_utf16() <= left;
        left = left.saturating_sub(letter.len_utf16());
        fits
    });
    kept.chain(['…']).collect()
}

/// A text as a cell shows it: control characters and marks that reorder text are written out.
pub(super) fn cell_text(text: &str) -> String {
    shortened(&format::visible(text), LONGEST_CELL)
}

/// A text as a document property.
pub(super) fn property(text: &str) -> String {
    shortened(&format::visible_line(text), LONGEST_PROPERTY)
}

/// Whether a spreadsheet would read a text as a formula when somebody edits its cell and presses Enter.
pub(super) fn reads_as_formula(text: &str) -> bool {
    text.trim_start().starts_with(['=', '+', '-', '@', '\'', '−'])
}

/// Names of sheets that are taken: no two differ in case alone.
#[derive(Debug, Default)]
pub(super) struct SheetNames(BTreeSet<String>);

impl SheetNames {
    /// A name that every spreadsheet allows, and that no sheet has yet.
    pub(super) fn legal(&mut self, wanted: &str) -> String {
        let kept: String = format::visible_line(wanted)
            .chars()
            .map(
                |letter| {
                    if matches!(letter, '[' | ']' | ':' | '*' | '?' | '/' | '\\') { '_' } else { letter }
                },
            )
            .collect();
        // An apostrophe at an end would end the quotes of a reference.
        let kept = kept.trim_matches(|letter: char| letter == '\'' || letter.is_whitespace());
        // Excel keeps this name for its own use.
        let kept = if kept.is_empty() || kept.eq_ignore_ascii_case("history") { "Sheet" } else { kept };
        let mut name = shortened(kept, LONGEST_SHEET_NAME);
        let mut count = 1;
        while !self.0.insert(name.to_lowercase()) {
            count += 1;
            let ending = format!(" {count}");
            name = shortened(kept, LONGEST_SHEET_NAME - ending.len()) + &ending;
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_a_sheet_is_legal_and_its_own() {
        let mut names = SheetNames::default();
        let wanted = [
            "=1+1",
            "a[b]:c*d?e/f\\g",
            "'quoted'",
            "",
            "History",
            "mining",
            "Mining",
            "⚡🏭 plan",
            "x\u{202e}y\nz",
        ];
        let long = "🏭".repeat(200);
        let mut seen = BTreeSet::new();
        for wanted in wanted.into_iter().chain([long.as_str(), long.as_str()]) {
            let name = names.legal(wanted);
            assert!(!name.is_empty() && name.encode_utf16().count() <= 31, "{name}");
            assert!(!name.contains(['[', ']', ':', '*', '?', '/', '\\', '\n', '\u{202e}']), "{name}");
            assert!(!name.starts_with('\'') && !name.ends_with('\''), "{name}");
            assert!(seen.insert(name.to_lowercase()), "{name} twice");
        }
    }

    #[test]
    fn what_would_become_a_formula_is_known() {
        for text in ["=1+1", "+cmd", "-2", "@SUM(A1)", " =1", "'x"] {
            assert!(reads_as_formula(text), "{text}");
        }
        assert!(!reads_as_formula("A plan") && !reads_as_formula(""));
    }

    #[test]
    fn a_long_text_is_shortened_between_characters() {
        let text = cell_text(&"🏭".repeat(20_000));
        assert!(text.ends_with('…') && text.encode_utf16().count() <= LONGEST_CELL);
        assert_eq!(property("short"), "short");
    }
}
