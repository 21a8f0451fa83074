//! The shapes of each kind of results, so that every format can write it.

use std::io;

use serde_json::Value;
use wattfolio_economics::answers::NotMapped;
use wattfolio_economics::history::NotReplayed;
use wattfolio_economics::risk::NoThreads;
use wattfolio_economics::risk::Unfinished;

use super::table::TableSink;
use crate::store::FileError;

/// A form of results that a format needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Text for people.
    Text,
    /// A value of JSON.
    Value,
    /// Rows under typed columns.
    Table,
    /// The text of a preset file.
    Preset,
}

/// Results that can be written to files.
///
/// A kind of results lists its shapes and has a method for each of them. Which formats there are is no concern of
/// its: those that need one of its shapes are offered. The methods take what they need to be changed, as some find
/// more when they are asked.
pub trait Exported {
    /// The shapes that such results have, each with one line that says what it holds.
    fn shapes() -> &'static [(Shape, &'static str)]
    where
        Self: Sized;

    /// Text for people, in lines.
    ///
    /// # Errors
    /// If it cannot be made, or they have no such shape.
    fn text(&mut self) -> Result<String, ExportError> {
        Err(ExportError::NoSuchShape)
    }

    /// A value of JSON with stable names.
    ///
    /// # Errors
    /// If it cannot be made, or they have no such shape.
    fn value(&mut self) -> Result<Value, ExportError> {
        Err(ExportError::NoSuchShape)
    }

    /// Begins a table and hands its rows over, one at a time.
    ///
    /// # Errors
    /// If the sink cannot take them, they cannot be made, or there is no such shape.
    fn table(&mut self, _sink: &mut dyn TableSink) -> Result<(), ExportError> {
        Err(ExportError::NoSuchShape)
    }

    /// A file that can be opened as a preset.
    ///
    /// # Errors
    /// If it cannot be made, or they have no such shape.
    fn preset(&mut self) -> Result<String, ExportError> {
        Err(ExportError::NoSuchShape)
    }
}

/// Why results are not written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The place does not take them; the caller knows the reason.
    #[error(transparent)]
    Unwritten(#[from] io::Error),
    /// The file cannot be written.
    #[error(transparent)]
    File(#[from] FileError),
    /// The simulation that they need did not finish.
    #[error(transparent)]
    Unfinished(#[from] Unfinished),
    /// The scenario cannot be replayed from that month.
    #[error(transparent)]
    NotReplayed(#[from] NotReplayed),
    /// There is no map of that.
    #[error(transparent)]
    NotMapped(#[from] NotMapped),
    /// There are no threads to simulate on.
    #[error(transparent)]
    NoThreads(#[from] NoThreads),
    /// They are several tables, and a file holds one.
    #[error("a {format} file holds {what}")]
    SeveralTables {
        /// Usual name of the format.
        format: &'static str,
        /// Content of a file, and the names to use.
        what: &'static str,
    },
    /// A preset has a value that cannot be written.
    #[error(transparent)]
    Preset(#[from] ron::Error),
    /// They do not have the shape that the format needs, so that it was not offered.
    #[error("these results have no such form")]
    NoSuchShape,
}
