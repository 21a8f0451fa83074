//! Mining with own machines.

use super::Figures;
use super::capital_cost::CAPITAL_COSTS;
use crate::bitcoin::{BLOCKS_PER_DAY, BLOCKS_PER_MONTH};
use crate::business::mining::{Curtailment, Treasury};
use crate::kernel::{
    Amounts, CapitalCost, CapitalPlan, Levels, Line, NotEvaluated, Operations, PriceLeft, ReplayedOn, Run,
    Sink, Timing, Variant, Venture, Works, WorksLife, YearlySteps, live_in_time,
};
use crate::number::Real;
use crate::scenario::works::works_risk;
use crate::scenario::{Debt, Factor, Scenario, ValidScenario, WorksRisk};
use crate::units::{HOURS_PER_MONTH, KWH_PER_MWH};

/// A mining site as monthly tables.
#[derive(Clone, Debug)]
pub struct Plan {
    timing: Timing,
    capital: CapitalPlan,
    curtailment: Curtailment,
    treasury: Treasury,
    fleet_is_counted: bool,
    machines: f64,
    months: Vec<Month>,
    today: Month,
    keep_after_pool_fee: f64,
    idle_opex_share: f64,
    hardware_resale_usd: f64,
    works_resale_usd: f64,
    resale_elasticity: f64,
}

/// Values of a month that do not depend on the market.
#[derive(Clone, Copy, Debug)]
struct Month {
    live: bool,
    may_idle: bool,
    /// Hashrate of the fleet, EH/s.
    fleet_eh_s: f64,
    /// Break-even power price per USD of hashprice, 1/MWh·(PH·day).
    revenue_mwh_per_ph_day: f64,
    /// Energy of the month if every hour runs, MWh.
    full_energy_mwh: f64,
    opex_usd: f64,
}

/// Coins in the treasury, and the hashprice of month 1, to which resale prices refer.
#[derive(Clone, Copy, Debug)]
pub struct MiningState<V> {
    kept_btc: V,
    first_hashprice: V,
}

impl Plan {
    /// Number of machines.
    pub fn machines(&self) -> f64 {
        self.machines
    }

    /// Revenue per facility-MWh after the pool fee with new machines, USD; also the power price at which
    /// they break even. `levels` is the market at the start.
    pub fn shutdown_power_usd_per_mwh(&self, levels: &Levels<f64>) -> f64 {
        self.revenue_per_mwh(&self.today, levels)
    }

    /// Network hashrate including the own fleet, EH/s; not below the fleet where the network already includes it.
    #[inline(always)]
    fn network_eh_s<V: Real>(&self, month: &Month, levels: &Levels<V>) -> V {
        let network = levels.network_eh_s;
        if self.fleet_is_counted {
            network.max(network.constant(month.fleet_eh_s))
        } else {
            network + month.fleet_eh_s
        }
    }

    /// Revenue per facility-MWh after the pool fee, USD.
    #[inline(always)]
    fn revenue_per_mwh<V: Real>(&self, month: &Month, levels: &Levels<V>) -> V {
        let network = self.network_eh_s(month, levels);
        let scale = BLOCKS_PER_DAY / 1000.0
            * levels.reward_btc
            * self.keep_after_pool_fee
            * month.revenue_mwh_per_ph_day;
        levels.btc_price_usd * scale / network
    }

