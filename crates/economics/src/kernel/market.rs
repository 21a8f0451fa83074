//! Markets shared by all businesses: bitcoin, its network, power and GPU rental, month by month.

use super::network::{Market as Surroundings, Network};
use super::recorded::RecordedNetwork;
use crate::bitcoin::{SubsidySchedule, hashprice_usd_per_ph_day, start_height};
use crate::number::Real;
use crate::scenario::{Scenario, Trajectory};

/// Random factors on the four markets in a month; neutral in the deterministic plan.
#[derive(Clone, Copy, Debug)]
pub struct Factors<V> {
    /// Multiplier on the bitcoin price.
    pub bitcoin: V,
    /// Increment of the logarithm of the network hashrate in this month.
    pub network: V,
    /// Multiplier on the GPU rental.
    pub rental: V,
    /// Multiplier on the power price.
    pub power: V,
}

impl<V: Real> Factors<V> {
    /// Neutral factors: the plan.
    #[inline(always)]
    pub fn none(like: V) -> Self {
        let one = like.constant(1.0);
        Self { bitcoin: one, network: like.constant(0.0), rental: one, power: one }
    }
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
    /// GPU rental of the plan, without random factors, USD per GPU-hour.
    pub planned_rental_usd_per_gpu_hour: f64,
}

impl<V: Real> Levels<V> {
    /// A buffer for the market of a month.
    #[inline(always)]
    pub(crate) fn zero(like: V) -> Self {
        let zero = like.constant(0.0);
        Self {
            btc_price_usd: zero,
            network_eh_s: zero,
            power_usd_per_kwh: zero,
            rental_usd_per_gpu_hour: zero,
            reward_btc: 0.0,
            planned_rental_usd_per_gpu_hour: 0.0,
        }
    }

    /// Hashprice, USD per PH and day.
    #[inline(always)]
    pub fn hashprice_usd_per_ph_day(&self) -> V {
        hashprice_usd_per_ph_day(self.reward_btc, self.btc_price_usd, self.network_eh_s)
    }
}

/// The trajectories of a scenario as monthly tables, `t = 0..=T`.
#[derive(Clone, Debug)]
pub struct Market {
    months: Vec<MarketMonth>,
    network: Network,
    power_coupling: Elasticity,
    rental_coupling: Elasticity,
}

/// Levels of one month before factors and couplings.
#[derive(Clone, Copy, Debug)]
struct MarketMonth {
    btc_price_usd: Floored,
    reference_usd: f64,
    subsidy_btc: f64,
    fees_btc: f64,
    power_usd_per_kwh: Floored,
    /// Whether a contract fixes the power price: neither random factors nor the bitcoin price change it.
    power_is_fixed: bool,
    rental_usd_per_gpu_hour: Floored,
    /// Rental of the plan, couplings included.
    planned_rental_usd_per_gpu_hour: f64,
}

/// Tables of a scenario by month, some of which the one before it may have.
struct Tables<'a> {
    scenario: &'a Scenario,
    before: Option<(&'a Scenario, &'a Market)>,
}

impl Tables<'_> {
    /// A table: that of the market before where both have its inputs alike.
    fn table<T>(
        &self,
        is_alike: impl Fn(&Scenario, &Scenario) -> bool,
        read: impl Fn(&MarketMonth) -> T,
        compile: impl FnOnce() -> Vec<T>,
    ) -> Vec<T> {
        match self.before {
            Some((other, market)) if is_alike(other, self.scenario) => {
                market.months.iter().map(read).collect()
            }
            _ => compile(),
        }
    }

    /// The levels of a path before its floor.
    fn path(
        &self,
        of: impl Fn(&Scenario) -> &Trajectory,
        read: impl Fn(&MarketMonth) -> Floored,
    ) -> Vec<Floored> {
        let compile = || Floored::months(of(self.scenario), self.scenario.horizon_months as usize);
        self.table(|one, other| of(one) == of(other), read, compile)
    }

    /// The network around these months: that of the market before where miners answer by the same rule to the same rewards.
    fn network(
        &self,
        months: &[MarketMonth],
        recorded: &RecordedNetwork,
        reference_usd: Vec<f64>,
    ) -> Network {
        let (start, bitcoin) = (self.scenario.start, &self.scenario.bitcoin);
        let rewards: Vec<f64> = months.iter().map(MarketMonth::reward_btc).collect();
        let before = self.before.filter(|(other, market)| {
            (&other.bitcoin.network, other.start) == (&bitcoin.network, start)
                && market.months.iter().map(MarketMonth::reward_btc).eq(rewards.iter().copied())
        });
        if let Some(network) = before.and_then(|(_, market)| market.network.answers_from(bitcoin)) {
            return network;
        }
        let prices: Vec<f64> = months.iter().map(|month| month.btc_price_usd.under(1.0)).collect();
        let around = Surroundings {
            rewards_btc: &rewards,
            prices_usd: &prices,
            recorded_eh_s: &recorded.hashrate_eh_s[..recorded.hashrate_eh_s.len().min(months.len())],
        };
        Network::compile(bitcoin, start, &around, reference_usd)
    }
}

