//! Files: presets and the session, read with care and written atomically.

mod bundled;
mod file;
mod locate;
mod preset;
mod session;

pub use bundled::{Bundled, bundled, find_bundled};
pub use file::{
    FileError, MOST_BYTES, OutputFile, Placed, read_only, read_regular_text, read_text, remove_leftovers,
    write_atomically,
};
pub use preset::{Preset, SCHEMA, Variant, load, parse, save, to_text};
pub use session::{Session, ThemeChoice, recovery_file, session_file};
