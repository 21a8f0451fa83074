//! The window, driven by accessible names.

mod answers;
mod beside;
mod cards;
mod charts;
mod copies;
mod dialogs;
mod exports;
mod files;
mod focus;
mod gallery;
mod history;
mod inputs;
mod key_drivers;
mod menus;
mod notices;
mod pages;
mod payback;
mod rates;
mod recovery;
mod saving;
mod scenarios;
mod sensitivity;
mod sites;
mod stale;
mod widths;
mod winner_map;
