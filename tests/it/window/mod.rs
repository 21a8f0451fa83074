//! The window, driven by the names that a screen reader hears.

mod dialogs;
mod exports;
mod files;
mod history;
mod inputs;
mod key_drivers;
mod pages;
mod recovery;
mod saving;
