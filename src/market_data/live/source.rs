//! What a source is: where it is asked, what for, and how its answers are read.

use chrono::{DateTime, Utc};

use super::fault::Fault;
use super::observed::Observed;
use super::past::Past;
use super::region::Region;

/// A source of figures.
#[derive(Debug)]
pub struct Source {
    /// The stable name, on the command line and in files.
    pub id: &'static str,
    /// What people call it.
    pub label: &'static str,
    /// What its figures are about.
    pub subject: Subject,
    /// What it gives, in a few words.
    pub gives: &'static str,
    /// Where it is asked.
    pub base: &'static str,
    /// Whether the user may ask a machine of their own in its place.
    pub can_be_own: bool,
    /// The key that it needs.
    pub key: Option<NeedsKey>,
    /// Licence or terms of its data.
    pub licence: &'static str,
    /// How the source is to be named beside its figures.
    pub attribution: &'static str,
    /// Least time between two rounds of requests, seconds.
    pub pause_s: i64,
    /// The regions that it can be asked for, the usual one first; none where it knows no regions.
    pub regions: &'static [Region],
    /// What is asked.
    pub parts: &'static [Part],
    /// What it tells of months gone by.
    pub past: Past,
}

impl Source {
    /// Whether it gives a figure.
    pub fn gives(&self, topic: Topic) -> bool {
        self.parts.iter().any(|part| part.gives.contains(&topic))
    }
}

/// A figure that a source gives; of rentals, whichever GPU it is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Price of a bitcoin.
    Price,
    /// Difficulty of the network.
    Network,
    /// Height of the chain.
    Height,
    /// Fees of blocks.
    Fees,
    /// Rental of GPUs.
    Rental,
    /// What is paid for power at the meter.
    RetailPower,
    /// Wholesale price of power.
    DayAheadPower,
}

/// What the figures of a source are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Bitcoin price and network.
    Bitcoin,
    /// Rental of GPUs.
    Rental,
    /// Power prices.
    Electricity,
}

impl Subject {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Bitcoin, Self::Rental, Self::Electricity];

    /// The heading over its sources.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Bitcoin => "Bitcoin and network",
            Self::Rental => "GPU rental",
            Self::Electricity => "Electricity",
        }
    }
}

/// The key that a source needs.
#[derive(Debug)]
pub struct NeedsKey {
    /// The environment variable that may hold it.
    pub variable: &'static str,
    /// The parameter of the address that carries it.
    pub parameter: &'static str,
    /// Where a user gets one.
    pub from: &'static str,
}

/// One request to a source.
#[derive(Debug)]
pub struct Part {
    /// What it is about, in messages and in the cache.
    pub name: &'static str,
    /// The figures that its answer has.
    pub gives: &'static [Topic],
    /// How large its answer may be, and how long it may take.
    pub size: Size,
    /// The request.
    pub request: fn(Asking) -> Request,
    /// Reads an answer. Nothing is observed later than it was asked for.
    pub read: fn(&[u8], Asking) -> Result<Observed, Fault>,
}

/// What a request is made for.
#[derive(Clone, Copy, Debug)]
pub struct Asking {
    /// Now.
    pub now: DateTime<Utc>,
    /// The region, of a source that knows regions.
    pub region: Option<&'static Region>,
}

impl From<DateTime<Utc>> for Asking {
    fn from(now: DateTime<Utc>) -> Self {
        Self { now, region: None }
    }
}

/// A request: what is added to the address of the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The path.
    pub path: String,
    /// The parameters.
    pub query: Vec<(&'static str, String)>,
    /// What is sent with it as JSON; then it is a POST.
    pub body: Option<String>,
}

impl Request {
    /// A request for a path.
    pub(super) fn get(path: &str) -> Self {
        Self { path: path.to_owned(), ..Self::default() }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.query.push((name, value.into()));
        self
    }

    pub(super) fn post(path: &str, body: String) -> Self {
        Self { path: path.to_owned(), query: Vec::new(), body: Some(body) }
    }
}

/// Size of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// A price: less than a kilobyte.
    Price,
    /// Figures of the network: a few kilobytes.
    Network,
    /// A list of offers.
    Catalog,
}

impl Size {
    /// Largest answer that is read, bytes after decompression.
    pub const fn most_bytes(self) -> u64 {
        match self {
            Self::Price => 64 << 10,
            Self::Network => 256 << 10,
            Self::Catalog => 8 << 20,
        }
    }
}
