//! Market series of the plan.

use crate::bitcoin;
use crate::kernel::{Levels, Market, MarketSeries};

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

    /// The values of a series.
    pub fn values(&self, series: MarketSeries) -> &[f64] {
        match series {
            MarketSeries::BtcPrice => &self.btc_price_usd,
            MarketSeries::Subsidy => &self.subsidy_btc,
            MarketSeries::Fees => &self.fees_btc,
            MarketSeries::NetworkHashrate => &self.network_hashrate_eh_s,
            MarketSeries::Difficulty => &self.difficulty,
            MarketSeries::Hashprice => &self.hashprice_usd_ph_day,
            MarketSeries::PowerPrice => &self.power_usd_per_kwh,
            MarketSeries::Rental => &self.rental_usd_per_gpu_hour,
        }
    }

    /// Every series with its values, in order.
    pub fn series(&self) -> [(MarketSeries, &[f64]); 8] {
        MarketSeries::ALL.map(|series| (series, self.values(series)))
    }
}
