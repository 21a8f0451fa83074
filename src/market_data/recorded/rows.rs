//! The rows of the recorded files, and their checks.

use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use wattfolio_economics::scenario::CalendarMonth;

use super::date::{DateSpan, MaybeDate};

/// A row of a recorded file.
pub(in crate::market_data) trait Row: DeserializeOwned {
    /// Checks the values of the row; the fault names the column.
    fn check(&self) -> Result<(), String>;

    /// Checks the row against the one before it.
    fn follows(&self, _before: &Self) -> Result<(), String> {
        Ok(())
    }
}

/// Kind of estimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Estimate {
    /// Recorded, no estimate.
    No,
    /// Partly recorded, partly estimated.
    Partly,
    /// Another value that approximates it.
    Proxy,
    /// Recorded, but rounded by its source.
    Rounded,
    /// Estimated.
    Yes,
}

/// Month-end price of bitcoin.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BtcMonth {
    /// The month.
    pub month: CalendarMonth,
    /// Close of its last day (UTC), USD.
    pub close_usd: f64,
    /// Kind of estimate.
    pub estimate: Estimate,
    /// Source.
    pub source: String,
}

/// Height of the chain at the begin of a month.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlockHeight {
    /// The month.
    pub month: CalendarMonth,
    /// Blocks at 00:00 UTC of its first day.
    pub height: u32,
    /// Source.
    pub source: String,
}

/// Fees of blocks from a month on, until the next row.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeeEra {
    /// Its first month.
    pub from_month: CalendarMonth,
    /// Fees over the subsidy, fraction.
    pub fees_share_of_subsidy: f64,
    /// Kind of estimate.
    pub estimate: Estimate,
    /// Source.
    pub source: String,
    /// Remarks.
    pub remark: String,
}

/// Difficulty and hashrate of the bitcoin network in a month.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DifficultyMonth {
    /// The month.
    pub month: CalendarMonth,
    /// Time-weighted mean of the difficulty.
    pub avg_difficulty: f64,
    /// Difficulty at the end of the month.
    pub difficulty_end_of_month: f64,
    /// Hashrate at which that mean finds a block in 600 s, EH/s.
    pub implied_hashrate_ehs: f64,
    /// Hashrate from the actual duration of the retarget epochs, EH/s.
    pub realised_hashrate_ehs: f64,
    /// Kind of estimate.
    pub estimate: Estimate,
    /// Source.
    pub source: String,
}

/// A halving of the block subsidy.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Halving {
    /// The first block with the new subsidy.
    pub height: u32,
    /// Its day (UTC).
    pub date_utc: NaiveDate,
    /// Subsidy of a block before it, BTC.
    pub subsidy_before_btc: f64,
    /// Subsidy of a block from it on, BTC.
    pub subsidy_after_btc: f64,
    /// Kind of estimate of the day.
    pub estimate: Estimate,
    /// Source.
    pub source: String,
}

/// Kind of rental.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RentalKind {
    /// By the hour, at the provider's list price.
    OnDemand,
    /// For a term.
    Contract,
    /// Interruptible by a higher bid.
    Spot,
    /// From any owner, through a marketplace.
    Marketplace,
    /// To the highest bidder.
    Auction,
}

/// A published rent of a GPU.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RentalPoint {
    /// Date of publication or observation.
    pub date: DateSpan,
    /// The GPU.
    pub gpu: String,
    /// The rent, USD per GPU-hour.
    pub usd_per_gpu_hour: f64,
    /// Kind of rental.
    pub kind: RentalKind,
    /// Remarks.
    pub remark: String,
    /// Source.
    pub source: String,
}

/// A published price of electricity.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PowerPrice {
    /// Country, state or site.
    pub region: String,
    /// The price, USD/kWh.
    pub usd_per_kwh: f64,
    /// Kind of price: `industrial retail average`.
    pub kind: String,
    /// Its date, if the source gives one.
    pub date: MaybeDate,
    /// Source.
    pub source: String,
    /// Remarks.
    pub remark: String,
}

/// Certainty of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// Stated by the source.
    Read,
    /// From a secondary source.
    Weak,
    /// Estimated.
    Estimate,
}

/// Training of a published model.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrainingRun {
    /// The model that was trained.
    pub model: String,
    /// The GPU it was trained on.
    pub gpu: String,
    /// Sum over all GPUs, GPU-hours.
    pub gpu_hours: f64,
    /// Source.
    pub source: String,
    /// Certainty of the figure.
    pub certainty: Certainty,
    /// Remarks.
    pub remark: String,
}

/// Energy of one query to a service.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QueryEnergy {
    /// The service.
    pub service: String,
    /// Energy of a query, Wh.
    pub wh_per_query: f64,
    /// Its date.
    pub date: DateSpan,
    /// Source.
    pub source: String,
    /// Remarks.
    pub remark: String,
}

/// Checks that a value is plausible.
fn within(column: &str, value: f64, least: f64, most: f64) -> Result<(), String> {
    if (least..=most).contains(&value) {
        Ok(())
    } else {
        Err(format!("{column}: {value} is not plausible; allowed: {least}…{most}"))
    }
}

/// Checks that a text is not blank.
fn filled(column: &str, text: &str) -> Result<(), String> {
    if text.trim().is_empty() { Err(format!("{column}: is missing")) } else { Ok(()) }
}

/// Checks a value against the expected one, with a relative tolerance.
fn close(column: &str, value: f64, expected: f64, tolerance: f64) -> Result<(), String> {
    if (value / expected - 1.0).abs() <= tolerance {
        Ok(())
    } else {
        Err(format!("{column}: {value} is not {expected}, which follows from the other columns"))
    }
}

