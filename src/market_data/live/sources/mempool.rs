//! mempool.space, or a node of the user's own that runs it: price, network, height and fees.

use chrono::{DateTime, TimeDelta, Utc};
use wattfolio_economics::bitcoin::{SATOSHI_PER_BTC, subsidy_satoshi};

use crate::market_data::live::fault::{Fault, foreign};
use crate::market_data::live::json::{self, Json};
use crate::market_data::live::judge::consistent;
use crate::market_data::live::observed::{self, Observed};
use crate::market_data::live::past::{Past, PastPart, PastPrice, Retarget};
use crate::market_data::live::source::{Asking, Part, Request, Size, Source, Subject, Topic};
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
    regions: &[],
    parts: &[
        Part {
            name: "price",
            gives: &[Topic::Price],
            size: Size::Price,
            request: |_| Request::get("/api/v1/prices"),
            read: read_price,
        },
        Part {
            name: "network",
            gives: &[Topic::Network],
            size: Size::Network,
            request: |_| Request::get("/api/v1/mining/hashrate/3d"),
            read: read_network,
        },
        Part {
            name: "height",
            gives: &[Topic::Height],
            size: Size::Price,
            request: |_| Request::get("/api/blocks/tip/height"),
            read: read_height,
        },
        Part {
            name: "fees",
            gives: &[Topic::Fees],
            size: Size::Price,
            request: |_| Request::get("/api/v1/mining/reward-stats/144"),
            read: read_fees,
        },
    ],
    past: Past {
        retargets: Some(PastPart {
            size: Size::Network,
            request: |_| Request::get("/api/v1/mining/difficulty-adjustments/3y"),
            read: read_retargets,
        }),
        price: Some(PastPart { size: Size::Price, request: past_price, read: read_past_price }),
    },
};

/// The answer as an object, unless it reports an error.
fn object(bytes: &[u8]) -> Result<Json, Fault> {
    let answer = json::object(bytes)?;
    answer.reported("error").map_or(Ok(answer), |words| Err(Fault::Said(words)))
}

/// Prices in whole units of each currency. A fresh instance sends −1 and a time of 0.
fn read_price(bytes: &[u8], Asking { now, .. }: Asking) -> Result<Observed, Fault> {
    let answer = object(bytes)?;
    let price = observed::plausible(What::BitcoinPrice, answer.number("USD")?)?;
    Observed::at(observed::time(answer.number("time")?, now)?).with(What::BitcoinPrice, price)
}

/// Hashrate in H/s, which outgrew whole numbers; both figures are 0 while its node is down.
fn read_network(bytes: &[u8], Asking { now, .. }: Asking) -> Result<Observed, Fault> {
    let answer = object(bytes)?;
    let difficulty = answer.number("currentDifficulty")?;
    let estimate = answer.number("currentHashrate")? / 1e18;
    consistent(difficulty, estimate)?;
    Observed::at(now).with(What::Difficulty, difficulty)?.with(What::HashrateEstimate, estimate)
}

/// A height is plain text.
fn read_height(bytes: &[u8], Asking { now, .. }: Asking) -> Result<Observed, Fault> {
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
fn read_fees(bytes: &[u8], Asking { now, .. }: Asking) -> Result<Observed, Fault> {
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

/// Blocks between two retargets.
const EPOCH: u32 = 2016;
/// The shortest and the longest that they take: the rule divides by no more than 4, and multiplies by no more.
const EPOCH_DAYS: (i64, i64) = (3, 57);
/// Share by which a ratio may miss the two difficulties that it stands for.
const RATIO_TOLERANCE: f64 = 1e-3;

/// Rows of time, height, difficulty and the ratio to the one before, the newest first.
fn read_retargets(bytes: &[u8], now: DateTime<Utc>) -> Result<Vec<Retarget>, Fault> {
    let rows = json::list(bytes)?;
    let mut retargets = Vec::new();
    for row in &rows {
        let Json::List(row) = row else {
            return Err(Fault::Contradiction("a retarget is no list".to_owned()));
        };
        let cell = |index: usize, name| row.get(index).unwrap_or(&Json::Null).as_number(name);
        let at = observed::time(cell(0, "time")?, now)?;
        let height = observed::plausible(What::Height, cell(1, "height")?)?;
        let difficulty = observed::plausible(What::Difficulty, cell(2, "difficulty")?)?;
        if height % f64::from(EPOCH) != 0.0 {
            return Err(Fault::Contradiction(format!("block {height} is no retarget")));
        }
        retargets.push((Retarget { at, height: height as u32, difficulty }, cell(3, "ratio")?));
    }
    retargets.sort_by_key(|(retarget, _)| retarget.height);
    for pair in retargets.windows(2) {
        let ((old, _), (new, ratio)) = (pair[0], pair[1]);
        let days = (new.at - old.at).num_days();
        let fits = (new.difficulty / old.difficulty / ratio - 1.0).abs() < RATIO_TOLERANCE;
        if new.height != old.height + EPOCH || !(EPOCH_DAYS.0..=EPOCH_DAYS.1).contains(&days) || !fits {
            return Err(Fault::Contradiction(format!(
                "retargets {} and {} do not follow each other",
                old.height, new.height
            )));
        }
    }
    if retargets.is_empty() {
        return Err(Fault::Nothing("any retarget".to_owned()));
    }
    Ok(retargets.into_iter().map(|(retarget, _)| retarget).collect())
}

/// Without a time the answer would be the whole history.
fn past_price(at: DateTime<Utc>) -> Request {
    Request::get("/api/v1/historical-price").with("currency", "USD").with("timestamp", at.timestamp().to_string())
}

/// Days by which a price may be later than what was asked for before its time is taken for nonsense.
const YEARS_LATER: i64 = 36_500;

/// The last price at or before a time.
fn read_past_price(bytes: &[u8], at: DateTime<Utc>) -> Result<PastPrice, Fault> {
    let answer = object(bytes)?;
    let mut found: Option<PastPrice> = None;
    for row in answer.list("prices")? {
        // A later price is none of that day, and no sign of a wrong clock.
        let time = observed::time(row.number("time")?, at + TimeDelta::days(YEARS_LATER))?;
        if time <= at && found.is_none_or(|found| time > found.at) {
            let usd = observed::plausible(What::BitcoinPrice, row.number("USD")?)?;
            found = Some(PastPrice { at: time, usd });
        }
    }
    found.ok_or_else(|| Fault::Nothing("that day".to_owned()))
}
