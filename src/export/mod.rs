//! Results for others. Each kind of results says which shapes it has ([`Exported`]); each format is one file and a line of
//! [`FORMATS`], and writes every kind that has the shape it needs: from the command line as from the window.

mod calibration;
mod comparison;
mod csv;
mod explanation;
mod exported;
mod exporter;
mod format;
mod grid;
mod history;
mod inputs;
mod json;
mod market;
mod objects;
mod parquet;
mod paths;
mod picture;
mod presets;
mod price_list;
mod published;
mod reference;
mod ron;
mod simulation;
mod table;
mod text;
mod verdict;

pub use calibration::CalibratedPreset;
pub use comparison::{Compared, comparison_json, comparison_table, measures_table};
pub use csv::CSV;
pub use explanation::{Explained, explanation_json, explanation_text, source_words, subject_words};
pub use exported::{ExportError, Exported, Shape};
pub use exporter::{Exporter, FORMATS, Offer, WrongEnding, left_out, offer_for, offers};
pub use format::{Format, Promise};
pub use history::Replayed;
pub use inputs::Inputs;
pub use json::{JSON, OUTPUT_SCHEMA};
pub use market::{MarketReport, spread_words};
pub use picture::{MOST_PIXELS, PNG, PictureError, PngFile, check_name, encode_png, io_fault};
pub use presets::{BundledPresets, CheckedPreset};
pub use price_list::PriceLists;
pub use published::published_table;
pub use reference::{inputs_markdown, outputs_markdown};
pub use simulation::{SimulationRun, simulation_json, simulation_table};
pub use table::{Cell, Column, ColumnKind, Table, TableSink};
pub use text::TEXT;
