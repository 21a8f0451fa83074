//! The site, its power, the bitcoin network, and the risks of the markets.

use serde::{Deserialize, Serialize};

use super::Trajectory;

/// The site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Site {
    /// Facility power of the grid connection, MW.
    pub capacity_mw: f64,
    /// Share of the capacity that can be converted to AI, fraction.
    pub convertible_share: f64,
    /// Proceeds of the old machines when the site is converted, USD.
    pub legacy_resale_usd: f64,
}

impl Default for Site {
    fn default() -> Self {
        Self { capacity_mw: 20.0, convertible_share: 1.0, legacy_resale_usd: 0.0 }
    }
}

/// Electricity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Power {
    /// Price at the meter, USD/kWh.
    pub price_usd_per_kwh: Trajectory,
    /// Power contract: the prices within a month.
    pub contract: PowerContract,
    /// Months for which a fixed price is fixed: neither random factors nor the bitcoin price change it.
    pub fixed_months: u32,
    /// Whether miners are off in hours in which power costs more than it earns.
    pub curtailment: bool,
    /// Demand-response credit, USD per MW and month not taken.
    pub demand_response_usd_per_mw_month: f64,
}

impl Power {
    /// The highest price that is allowed, USD/kWh.
    pub const HIGHEST_PRICE_USD_PER_KWH: f64 = 2.0;

    /// Whether the contract fixes the price of month `t`; a fixed contract always fixes that of the start.
    pub(crate) fn is_fixed(&self, t: usize) -> bool {
        match self.contract {
            PowerContract::Fixed => t <= self.fixed_months as usize,
            PowerContract::Wholesale { .. } => false,
        }
    }
}

impl Default for Power {
    fn default() -> Self {
        Self {
            price_usd_per_kwh: Trajectory::growing(0.045, 0.02),
            contract: PowerContract::Fixed,
            fixed_months: 60,
            curtailment: false,
            demand_response_usd_per_mw_month: 0.0,
        }
    }
}

/// Power prices within a month.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum PowerContract {
    /// The same price in every hour of a month.
    Fixed,
    /// Hourly prices, log-normal around the month's mean.
    Wholesale {
        /// Standard deviation of the logarithm of the hourly price.
        hourly_sigma: f64,
    },
}

/// The bitcoin price and network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Bitcoin {
    /// Price of a bitcoin, USD.
    pub price_usd: Trajectory,
    /// Height of the chain at the start, blocks; `None` follows the start month.
    pub block_height: Option<u32>,
    /// Subsidy of a block at the start, BTC; `None` follows the schedule.
    pub block_subsidy_btc: Option<f64>,
    /// Transaction fees of a block, BTC.
    pub fees_btc_per_block: Trajectory,
    /// Network hashrate, EH/s: at the start, and under [`NetworkRule::Given`] by month at the reference price.
    pub network_hashrate_eh_s: Trajectory,
    /// Rule of the hashrate after the start.
    pub network: NetworkRule,
    /// Elasticity of the network hashrate to the price relative to its reference.
    pub response_elasticity: f64,
    /// Bitcoin price that the hashrate trajectory assumes, USD.
    pub response_reference_usd: f64,
    /// Growth a year of that reference price, fraction.
    pub response_reference_growth: f64,
    /// Months after which the network follows the price.
    pub response_lag_months: u32,
}

impl Default for Bitcoin {
    fn default() -> Self {
        Self {
            price_usd: Trajectory::growing(84_700.0, 0.10),
            block_height: None,
            block_subsidy_btc: None,
            fees_btc_per_block: Trajectory::growing(0.027, 0.0),
            network_hashrate_eh_s: Trajectory::growing(964.0, 0.10),
            network: NetworkRule::RESPONSIVE,
            response_elasticity: 0.0,
            response_reference_usd: 84_700.0,
            response_reference_growth: 0.10,
            response_lag_months: 3,
        }
    }
}

/// Rule of the network hashrate after the start.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum NetworkRule {
    /// It follows its trajectory, and the bitcoin price by an elasticity after a lag.
    Given,
    /// It grows with hashprice over the miners' break-even hashprice; only the start of the trajectory counts.
    Responsive {
        /// Growth a month for each unit of the logarithm of hashprice over break-even (α).
        response_per_month: f64,
        /// Break-even hashprice of the marginal miner in November 2026, USD per PH and day (q).
        breakeven_hashprice_usd: f64,
        /// Decline of the break-even hashprice a year, as machines need less power, fraction (f).
        breakeven_decline_per_year: f64,
        /// Growth for each unit of the logarithm of the price change in the same month (β).
        same_month: f64,
        /// Share of the growth of the month before that continues (φ).
        inertia: f64,
        /// Largest fall of the logarithm in a month.
        max_fall: f64,
        /// Largest rise of the logarithm in a month.
        max_rise: f64,
    },
}

