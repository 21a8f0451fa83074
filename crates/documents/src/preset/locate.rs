//! Positions of fields and comments in a RON text: for line numbers in messages, and for absent fields.

/// First line of a written file.
pub(super) const HEADER: &str = "// A preset of wattfolio: `wattfolio compare FILE` evaluates it.";

/// The line of a field, given by its path; that of the nearest enclosing field if the field is absent, and
/// `None` if the outermost is absent too.
pub(super) fn line_of(text: &str, path: &[&str]) -> Option<usize> {
    let (_, at) = nearest(text, path)?;
    Some(text[..at].matches('\n').count() + 1)
}

/// True if a text has a field.
pub(super) fn has_field(text: &str, path: &[&str]) -> bool {
    nearest(text, path).is_some_and(|(depth, _)| depth == path.len())
}

/// Length of the part of a path that the text has, and the position of its last name.
fn nearest(text: &str, path: &[&str]) -> Option<(usize, usize)> {
    let mut best: Option<(usize, usize)> = None;
    // The current field name at each depth.
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
                // The outermost depth is the file, and has no name.
                let inside = &names[1..];
                let common = inside.iter().zip(path).take_while(|(own, wanted)| own == wanted).count();
                if common == inside.len() && best.is_none_or(|(depth, _)| common > depth) {
                    best = Some((common, at));
                }
            }
            Token::Comma | Token::Comment => {}
        }
    }
    best.filter(|(depth, _)| *depth > 0)
}

/// The path of the field whose value contains a position.
pub(super) fn field_at(text: &str, place: usize) -> String {
    let mut names: Vec<&str> = vec![""];
    for (_, token) in Tokens::new(text).take_while(|(at, _)| *at < place) {
        match token {
            Token::Open => names.push(""),
            Token::Close if names.len() > 1 => drop(names.pop()),
            Token::Field(name) => {
                if let Some(last) = names.last_mut() {
                    *last = name;
                }
            }
            Token::Close | Token::Comma | Token::Comment => {}
        }
    }
    let names: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
    names.join(".")
}

/// The text without a field, or without its nearest enclosing field, and the path of the removed one.
pub(super) fn without_field(text: &str, path: &[&str]) -> Option<(String, String)> {
    let (depth, start) = nearest(text, path)?;
    let (mut open, mut end) = (0usize, text.len());
    for (at, token) in Tokens::new(&text[start..]) {
        match token {
            Token::Open => open += 1,
            Token::Close if open == 0 => {
                end = start + at;
                break;
            }
            Token::Close => open -= 1,
            Token::Comma if open == 0 => {
                end = start + at + 1;
                break;
            }
            Token::Comma | Token::Field(_) | Token::Comment => {}
        }
    }
    Some((format!("{}{}", &text[..start], &text[end..]), path[..depth].join(".")))
}

/// Number of comments, apart from [`HEADER`].
pub(super) fn comments(text: &str) -> usize {
    let text = text.strip_prefix(HEADER).unwrap_or(text);
    Tokens::new(text).filter(|(_, token)| matches!(token, Token::Comment)).count()
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

/// A structural token.
enum Token<'a> {
    Open,
    Close,
    Comma,
    Comment,
    /// A name before a colon.
    Field(&'a str),
}

/// Structural tokens of a RON text; strings and comments are skipped.
struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Skips a comment; `false` if there is none.
    fn skip_comment(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let past = |end: &str| rest[2..].find(end).map_or(rest.len(), |i| 2 + i + end.len());
        let length = if rest.starts_with("//") {
            past("\n")
        } else if rest.starts_with("/*") {
            past("*/")
        } else {
            return false;
        };
        self.at += length;
        true
    }

    /// Skips a string; `false` if there is none.
    fn skip_string(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let hashes = rest.strip_prefix('r').map_or(0, |raw| raw.len() - raw.trim_start_matches('#').len());
        let length = if rest.starts_with('"') {
            string_length(rest)
        } else if rest.starts_with('r') && rest[1 + hashes..].starts_with('"') {
            let (from, end) = (hashes + 2, format!("\"{}", "#".repeat(hashes)));
            rest[from..].find(&end).map_or(rest.len(), |i| from + i + end.len())
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
            let (text, at) = (self.text, self.at);
            if self.skip_comment() {
                return Some((at, Token::Comment));
            }
            if self.skip_string() {
                continue;
            }
            let character = text[at..].chars().next()?;
            self.at += character.len_utf8();
            match character {
                '(' | '[' | '{' => return Some((at, Token::Open)),
                ')' | ']' | '}' => return Some((at, Token::Close)),
                ',' => return Some((at, Token::Comma)),
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
    fn fields_go_with_all_that_is_in_them() {
        let text = "(a: (b: [1, 2], c: \"),\" /* , */, d: 3), e: 4)";
        let without = |path: &[&str]| without_field(text, path);
        let gone = |text: &str, path: &str| Some((text.to_owned(), path.to_owned()));
        assert_eq!(without(&["a", "b"]), gone("(a: ( c: \"),\" /* , */, d: 3), e: 4)", "a.b"));
        assert_eq!(without(&["a", "c"]), gone("(a: (b: [1, 2],  d: 3), e: 4)", "a.c"));
        assert_eq!(without(&["a", "d", "x"]), gone("(a: (b: [1, 2], c: \"),\" /* , */, ), e: 4)", "a.d"));
        assert_eq!(without(&["e"]), gone("(a: (b: [1, 2], c: \"),\" /* , */, d: 3), )", "e"));
        assert_eq!(without(&["x"]), None);
        assert!(has_field(text, &["a", "b"]) && !has_field(text, &["a", "x"]) && !has_field(text, &["b"]));
    }

    #[test]
    fn comments_are_counted_but_for_our_own() {
        let text = format!("{HEADER}\n(title: \"// no\", // one\n/* two */ e: 4) // three");
        assert_eq!(comments(&text), 3);
        assert_eq!(comments("(title: r#\"/* no */\"#)"), 0);
        assert_eq!(comments("// a title of their own\n()"), 1);
    }
}
