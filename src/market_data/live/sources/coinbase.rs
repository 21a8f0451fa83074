//! Coinbase: a price in the middle between bid and ask, without a time.

use chrono::{DateTime, Utc};

use crate::market_data::live::fault::{Fault, foreign};
use crate::market_data::live::json;
use crate::market_data::live::observed::Observed;
use crate::market_data::live::source::{Part, Request, Size, Source, Subject};
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
    parts: &[Part {
        name: "price",
        size: Size::Price,
        request: |_| Request::get("/v2/prices/BTC-USD/spot"),
        read,
    }],
};

fn read(bytes: &[u8], now: DateTime<Utc>) -> Result<Observed, Fault> {
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
