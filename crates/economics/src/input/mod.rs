//! Inputs: description, kind of value, reading and writing.

mod define;
mod given;
pub mod hint;
#[expect(clippy::module_inception, reason = "the type that the room is about")]
mod input;
mod value;

pub(crate) use define::{
    choice, choice_by, flag, from_ron, id, inputs, kind_of, level, list, month, number, number_by, text,
    to_ron, variant_number, whole,
};
pub use given::Value;
pub(crate) use input::TrajectoryParts;
pub use input::{
    Access, Automatic, Choice, ChoiceOption, Group, Input, Kind, Number, Points, Scale, TrajectoryAccess,
};
