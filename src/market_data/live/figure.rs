//! A figure of the market: what each source says, what they agree on, and why it may not be used.

use chrono::{DateTime, Utc};
use wattfolio_economics::business::RENTAL_INPUT;
use wattfolio_economics::catalogue;
use wattfolio_economics::input::Input;

use super::gpu::Gpu;
use super::observed::median;
use super::region::Region;
use super::source::{Source, Topic};
use super::what::{Age, What, hashrate_text, implied_hashrate_eh_s};

/// What a figure is, and the rule by which its sources agree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rule {
    /// Median of prices.
    Price,
    /// Hashrate from a difficulty that two sources confirm.
    Network,
    /// Height of the chain.
    Height,
    /// Fees of one source.
    Fees,
    /// Median of the providers' medians.
    Rental(&'static Gpu),
    /// A power price of one source, of a region.
    RetailPower(&'static Region),
    /// A wholesale power price of one source, of a region.
    DayAheadPower(&'static Region),
}

/// What a source contributes to a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// The source.
    pub source: &'static Source,
    /// What it gives, and the value.
    pub value: Option<(What, f64)>,
    /// When that was observed.
    pub at: Option<DateTime<Utc>>,
    /// Whether it counts.
    pub standing: Standing,
    /// Remarks: how many offers it is the median of, what was left out.
    pub note: String,
}

/// Whether the value of a source counts.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// It counts.
    Counts,
    /// It is too far from the median.
    TooFar,
    /// It is too old beside the others.
    TooOld,
    /// There is none: why.
    Missing(String),
}

/// What the sources agree on.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreed {
    /// The value, in the stored unit of the input.
    pub value: f64,
    /// When the oldest part of it was observed.
    pub at: DateTime<Utc>,
    /// How old that is.
    pub age: Age,
    /// How it comes about: `median of 4 of 5`.
    pub how: String,
    /// Names of the sources that count.
    pub sources: Vec<&'static str>,
}

/// Why a figure is refused.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// Nobody was asked.
    #[error("not asked")]
    NotAsked,
    /// Too few sources.
    #[error("{} where {need} are needed", counted(*have, what))]
    TooFew {
        /// How many there are.
        have: usize,
        /// How many there must be.
        need: usize,
        /// Of what: `prices`.
        what: &'static str,
    },
    /// They are too far apart.
    #[error("{:.1} % apart, more than {:.0} %", spread * 100.0, limit * 100.0)]
    TooFar {
        /// Largest less smallest, as a share of the median.
        spread: f64,
        /// The most that is allowed.
        limit: f64,
    },
}

/// A number of things, at most a few: `no price`, `1 price`, `2 prices`.
fn counted(have: usize, what: &str) -> String {
    let one = what.strip_suffix('s').unwrap_or(what);
    match have {
        0 => format!("no {one}"),
        1 => format!("1 {one}"),
        _ => format!("{have} {what}"),
    }
}

/// A figure of the market.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What it is.
    pub rule: Rule,
    /// What each source says.
    pub quotes: Vec<Quote>,
    /// Largest less smallest of what counts, as a share of the median.
    pub spread: Option<f64>,
    /// What they agree on.
    pub agreed: Result<Agreed, Refusal>,
    /// Why it does not fit the plan, if it does not: it is then shown and not offered.
    pub unfit: Option<String>,
}

impl Rule {
    /// The stable name.
    pub fn id(self) -> String {
        match self {
            Self::Network => "network_hashrate_eh_s".to_owned(),
            _ => self.what().id(),
        }
    }

    /// What it is made of.
    pub const fn what(self) -> What {
        match self {
            Self::Price => What::BitcoinPrice,
            Self::Network => What::Difficulty,
            Self::Height => What::Height,
            Self::Fees => What::Fees,
            Self::Rental(gpu) => What::Rental(gpu),
            Self::RetailPower(region) => What::RetailPower(region),
            Self::DayAheadPower(region) => What::DayAheadPower(region),
        }
    }

