//! Figures of today from public sources that the user allowed.
//!
//! A source is one file in `sources/` and one line in its list. Its parsers are pure: bytes and the time in,
//! [`Observed`] or a [`Fault`] out. Only [`Client`] opens connections, and it is made from a [`Consent`] alone.
//! [`figures`] judges what came back: how many sources, how far apart, how old. Nothing here changes a scenario.

mod address;
mod ask;
mod bundled;
mod cache;
mod client;
mod consent;
mod fault;
mod figure;
mod gpu;
mod json;
mod judge;
mod keys;
mod observed;
mod past;
mod permissions;
mod region;
mod source;
mod sources;
mod take;
mod what;

pub use address::Address;
pub use ask::{Asked, ask};
pub use bundled::{Bundled, bundled};
pub use cache::{Answer, Cache, PartAnswer};
pub use client::{Client, Limits};
pub use consent::{Consent, OFFLINE, Refused, is_offline};
pub use fault::Fault;
pub use figure::{Agreed, Figure, Quote, Refusal, Rule, Standing};
pub use gpu::{GPUS, Gpu};
pub use judge::figures;
pub use keys::{Key, KeyHolder, Keys};
pub use observed::{Observed, Reading};
pub use past::{Past, PastPart, PastPrice, Retarget, ask_past};
pub use permissions::{Permissions, permissions_file};
pub use region::{Region, Regions, regions};
pub use source::{Asking, NeedsKey, Part, Request, Size, Source, Subject, Topic};
pub use sources::{SOURCES, find};
pub use take::{ON_DEMAND_UTILISATION, ON_DEMAND_WORDS, Take, age_words, moment, origin_words, take_over};
pub use what::{Age, What};
