//! Mining with own machines.

use serde::{Deserialize, Serialize};

use crate::scenario::money::Debt;
use crate::scenario::trajectory::Trajectory;

/// Mining with own machines.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Inputs {
    /// The machine.
    pub machine: Machine,
    /// Facility power over machine power.
    pub pue: f64,
    /// Share of the hours in which machines hash, fraction.
    pub uptime: f64,
    /// Share of the revenue that the pool keeps, fraction.
    pub pool_fee: f64,
    /// Loss of hashrate a year, fraction.
    pub degradation_per_year: f64,
    /// Site works, USD per MW of capacity.
    pub site_capex_usd_per_mw: f64,
    /// Months of waiting for the grid before anything is spent.
    pub queue_months: u32,
    /// Months of construction.
    pub build_months: u32,
    /// Months from the first machine to full operation.
    pub ramp_months: u32,
    /// Mean delay of the works (simulation only), months.
    pub delay_mean_months: f64,
    /// Standard deviation of the delay (simulation only), months.
    pub delay_sd_months: f64,
    /// Standard deviation of the logarithm of the overrun of the works (simulation only).
    pub overrun_sd: f64,
    /// Whether the fleet idles in months in which running would lose more.
    pub idle_when_unprofitable: bool,
    /// Share of the opex that is paid while idle, fraction.
    pub idle_opex_share: f64,
    /// Operating cost besides power, USD per MW and month, in money of the start.
    pub opex_usd_per_mw_month: f64,
    /// Share of the machine price left at the end of its life, fraction.
    pub resale_share: f64,
    /// Life of a machine, months.
    pub life_months: u32,
    /// Elasticity of machine resale prices to hashprice.
    pub resale_hashprice_elasticity: f64,
    /// Life of the site works, years.
    pub site_life_years: f64,
    /// Share of the book value of the works that a buyer pays at the end, fraction.
    pub works_resale_share: f64,
    /// Whether the network hashrate already includes the own fleet; if not, the fleet is added.
    pub fleet_counted_in_network: bool,
    /// Treasury policy for mined coins.
    pub treasury: Treasury,
    /// Discount rate a year, fraction; `None` uses the shared one.
    pub discount_rate: Option<f64>,
    /// Financing.
    pub debt: Debt,
}

impl Default for Inputs {
    fn default() -> Self {
        Self {
            machine: Machine::default(),
            pue: 1.03,
            uptime: 0.95,
            pool_fee: 0.01,
            degradation_per_year: 0.02,
            site_capex_usd_per_mw: 350_000.0,
            queue_months: 0,
            build_months: 3,
            ramp_months: 2,
            delay_mean_months: 1.0,
            delay_sd_months: 1.0,
            overrun_sd: 0.05,
            idle_when_unprofitable: true,
            idle_opex_share: 0.25,
            opex_usd_per_mw_month: 4_000.0,
            resale_share: 0.08,
            life_months: 48,
            resale_hashprice_elasticity: 0.35,
            site_life_years: 15.0,
            works_resale_share: 0.5,
            fleet_counted_in_network: false,
            treasury: Treasury::SellAll,
            discount_rate: Some(0.15),
            debt: Debt::None,
        }
    }
}

/// A mining machine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Machine {
    /// Model name.
    pub name: String,
    /// Hashrate when new, TH/s.
    pub hashrate_th_s: f64,
    /// Power at the wall, W.
    pub watts: f64,
    /// Price of a machine in the month in which it is paid, USD.
    pub price_usd: Trajectory,
}

impl Default for Machine {
    fn default() -> Self {
        Self {
            name: "Antminer S21 XP".to_owned(),
            hashrate_th_s: 270.0,
            watts: 3645.0,
            price_usd: Trajectory::growing(4050.0, 0.0),
        }
    }
}

/// Treasury policy for mined coins.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Treasury {
    /// Every coin is sold in the month in which it is mined.
    SellAll,
    /// A share of the coins is kept until the end.
    Hold {
        /// Share that is kept, fraction.
        share: f64,
    },
    /// Each month, coins are sold to pay its power and opex; the rest is kept until the end.
    SellToCoverCosts,
}
