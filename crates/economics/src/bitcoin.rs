//! The bitcoin protocol: subsidy, difficulty, retarget and hashprice.
//!
//! Sources: `GetBlockSubsidy` and `CalculateNextWorkRequired` of Bitcoin Core, with its test values in
//! `tests/vectors/mining.json`; hashprice as the Hashrate Index defines it.

mod heights;

use crate::number::{Real, within};

pub use heights::{height_at, recorded_subsidy_btc, start_height};

/// Blocks between two halvings.
pub const HALVING_INTERVAL_BLOCKS: u32 = 210_000;
/// Blocks a day at the target of ten minutes.
pub const BLOCKS_PER_DAY: f64 = 144.0;
/// Blocks in a month of 30.4375 days.
pub const BLOCKS_PER_MONTH: u32 = 4_383;
/// Satoshi in a bitcoin.
pub const SATOSHI_PER_BTC: f64 = 100_000_000.0;
/// Blocks between two adjustments of the difficulty.
pub const RETARGET_INTERVAL_BLOCKS: u32 = 2_016;

const FIRST_SUBSIDY_SATOSHI: u64 = 5_000_000_000;

/// Subsidy of the block at `height` by the schedule, satoshi.
///
/// ```
/// use wattfolio_economics::bitcoin;
///
/// assert_eq!(bitcoin::subsidy_satoshi(0), 5_000_000_000);
/// assert_eq!(bitcoin::subsidy_satoshi(840_000), 312_500_000);
/// ```
pub const fn subsidy_satoshi(height: u32) -> u64 {
    halved(FIRST_SUBSIDY_SATOSHI, height / HALVING_INTERVAL_BLOCKS)
}

/// Total of all subsidies of the schedule, satoshi.
pub fn total_supply_satoshi() -> u64 {
    (0..64).map(|epoch| u64::from(HALVING_INTERVAL_BLOCKS) * halved(FIRST_SUBSIDY_SATOSHI, epoch)).sum()
}

/// The first height after `height` at which the subsidy halves.
pub const fn next_halving_height(height: u32) -> u32 {
    (height / HALVING_INTERVAL_BLOCKS + 1) * HALVING_INTERVAL_BLOCKS
}

const fn halved(satoshi: u64, times: u32) -> u64 {
    if times >= 64 { 0 } else { satoshi >> times }
}

/// The subsidy from a start height on. Its start value may differ from the schedule; halving heights do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubsidySchedule {
    start_height: u32,
    start_satoshi: u64,
}

impl SubsidySchedule {
    /// A schedule from `start_height` with the subsidy `override_btc`, or the protocol's if `None`.
    pub fn new(start_height: u32, override_btc: Option<f64>) -> Self {
        let start_satoshi = match override_btc {
            Some(btc) => (btc * SATOSHI_PER_BTC).round() as u64,
            None => subsidy_satoshi(start_height),
        };
        Self { start_height, start_satoshi }
    }

    /// Subsidy of the block at `height` (not before the start), satoshi.
    pub const fn satoshi(&self, height: u32) -> u64 {
        let halvings = height / HALVING_INTERVAL_BLOCKS - self.start_height / HALVING_INTERVAL_BLOCKS;
        halved(self.start_satoshi, halvings)
    }

    /// Mean subsidy of the blocks of month `t`, BTC; month 0 is the first block alone.
    ///
    /// Month `t ≥ 1` covers the heights `[start + 4383·(t−1), start + 4383·t)`, so a month in which the
    /// subsidy halves is split exactly.
    pub fn mean_of_month_btc(&self, t: u32) -> f64 {
        if t == 0 {
            return self.start_satoshi as f64 / SATOSHI_PER_BTC;
        }
        let first = self.start_height + BLOCKS_PER_MONTH * (t - 1);
        self.mean_until_btc(first, first + BLOCKS_PER_MONTH)
    }