impl NetworkRule {
    /// The rule that fits both the history since 2016 and its last five years.
    pub const RESPONSIVE: Self = Self::Responsive {
        response_per_month: 0.03,
        breakeven_hashprice_usd: 25.0,
        breakeven_decline_per_year: 0.10,
        same_month: 0.10,
        inertia: 0.25,
        max_fall: 0.15,
        max_rise: 0.10,
    };
}

/// Elasticities of the other markets to the bitcoin price relative to its reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Coupling {
    /// Elasticity of the power price.
    pub power_elasticity: f64,
    /// Elasticity of the GPU rental.
    pub rental_elasticity: f64,
}

/// Inputs of the simulation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Risk {
    /// Number of simulated paths.
    pub paths: u32,
    /// Seed of the random numbers.
    pub seed: u64,
    /// The bitcoin price.
    pub bitcoin: BitcoinRisk,
    /// The network hashrate.
    pub network: NetworkRisk,
    /// GPU rental.
    pub rental: RentalRisk,
    /// The power price.
    pub power: PowerRisk,
    /// Correlations of the four factors.
    pub correlation: Correlation,
    /// Cash held against a shortfall, USD.
    pub cash_reserve_usd: f64,
    /// Months of operating costs and debt service held in addition.
    pub reserve_months: f64,
}

impl Default for Risk {
    fn default() -> Self {
        Self {
            paths: 10_000,
            seed: 1,
            bitcoin: BitcoinRisk::default(),
            network: NetworkRisk::default(),
            rental: RentalRisk::default(),
            power: PowerRisk::default(),
            correlation: Correlation::default(),
            cash_reserve_usd: 0.0,
            reserve_months: 3.0,
        }
    }
}

/// Diffusion and jumps of the bitcoin price (Merton).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BitcoinRisk {
    /// Volatility of the diffusion at the start, a year.
    pub volatility: f64,
    /// Long-run volatility of the diffusion, a year.
    pub long_volatility: f64,
    /// Time constant of the approach to it, years: 1/e of the difference is left then.
    pub settle_years: f64,
    /// Expected number of jumps a year.
    pub jumps_per_year: f64,
    /// Mean of the logarithm of a jump.
    pub jump_mean: f64,
    /// Standard deviation of the logarithm of a jump.
    pub jump_sd: f64,
}

impl Default for BitcoinRisk {
    fn default() -> Self {
        Self {
            volatility: 0.50,
            long_volatility: 0.45,
            settle_years: 4.0,
            jumps_per_year: 3.0,
            jump_mean: -0.03,
            jump_sd: 0.10,
        }
    }
}

/// Random drift of the network hashrate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NetworkRisk {
    /// Volatility, a year.
    pub volatility: f64,
}

impl Default for NetworkRisk {
    fn default() -> Self {
        Self { volatility: 0.13 }
    }
}

/// The GPU rental: log-Ornstein–Uhlenbeck around its trajectory, with an uncertain trend.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RentalRisk {
    /// Volatility, a year.
    pub volatility: f64,
    /// Speed of mean reversion, 1/year.
    pub reversion: f64,
    /// Standard deviation of the trend, a year, in logarithms.
    pub trend_sd: f64,
}

impl Default for RentalRisk {
    fn default() -> Self {
        Self { volatility: 0.40, reversion: 1.5, trend_sd: 0.10 }
    }
}

/// The power price: log-Ornstein–Uhlenbeck around its trajectory.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PowerRisk {
    /// Volatility, a year.
    pub volatility: f64,
    /// Speed of mean reversion, 1/year.
    pub reversion: f64,
}

impl Default for PowerRisk {
    fn default() -> Self {
        Self { volatility: 0.25, reversion: 3.0 }
    }
}

/// Correlations of the monthly shocks (the upper triangle of the matrix).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Correlation {
    /// Bitcoin price with network hashrate.
    pub bitcoin_network: f64,
    /// Bitcoin price with GPU rental.
    pub bitcoin_rental: f64,
    /// Bitcoin price with power price.
    pub bitcoin_power: f64,
    /// Network hashrate with GPU rental.
    pub network_rental: f64,
    /// Network hashrate with power price.
    pub network_power: f64,
    /// GPU rental with power price.
    pub rental_power: f64,
}

impl Default for Correlation {
    fn default() -> Self {
        Self {
            bitcoin_network: 0.2,
            bitcoin_rental: 0.2,
            bitcoin_power: 0.1,
            network_rental: 0.0,
            network_power: 0.0,
            rental_power: 0.15,
        }
    }
}
