//! Escapes untrusted text: titles, file names and arguments may contain control characters that move a
//! terminal's cursor or colour it, or bidirectional marks that reorder text so that it reads differently.

use std::borrow::Cow;
use std::fmt::Write as _;

/// True for control characters and the marks of bidirectional text.
fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Multi-line text with control characters escaped: `\u{1b}`, `\t`. Line feeds stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    escaped(text, |c| c != '\n' && acts(c), |out, c| out.extend(c.escape_default()))
}

/// Text in a single line: line feeds are escaped as well.
pub fn visible_line(text: &str) -> Cow<'_, str> {
    escaped(text, acts, |out, c| out.extend(c.escape_default()))
}

/// JSON text with control characters in strings escaped as `\u202e`. Line feeds between values stay.
pub fn visible_json(json: &str) -> Cow<'_, str> {
    // All of them lie in the basic plane. Writing to a string cannot fail.
    let escape = |out: &mut String, c: char| {
        write!(out, "\\u{:04x}", u32::from(c)).ok();
    };
    escaped(json, |c| c != '\n' && acts(c), escape)
}

fn escaped(text: &str, is_escaped: fn(char) -> bool, escape: impl Fn(&mut String, char)) -> Cow<'_, str> {
    if !text.contains(is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_escaped(c) { escape(&mut out, c) } else { out.push(c) }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every character that is escaped.
    fn acting() -> Vec<char> {
        let marks = ['\u{61c}', '\u{200e}', '\u{200f}', '\u{7f}'];
        let ranges =
            [('\0', '\u{1f}'), ('\u{80}', '\u{9f}'), ('\u{202a}', '\u{202e}'), ('\u{2066}', '\u{2069}')];
        marks.into_iter().chain(ranges.into_iter().flat_map(|(first, last)| first..=last)).collect()
    }

    #[test]
    fn what_acts_is_written_out_and_all_else_stays() {
        for c in acting() {
            let text = format!("a{c}b");
            assert!(!visible_line(&text).contains(c), "{c:?}");
            assert_eq!(visible(&text).contains(c), c == '\n', "{c:?}");
        }
        assert_eq!(visible("plan\u{1b}[31m\u{202e}\n\tß"), "plan\\u{1b}[31m\\u{202e}\n\\tß");
        assert_eq!(visible_line("two\r\nlines"), "two\\r\\nlines");
        let plain = "−1,234 “Ω” مرحبا שלום 日本";
        assert!(matches!(visible_line(plain), Cow::Borrowed(text) if text == plain));
    }

    #[test]
    fn json_keeps_its_meaning() {
        let text: String = acting().into_iter().collect();
        let json = serde_json::to_string_pretty(&serde_json::json!({ "title": text })).unwrap();
        let escaped = visible_json(&json);
        assert!(acting().into_iter().all(|c| c == '\n' || !escaped.contains(c)), "{escaped}");
        let back: serde_json::Value = serde_json::from_str(&escaped).unwrap();
        assert_eq!(back["title"], text);
    }
}
