//! Bitstamp: the last trade with its time, all as text.

use chrono::{DateTime, Utc};

use crate::market_data::live::fault::Fault;
use crate::market_data::live::json;
use crate::market_data::live::observed::{self, Observed};
use crate::market_data::live::source::{Part, Request, Size, Source, Subject};
use crate::market_data::live::what::What;

pub(super) static SOURCE: Source = Source {
    id: "bitstamp",
    label: "Bitstamp",
    subject: Subject::Bitcoin,
    gives: "price",
    base: "https://www.bitstamp.net",
    can_be_own: false,
    key: None,
    licence: "no licence stated; terms of Bitstamp",
    attribution: "as published by Bitstamp",
    pause_s: 15,
    parts: &[Part {
        name: "price",
        size: Size::Price,
        // Without the last stroke it redirects.
        request: |_| Request::get("/api/v2/ticker/btcusd/"),
        read,
    }],
};

fn read(bytes: &[u8], now: DateTime<Utc>) -> Result<Observed, Fault> {
    let answer = json::object(bytes)?;
    let at = observed::time(answer.number("timestamp")?, now)?;
    Observed::at(at).with(What::BitcoinPrice, answer.number("last")?)
}