impl MarketMonth {
    /// Subsidy and fees of a block, BTC.
    fn reward_btc(&self) -> f64 {
        self.subsidy_btc + self.fees_btc
    }

    /// Bitcoin price of the plan over its reference.
    fn price_ratio(&self) -> f64 {
        self.btc_price_usd.under(1.0) * (1.0 / self.reference_usd)
    }
}

/// A level of a trajectory before its floor, and the floor, which holds under every factor.
#[derive(Clone, Copy, Debug)]
pub(super) struct Floored {
    pub(super) level: f64,
    pub(super) floor: f64,
}

impl Floored {
    /// The levels of a trajectory by month.
    pub(super) fn months(trajectory: &Trajectory, horizon: usize) -> Vec<Self> {
        let floor = trajectory.floor;
        trajectory.levels_before_floor(horizon).map(|level| Self { level, floor }).collect()
    }

    /// The level under a factor.
    #[inline(always)]
    pub(super) fn under<V: Real>(self, factor: V) -> V {
        (factor * self.level).max(factor.constant(self.floor))
    }
}

/// A power law; `None`, as in most scenarios, costs no computation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Elasticity(Option<f64>);

impl Elasticity {
    pub(super) fn new(exponent: f64) -> Self {
        Self((exponent != 0.0).then_some(exponent))
    }

    pub(super) fn is_some(self) -> bool {
        self.0.is_some()
    }

    #[inline(always)]
    pub(super) fn apply<V: Real>(self, level: V, ratio: impl FnOnce() -> V) -> V {
        match self.0 {
            Some(exponent) => {
                let answer = level * ratio().power(exponent);
                answer.min(answer.constant(LARGEST_ANSWER))
            }
            None => level,
        }
    }
}

/// Upper limit of a level under an elasticity: far above any real value, with a finite difficulty.
const LARGEST_ANSWER: f64 = 1e280;

impl Market {
    /// The monthly tables of a scenario.
    pub fn compile(scenario: &Scenario) -> Self {
        Self::compile_on(scenario, &RecordedNetwork::default())
    }

    /// The monthly tables of a scenario whose network is recorded for some months.
    pub fn compile_on(scenario: &Scenario, recorded: &RecordedNetwork) -> Self {
        Self::compile_after(scenario, recorded, None)
    }

    /// The monthly tables of a scenario that follows another: tables of inputs that both have alike are taken from it.
    pub(crate) fn compile_next(scenario: &Scenario, before: (&Scenario, &Self)) -> Self {
        Self::compile_after(scenario, &RecordedNetwork::default(), Some(before))
    }

    /// Whether a scenario has the market of another.
    pub(crate) fn is_alike(one: &Scenario, other: &Scenario) -> bool {
        one.bitcoin == other.bitcoin
            && one.power == other.power
            && one.gpu_rental() == other.gpu_rental()
            && one.coupling == other.coupling
            && (one.start, one.horizon_months) == (other.start, other.horizon_months)
    }

    fn compile_after(
        scenario: &Scenario,
        recorded: &RecordedNetwork,
        before: Option<(&Scenario, &Self)>,
    ) -> Self {
        let horizon = scenario.horizon_months as usize;
        let bitcoin = &scenario.bitcoin;
        let before = before.filter(|(other, _)| other.horizon_months == scenario.horizon_months);
        let tables = Tables { scenario, before };
        let subsidy = SubsidySchedule::new(start_height(scenario), bitcoin.block_subsidy_btc);
        let reference = reference_prices(scenario, horizon);
        let price = tables.path(|of| &of.bitcoin.price_usd, |month| month.btc_price_usd);
        let fees = tables.table(
            |one, other| one.bitcoin.fees_btc_per_block == other.bitcoin.fees_btc_per_block,
            |month| month.fees_btc,
            || bitcoin.fees_btc_per_block.levels(horizon),
        );
        let power = tables.path(|of| &of.power.price_usd_per_kwh, |month| month.power_usd_per_kwh);
        let rental = tables.path(Scenario::gpu_rental, |month| month.rental_usd_per_gpu_hour);
        let coins = |of: &Scenario| (start_height(of), of.bitcoin.block_subsidy_btc);
        let subsidies = tables.table(
            |one, other| coins(one) == coins(other),
            |month| month.subsidy_btc,
            || (0..=horizon).map(|t| subsidy.mean_of_month_btc(t as u32)).collect(),
        );
        let rental_coupling = Elasticity::new(scenario.coupling.rental_elasticity);
        let months = (0..=horizon).map(|t| MarketMonth {
            btc_price_usd: price[t],
            reference_usd: reference[t],
            subsidy_btc: recorded.subsidy_btc.get(t).copied().unwrap_or(subsidies[t]),
            fees_btc: fees[t],
            power_usd_per_kwh: power[t],
            power_is_fixed: scenario.power.is_fixed(t),
            rental_usd_per_gpu_hour: rental[t],
            planned_rental_usd_per_gpu_hour: 0.0,
        });
        let mut months: Vec<MarketMonth> = months.collect();
        for month in &mut months {
            let rental = month.rental_usd_per_gpu_hour.under(1.0);
            month.planned_rental_usd_per_gpu_hour = rental_coupling.apply(rental, || month.price_ratio());
        }
        let network = tables.network(&months, recorded, reference);
        let power_coupling = Elasticity::new(scenario.coupling.power_elasticity);
        Self { months, network, power_coupling, rental_coupling }
    }

