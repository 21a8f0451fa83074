//! Finished background work.

use std::path::PathBuf;

use wattfolio_economics::risk::Unfinished;

use super::deep::Deep;
use super::dialog::OpenFor;
use super::document::OnDisk;
use super::examples::Example;
use super::export::Exports;
use super::history::HistoryAnswer;
use super::mix::MixFound;
use super::moved_figure::FigureFound;
use super::simulated::Simulated;
use super::sites::SitesFound;
use super::winner_map::{MapFound, NearFound, StripFound};
use crate::market_data::{self, live::Answer};
use crate::store::{FileError, Opened, Placed, Preset, Source};

/// Purpose of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A preset to open.
    Open(OpenFor),
    /// A place for a preset.
    SavePreset,
    /// A place for a picture.
    SavePicture,
    /// A place for a report.
    Report,
    /// A place for results.
    Export(Exports),
}

/// A job that is done.
#[derive(Debug)]
pub enum Finished {
    /// The system's file dialog closed: a path, or none if it was cancelled or there is no such dialog.
    Picked(Purpose, Option<PathBuf>),
    /// A file was read.
    Opened(Box<Result<Opened, FileError>>),
    /// A file was read whose scenarios are added to the document.
    OpenedInto(Box<Result<Opened, FileError>>),
    /// A report was read for the scenarios inside it and what they were compared with, or why it was not.
    OpenedReport(Box<Result<[Preset; 2], String>>),
    /// A file was compared with what was read from it.
    Looked(Box<Source>, OnDisk),
    /// Results were written to a file, or why they were not.
    Exported(PathBuf, Result<Placed, String>),
    /// A simulation came to its end.
    Simulated(Box<Simulated>),
    /// A simulation that could not be run, and which request it was.
    NotSimulated(u64, Unfinished),
    /// More was found about it.
    LookedDeeper(Box<Deep>),
    /// Something was found about the past.
    History(Box<HistoryAnswer>),
    /// Mixes were found.
    Mixed(Box<MixFound>),
    /// Sites were added up, or why they make no portfolio.
    SitesAdded(Box<SitesFound>),
    /// A file was read whose scenario is a further site, or why it was not.
    OpenedSite(Box<Result<Preset, String>>),
    /// A fine winner map was made.
    Mapped(Box<MapFound>),
    /// Every input was moved for a figure of the simulation.
    FigureMoved(Box<FigureFound>),
    /// A filmstrip of maps was made.
    Filmed(Box<StripFound>),
    /// The borders about today were found.
    Bordered(Box<NearFound>),
    /// A source of market data answered, or did not.
    MarketAnswered(Box<Answer>),
    /// The last answers of sources were read from disk, and what of them cannot be used.
    MarketRead(Vec<Answer>, Vec<String>),
    /// Something about the market could not be kept.
    MarketProblem(String),
    /// A key was stored in the keyring, or why not.
    KeyStored(&'static market_data::live::Source, Result<(), String>),
    /// A worked example was simulated: its index, and what is said of it.
    ExampleSimulated(usize, Box<Example>),
}
