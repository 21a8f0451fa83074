//! Objects of PDF syntax, in files and in the streams of pages.

use std::collections::BTreeMap;

/// Deepest nesting of arrays and dictionaries.
const MOST_DEPTH: usize = 64;
/// Most parts of one array or dictionary.
const MOST_PARTS: usize = 200_000;

/// A dictionary.
pub(super) type Dict = BTreeMap<String, Object>;

/// An object.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Object {
    /// Nothing, true and false, and operators.
    Word(String),
    /// A number.
    Number(f64),
    /// A name without its slash.
    Name(String),
    /// A string.
    Text(Vec<u8>),
    /// A list.
    Array(Vec<Self>),
    /// A dictionary.
    Dict(Dict),
    /// Number of another object.
    Reference(u32),
}

impl Object {
    /// The dictionary that it is.
    pub(super) fn dict(&self) -> Option<&Dict> {
        if let Self::Dict(dict) = self { Some(dict) } else { None }
    }

    /// The whole number that it is.
    pub(super) fn whole(&self) -> Option<usize> {
        match self {
            Self::Number(value) if *value >= 0.0 && value.fract() == 0.0 && *value < 4e9 => {
                Some(*value as usize)
            }
            _ => None,
        }
    }

    pub(super) fn is_name(&self, name: &str) -> bool {
        matches!(self, Self::Name(own) if own == name)
    }
}

/// Reads objects from bytes.
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    pub(super) at: usize,
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

const fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

