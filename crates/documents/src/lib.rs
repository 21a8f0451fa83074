//! Scenarios as files and values as text: what the window, the command line and the Python package share beside the
//! calculation.
//!
//! A [`Preset`] is a scenario with its story, in RON. [`find_bundled`] has the worked examples, [`load`] reads a file, and
//! [`mod@format`] writes quantities for people and reads them back.
//!
//! ```
//! use wattfolio_documents::{find_bundled, format};
//!
//! let mut scenario = find_bundled("today").unwrap().preset.scenario.clone().into_inner();
//! format::set_by_id(&mut scenario, "power.price_usd_per_kwh", "$30/MWh")?;
//! assert_eq!(scenario.power.price_usd_per_kwh.value, 0.03);
//! # Ok::<(), wattfolio_economics::scenario::Fault>(())
//! ```

mod bundled;
mod file;
pub mod format;
mod preset;

pub use bundled::{Bundled, bundled, find_bundled};
pub use file::{
    FileError, MOST_BYTES, OutputFile, Placed, read_bytes, read_only, read_regular_text, read_text,
    remove_leftovers, remove_unfinished_on_signals, write_atomically, write_regular,
};
pub use preset::{
    About, Chosen, DOCUMENT_ENDING, Draft, Label, Letter, LineStyle, Listed, Newer, Older, Opened, Preset,
    PresetView, SCHEMA, Source, Taken, Variant, document_path, existing, load, open, parse, save, to_text,
    variant_values, with_ending,
};
