//! Hints for values that RON cannot read: the same in files, in variants and on the command line.

use ron::error::SpannedError;

/// Byte offset of a fault in its text.
pub fn place(text: &str, fault: &SpannedError) -> usize {
    let start = fault.span.start;
    // Lines and columns count from 1.
    let before: usize = text.split_inclusive('\n').take(start.line.saturating_sub(1)).map(str::len).sum();
    let rest = &text[before..];
    let within = rest.char_indices().nth(start.col.saturating_sub(1)).map_or(rest.len(), |(at, _)| at);
    before + within
}

/// What to write instead, where a fault is about a number.
///
/// ```
/// use wattfolio_economics::input::hint;
///
/// let text = "(0,6)";
/// let fault = ron::from_str::<(f64,)>(text).unwrap_err();
/// assert!(hint::words(text, &fault).unwrap().contains("write a decimal point"));
/// ```
pub fn words(text: &str, fault: &SpannedError) -> Option<String> {
    let (at, code) = (place(text, fault), &fault.code);
    let at = at + (text[at..].len() - text[at..].trim_start().len());
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+' | '%' | 'e' | 'E');
    let start = text[..at]
        .rfind(|c| !is_part(c))
        .map_or(0, |before| before + text[before..].chars().next().map_or(1, char::len_utf8));
    let end = text[at..].find(|c| !is_part(c)).map_or(text.len(), |length| at + length);
    let written = text[start..end].trim_matches(',');
    // A word in place of a number is not blamed on the number before it.
    let is_word = text[at..].starts_with(char::is_alphabetic)
        && matches!(code, ron::Error::ExpectedInteger | ron::Error::ExpectedFloat);
    if is_word || !written.bytes().any(|byte| byte.is_ascii_digit()) {
        return match code {
            ron::Error::ExpectedInteger => Some("write a whole number".to_owned()),
            ron::Error::ExpectedFloat => Some("write a number, such as 12.5".to_owned()),
            _ => None,
        };
    }
    if let Some(number) = written.strip_suffix('%').and_then(|number| number.parse::<f64>().ok()) {
        return Some(format!("write {} in place of {written}", number / 100.0));
    }
    match code {
        ron::Error::ExpectedString => Some(format!("write it in quotes, \"{written}\"")),
        ron::Error::ExpectedInteger | ron::Error::IntegerOutOfBounds => {
            Some(format!("{written} is not allowed; write a whole number from 0"))
        }
        _ if written.contains(',') => Some(format!(
            "a comma ends the value; write a decimal point and no comma between thousands, not {written}"
        )),
        ron::Error::ExpectedComma if text[at..].starts_with('.') => {
            Some(format!("write a whole number, not {written}"))
        }
        _ => Some(format!("{written} is no number; write one with one decimal point, such as 12.5")),
    }
}
