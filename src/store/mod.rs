//! Files: presets, the session and unsaved work, read with limits and written atomically.

mod recovery;
mod saved_path;
mod session;
mod settings;

pub use recovery::{Kept, Recovery, Slot, Work};
pub use saved_path::SavedPath;
pub use session::{Session, ThemeChoice, session_file};
pub use settings::{read_settings, write_settings};
pub use wattfolio_documents::{
    About, Bundled, Chosen, DOCUMENT_ENDING, Draft, FileError, Label, Letter, LineStyle, Listed, MOST_BYTES,
    Newer, Older, Opened, OutputFile, Placed, Preset, PresetView, SCHEMA, Source, Taken, Variant, bundled,
    document_path, existing, find_bundled, load, open, parse, read_bytes, read_only, read_regular_text,
    read_text, remove_leftovers, remove_unfinished_on_signals, save, to_text, variant_values, with_ending,
    write_atomically, write_regular,
};
