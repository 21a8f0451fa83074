//! Files: presets and the session, read with care and written atomically.

mod bundled;
mod file;
mod locate;
mod preset;
mod session;

pub use bundled::{Bundled, bundled, find_bundled};
pub use file::{FileError, MOST_BYTES, read_text, write_atomically};
pub use preset::{Preset, SCHEMA, Variant, load, parse, save, to_text};
pub use session::{Session, ThemeChoice, recovery_file, session_file};
