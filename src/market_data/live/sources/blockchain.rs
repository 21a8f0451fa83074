//! blockchain.info: the network a second time, as a check.

use crate::market_data::live::fault::Fault;
use crate::market_data::live::json;
use crate::market_data::live::judge::consistent;
use crate::market_data::live::observed::{self, Observed};
use crate::market_data::live::past::Past;
use crate::market_data::live::source::{Asking, Part, Request, Size, Source, Subject, Topic};
use crate::market_data::live::what::What;

pub(super) static SOURCE: Source = Source {
    id: "blockchain",
    label: "blockchain.info",
    subject: Subject::Bitcoin,
    gives: "network, as a check",
    base: "https://blockchain.info",
    can_be_own: false,
    key: None,
    licence: "no licence stated; terms of blockchain.com",
    attribution: "as published by blockchain.info",
    pause_s: 15,
    regions: &[],
    parts: &[Part {
        name: "network",
        gives: &[Topic::Network, Topic::Height],
        size: Size::Price,
        request: |_| Request::get("/stats").with("format", "json"),
        read,
    }],
    past: Past::NONE,
};

/// Hashrate in GH/s, and a time in milliseconds. Its price is of one exchange, and left out.
fn read(bytes: &[u8], Asking { now, .. }: Asking) -> Result<Observed, Fault> {
    let answer = json::object(bytes)?;
    let at = observed::time(answer.number("timestamp")?, now)?;
    let (difficulty, estimate) = (answer.number("difficulty")?, answer.number("hash_rate")? / 1e9);
    consistent(difficulty, estimate)?;
    Observed::at(at)
        .with(What::Difficulty, difficulty)?
        .with(What::HashrateEstimate, estimate)?
        .with(What::Height, answer.number("n_blocks_total")?)
}
