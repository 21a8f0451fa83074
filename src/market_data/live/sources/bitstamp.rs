//! Bitstamp: the last trade with its time, all as text.

use crate::market_data::live::fault::Fault;
use crate::market_data::live::json;
use crate::market_data::live::observed::{self, Observed};
use crate::market_data::live::past::Past;
use crate::market_data::live::source::{Asking, Part, Request, Size, Source, Subject, Topic};
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
    regions: &[],
    parts: &[Part {
        name: "price",
        gives: &[Topic::Price],
        size: Size::Price,
        // Without the last stroke it redirects.
        request: |_| Request::get("/api/v2/ticker/btcusd/"),
        read,
    }],
    past: Past::NONE,
};

fn read(bytes: &[u8], Asking { now, .. }: Asking) -> Result<Observed, Fault> {
    let answer = json::object(bytes)?;
    let at = observed::time(answer.number("timestamp")?, now)?;
    Observed::at(at).with(What::BitcoinPrice, answer.number("last")?)
}
