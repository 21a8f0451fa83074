//! `CoinGecko`: a price over many exchanges, up to a minute old.

use crate::market_data::live::fault::Fault;
use crate::market_data::live::json;
use crate::market_data::live::observed::{self, Observed};
use crate::market_data::live::past::Past;
use crate::market_data::live::source::{Asking, Part, Request, Size, Source, Subject, Topic};
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
    regions: &[],
    parts: &[Part {
        name: "price",
        gives: &[Topic::Price],
        size: Size::Price,
        request: |_| {
            Request::get("/api/v3/simple/price")
                .with("ids", "bitcoin")
                .with("vs_currencies", "usd")
                .with("include_last_updated_at", "true")
        },
        read,
    }],
    past: Past::NONE,
};

fn read(bytes: &[u8], Asking { now, .. }: Asking) -> Result<Observed, Fault> {
    let answer = json::object(bytes)?;
    if let Some(words) = answer.reported("status") {
        return Err(Fault::Said(words));
    }
    let bitcoin = answer.object("bitcoin")?;
    let at = observed::time(bitcoin.number("last_updated_at")?, now)?;
    Observed::at(at).with(What::BitcoinPrice, bitcoin.number("usd")?)
}