    /// Mean subsidy of the blocks from `first` (not before the start) until `end`, BTC; there is a block between them, and
    /// at most one halving.
    pub fn mean_until_btc(&self, first: u32, end: u32) -> f64 {
        let split = next_halving_height(first).min(end);
        let before = u64::from(split - first) * self.satoshi(first);
        let after = if split < end { u64::from(end - split) * self.satoshi(split) } else { 0 };
        (before + after) as f64 / f64::from(end - first) / SATOSHI_PER_BTC
    }

    /// Months after the start at which the subsidy halves, up to `horizon_months`.
    pub fn halving_months(&self, horizon_months: u32) -> Vec<f64> {
        let end = self.start_height + BLOCKS_PER_MONTH * horizon_months;
        let mut height = next_halving_height(self.start_height);
        let mut months = Vec::new();
        while height <= end {
            months.push(f64::from(height - self.start_height) / f64::from(BLOCKS_PER_MONTH));
            height += HALVING_INTERVAL_BLOCKS;
        }
        months
    }
}

/// Hashprice, USD per PH/s and day: `144·reward·price / (1000·network)`.
///
/// `reward_btc` is subsidy plus fees of a block, `network_eh_s` the network hashrate.
///
/// ```
/// use wattfolio_economics::bitcoin;
///
/// let hashprice: f64 = bitcoin::hashprice_usd_per_ph_day(3.125, 100_000.0, 1000.0);
/// assert!((hashprice - 45.0).abs() < 1e-12);
/// ```
#[inline(always)]
pub fn hashprice_usd_per_ph_day<V: Real>(reward_btc: f64, btc_price_usd: V, network_eh_s: V) -> V {
    btc_price_usd * (BLOCKS_PER_DAY * reward_btc / 1000.0) / network_eh_s
}

/// Difficulty at which a network of `network_eh_s` finds a block every ten minutes: `D = H·600/2³²`.
pub fn difficulty(network_eh_s: f64) -> f64 {
    network_eh_s * 1e18 * 600.0 / 4_294_967_296.0
}

/// Expected bitcoins a day of `hashrate_h_s` at a difficulty: `H·86400·R/(D·2³²)`.
///
/// ```
/// use wattfolio_economics::bitcoin;
///
/// // A tenth of the network finds a tenth of the 144 blocks of a day.
/// let coins = bitcoin::btc_per_day(0.1e21, bitcoin::difficulty(1000.0), 3.125);
/// assert!((coins - 14.4 * 3.125).abs() < 1e-9);
/// ```
pub fn btc_per_day(hashrate_h_s: f64, difficulty: f64, reward_btc: f64) -> f64 {
    hashrate_h_s * 86_400.0 * reward_btc / (difficulty * 4_294_967_296.0)
}

/// Mining revenue per facility-MWh at a hashprice, USD, before the pool fee.
///
/// Also the power price at which it breaks even: `hashprice / (0.024·J/TH·PUE)`.
///
/// ```
/// use wattfolio_economics::bitcoin;
///
/// // At 20 J/TH a petahash per second takes 20 kW, 0.48 MWh a day.
/// assert!((bitcoin::revenue_usd_per_mwh(48.0, 20.0, 1.0) - 100.0).abs() < 1e-9);
/// ```
pub fn revenue_usd_per_mwh(hashprice_usd_per_ph_day: f64, joules_per_th: f64, pue: f64) -> f64 {
    hashprice_usd_per_ph_day / (0.024 * joules_per_th * pue)
}

