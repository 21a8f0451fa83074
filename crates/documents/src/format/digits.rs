//! The digits of a number, with their separators.

use super::parse::Unreadable;

/// Splits off the leading digits with separators and exponent.
pub(super) fn split(text: &str) -> Option<(&str, &str)> {
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let mut end = 0;
    let mut index = 0;
    while let Some(&(at, character)) = characters.get(index) {
        let follows_digit = characters.get(index + 1).is_some_and(|(_, next)| next.is_ascii_digit());
        match character {
            '0'..='9' => end = at + 1,
            '.' if end == at => end = at + 1,
            ',' | '_' | '\'' | '’' | ' ' | '\u{2009}' | '\u{202f}' | '\u{a0}'
                if end == at && end > 0 && follows_digit =>
            {
                end = at + character.len_utf8();
            }
            // Exponents as the formatter writes them: 3e20, 1e−12.
            'e' | 'E' if end == at && end > 0 => {
                let length = exponent(&text[at..]);
                return Some(text.split_at(at + length)).filter(|(digits, _)| has_digit(digits));
            }
            _ => break,
        }
        index += 1;
    }
    Some(text.split_at(end)).filter(|(digits, _)| has_digit(digits))
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Length of an exponent, `e` included; 0 if it is the start of a word.
fn exponent(text: &str) -> usize {
    let rest = &text[1..];
    let sign = rest.chars().next().filter(|c| matches!(c, '-' | '−' | '+')).map_or(0, char::len_utf8);
    let digits = rest[sign..].bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 { 0 } else { 1 + sign + digits }
}

/// The value of digits. Commas and spaces are allowed between thousands, and nowhere else.
pub(super) fn value(digits: &str, unit: &str) -> Result<f64, Unreadable> {
    let unit = unit.trim();
    let (mantissa, exponent) = match digits.find(['e', 'E']) {
        Some(at) => digits.split_at(at),
        None => (digits, ""),
    };
    let with_unit = |number: String| Some(format!("{number}{unit}"));
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let is_digit = |c: char| c.is_ascii_digit();
    if let Some(fraction) = fraction.filter(|fraction| !fraction.chars().all(is_digit)) {
        // A point between thousands and a comma before cents, as much of Europe writes.
        let instead = fraction.split_once(',').filter(|(thousands, cents)| {
            thousands.len() == 3 && thousands.chars().chain(cents.chars()).all(is_digit)
        });
        return Err(match instead {
            Some((thousands, cents)) => {
                Unreadable::Comma { instead: with_unit(format!("{whole}{thousands}.{cents}")) }
            }
            None if fraction.contains(',') => Unreadable::Comma { instead: None },
            None => Unreadable::Points,
        });
    }
    let groups: Vec<&str> = whole.split(|c: char| !c.is_ascii_digit()).collect();
    let plain = groups.concat();
    if let [first, rest @ ..] = groups.as_slice()
        && !rest.is_empty()
    {
        let is_grouped = (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3);
        if !is_grouped || first.starts_with('0') {
            let one_comma = (rest.len() == 1 && fraction.is_none() && whole.contains(','))
                .then(|| format!("{first}.{}", rest[0]));
            return Err(match one_comma {
                Some(number) => Unreadable::Comma { instead: with_unit(number) },
                None if whole.contains(',') => Unreadable::Comma { instead: None },
                None => Unreadable::Groups { instead: with_unit(plain) },
            });
        }
    }
    let number = format!("{plain}.{}{}", fraction.unwrap_or_default(), exponent.replace('−', "-"));
    number.parse().map_err(|_fault| Unreadable::Points)
}
