//! The markets that all businesses see: bitcoin, its network, power and GPU rental, month by month.

use crate::bitcoin::{BLOCKS_PER_DAY, SubsidySchedule, start_height};
use crate::number::Real;
use crate::scenario::{Scenario, Trajectory};

/// Multipliers on the four market paths; all 1 in the deterministic plan.
#[derive(Clone, Copy, Debug)]
pub struct Factors<V> {
    /// On the bitcoin price.
    pub bitcoin: V,
    /// On the network hashrate.
    pub network: V,
    /// On the GPU rental.
    pub rental: V,
    /// On the power price.
    pub power: V,
}

impl Factors<f64> {
    /// The plan as it stands.
    pub const ONE: Self = Self { bitcoin: 1.0, network: 1.0, rental: 1.0, power: 1.0 };
}

/// The market of one month.
#[derive(Clone, Copy, Debug)]
pub struct Levels<V> {
    /// Bitcoin price, USD.
    pub btc_price_usd: V,
    /// Network hashrate, EH/s.
    pub network_eh_s: V,
    /// Power price, USD/kWh.
    pub power_usd_per_kwh: V,
    /// GPU rental, USD per GPU-hour.
    pub rental_usd_per_gpu_hour: V,
    /// Subsidy and fees of a block, BTC.
    pub reward_btc: f64,
    /// GPU rental of the plan, which simulated markets leave, USD per GPU-hour.
    pub planned_rental_usd_per_gpu_hour: f64,
}

impl<V: Real> Levels<V> {
    /// Hashprice, USD per PH and day.
    #[inline(always)]
    pub fn hashprice_usd_per_ph_day(&self) -> V {
        self.btc_price_usd * (BLOCKS_PER_DAY * self.reward_btc / 1000.0) / self.network_eh_s
    }
}

/// The paths of a scenario as monthly tables, `t = 0..=T`.
#[derive(Clone, Debug)]
pub struct Market {
    months: Vec<MarketMonth>,
    response: Elasticity,
    response_lag_months: usize,
    power_coupling: Elasticity,
    rental_coupling: Elasticity,
}

/// Paths of one month before factors and responses.
#[derive(Clone, Copy, Debug)]
struct MarketMonth {
    btc_price_usd: f64,
    reference_usd: f64,
    network_eh_s: f64,
    subsidy_btc: f64,
    fees_btc: f64,
    power_usd_per_kwh: f64,
    rental_usd_per_gpu_hour: f64,
    /// The rental as the plan sees it, couplings included.
    planned_rental_usd_per_gpu_hour: f64,
}

/// A power law; most scenarios have none, and then nothing is computed.
#[derive(Clone, Copy, Debug)]
struct Elasticity(Option<f64>);

impl Elasticity {
    fn new(exponent: f64) -> Self {
        Self((exponent != 0.0).then_some(exponent))
    }

    #[inline(always)]
    fn apply<V: Real>(self, level: V, ratio: impl FnOnce() -> V) -> V {
        match self.0 {
            Some(exponent) => {
                let answer = level * ratio().power(exponent);
                answer.min(answer.constant(LARGEST_ANSWER))
            }
            None => level,
        }
    }
}

/// The largest level that an elasticity may lead to, far beyond anything that exists; its difficulty is still
/// a number.
const LARGEST_ANSWER: f64 = 1e280;

/// The least network hashrate, EH/s, so that nothing is ever divided by zero.
const LEAST_NETWORK_EH_S: f64 = 1e-6;

impl Market {
    /// The monthly tables of a scenario.
    pub fn compile(scenario: &Scenario) -> Self {
        let horizon = scenario.horizon_months as usize;
        let bitcoin = &scenario.bitcoin;
        let subsidy = SubsidySchedule::new(start_height(scenario), bitcoin.block_subsidy_btc);
        let elasticities = [
            bitcoin.response_elasticity,
            scenario.coupling.power_elasticity,
            scenario.coupling.rental_elasticity,
        ];
        // Without an elasticity nothing compares with the reference.
        let compared = elasticities.iter().any(|&elasticity| elasticity != 0.0);
        let growth = if compared { bitcoin.response_reference_growth } else { 0.0 };
        let reference = Trajectory::growing(bitcoin.response_reference_usd, growth);
        let price = bitcoin.price_usd.levels(horizon);
        let reference = reference.levels(horizon);
        let network = bitcoin.network_hashrate_eh_s.levels(horizon);
        let fees = bitcoin.fees_btc_per_block.levels(horizon);
        let power = scenario.power.price_usd_per_kwh.levels(horizon);
        let rental = scenario.leasing.rental_usd_per_gpu_hour.levels(horizon);
        let months = (0..=horizon).map(|t| MarketMonth {
            btc_price_usd: price[t],
            reference_usd: reference[t],
            network_eh_s: network[t],
            subsidy_btc: subsidy.mean_of_month_btc(t as u32),
            fees_btc: fees[t],
            power_usd_per_kwh: power[t],
            rental_usd_per_gpu_hour: rental[t],
            planned_rental_usd_per_gpu_hour: rental[t],
        });
        let mut market = Self {
            months: months.collect(),
            response: Elasticity::new(bitcoin.response_elasticity),
            response_lag_months: bitcoin.response_lag_months as usize,
            power_coupling: Elasticity::new(scenario.coupling.power_elasticity),
            rental_coupling: Elasticity::new(scenario.coupling.rental_elasticity),
        };
        for t in 0..=horizon {
            let planned = market.levels(t, &Factors::ONE, None).rental_usd_per_gpu_hour;
            market.months[t].planned_rental_usd_per_gpu_hour = planned;
        }
        market
    }

