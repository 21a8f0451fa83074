//! A PDF file as its objects, found by reading it from start to end: its own table of contents is not trusted.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use flate2::read::ZlibDecoder;

use super::lexer::{Dict, Lexer, Object};

/// Most objects of a file.
const MOST_OBJECTS: usize = 200_000;
/// Most bytes to which all streams that are read unpack.
const MOST_UNPACKED: usize = 64 << 20;

/// Why a PDF cannot be read, or is no report.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It is something else.
    #[error("is no PDF")]
    NoPdf,
    /// It is of another program, or lost what was attached.
    #[error("is no report of wattfolio: it has no scenario and figures of one attached")]
    NotOurs,
    /// A password is needed.
    #[error("is encrypted")]
    Encrypted,
    /// Something in it cannot be read.
    #[error("is damaged: {0}")]
    Damaged(String),
    /// It exceeds a limit.
    #[error("is too large: {0}")]
    TooLarge(&'static str),
}

/// The objects of a file by number.
pub(super) struct PdfFile<'a> {
    bytes: &'a [u8],
    objects: BTreeMap<u32, Object>,
    streams: BTreeMap<u32, Range<usize>>,
    /// Bytes that were unpacked so far.
    unpacked: AtomicUsize,
}

impl<'a> PdfFile<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        if !super::is_pdf(bytes) {
            return Err(Unreadable::NoPdf);
        }
        if bytes.len() as u64 > super::MOST_BYTES {
            return Err(Unreadable::TooLarge("more than 64 MB"));
        }
        let mut file =
            Self { bytes, objects: BTreeMap::new(), streams: BTreeMap::new(), unpacked: AtomicUsize::new(0) };
        let mut at = 0;
        while let Some((number, start)) = next_object(bytes, at) {
            at = file.add(number, start)?.max(start);
        }
        let is_encrypted = |dict: &Dict| dict.contains_key("Encrypt");
        let trailers =
            bytes.windows(7).enumerate().filter(|(_, part)| *part == b"trailer").map(|(at, _)| at + 7);
        let mut of_trailers = trailers.filter_map(|at| Lexer::new(bytes, at).object());
        if of_trailers.any(|one| one.dict().is_some_and(is_encrypted))
            || file.objects().any(|one| one.dict().is_some_and(is_encrypted))
        {
            return Err(Unreadable::Encrypted);
        }
        file.add_packed()?;
        Ok(file)
    }

    /// Reads an object, and returns where it ends.
    fn add(&mut self, number: u32, start: usize) -> Result<usize, Unreadable> {
        if self.objects.len() >= MOST_OBJECTS {
            return Err(Unreadable::TooLarge("more than 200,000 objects"));
        }
        let mut lexer = Lexer::new(self.bytes, start);
        let Some(object) = lexer.object() else { return Ok(start) };
        let mut end = lexer.at;
        // An object of the same number that comes later replaces the earlier one.
        self.streams.remove(&number);
        if let Some(dict) = object.dict()
            && lexer.take(b"stream")
        {
            let data = self.data(lexer.at, dict.get("Length").and_then(Object::whole));
            end = data.end;
            self.streams.insert(number, data);
        }
        self.objects.insert(number, object);
        Ok(end)
    }

    /// The bytes of a stream: as many as it says if its end follows them, else up to its end.
    fn data(&self, keyword_end: usize, length: Option<usize>) -> Range<usize> {
        let rest = &self.bytes[keyword_end..];
        let start = keyword_end
            + match rest {
                [b'\r', b'\n', ..] => 2,
                [b'\n' | b'\r', ..] => 1,
                _ => 0,
            };
        let ends_at = |end: usize| Lexer::new(self.bytes, end).take(b"endstream");
        if let Some(end) = length.and_then(|length| start.checked_add(length))
            && end <= self.bytes.len()
            && ends_at(end)
        {
            return start..end;
        }
        let found = self.bytes[start..].windows(9).position(|part| part == b"endstream");
        start..found.map_or(self.bytes.len(), |found| start + found)
    }

    /// Reads the objects inside streams of objects.
    fn add_packed(&mut self) -> Result<(), Unreadable> {
        let is_packed = |number: &u32| {
            let dict = self.objects.get(number).and_then(Object::dict);
            dict.and_then(|dict| dict.get("Type")).is_some_and(|kind| kind.is_name("ObjStm"))
        };
        let packed: Vec<u32> = self.streams.keys().copied().filter(is_packed).collect();
        for number in packed {
            let data = self.stream(number)?;
            let dict = self.objects.get(&number).and_then(Object::dict);
            let whole = |key: &str| dict.and_then(|dict| dict.get(key)).and_then(Object::whole);
            let (Some(count), Some(first)) = (whole("N"), whole("First")) else { continue };
            let mut heads = Lexer::new(&data, 0);
            for _ in 0..count.min(MOST_OBJECTS) {
                let mut next = || heads.object().as_ref().and_then(Object::whole);
                let (Some(inner), Some(offset)) = (next(), next()) else { break };
                let inner = inner as u32;
                if self.objects.contains_key(&inner) {
                    continue;
                }
                if self.objects.len() >= MOST_OBJECTS {
                    return Err(Unreadable::TooLarge("more than 200,000 objects"));
                }
                if let Some(object) = Lexer::new(&data, first.saturating_add(offset).min(data.len())).object()
                {
                    self.objects.insert(inner, object);
                }
            }
        }
        Ok(())
    }

    /// Every object.
    pub(super) fn objects(&self) -> impl Iterator<Item = &Object> {
        self.objects.values()
    }

    /// The object itself behind a reference; of a reference to a reference the first.
    pub(super) fn resolve<'o>(&'o self, object: &'o Object) -> &'o Object {
        match object {
            Object::Reference(number) => self.objects.get(number).unwrap_or(object),
            object => object,
        }
    }

    /// The unpacked bytes of a stream.
    pub(super) fn stream(&self, number: u32) -> Result<Vec<u8>, Unreadable> {
        let missing = || Unreadable::Damaged(format!("object {number} is no stream"));
        let raw =
            self.streams.get(&number).and_then(|range| self.bytes.get(range.clone())).ok_or_else(missing)?;
        let dict = self.objects.get(&number).and_then(Object::dict).ok_or_else(missing)?;
        let filter = match dict.get("Filter").map(|filter| self.resolve(filter)) {
            Some(Object::Array(filters)) if filters.len() == 1 => filters.first(),
            Some(Object::Array(filters)) if filters.is_empty() => None,
            other => other,
        };
        let room = MOST_UNPACKED.saturating_sub(self.unpacked.load(Ordering::Relaxed));
        let data = match filter {
            None => raw.to_vec(),
            Some(filter) if filter.is_name("FlateDecode") && !dict.contains_key("DecodeParms") => {
                let mut data = Vec::new();
                let read = ZlibDecoder::new(raw).take(room as u64 + 1).read_to_end(&mut data);
                read.map_err(|fault| Unreadable::Damaged(format!("object {number}: {fault}")))?;
                data
            }
            Some(_) => {
                return Err(Unreadable::Damaged(format!("object {number} is packed in an unknown way")));
            }
        };
        if data.len() > room {
            return Err(Unreadable::TooLarge("it unpacks to more than 64 MB"));
        }
        self.unpacked.fetch_add(data.len(), Ordering::Relaxed);
        Ok(data)
    }

    /// Number of the stream behind a reference.
    pub(super) fn object(&self, number: u32) -> Option<&Object> {
        self.objects.get(&number)
    }
}

/// Number of the next `12 0 obj` from a place on, and where its content begins.
fn next_object(bytes: &[u8], from: usize) -> Option<(u32, usize)> {
    let mut at = from;
    while let Some(found) = bytes.get(at..)?.windows(4).position(|part| part == b" obj") {
        let end = at + found;
        at = end + 4;
        let digits = |end: usize| {
            let count = bytes[..end].iter().rev().take(10).take_while(|byte| byte.is_ascii_digit()).count();
            end - count..end
        };
        let generation = digits(end);
        let space = generation.start.checked_sub(1).filter(|at| bytes[*at] == b' ');
        let Some(number) = space.filter(|_| !generation.is_empty()).map(digits) else { continue };
        if let Some(number) = std::str::from_utf8(&bytes[number]).ok().and_then(|text| text.parse().ok()) {
            return Some((number, at));
        }
    }
    None
}