impl<'a> Lexer<'a> {
    pub(super) const fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self.peek().is_some_and(|byte| byte != b'\n' && byte != b'\r') {
                    self.at += 1;
                }
            } else if is_space(byte) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    /// Whether the bytes go on with these; if so, goes behind them.
    pub(super) fn take(&mut self, expected: &[u8]) -> bool {
        self.skip_space();
        let is_there = self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(expected));
        self.at += if is_there { expected.len() } else { 0 };
        is_there
    }

    /// The next object; `None` at the end and where there is none.
    pub(super) fn object(&mut self) -> Option<Object> {
        self.nested(0)
    }

    fn nested(&mut self, depth: usize) -> Option<Object> {
        if depth > MOST_DEPTH {
            return None;
        }
        self.skip_space();
        match self.peek()? {
            b'/' => self.name().map(Object::Name),
            b'(' => self.literal().map(Object::Text),
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => self.dict(depth),
            b'<' => self.hexadecimal().map(Object::Text),
            b'[' => self.array(depth),
            b')' | b'>' | b']' | b'{' | b'}' => None,
            _ => self.plain(),
        }
    }

    fn token(&mut self) -> &'a [u8] {
        let from = self.at;
        while self.peek().is_some_and(|byte| !is_space(byte) && !is_delimiter(byte)) {
            self.at += 1;
        }
        &self.bytes[from..self.at]
    }

    fn name(&mut self) -> Option<String> {
        self.at += 1;
        let token = self.token();
        let mut name = Vec::new();
        let mut at = 0;
        while let Some(byte) = token.get(at) {
            let code = token
                .get(at + 1..at + 3)
                .filter(|_| *byte == b'#')
                .and_then(|code| std::str::from_utf8(code).ok());
            match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
                Some(code) => {
                    name.push(code);
                    at += 3;
                }
                None => {
                    name.push(*byte);
                    at += 1;
                }
            }
        }
        Some(String::from_utf8_lossy(&name).into_owned())
    }

    fn literal(&mut self) -> Option<Vec<u8>> {
        self.at += 1;
        let mut text = Vec::new();
        let mut open = 1;
        loop {
            let byte = self.peek()?;
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' => {
                    open -= 1;
                    if open == 0 {
                        return Some(text);
                    }
                }
                b'\\' => {
                    self.escape(&mut text)?;
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
    }

    /// What follows a backslash.
    fn escape(&mut self, text: &mut Vec<u8>) -> Option<()> {
        let byte = self.peek()?;
        self.at += 1;
        let plain = match byte {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 8,
            b'f' => 12,
            b'\r' => {
                self.at += usize::from(self.peek() == Some(b'\n'));
                return Some(());
            }
            b'\n' => return Some(()),
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit) = self.peek().filter(|byte| (b'0'..=b'7').contains(byte)) else { break };
                    code = code * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                code as u8
            }
            other => other,
        };
        text.push(plain);
        Some(())
    }

    fn hexadecimal(&mut self) -> Option<Vec<u8>> {
        self.at += 1;
        let mut digits = Vec::new();
        loop {
            let byte = self.peek()?;
            self.at += 1;
            match byte {
                b'>' => break,
                _ if is_space(byte) => {}
                _ => digits.push(char::from(byte).to_digit(16)? as u8),
            }
        }
        Some(digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect())
    }

    fn array(&mut self, depth: usize) -> Option<Object> {
        self.at += 1;
        let mut parts = Vec::new();
        loop {
            if self.take(b"]") {
                return Some(Object::Array(parts));
            }
            if parts.len() >= MOST_PARTS {
                return None;
            }
            parts.push(self.nested(depth + 1)?);
        }
    }

    fn dict(&mut self, depth: usize) -> Option<Object> {
        self.at += 2;
        let mut dict = Dict::new();
        loop {
            if self.take(b">>") {
                return Some(Object::Dict(dict));
            }
            if dict.len() >= MOST_PARTS {
                return None;
            }
            let Object::Name(key) = self.nested(depth + 1)? else { return None };
            let value = self.nested(depth + 1)?;
            dict.insert(key, value);
        }
    }

    /// A number, a reference, or a word.
    fn plain(&mut self) -> Option<Object> {
        let token = std::str::from_utf8(self.token()).ok()?;
        if token.is_empty() {
            return None;
        }
        let Ok(number) = token.parse::<f64>() else { return Some(Object::Word(token.to_owned())) };
        if !token.bytes().all(|byte| byte.is_ascii_digit()) {
            let is_number = token.bytes().all(|byte| byte.is_ascii_digit() || b"+-.".contains(&byte));
            return Some(if is_number { Object::Number(number) } else { Object::Word(token.to_owned()) });
        }
        let behind = self.at;
        self.skip_space();
        let generation = self.token();
        let is_generation = !generation.is_empty() && generation.iter().all(u8::is_ascii_digit);
        self.skip_space();
        if is_generation && self.token() == b"R" {
            return token.parse().ok().map(Object::Reference);
        }
        self.at = behind;
        Some(Object::Number(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Object> {
        Lexer::new(text.as_bytes(), 0).object()
    }

    #[test]
    fn objects_are_read() {
        let name = |text: &str| Object::Name(text.to_owned());
        assert_eq!(read("/A#20b"), Some(name("A b")));
        assert_eq!(read("(a\\(b\\)\\101(c)\\\nd)"), Some(Object::Text(b"a(b)A(c)d".to_vec())));
        assert_eq!(read("<4 1 4>"), Some(Object::Text(vec![0x41, 0x40])));
        assert_eq!(
            read("[1 0 R -2.5 /x]"),
            Some(Object::Array(vec![Object::Reference(1), Object::Number(-2.5), name("x")]))
        );
        assert_eq!(read("12 0 obj"), Some(Object::Number(12.0)));
        let Some(Object::Dict(dict)) = read("<</A 1/B<</C(x)>> % a remark\n/D true>>") else {
            panic!("a dictionary")
        };
        assert_eq!(dict.keys().collect::<Vec<_>>(), ["A", "B", "D"]);
    }

    #[test]
    fn what_is_broken_or_endless_is_nothing() {
        for text in ["", "<<", "<</A", "[1 2", "(a", "<4z>", ">>", "<</A>>", "<<1 2>>"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(read(&"[".repeat(100_000)), None);
        assert_eq!(read(&"<</A".repeat(100_000)), None);
    }
}