    /// Last month of the plan, `T`.
    pub fn horizon(&self) -> usize {
        self.months.len() - 1
    }

    /// Whether the network answers to the bitcoin price at all.
    pub fn responds(&self) -> bool {
        self.response.0.is_some()
    }

    /// Months after which it answers.
    pub fn response_lag_months(&self) -> usize {
        self.response_lag_months
    }

    /// The month whose price the network of month `t` answers to; `None` while the answer is still out.
    pub fn answered_month(&self, t: usize) -> Option<usize> {
        t.checked_sub(self.response_lag_months).filter(|&month| month >= 1)
    }

    /// The bitcoin price of month `t` under a factor, USD.
    #[inline(always)]
    pub fn btc_price<V: Real>(&self, t: usize, factor: V) -> V {
        factor * self.months[t].btc_price_usd
    }

    /// Mean subsidy of the blocks of month `t`, BTC.
    pub fn subsidy_btc(&self, t: usize) -> f64 {
        self.months[t].subsidy_btc
    }

    /// Fees of a block of month `t`, BTC.
    pub fn fees_btc(&self, t: usize) -> f64 {
        self.months[t].fees_btc
    }

    /// The market of month `t`. `answered_price` is the bitcoin price of [`Market::answered_month`].
    #[inline(always)]
    pub fn levels<V: Real>(&self, t: usize, factors: &Factors<V>, answered_price: Option<V>) -> Levels<V> {
        let month = &self.months[t];
        let price = factors.bitcoin * month.btc_price_usd;
        let ratio = || price * (1.0 / month.reference_usd);
        let mut network = factors.network * month.network_eh_s;
        if let (Some(answered), Some(answered_price)) = (self.answered_month(t), answered_price) {
            let reference = self.months[answered].reference_usd;
            network = self.response.apply(network, || answered_price * (1.0 / reference));
        }
        let network = network.max(price.constant(LEAST_NETWORK_EH_S));
        let reward_btc = month.subsidy_btc + month.fees_btc;
        Levels {
            btc_price_usd: price,
            network_eh_s: network,
            power_usd_per_kwh: self.power_coupling.apply(factors.power * month.power_usd_per_kwh, ratio),
            rental_usd_per_gpu_hour: self
                .rental_coupling
                .apply(factors.rental * month.rental_usd_per_gpu_hour, ratio),
            reward_btc,
            planned_rental_usd_per_gpu_hour: month.planned_rental_usd_per_gpu_hour,
        }
    }

    /// The power prices of every month if their path were another one, USD/kWh.
    pub(crate) fn power_prices(&self, path: &Trajectory) -> Vec<f64> {
        self.coupled(path, self.power_coupling)
    }

    /// The rentals of every month if their path were another one, USD per GPU-hour.
    pub(crate) fn rentals(&self, path: &Trajectory) -> Vec<f64> {
        self.coupled(path, self.rental_coupling)
    }

    fn coupled(&self, path: &Trajectory, coupling: Elasticity) -> Vec<f64> {
        let ratio = |month: &MarketMonth| month.btc_price_usd * (1.0 / month.reference_usd);
        let levels = path.levels(self.horizon()).into_iter();
        levels.zip(&self.months).map(|(level, month)| coupling.apply(level, || ratio(month))).collect()
    }

    /// The market of every month of the plan as it stands.
    pub fn deterministic(&self) -> Vec<Levels<f64>> {
        (0..=self.horizon())
            .map(|t| {
                let answered = self.answered_month(t).map(|month| self.btc_price(month, 1.0));
                self.levels(t, &Factors::ONE, answered)
            })
            .collect()
    }
}
