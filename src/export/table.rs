//! Tables for programs: typed columns, and rows that are handed over one at a time.

use std::borrow::Cow;
use std::io;

use wattfolio_economics::kernel::Basis;

use super::json::OUTPUT_SCHEMA;

/// Kind of the values of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words. A number among them is written in full.
    Text,
    /// Numbers.
    Number,
    /// Whole numbers.
    Whole,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The stable name, which carries the unit.
    pub name: Cow<'static, str>,
    /// Kind of its values.
    pub kind: ColumnKind,
    /// Whether every row has a value.
    pub is_required: bool,
}

impl Column {
    /// A column in which every row has a value.
    pub const fn required(name: &'static str, kind: ColumnKind) -> Self {
        Self { name: Cow::Borrowed(name), kind, is_required: true }
    }

    /// A column in which a row may have none.
    pub const fn optional(name: &'static str, kind: ColumnKind) -> Self {
        Self { name: Cow::Borrowed(name), kind, is_required: false }
    }
}

/// Header of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name within a file.
    pub name: &'static str,
    /// Its columns in order.
    pub columns: Vec<Column>,
    /// Origin of the rows, by key: schema, version, basis. A format that has no place for it leaves it out.
    pub about: Vec<(&'static str, String)>,
}

/// Metadata of a file: the schema, further entries, and the version of the program.
pub(super) fn about(basis: Option<Basis>, more: &[(&'static str, String)]) -> Vec<(&'static str, String)> {
    let basis = basis.map(|basis| ("basis", basis.id().to_owned()));
    let mut about = vec![("schema", OUTPUT_SCHEMA.to_string())];
    about.extend(basis);
    about.extend_from_slice(more);
    about.push(("wattfolio", env!("CARGO_PKG_VERSION").to_owned()));
    about
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Words.
    Text(Cow<'a, str>),
    /// A number in full.
    Number(f64),
    /// A whole number.
    Whole(u64),
    /// An absent value.
    Empty,
}

/// Receiver of a table: its columns, then its rows.
pub trait TableSink {
    /// Usual name of the format.
    fn label(&self) -> &'static str;

    /// Begins the table.
    ///
    /// # Errors
    /// If it cannot be written.
    fn begin(&mut self, table: &Table) -> io::Result<()>;

    /// Adds a row with a cell for each column.
    ///
    /// # Errors
    /// If it cannot be written.
    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()>;
}
