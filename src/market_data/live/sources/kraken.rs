//! Kraken: the last trade, without a time. It names the pair otherwise than it is asked for.

use crate::market_data::live::fault::Fault;
use crate::market_data::live::json::{self, Json};
use crate::market_data::live::observed::Observed;
use crate::market_data::live::past::Past;
use crate::market_data::live::source::{Asking, Part, Request, Size, Source, Subject, Topic};
use crate::market_data::live::what::What;

pub(super) static SOURCE: Source = Source {
    id: "kraken",
    label: "Kraken",
    subject: Subject::Bitcoin,
    gives: "price",
    base: "https://api.kraken.com",
    can_be_own: false,
    key: None,
    licence: "no licence stated; terms of Kraken",
    attribution: "as published by Kraken",
    pause_s: 15,
    regions: &[],
    parts: &[Part {
        name: "price",
        gives: &[Topic::Price],
        size: Size::Price,
        request: |_| Request::get("/0/public/Ticker").with("pair", "XBTUSD"),
        read,
    }],
    past: Past::NONE,
};

fn read(bytes: &[u8], Asking { now, .. }: Asking) -> Result<Observed, Fault> {
    let answer = json::object(bytes)?;
    // Errors come with a status of success.
    if let Some(words) = answer.reported("error") {
        return Err(Fault::Said(words));
    }
    let result = answer.object("result")?;
    let Json::Object(pairs) = result else { return Err(Fault::Nothing("the pair".to_owned())) };
    let mut pairs = pairs.values();
    let (Some(pair), None) = (pairs.next(), pairs.next()) else {
        return Err(Fault::Contradiction("it has another number of pairs than one".to_owned()));
    };
    let last = pair.list("c")?.first().unwrap_or(&Json::Null);
    Observed::at(now).with(What::BitcoinPrice, last.as_number("c[0]")?)
}
