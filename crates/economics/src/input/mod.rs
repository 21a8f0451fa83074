//! What an input is: its words, its kind, and how it is read and written.

mod define;
#[expect(clippy::module_inception, reason = "the type that the room is about")]
mod input;
mod moves;
mod value;

pub(crate) use define::{
    choice, flag, from_ron, id, level, number, path_inputs, text, to_ron, variant_number, whole,
};
pub use input::{
    Access, Automatic, Choice, ChoiceOption, Group, Input, Kind, Number, Points, Scale, TrajectoryAccess,
};
