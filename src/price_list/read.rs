//! Strict reader of CSV rows; every fault names file, line and column.

use serde::de::value::{Error, MapAccessDeserializer};
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IntoDeserializer as _, MapAccess, Visitor,
};
use serde::forward_to_deserialize_any;

/// Reads the rows of a file. `make` converts a line into a row and validates it; its fault names the column.
///
/// # Errors
/// One line with file, line and column of the first fault; also if there are no rows.
pub(crate) fn rows<Raw, Row>(
    file: &str,
    text: &str,
    make: impl Fn(Raw) -> Result<Row, String>,
) -> Result<Vec<Row>, String>
where
    Raw: DeserializeOwned,
{
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let columns = reader.headers().map_err(|fault| format!("{file}: {fault}"))?.clone();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|fault| format!("{file}: {fault}"))?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells = Cells { cells: columns.iter().zip(&record), next: None };
        let raw = Raw::deserialize(MapAccessDeserializer::new(cells)).map_err(|fault| fault.to_string());
        rows.push(raw.and_then(&make).map_err(|fault| format!("{file}:{line}: {fault}"))?);
    }
    if rows.is_empty() { Err(format!("{file}: no rows")) } else { Ok(rows) }
}

/// The rows of a bundled file.
#[expect(clippy::panic, reason = "the files are part of the program, and a test reads each of them")]
pub(crate) fn bundled<Row>(rows: Result<Vec<Row>, String>) -> Vec<Row> {
    rows.unwrap_or_else(|fault| panic!("bundled {fault}"))
}

/// Deserializer of a line by column. That of the `csv` crate names the column of few faults only.
struct Cells<'a, I> {
    cells: I,
    next: Option<(&'a str, &'a str)>,
}

impl<'de, 'a, I: Iterator<Item = (&'a str, &'a str)>> MapAccess<'de> for Cells<'a, I> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        self.next = self.cells.next();
        self.next.map(|(column, _)| seed.deserialize(column.into_deserializer())).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let (column, cell) = self.next.take().unwrap_or_default();
        seed.deserialize(Cell(cell)).map_err(|fault| Error::custom(format!("{column}: {fault}")))
    }
}

/// The text of a cell.
struct Cell<'a>(&'a str);

impl Cell<'_> {
    fn parse<T: std::str::FromStr>(&self, what: &str) -> Result<T, Error> {
        let wrong = || Error::custom(format!("“{}” is no {what}", self.0));
        if self.0.is_empty() {
            Err(Error::custom("is missing"))
        } else {
            self.0.parse().map_err(|_fault| wrong())
        }
    }
}

impl<'de> Deserializer<'de> for Cell<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str(self.0)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.parse("number")? {
            number if f64::is_finite(number) => visitor.visit_f64(number),
            _ => Err(Error::custom(format!("“{}” is no number", self.0))),
        }
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_u32(self.parse("whole number")?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.0.is_empty() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(self.0.into_deserializer())
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u64 u128 f32 char str string bytes byte_buf unit unit_struct newtype_struct
        seq tuple tuple_struct map struct identifier ignored_any
    }
}