    #[inline(always)]
    fn step<V: Real, S: Sink<V>>(
        &self,
        month: &Month,
        levels: &Levels<V>,
        state: &mut MiningState<V>,
        sink: &mut S,
    ) -> Operations<V> {
        let price = levels.btc_price_usd;
        let zero = price.constant(0.0);
        let fleet = price.constant(month.fleet_eh_s);
        let power_usd_per_mwh = levels.power_usd_per_kwh * KWH_PER_MWH;
        let curtails = self.curtailment.is_on();
        let revenue_per_mwh = if curtails { self.revenue_per_mwh(month, levels) } else { zero };
        let run = self.curtailment.run(revenue_per_mwh, power_usd_per_mwh);

        let block_coins =
            f64::from(BLOCKS_PER_MONTH) * levels.reward_btc * self.keep_after_pool_fee * month.fleet_eh_s;
        let coins = run.share * block_coins / self.network_eh_s(month, levels);
        let revenue = coins * price;
        let power = run.power_usd_per_full_mwh * month.full_energy_mwh;
        let not_taken = (zero + 1.0 - run.share) * month.full_energy_mwh;
        let credit = not_taken * self.curtailment.credit_usd_per_mwh();
        let opex = zero + month.opex_usd;

        let idle_opex = month.opex_usd * self.idle_opex_share;
        let idle = if month.may_idle {
            // Margin of running against the costs saved by idling. Costs that both have in full are left out: large
            // ones would add rounding error.
            (revenue + credit - power).less(zero + month.opex_usd * (1.0 - self.idle_opex_share))
        } else {
            zero.less(zero)
        };
        let running = |value: V| V::select(idle, zero, value);
        let (coins, revenue, power) = (running(coins), running(revenue), running(power));
        let credit = running(credit);
        let opex = V::select(idle, zero + idle_opex, opex);

        let to_cover = power + opex - credit;
        let sold = match self.treasury {
            Treasury::SellAll => revenue,
            Treasury::Hold { share } => revenue * (1.0 - share),
            Treasury::SellToCoverCosts => revenue.min(to_cover.max(zero)),
        };
        let kept_value = revenue - sold;
        if self.treasury != Treasury::SellAll {
            state.kept_btc = state.kept_btc + kept_value / price;
        }

        if S::LISTENS {
            sink.put(Line::Revenue, revenue + credit);
            sink.put(Line::BtcSales, sold);
            sink.put(Line::BtcKeptValue, kept_value);
            sink.put(Line::DemandResponse, credit);
            sink.put(Line::Power, -power);
            sink.put(Line::Opex, -opex);
            sink.put(Line::EnergyMwh, running(run.share * month.full_energy_mwh));
            sink.put(Line::BtcMined, coins);
            sink.put(Line::FleetHashrate, running(fleet));
            sink.put(Line::RunShare, running(run.share));
            sink.put(Line::Idle, V::select(idle, zero + 1.0, zero));
        }
        // In this order a month that just covers its costs has a cash flow of exactly 0.
        Operations { cash: sold - to_cover, kept_value }
    }
}

/// Bitcoin price at which a MWh earns its cost, USD; 0 where mining earns nothing at any price.
#[inline(always)]
fn shutdown_price<V: Real>(levels: &Levels<V>, revenue_per_mwh: V) -> V {
    let zero = revenue_per_mwh.constant(0.0);
    let earns = zero.less(revenue_per_mwh);
    let spent = levels.btc_price_usd * levels.power_usd_per_kwh * KWH_PER_MWH;
    V::select(earns, spent / V::select(earns, revenue_per_mwh, zero + 1.0), zero)
}

impl Venture for Plan {
    type Figures = Figures;
    type State<V: Real> = MiningState<V>;

