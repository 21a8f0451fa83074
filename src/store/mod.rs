//! Files: presets, the session and unsaved work, read with limits and written atomically.

mod bundled;
mod file;
mod preset;
mod recovery;
mod saved_path;
mod session;
mod settings;

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
pub use recovery::{Kept, Recovery, Slot, Work};
pub use saved_path::SavedPath;
pub use session::{Session, ThemeChoice, session_file};
pub use settings::{read_settings, write_settings};