/// Compact bits of the epoch after one that lasted from `first_time` to `last_time` (Unix seconds).
///
/// The timespan counts as at least a quarter and at most four times two weeks; the target is rounded to
/// compact form and never easier than the first one.
pub fn next_compact_bits(first_time: i64, last_time: i64, bits: u32) -> u32 {
    const TWO_WEEKS: i64 = 14 * 24 * 3600;
    const EASIEST_BITS: u32 = 0x1d00_ffff;
    let timespan = within(last_time - first_time, TWO_WEEKS / 4, TWO_WEEKS * 4) as u64;
    let mut target = Target::from_compact(bits);
    target.multiply(timespan as u32);
    target.divide(TWO_WEEKS as u32);
    let easiest = Target::from_compact(EASIEST_BITS);
    if target.exceeds(&easiest) { EASIEST_BITS } else { target.to_compact() }
}

/// A 256-bit target with room for one multiplication, least significant word first.
#[derive(Clone, Copy)]
struct Target([u32; 10]);

impl Target {
    fn from_compact(bits: u32) -> Self {
        let mut bytes = [0u8; 40];
        let exponent = (bits >> 24) as usize;
        let mantissa = (bits & 0x007f_ffff).to_le_bytes();
        for (i, byte) in mantissa.iter().take(3).enumerate() {
            if let Some(slot) = (exponent + i).checked_sub(3).and_then(|at| bytes.get_mut(at)) {
                *slot = *byte;
            }
        }
        let mut words = [0u32; 10];
        for (word, chunk) in words.iter_mut().zip(bytes.chunks_exact(4)) {
            *word = u32::from_le_bytes([chunk[0], chunk[1], chunk[2], chunk[3]]);
        }
        Self(words)
    }

    fn multiply(&mut self, factor: u32) {
        let mut carry = 0u64;
        for word in &mut self.0 {
            let product = u64::from(*word) * u64::from(factor) + carry;
            *word = product as u32;
            carry = product >> 32;
        }
    }

    fn divide(&mut self, divisor: u32) {
        let mut remainder = 0u64;
        for word in self.0.iter_mut().rev() {
            let value = (remainder << 32) | u64::from(*word);
            *word = (value / u64::from(divisor)) as u32;
            remainder = value % u64::from(divisor);
        }
    }

    fn exceeds(&self, other: &Self) -> bool {
        self.0.iter().rev().gt(other.0.iter().rev())
    }

    fn to_compact(self) -> u32 {
        let bytes: Vec<u8> = self.0.iter().flat_map(|word| word.to_le_bytes()).collect();
        let mut size = bytes.iter().rposition(|&byte| byte != 0).map_or(0, |at| at + 1);
        let byte = |at: Option<usize>| u32::from(at.and_then(|i| bytes.get(i)).copied().unwrap_or(0));
        let mut mantissa = (1..=3).fold(0u32, |acc, back| acc << 8 | byte(size.checked_sub(back)));
        if mantissa & 0x0080_0000 != 0 {
            // The highest bit is a sign: shift it out of the mantissa.
            mantissa >>= 8;
            size += 1;
        }
        (size as u32) << 24 | mantissa
    }
}

/// Estimate of the next difficulty adjustment.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct RetargetEstimate {
    /// Expected change of the difficulty, fraction; limited to −75 % and +300 %.
    pub change: f64,
    /// Blocks until the adjustment.
    pub remaining_blocks: u32,
    /// Mean time between the blocks of the epoch so far, s.
    pub mean_block_seconds: f64,
}

/// Extrapolates the current epoch: `600/(elapsed/(blocks + 1)) − 1`, as block explorers do.
///
/// `height` is that of the tip, `elapsed_seconds` the time since the last adjustment.
pub fn estimate_retarget(height: u32, elapsed_seconds: f64) -> RetargetEstimate {
    let blocks = height % RETARGET_INTERVAL_BLOCKS;
    let pace = elapsed_seconds.max(1.0) / f64::from(blocks + 1);
    RetargetEstimate {
        change: within(600.0 / pace - 1.0, -0.75, 3.0),
        remaining_blocks: RETARGET_INTERVAL_BLOCKS - blocks,
        mean_block_seconds: elapsed_seconds / f64::from(blocks.max(1)),
    }
}
