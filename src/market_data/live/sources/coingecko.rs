//! `CoinGecko`: a price over many exchanges, up to a minute old.

use chrono::{DateTime, Utc};

use crate::market_data::live::fault::Fault;
use crate::market_data::live::json;
use crate::market_data::live::observed::{self, Observed};
use crate::market_data::live::source::{Part, Request, Size, Source, Subject};
use crate::market_data::live::what::What;

pub(super) static SOURCE: Source = Source {
    id: "coingecko",
    label: "CoinGecko",
    subject: Subject::Bitcoin,
    gives: "price",
    base: "https://api.coingecko.com",
    can_be_own: false,
    key: None,
    licence: "terms of CoinGecko ask for attribution and restrict redistribution",
    attribution: "Powered by CoinGecko",
    pause_s: 60,
    parts: &[Part {
        name: "price",
        size: Size::Price,
        request: |_| {
            Request::get("/api/v3/simple/price")
                .with("ids", "bitcoin")
                .with("vs_currencies", "usd")
                .with("include_last_updated_at", "true")
        },
        read,
    }],
};

fn read(bytes: &[u8], now: DateTime<Utc>) -> Result<Observed, Fault> {
    let answer = json::object(bytes)?;
    if let Some(words) = answer.reported("status") {
        return Err(Fault::Said(words));
    }
    let bitcoin = answer.object("bitcoin")?;
    let at = observed::time(bitcoin.number("last_updated_at")?, now)?;
    Observed::at(at).with(What::BitcoinPrice, bitcoin.number("usd")?)
}
