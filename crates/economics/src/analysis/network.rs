//! The markets of the plan as series.

use crate::bitcoin;
use crate::business::{Levels, Market};

/// Market series over `t = 0..=T`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Network {
    /// Bitcoin price, USD.
    pub btc_price_usd: Vec<f64>,
    /// Mean subsidy of a block, BTC.
    pub subsidy_btc: Vec<f64>,
    /// Fees of a block, BTC.
    pub fees_btc: Vec<f64>,
    /// Network hashrate, EH/s.
    pub network_hashrate_eh_s: Vec<f64>,
    /// Difficulty.
    pub difficulty: Vec<f64>,
    /// Hashprice, USD per PH and day.
    pub hashprice_usd_ph_day: Vec<f64>,
    /// Power price, USD/kWh.
    pub power_usd_per_kwh: Vec<f64>,
    /// GPU rental, USD per GPU-hour.
    pub rental_usd_per_gpu_hour: Vec<f64>,
}

impl Network {
    pub(super) fn new(market: &Market, levels: &[Levels<f64>]) -> Self {
        let series = |read: fn(&Levels<f64>) -> f64| levels.iter().map(read).collect();
        let months = 0..levels.len();
        Self {
            btc_price_usd: series(|level| level.btc_price_usd),
            subsidy_btc: months.clone().map(|t| market.subsidy_btc(t)).collect(),
            fees_btc: months.map(|t| market.fees_btc(t)).collect(),
            network_hashrate_eh_s: series(|level| level.network_eh_s),
            difficulty: series(|level| bitcoin::difficulty(level.network_eh_s)),
            hashprice_usd_ph_day: series(Levels::hashprice_usd_per_ph_day),
            power_usd_per_kwh: series(|level| level.power_usd_per_kwh),
            rental_usd_per_gpu_hour: series(|level| level.rental_usd_per_gpu_hour),
        }
    }

    /// Every series with its stable name.
    pub fn series(&self) -> [(&'static str, &[f64]); 8] {
        [
            ("btc_price_usd", &self.btc_price_usd),
            ("subsidy_btc", &self.subsidy_btc),
            ("fees_btc", &self.fees_btc),
            ("network_hashrate_eh_s", &self.network_hashrate_eh_s),
            ("difficulty", &self.difficulty),
            ("hashprice_usd_ph_day", &self.hashprice_usd_ph_day),
            ("power_usd_per_kwh", &self.power_usd_per_kwh),
            ("rental_usd_per_gpu_hour", &self.rental_usd_per_gpu_hour),
        ]
    }
}
