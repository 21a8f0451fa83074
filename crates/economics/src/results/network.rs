//! The markets of the plan as series.

use crate::bitcoin;
use crate::kernel::{Levels, Market, series};

/// Market series over `t = 0..=T`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
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
    pub(crate) fn new(market: &Market, levels: &[Levels<f64>]) -> Self {
        let of_level = |read: fn(&Levels<f64>) -> f64| levels.iter().map(read).collect();
        let months = 0..levels.len();
        Self {
            btc_price_usd: of_level(|level| level.btc_price_usd),
            subsidy_btc: months.clone().map(|t| market.subsidy_btc(t)).collect(),
            fees_btc: months.map(|t| market.fees_btc(t)).collect(),
            network_hashrate_eh_s: of_level(|level| level.network_eh_s),
            difficulty: of_level(|level| bitcoin::difficulty(level.network_eh_s)),
            hashprice_usd_ph_day: of_level(Levels::hashprice_usd_per_ph_day),
            power_usd_per_kwh: of_level(|level| level.power_usd_per_kwh),
            rental_usd_per_gpu_hour: of_level(|level| level.rental_usd_per_gpu_hour),
        }
    }

    /// Every series with its stable name.
    pub fn series(&self) -> [(&'static str, &[f64]); 8] {
        [
            (series::BTC_PRICE_USD, &self.btc_price_usd),
            (series::SUBSIDY_BTC, &self.subsidy_btc),
            (series::FEES_BTC, &self.fees_btc),
            (series::NETWORK_HASHRATE_EH_S, &self.network_hashrate_eh_s),
            (series::DIFFICULTY, &self.difficulty),
            (series::HASHPRICE_USD_PH_DAY, &self.hashprice_usd_ph_day),
            (series::POWER_USD_PER_KWH, &self.power_usd_per_kwh),
            (series::RENTAL_USD_PER_GPU_HOUR, &self.rental_usd_per_gpu_hour),
        ]
    }
}
