//! What sources tell of months gone by: retargets of the network, and prices of days. Checked like figures of today.

use chrono::{DateTime, Utc};

use super::ask::again;
use super::client::Client;
use super::fault::Fault;
use super::source::{Request, Size};

/// A retarget: from this block on the difficulty holds for 2,016 blocks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Retarget {
    /// Time of the block.
    pub at: DateTime<Utc>,
    /// Its height.
    pub height: u32,
    /// The difficulty from it on.
    pub difficulty: f64,
}

/// A price of a time gone by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PastPrice {
    /// When it held.
    pub at: DateTime<Utc>,
    /// The price of a bitcoin, USD.
    pub usd: f64,
}

/// What a source tells of the past.
#[derive(Debug)]
pub struct Past {
    /// The retargets of the last years, the earliest first, without gaps.
    pub retargets: Option<PastPart<Vec<Retarget>>>,
    /// The price at a time, or the last one before it.
    pub price: Option<PastPart<PastPrice>>,
}

/// A request for something of the past.
#[derive(Debug)]
pub struct PastPart<T> {
    /// How large its answer may be, and how long it may take.
    pub size: Size,
    /// The request for what held at a time.
    pub request: fn(DateTime<Utc>) -> Request,
    /// Reads an answer. The second argument is that time: nothing is of later.
    pub read: fn(&[u8], DateTime<Utc>) -> Result<T, Fault>,
}

impl Past {
    /// A source that tells nothing of the past.
    pub const NONE: Self = Self { retargets: None, price: None };

    /// Whether it tells anything.
    pub const fn is_none(&self) -> bool {
        self.retargets.is_none() && self.price.is_none()
    }
}

/// Asks a source for what held at a time, and once more if that may help.
///
/// # Errors
/// Why there is no answer that can be used.
pub fn ask_past<T>(client: &Client, part: &PastPart<T>, at: DateTime<Utc>) -> Result<T, Fault> {
    again(client, part.size, &|| (part.request)(at), &|bytes| (part.read)(bytes, at), &Utc::now).result
}
