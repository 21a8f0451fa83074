//! The window, driven by accessible names.

mod dialogs;
mod exports;
mod files;
mod history;
mod inputs;
mod key_drivers;
mod pages;
mod rates;
mod recovery;
mod saving;