    /// What a source must give for it.
    pub const fn topic(self) -> Topic {
        match self {
            Self::Price => Topic::Price,
            Self::Network => Topic::Network,
            Self::Height => Topic::Height,
            Self::Fees => Topic::Fees,
            Self::Rental(_) => Topic::Rental,
            Self::RetailPower(_) => Topic::RetailPower,
            Self::DayAheadPower(_) => Topic::DayAheadPower,
        }
    }

    /// The name in tables.
    pub fn label(self) -> String {
        match self {
            Self::Network => "Network hashrate".to_owned(),
            _ => self.what().label(),
        }
    }

    /// The value of the figure with its unit.
    pub fn text(self, value: f64) -> String {
        match self {
            Self::Network => hashrate_text(value),
            _ => self.what().text(value),
        }
    }

    /// The input that it can fill.
    pub fn input(self) -> Option<&'static Input> {
        let id = match self {
            Self::Price => "bitcoin.price_usd",
            Self::Network => "bitcoin.network_hashrate_eh_s",
            Self::Height => "bitcoin.block_height",
            Self::Fees => "bitcoin.fees_btc_per_block",
            Self::Rental(_) => RENTAL_INPUT,
            Self::RetailPower(_) => "power.price_usd_per_kwh",
            Self::DayAheadPower(_) => return None,
        };
        catalogue::find(id)
    }

    /// The largest spread that is allowed, as a share of the median.
    pub const fn most_spread(self) -> Option<f64> {
        match self {
            Self::Price => Some(0.02),
            Self::Network => Some(0.01),
            Self::Rental(_) => Some(0.45),
            _ => None,
        }
    }

    /// Spread from which it is shown that sources differ.
    pub const fn shown_spread(self) -> f64 {
        match self {
            Self::Price => 0.01,
            Self::Rental(_) => 0.45,
            _ => 0.001,
        }
    }

    /// The rule in a sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Price => {
                "The median of at least three prices within 2 % of their median; more than 1 % apart is shown as such."
            }
            Self::Network => {
                "Two sources must give the same difficulty; the hashrate is difficulty × 2^32 / 600 s. Estimates of \
                 the hashrate must lie within 35 % of it, and are used for nothing else."
            }
            Self::Height => {
                "Two sources within 3 blocks; it checks the height at the plan’s start and changes nothing."
            }
            Self::Fees => "One source: the mean of the last 144 blocks, whose rewards must add up.",
            Self::Rental(_) => {
                "The median of at least three providers’ medians on demand, at most 45 % apart. A provider with many \
                 offers counts once."
            }
            Self::RetailPower(_) => {
                "One source: what industry paid in the latest month. Your contract may differ."
            }
            Self::DayAheadPower(_) => {
                "One source: the mean of a day. A wholesale price in euro is no bill at the meter, and is not offered."
            }
        }
    }

    /// Fewest sources that must agree.
    pub const fn quorum(self) -> usize {
        match self {
            Self::Price | Self::Rental(_) => 3,
            Self::Network | Self::Height => 2,
            Self::Fees | Self::RetailPower(_) | Self::DayAheadPower(_) => 1,
        }
    }

    /// What the quorum counts.
    pub(super) const fn counted(self) -> &'static str {
        match self {
            Self::Price => "prices",
            Self::Rental(_) => "providers",
            _ => "sources",
        }
    }
}

impl Figure {
    /// The value, if it may be taken over into the plan.
    pub fn offered(&self) -> Option<(&Agreed, &'static Input)> {
        let agreed = self.agreed.as_ref().ok().filter(|_| self.unfit.is_none())?;
        Some((agreed, self.rule.input()?))
    }

    /// The median of what counts, whether or not it is enough.
    pub fn heard(&self) -> Option<f64> {
        let counts = self.quotes.iter().filter(|quote| quote.standing == Standing::Counts);
        let middle = median(&counts.filter_map(|quote| Some(quote.value?.1)).collect::<Vec<f64>>())?;
        Some(if self.rule == Rule::Network { implied_hashrate_eh_s(middle) } else { middle })
    }

    /// Whether anybody was asked for it.
    pub fn is_asked(&self) -> bool {
        self.agreed != Err(Refusal::NotAsked)
    }
}