fn next_month(month: CalendarMonth, before: CalendarMonth) -> Result<(), String> {
    let expected = before.plus(1);
    if month == expected { Ok(()) } else { Err(format!("month: {month} does not follow {before}")) }
}

/// Largest factor between the prices of consecutive months, rounded up.
const MOST_PRICE_FACTOR: f64 = 2.0;

impl Row for BtcMonth {
    fn check(&self) -> Result<(), String> {
        within("close_usd", self.close_usd, 1.0, 1e7)?;
        filled("source", &self.source)
    }

    fn follows(&self, before: &Self) -> Result<(), String> {
        next_month(self.month, before.month)?;
        let factor = self.close_usd / before.close_usd;
        within("close_usd over that of the month before", factor, 1.0 / MOST_PRICE_FACTOR, MOST_PRICE_FACTOR)
    }
}

/// The fewest and the most blocks that a month had; in 2010 the network outran the retarget.
const MONTHLY_BLOCKS: (f64, f64) = (3_500.0, 7_500.0);

impl Row for FeeEra {
    fn check(&self) -> Result<(), String> {
        within("fees_share_of_subsidy", self.fees_share_of_subsidy, 0.0, 1.0)
    }

    fn follows(&self, before: &Self) -> Result<(), String> {
        if self.from_month > before.from_month {
            return Ok(());
        }
        Err(format!("from_month {} does not follow {}", self.from_month, before.from_month))
    }
}

impl Row for BlockHeight {
    fn check(&self) -> Result<(), String> {
        within("height", f64::from(self.height), 1.0, 13_440_000.0)?;
        filled("source", &self.source)
    }

    fn follows(&self, before: &Self) -> Result<(), String> {
        next_month(self.month, before.month)?;
        let blocks = f64::from(self.height) - f64::from(before.height);
        within("height over that of the month before", blocks, MONTHLY_BLOCKS.0, MONTHLY_BLOCKS.1)
    }
}

/// Hashes for a block at a difficulty of 1.
const HASHES_PER_DIFFICULTY: f64 = 4_294_967_296.0;
/// Target time of a block, seconds.
const BLOCK_SECONDS: f64 = 600.0;
/// Largest factor between realised and implied hashrate; in 2010 the network outran the retarget.
const MOST_REALISED_FACTOR: f64 = 4.0;

impl Row for DifficultyMonth {
    fn check(&self) -> Result<(), String> {
        within("avg_difficulty", self.avg_difficulty, 1.0, 1e18)?;
        within("difficulty_end_of_month", self.difficulty_end_of_month, 1.0, 1e18)?;
        let implied = self.avg_difficulty * HASHES_PER_DIFFICULTY / BLOCK_SECONDS / 1e18;
        close("implied_hashrate_ehs", self.implied_hashrate_ehs, implied, 1e-4)?;
        let factor = self.realised_hashrate_ehs / self.implied_hashrate_ehs;
        within("realised over implied hashrate", factor, 1.0 / MOST_REALISED_FACTOR, MOST_REALISED_FACTOR)?;
        filled("source", &self.source)
    }

    fn follows(&self, before: &Self) -> Result<(), String> {
        next_month(self.month, before.month)
    }
}

/// Blocks between two halvings.
const HALVING_BLOCKS: u32 = 210_000;

impl Row for Halving {
    fn check(&self) -> Result<(), String> {
        if self.height == 0 || !self.height.is_multiple_of(HALVING_BLOCKS) {
            return Err(format!("height: {} is no multiple of {HALVING_BLOCKS}", self.height));
        }
        let before = 50.0 / 2_f64.powf(f64::from(self.height / HALVING_BLOCKS - 1));
        close("subsidy_before_btc", self.subsidy_before_btc, before, 0.0)?;
        close("subsidy_after_btc", self.subsidy_after_btc, before / 2.0, 0.0)?;
        filled("source", &self.source)
    }

    fn follows(&self, before: &Self) -> Result<(), String> {
        if self.height != before.height + HALVING_BLOCKS {
            return Err(format!("height: {} does not follow {}", self.height, before.height));
        }
        let years = (self.date_utc - before.date_utc).num_days() as f64 / 365.25;
        within("years after the halving before", years, 3.5, 4.5)
    }
}

impl Row for RentalPoint {
    fn check(&self) -> Result<(), String> {
        filled("gpu", &self.gpu)?;
        within("usd_per_gpu_hour", self.usd_per_gpu_hour, 0.1, 50.0)?;
        filled("source", &self.source)
    }

    fn follows(&self, before: &Self) -> Result<(), String> {
        if self.date.first >= before.date.first {
            Ok(())
        } else {
            Err(format!("date: {} is before that of the row above", self.date.first))
        }
    }
}

impl Row for PowerPrice {
    fn check(&self) -> Result<(), String> {
        filled("region", &self.region)?;
        within("usd_per_kwh", self.usd_per_kwh, 0.005, 1.0)?;
        filled("kind", &self.kind)?;
        filled("source", &self.source)
    }
}

impl Row for TrainingRun {
    fn check(&self) -> Result<(), String> {
        filled("model", &self.model)?;
        filled("gpu", &self.gpu)?;
        within("gpu_hours", self.gpu_hours, 1e4, 1e10)?;
        filled("source", &self.source)
    }
}

impl Row for QueryEnergy {
    fn check(&self) -> Result<(), String> {
        filled("service", &self.service)?;
        within("wh_per_query", self.wh_per_query, 0.001, 1000.0)?;
        filled("source", &self.source)
    }
}
