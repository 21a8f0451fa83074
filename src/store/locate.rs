//! Where in a RON text a field stands, so that a message about its value can name the line.

/// The line of a field, given by the names on the way to it; that of the nearest field around it if the text
/// leaves it out, and `None` if it has not even the first.
pub(super) fn line_of(text: &str, path: &[&str]) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    // The name of the field that is read at each depth.
    let mut names: Vec<&str> = vec![""];
    for (at, token) in Tokens::new(text) {
        match token {
            Token::Open => names.push(""),
            Token::Close => {
                names.pop();
                // Text with too many brackets is refused elsewhere.
                if names.is_empty() {
                    names.push("");
                }
            }
            Token::Field(name) => {
                if let Some(last) = names.last_mut() {
                    *last = name;
                }
                // The outermost depth has no name of its own: it is the file.
                let inside = &names[1..];
                let common = inside.iter().zip(path).take_while(|(own, wanted)| own == wanted).count();
                if common == inside.len() && best.is_none_or(|(depth, _)| common > depth) {
                    best = Some((common, text[..at].matches('\n').count() + 1));
                }
            }
        }
    }
    best.filter(|(depth, _)| *depth > 0).map(|(_, line)| line)
}

/// RON text with the escape taken from a variant called `None`, which is read without it as well; what stands
/// in quotes belongs to the user and stays.
pub(super) fn with_plain_none(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(quote) = rest.find('"') {
        let end = quote + string_length(&rest[quote..]);
        plain.push_str(&rest[..quote].replace("r#None", "None"));
        plain.push_str(&rest[quote..end]);
        rest = &rest[end..];
    }
    plain.push_str(&rest.replace("r#None", "None"));
    plain
}

/// Length of a quoted string, both quotes included.
fn string_length(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            '"' if !is_escaped => return at + 1,
            '\\' => is_escaped = !is_escaped,
            _ => is_escaped = false,
        }
    }
    text.len()
}

/// What says where in a file one is.
enum Token<'a> {
    Open,
    Close,
    /// A name before a colon.
    Field(&'a str),
}

/// The brackets and field names of a RON text, without what stands in comments and strings.
struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Steps over a comment or a string; `false` if there is none.
    fn skip(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let past =
            |end: &str, from: usize| rest[from..].find(end).map_or(rest.len(), |i| from + i + end.len());
        let hashes = rest.strip_prefix('r').map_or(0, |raw| raw.len() - raw.trim_start_matches('#').len());
        let length = if rest.starts_with("//") {
            past("\n", 0)
        } else if rest.starts_with("/*") {
            past("*/", 2)
        } else if rest.starts_with('"') {
            string_length(rest)
        } else if rest.starts_with('r') && rest[1 + hashes..].starts_with('"') {
            past(&format!("\"{}", "#".repeat(hashes)), hashes + 2)
        } else {
            return false;
        };
        self.at += length;
        true
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = (usize, Token<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.skip() {
                continue;
            }
            let (text, at) = (self.text, self.at);
            let character = text[at..].chars().next()?;
            self.at += character.len_utf8();
            match character {
                '(' | '[' | '{' => return Some((at, Token::Open)),
                ')' | ']' | '}' => return Some((at, Token::Close)),
                _ if character.is_alphanumeric() || character == '_' => {
                    let is_part = |c: char| c.is_alphanumeric() || c == '_';
                    let end = text[at..].find(|c| !is_part(c)).map_or(text.len(), |length| at + length);
                    self.at = end;
                    if text[end..].trim_start().starts_with(':') {
                        return Some((at, Token::Field(&text[at..end])));
                    }
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_behind_words_that_look_like_them() {
        let text = "(\n  title: \"a: (b: 1)\", // a: (b: 2)\n  c: (b: 3),\n  /* a: ( */\n  d: r#\"a: (\"#,\n  a: Some((\n    e: [(b: 4)],\n    b : 5,\n  )),\n)";
        assert_eq!(line_of(text, &["a"]), Some(6));
        assert_eq!(line_of(text, &["c", "b"]), Some(3));
        assert_eq!(line_of(text, &["c", "missing"]), Some(3));
        assert_eq!(line_of(text, &["title"]), Some(2));
        assert_eq!(line_of(text, &["b"]), None);
        assert_eq!(line_of("", &["b"]), None);
        assert_eq!(line_of(")))(((\"", &["b"]), None);
    }

    #[test]
    fn what_is_quoted_keeps_its_letters() {
        let text = "(debt: r#None, title: \"r#None \\\" r#None\", end: r#None)";
        assert_eq!(with_plain_none(text), "(debt: None, title: \"r#None \\\" r#None\", end: None)");
        assert_eq!(with_plain_none("\"r#None"), "\"r#None");
        assert_eq!(with_plain_none("r#None \"\\\\\" r#None"), "None \"\\\\\" None");
    }
}
