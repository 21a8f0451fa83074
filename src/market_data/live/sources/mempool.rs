//! mempool.space, or a node of the user's own that runs it: price, network, height and fees.

use chrono::{DateTime, Utc};
use wattfolio_economics::bitcoin::{SATOSHI_PER_BTC, subsidy_satoshi};

use crate::market_data::live::fault::{Fault, foreign};
use crate::market_data::live::json::{self, Json};
use crate::market_data::live::judge::consistent;
use crate::market_data::live::observed::{self, Observed};
use crate::market_data::live::source::{Part, Request, Size, Source, Subject};
use crate::market_data::live::what::What;

pub(super) static SOURCE: Source = Source {
    id: "mempool",
    label: "mempool.space",
    subject: Subject::Bitcoin,
    gives: "price, network",
    base: "https://mempool.space",
    can_be_own: true,
    key: None,
    licence: "no licence stated; the program is AGPL-3.0, and its name is a trademark",
    attribution: "mempool.space",
    pause_s: 15,
    parts: &[
        Part {
            name: "price",
            size: Size::Price,
            request: |_| Request::get("/api/v1/prices"),
            read: read_price,
        },
        Part {
            name: "network",
            size: Size::Network,
            request: |_| Request::get("/api/v1/mining/hashrate/3d"),
            read: read_network,
        },
        Part {
            name: "height",
            size: Size::Price,
            request: |_| Request::get("/api/blocks/tip/height"),
            read: read_height,
        },
        Part {
            name: "fees",
            size: Size::Price,
            request: |_| Request::get("/api/v1/mining/reward-stats/144"),
            read: read_fees,
        },
    ],
};

/// The answer as an object, unless it reports an error.
fn object(bytes: &[u8]) -> Result<Json, Fault> {
    let answer = json::object(bytes)?;
    answer.reported("error").map_or(Ok(answer), |words| Err(Fault::Said(words)))
}

/// Prices in whole units of each currency. A fresh instance sends −1 and a time of 0.
fn read_price(bytes: &[u8], now: DateTime<Utc>) -> Result<Observed, Fault> {
    let answer = object(bytes)?;
    let price = observed::plausible(What::BitcoinPrice, answer.number("USD")?)?;
    Observed::at(observed::time(answer.number("time")?, now)?).with(What::BitcoinPrice, price)
}

/// Hashrate in H/s, which outgrew whole numbers; both figures are 0 while its node is down.
fn read_network(bytes: &[u8], now: DateTime<Utc>) -> Result<Observed, Fault> {
    let answer = object(bytes)?;
    let difficulty = answer.number("currentDifficulty")?;
    let estimate = answer.number("currentHashrate")? / 1e18;
    consistent(difficulty, estimate)?;
    Observed::at(now).with(What::Difficulty, difficulty)?.with(What::HashrateEstimate, estimate)
}

/// A height is plain text.
fn read_height(bytes: &[u8], now: DateTime<Utc>) -> Result<Observed, Fault> {
    let text = json::text(bytes)?;
    let height: u32 = text.parse().map_err(|_fault| Fault::Shape {
        field: "height".to_owned(),
        found: format!("“{}”", foreign(text)),
        expected: "a whole number",
    })?;
    Observed::at(now).with(What::Height, f64::from(height))
}

/// Share by which the subsidy of the blocks may be missed: a miner may claim less than is allowed.
const SUBSIDY_TOLERANCE: f64 = 0.001;

/// Rewards of 144 blocks in satoshi, as numbers or as text.
fn read_fees(bytes: &[u8], now: DateTime<Utc>) -> Result<Observed, Fault> {
    let answer = object(bytes)?;
    let (first, last) = (answer.number("startBlock")?, answer.number("endBlock")?);
    for height in [first, last] {
        observed::plausible(What::Height, height)?;
    }
    if last < first || last - first > 1000.0 {
        return Err(Fault::Contradiction(format!("its blocks go from {first} to {last}")));
    }
    let (reward, fees) = (answer.number("totalReward")?, answer.number("totalFee")?);
    let subsidies: f64 = (first as u32..=last as u32).map(|height| subsidy_satoshi(height) as f64).sum();
    let share = (reward - fees) / subsidies;
    if !(1.0 - SUBSIDY_TOLERANCE..=1.0 + 1e-9).contains(&share) {
        return Err(Fault::Contradiction("its rewards without fees are not the subsidy of its blocks".to_owned()));
    }
    let blocks = last - first + 1.0;
    let mut observed = Observed::at(now);
    observed.push(What::Fees, fees / blocks / SATOSHI_PER_BTC, blocks as u32)?;
    Ok(observed)
}
