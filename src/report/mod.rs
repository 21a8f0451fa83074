//! Reports that leave the room.

pub mod workbook;
