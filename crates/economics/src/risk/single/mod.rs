//! Single paths, month by month.

mod paths;
pub(super) mod record;

pub use paths::{BusinessStory, Level, PathResult, PathRow, PathStory};

// Modules that `paths.rs` reads beside those of this folder.
use super::engine::{lanes, on_tier};
use super::markets::{factors, quasi};
use super::{control, model, prepared, room, simulate, statistics};
