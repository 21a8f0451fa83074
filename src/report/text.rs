//! Text that strangers gave, in formats of others.

use std::fmt::Write as _;

/// Text within XML or HTML: nothing in it is markup, and control characters are left out.
pub fn xml(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            // Neither may stand in XML.
            '\u{fffe}' | '\u{ffff}' => {}
            letter if letter.is_control() && letter != '\n' && letter != '\t' => {}
            letter => safe.push(letter),
        }
    }
    safe
}

/// A number with few digits, for coordinates.
pub fn number(value: f32) -> String {
    let text = format!("{value:.2}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Bytes in base 64.
pub fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let of = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let bits = of(0) << 16 | of(1) << 8 | of(2);
        for place in 0..4 {
            if place > chunk.len() {
                text.push('=');
            } else {
                let letter = LETTERS[(bits >> (18 - 6 * place)) as usize & 63];
                text.push(char::from(letter));
            }
        }
    }
    text
}

/// A hash as hexadecimal digits in groups of four: `7f3a 91c2 e0b4 11d0`.
pub fn grouped_hex(hash: u64) -> String {
    let mut text = String::new();
    for group in 0..4 {
        // Writing to a string cannot fail.
        write!(text, "{}{:04x}", if group == 0 { "" } else { " " }, hash >> (48 - 16 * group) & 0xffff).ok();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_no_markup_and_numbers_are_short() {
        assert_eq!(xml("<b>&\"'\u{1b}\u{ffff}</b>"), "&lt;b&gt;&amp;&quot;&#39;&lt;/b&gt;");
        assert_eq!([1.0, 1.5, -0.001, 20.0, 1.234_5].map(number), ["1", "1.5", "0", "20", "1.23"]);
        assert_eq!(
            ["", "f", "fo", "foo", "foob"].map(|text| base64(text.as_bytes())),
            ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg=="]
        );
        assert_eq!(grouped_hex(0x7f3a_91c2_e0b4_0001), "7f3a 91c2 e0b4 0001");
    }
}
