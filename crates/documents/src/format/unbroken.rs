//! Numbers that keep their units where a line ends.

use std::borrow::Cow;

/// The space at which no line ends.
const NO_BREAK: char = '\u{a0}';
/// What stands behind a number and a space; compound units such as `BTC/block` begin with one of them.
const UNITS: [&str; 16] = [
    "%", "y", "mo", "points", "times", "months", "years", "blocks", "BTC", "MW", "MWh", "kW", "W", "TH/s",
    "EH/s", "paths",
];
/// What stands before a space and a number.
const SIGNS: [char; 5] = ['<', '>', '±', '≈', '≤'];

/// A text for a place where lines end: no number is parted from its unit, and no sign from its number.
///
/// ```
/// # use wattfolio_documents::format::unbroken;
/// assert_eq!(unbroken("57 % away"), "57\u{a0}% away");
/// ```
pub fn unbroken(text: &str) -> Cow<'_, str> {
    let joins = |at: usize| {
        let before = text[..at].chars().next_back();
        let behind = &text[at + 1..];
        let is_number = before.is_some_and(|c| c.is_ascii_digit());
        let is_sign = before.is_some_and(|c| SIGNS.contains(&c));
        // `$11.5M/IT MW` is the only unit of two words.
        let is_within = text[..at].ends_with("/IT");
        (is_number || is_within) && has_unit(behind)
            || is_sign && behind.starts_with(|c: char| c.is_ascii_digit())
    };
    let spaces: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).filter(|at| joins(*at)).collect();
    if spaces.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut joined = String::with_capacity(text.len() + spaces.len());
    let mut rest = 0;
    for at in spaces {
        joined.push_str(&text[rest..at]);
        joined.push(NO_BREAK);
        rest = at + 1;
    }
    joined.push_str(&text[rest..]);
    Cow::Owned(joined)
}

/// Whether a text begins with a unit as a word.
fn has_unit(text: &str) -> bool {
    let goes_on = |c: char| c.is_alphanumeric();
    UNITS.iter().any(|unit| text.strip_prefix(unit).is_some_and(|rest| !rest.starts_with(goes_on)))
}

#[cfg(test)]
mod tests {
    use super::super::{full, probability, short};
    use super::*;

    #[test]
    fn no_line_ends_between_a_number_and_its_unit() {
        for unit in super::super::UNITS {
            for value in [0.0, 0.57, -18.0, 123_456.0] {
                let has_space = |text: &String| text.contains(' ');
                for text in [short(value, unit), full(value, unit)].into_iter().filter(has_space) {
                    let joined = unbroken(&text);
                    let number = joined.split(' ').next().unwrap_or_default();
                    assert!(number.contains(NO_BREAK), "{unit:?}: {joined}");
                    assert_eq!(joined.replace(NO_BREAK, " "), text);
                }
            }
        }
        let share = probability(&wattfolio_economics::risk::Share::new(0, 100));
        assert_eq!(unbroken(&share), "<\u{a0}3\u{a0}%");
    }

    #[test]
    fn other_spaces_stay() {
        for text in ["in 3 cases", "2 yearly sums", "a % of it", "up to 5 and 6", "", " ", "2026 mowing"] {
            assert_eq!(unbroken(text), text);
        }
        assert_eq!(unbroken("and mining on 17 %."), "and mining on 17\u{a0}%.");
    }
}
