//! A CPU renderer for egui frames.