    const LINES: &'static [Line] = &[
        Line::BtcSales,
        Line::BtcKeptValue,
        Line::DemandResponse,
        Line::CapexHardware,
        Line::BtcMined,
        Line::TreasuryBtc,
        Line::TreasuryValue,
        Line::FleetHashrate,
        Line::ShutdownPower,
        Line::ShutdownPrice,
        Line::RunShare,
        Line::Idle,
    ];

    const REPLAYED_ON: ReplayedOn = ReplayedOn::Machines;

    const BOUGHT: &'static str = "Machines";

    const CAPITAL_COSTS: &'static [CapitalCost] = CAPITAL_COSTS;

    fn compile(scenario: &ValidScenario, variant: Variant) -> Result<Self, NotEvaluated> {
        let mining = &scenario.mining;
        let machine = &mining.machine;
        let horizon = scenario.horizon_months as usize;
        let timing = Timing::new(mining.queue_months, mining.build_months, mining.ramp_months);
        let timing = live_in_time(timing, scenario)?.delayed(variant.delay_months);
        let capacity_mw = scenario.site.capacity_mw;
        let machines = variant.counts.of(capacity_mw * 1e6 / (mining.pue * machine.watts));
        if machines < 1.0 {
            return Err(NotEvaluated::NothingFits { unit: "mining machine" });
        }
        let hashes = machines * machine.hashrate_th_s * mining.uptime / 1e6;
        let energy = machines * machine.watts * mining.pue * HOURS_PER_MONTH * mining.uptime / 1e6;
        let watts_per_th = machine.watts / machine.hashrate_th_s;
        let log_decay_per_month = (-mining.degradation_per_year).ln_1p() / 12.0;
        let opex = mining.opex_usd_per_mw_month * capacity_mw;
        let month = |share: f64, age_months: f64, inflation: f64, may_idle: bool| {
            let left = (log_decay_per_month * age_months).exp();
            Month {
                live: share > 0.0,
                may_idle: may_idle && mining.idle_when_unprofitable,
                fleet_eh_s: hashes * share * left,
                revenue_mwh_per_ph_day: left / (0.024 * watts_per_th * mining.pue),
                full_energy_mwh: energy * share,
                opex_usd: opex * inflation,
            }
        };
        let inflation = YearlySteps::new(scenario.finance.inflation, horizon);
        let months = (0..=horizon).map(|t| {
            let age_months = t as f64 - 0.5 - timing.live() as f64;
            month(timing.share(t), age_months.max(0.0), inflation.of_month(t), timing.may_idle(t))
        });
        let hardware = machines * machine.price_usd.level(timing.hardware_month());
        let works = Works::new(&timing, |_| mining.site_capex_usd_per_mw * capacity_mw);
        let amounts = Amounts { works, hardware, ..Amounts::default() };
        let life = WorksLife { life_years: mining.site_life_years, resale_share: mining.works_resale_share };
        let capital = CapitalPlan::new(horizon, &timing, &amounts, life);
        let age = (horizon - timing.planned_live()) as f64;
        Ok(Self {
            timing,
            curtailment: Curtailment::new(&scenario.power),
            treasury: mining.treasury,
            fleet_is_counted: mining.fleet_counted_in_network,
            machines,
            months: months.collect(),
            today: month(1.0, 0.0, 1.0, false),
            keep_after_pool_fee: 1.0 - mining.pool_fee,
            idle_opex_share: mining.idle_opex_share,
            hardware_resale_usd: hardware * PriceLeft::new(mining.resale_share, mining.life_months).at(age),
            works_resale_usd: capital.works_value_usd(horizon),
            resale_elasticity: mining.resale_hashprice_elasticity,
            capital,
        })
    }

    fn works_risk(scenario: &Scenario) -> WorksRisk {
        works_risk!(scenario.mining)
    }

    fn depends_on(market: Factor, _: &Scenario) -> bool {
        matches!(market, Factor::Bitcoin | Factor::Network | Factor::Power)
    }

    fn is_counted_in_network(scenario: &Scenario) -> bool {
        scenario.mining.fleet_counted_in_network
    }

    /// Not if coins are kept: idling then turns a cash loss into none.
    fn falls_with_power(&self) -> bool {
        self.treasury == Treasury::SellAll
    }

    fn debt(scenario: &Scenario) -> Debt {
        scenario.mining.debt
    }

    fn figures(&self, run: &Run<'_>) -> Figures {
        Figures::new(self, run)
    }

    #[inline(always)]
    fn start<V: Real>(&self, like: V) -> MiningState<V> {
        MiningState { kept_btc: like.constant(0.0), first_hashprice: like.constant(0.0) }
    }

    #[inline(always)]
    fn operate<V: Real, S: Sink<V>>(
        &self,
        t: usize,
        levels: &Levels<V>,
        state: &mut MiningState<V>,
        sink: &mut S,
    ) -> Operations<V> {
        if t == 1 {
            state.first_hashprice = levels.hashprice_usd_per_ph_day();
        }
        let month = &self.months[t];
        if S::LISTENS {
            // Before live the thresholds are those of a new fleet.
            let fleet = if month.live { month } else { &self.today };
            let revenue_per_mwh = self.revenue_per_mwh(fleet, levels);
            sink.put(Line::ShutdownPower, revenue_per_mwh);
            sink.put(Line::ShutdownPrice, shutdown_price(levels, revenue_per_mwh));
        }
        if !month.live {
            return Operations::cash(levels.btc_price_usd.constant(0.0));
        }
        let operations = self.step(month, levels, state, sink);
        if S::LISTENS {
            sink.put(Line::TreasuryBtc, state.kept_btc);
            sink.put(Line::TreasuryValue, state.kept_btc * levels.btc_price_usd);
        }
        operations
    }

    #[inline(always)]
    fn end_proceeds<V: Real>(&self, levels: &Levels<V>, state: &MiningState<V>) -> V {
        let one = levels.btc_price_usd.constant(1.0);
        let hardware = if self.resale_elasticity == 0.0 {
            one * self.hardware_resale_usd
        } else {
            let zero = one.constant(0.0);
            let known = zero.less(state.first_hashprice);
            let ratio = levels.hashprice_usd_per_ph_day() / V::select(known, state.first_hashprice, one);
            let ratio = V::select(known, ratio.min(one), one);
            ratio.power(self.resale_elasticity) * self.hardware_resale_usd
        };
        hardware + self.works_resale_usd + state.kept_btc * levels.btc_price_usd
    }

    fn works_end_value_usd(&self) -> f64 {
        self.works_resale_usd
    }

    fn cash_today(&self, start: &Levels<f64>) -> f64 {
        self.step(&self.today, start, &mut self.start(0.0), &mut ()).cash
    }

    fn capital(&self) -> &CapitalPlan {
        &self.capital
    }

    fn timing(&self) -> Timing {
        self.timing
    }
}
