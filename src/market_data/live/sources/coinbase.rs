//! Coinbase: a price in the middle between bid and ask, without a time.

use crate::market_data::live::fault::{Fault, foreign};
use crate::market_data::live::json;
use crate::market_data::live::observed::Observed;
use crate::market_data::live::past::Past;
use crate::market_data::live::source::{Asking, Part, Request, Size, Source, Subject, Topic};
use crate::market_data::live::what::What;

pub(super) static SOURCE: Source = Source {
    id: "coinbase",
    label: "Coinbase",
    subject: Subject::Bitcoin,
    gives: "price",
    base: "https://api.coinbase.com",
    can_be_own: false,
    key: None,
    licence: "no licence stated; terms of Coinbase",
    attribution: "as published by Coinbase",
    pause_s: 15,
    regions: &[],
    parts: &[Part {
        name: "price",
        gives: &[Topic::Price],
        size: Size::Price,
        request: |_| Request::get("/v2/prices/BTC-USD/spot"),
        read,
    }],
    past: Past::NONE,
};

fn read(bytes: &[u8], Asking { now, .. }: Asking) -> Result<Observed, Fault> {
    let answer = json::object(bytes)?;
    if let Some(words) = answer.reported("errors") {
        return Err(Fault::Said(words));
    }
    let data = answer.object("data")?;
    let currency = data.words("currency")?;
    if currency != "USD" {
        return Err(Fault::Contradiction(format!("its price is in {}", foreign(currency))));
    }
    Observed::at(now).with(What::BitcoinPrice, data.number("amount")?)
}