    /// Last month of the plan, `T`.
    pub fn horizon(&self) -> usize {
        self.months.len() - 1
    }

    /// Length of the state carried from month to month.
    pub fn memory(&self) -> usize {
        self.network.memory()
    }

    /// Mean subsidy of the blocks of month `t`, BTC.
    pub fn subsidy_btc(&self, t: usize) -> f64 {
        self.months[t].subsidy_btc
    }

    /// Fees of a block of month `t`, BTC.
    pub fn fees_btc(&self, t: usize) -> f64 {
        self.months[t].fees_btc
    }

    /// The market of month `t`; call in order of months. `memory` is the state carried from month to month, of length
    /// [`Market::memory`]; month 0 initialises it.
    #[inline(always)]
    pub fn levels<V: Real>(&self, t: usize, factors: &Factors<V>, memory: &mut [V]) -> Levels<V> {
        let month = &self.months[t];
        let price = month.btc_price_usd.under(factors.bitcoin);
        let ratio = || price * (1.0 / month.reference_usd);
        let power = if month.power_is_fixed {
            month.power_usd_per_kwh.under(price.constant(1.0))
        } else {
            self.power_coupling.apply(month.power_usd_per_kwh.under(factors.power), ratio)
        };
        let rental = month.rental_usd_per_gpu_hour.under(factors.rental);
        Levels {
            btc_price_usd: price,
            network_eh_s: self.network.hashrate(t, price, factors.network, memory),
            power_usd_per_kwh: power,
            rental_usd_per_gpu_hour: self.rental_coupling.apply(rental, ratio),
            reward_btc: month.reward_btc(),
            planned_rental_usd_per_gpu_hour: month.planned_rental_usd_per_gpu_hour,
        }
    }

    /// The power prices of every month if their trajectory were another one, USD/kWh.
    pub(crate) fn power_prices(&self, trajectory: &Trajectory) -> Vec<f64> {
        let coupled =
            self.coupled(trajectory, self.power_coupling).into_iter().zip(trajectory.levels(self.horizon()));
        let is_fixed = self.months.iter().map(|month| month.power_is_fixed);
        coupled
            .zip(is_fixed)
            .map(|((coupled, fixed), is_fixed)| if is_fixed { fixed } else { coupled })
            .collect()
    }

    /// The rentals of every month if their trajectory were another one, USD per GPU-hour.
    pub(crate) fn rentals(&self, trajectory: &Trajectory) -> Vec<f64> {
        self.coupled(trajectory, self.rental_coupling)
    }

    fn coupled(&self, trajectory: &Trajectory, coupling: Elasticity) -> Vec<f64> {
        let levels = trajectory.levels(self.horizon()).into_iter();
        levels.zip(&self.months).map(|(level, month)| coupling.apply(level, || month.price_ratio())).collect()
    }

    /// The market of every month of the deterministic plan.
    pub fn deterministic(&self) -> Vec<Levels<f64>> {
        let mut levels = Vec::new();
        self.deterministic_into(&mut levels);
        levels
    }

    /// [`deterministic`](Self::deterministic) in memory that is there.
    pub(crate) fn deterministic_into(&self, levels: &mut Vec<Levels<f64>>) {
        let mut memory = vec![0.0; self.memory()];
        levels.clear();
        levels.extend((0..=self.horizon()).map(|t| self.levels(t, &Factors::none(0.0), &mut memory)));
    }
}

/// Reference bitcoin price of the other markets, by month, USD; constant if no elasticity uses it.
fn reference_prices(scenario: &Scenario, horizon: usize) -> Vec<f64> {
    let (bitcoin, coupling) = (&scenario.bitcoin, &scenario.coupling);
    let elasticities = [bitcoin.response_elasticity, coupling.power_elasticity, coupling.rental_elasticity];
    let is_compared = elasticities.iter().any(|&elasticity| elasticity != 0.0);
    let growth = if is_compared { bitcoin.response_reference_growth } else { 0.0 };
    Trajectory::growing(bitcoin.response_reference_usd, growth).levels(horizon)
}
