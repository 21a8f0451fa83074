//! Hints for values that RON cannot read.

/// Byte offset of a line and column, which count from 1.
pub(super) fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &text[start..];
    let within = rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at);
    start + within
}

/// Hint for an unreadable number.
pub(super) fn hint(text: &str, at: usize, code: &ron::Error) -> Option<String> {
    let at = at + (text[at..].len() - text[at..].trim_start().len());
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+' | '%' | 'e' | 'E');
    let start = text[..at]
        .rfind(|c| !is_part(c))
        .map_or(0, |before| before + text[before..].chars().next().map_or(1, char::len_utf8));
    let end = text[at..].find(|c| !is_part(c)).map_or(text.len(), |length| at + length);
    let written = text[start..end].trim_matches(',');
    if !written.bytes().any(|byte| byte.is_ascii_digit()) {
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
