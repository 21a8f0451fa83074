//! What can be observed: names, units, plausible values, and how fast it ages.

use chrono::TimeDelta;
use wattfolio_economics::units::Unit;

use super::gpu::{GPUS, Gpu};
use super::region::{Region, regions};
use super::source::Topic;
use crate::format;

/// A figure that sources give.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum What {
    /// Price of a bitcoin, USD.
    BitcoinPrice,
    /// Difficulty of the network: exact, and constant for 2,016 blocks.
    Difficulty,
    /// Hashrate that the source estimates, EH/s: a check of the difficulty, used for nothing else.
    HashrateEstimate,
    /// Height of the chain, blocks.
    Height,
    /// Fees of a block, BTC: mean of a day.
    Fees,
    /// On-demand rental of a GPU, USD per GPU-hour: median of a provider.
    Rental(&'static Gpu),
    /// What industry in a region paid for power, USD/kWh: mean of a month.
    RetailPower(&'static Region),
    /// Day-ahead power price of a bidding zone, EUR/MWh: mean of a day.
    DayAheadPower(&'static Region),
}

/// How old a value is, by the standards of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Age {
    /// As good as now.
    Fresh,
    /// Old enough to be worth a refresh.
    Ageing,
    /// Too old to speak of today.
    Stale,
}

/// Hashes that a block takes at a difficulty of 1.
const HASHES_PER_DIFFICULTY: f64 = 4_294_967_296.0;
/// Target time of a block, seconds.
const BLOCK_SECONDS: f64 = 600.0;

impl What {
    /// Everything that can be observed.
    pub fn all() -> impl Iterator<Item = Self> {
        let single = [Self::BitcoinPrice, Self::Difficulty, Self::HashrateEstimate, Self::Height, Self::Fees];
        let of_regions = regions().map(|(source, region)| {
            if source.gives(Topic::RetailPower) {
                Self::RetailPower(region)
            } else {
                Self::DayAheadPower(region)
            }
        });
        single.into_iter().chain(GPUS.iter().map(Self::Rental)).chain(of_regions)
    }

    /// The region that it is of.
    pub const fn region(self) -> Option<&'static Region> {
        match self {
            Self::RetailPower(region) | Self::DayAheadPower(region) => Some(region),
            _ => None,
        }
    }

    /// The stable name, which carries the unit.
    pub fn id(self) -> String {
        match self {
            Self::BitcoinPrice => "bitcoin_price_usd".to_owned(),
            Self::Difficulty => "network_difficulty".to_owned(),
            Self::HashrateEstimate => "network_hashrate_estimate_eh_s".to_owned(),
            Self::Height => "block_height".to_owned(),
            Self::Fees => "fees_btc_per_block".to_owned(),
            Self::Rental(gpu) => {
                format!("rental_usd_per_gpu_hour_{}", gpu.label.to_lowercase().replace(' ', "_"))
            }
            Self::RetailPower(region) => of_region("retail_power_usd_per_kwh", region),
            Self::DayAheadPower(region) => of_region("day_ahead_power_eur_per_mwh", region),
        }
    }

    /// Finds a figure by its stable name.
    pub fn find(id: &str) -> Option<Self> {
        Self::all().find(|what| what.id() == id)
    }

    /// The name in tables.
    pub fn label(self) -> String {
        match self {
            Self::BitcoinPrice => "Bitcoin price".to_owned(),
            Self::Difficulty => "Difficulty".to_owned(),
            Self::HashrateEstimate => "Estimated hashrate".to_owned(),
            Self::Height => "Block height".to_owned(),
            Self::Fees => "Fees per block".to_owned(),
            Self::Rental(gpu) => format!("GPU rental, {}", gpu.label),
            Self::RetailPower(region) | Self::DayAheadPower(region) => {
                format!("Electricity, {}", region.label)
            }
        }
    }

    /// The least and the most that is plausible. Zero and −1 are what sources send for "not known".
    pub const fn bounds(self) -> (f64, f64) {
        match self {
            Self::BitcoinPrice => (100.0, 1e7),
            Self::Difficulty => (1e12, 1e18),
            Self::HashrateEstimate => (1.0, 1e7),
            Self::Height => (800_000.0, 13_440_000.0),
            Self::Fees => (1e-6, 10.0),
            Self::Rental(_) => (0.02, 100.0),
            Self::RetailPower(_) => (0.001, 5.0),
            Self::DayAheadPower(_) => (-5000.0, 5000.0),
        }
    }

    /// Whether 0 and −1 are possible values and no placeholders: wholesale power prices fall below zero.
    pub(super) const fn can_be_negative(self) -> bool {
        matches!(self, Self::DayAheadPower(_))
    }

    /// Share by which a value may differ from the last one within a day before it is held back; `None` where a jump
    /// is nothing unusual.
    pub(super) const fn largest_jump(self) -> Option<f64> {
        match self {
            Self::BitcoinPrice | Self::Difficulty | Self::HashrateEstimate => Some(0.30),
            _ => None,
        }
    }

    /// How old a value of this kind is.
    pub fn age(self, age: TimeDelta) -> Age {
        let (fresh, ageing) = match self {
            Self::BitcoinPrice => (TimeDelta::minutes(15), TimeDelta::hours(6)),
            Self::Difficulty | Self::HashrateEstimate | Self::Height | Self::Fees => {
                (TimeDelta::hours(6), TimeDelta::days(3))
            }
            Self::Rental(_) => (TimeDelta::days(7), TimeDelta::days(30)),
            // Statistics of a month come two to three months later.
            Self::RetailPower(_) => (TimeDelta::days(100), TimeDelta::days(150)),
            Self::DayAheadPower(_) => (TimeDelta::days(2), TimeDelta::days(7)),
        };
        if age <= fresh {
            Age::Fresh
        } else if age <= ageing {
            Age::Ageing
        } else {
            Age::Stale
        }
    }

    /// A value with its unit.
    pub fn text(self, value: f64) -> String {
        match self {
            Self::BitcoinPrice => format::full(value, Unit::Usd)
                .strip_suffix(".00")
                .map_or_else(|| format::full(value, Unit::Usd), str::to_owned),
            Self::Difficulty => format!("{} T", format::significant(value / 1e12, 4)),
            Self::HashrateEstimate => hashrate_text(value),
            Self::Height => format!("#{}", format::grouped(value, 0)),
            Self::Fees => format!("{} BTC", format::significant(value, 3)),
            Self::Rental(_) => format!("${}/GPU-h", format::grouped(value, 2)),
            Self::RetailPower(_) => format::full((value * 1e4).round() / 1e4, Unit::UsdPerKwh),
            Self::DayAheadPower(_) => format!("{} EUR/MWh", format::grouped(value, 2)),
        }
    }
}

/// A stable name with that of a region; the usual ones of each source have been there before there were others.
fn of_region(name: &str, region: &Region) -> String {
    let is_usual = regions().any(|(source, own)| own == region && source.regions.first() == Some(region));
    if is_usual { name.to_owned() } else { format!("{name}_{}", region.id.to_lowercase().replace('-', "_")) }
}

/// A hashrate with its unit.
pub(super) fn hashrate_text(eh_s: f64) -> String {
    format!("{} EH/s", format::significant(eh_s, 4))
}

/// The hashrate at which a block comes every ten minutes, EH/s.
pub(super) fn implied_hashrate_eh_s(difficulty: f64) -> f64 {
    difficulty * HASHES_PER_DIFFICULTY / BLOCK_SECONDS / 1e18
}
