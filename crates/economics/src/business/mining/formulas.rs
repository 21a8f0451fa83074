//! Formulas of mining.

pub(super) mod coins;

use super::{Treasury, rows};
use crate::catalogue::site;
use crate::explain::case::{Case, Formula, Moment};
use crate::explain::expr::{Expr, HOURS, MILLION, ONE, THOUSAND, ZERO, literal, step};
use crate::explain::own::Explained;
use crate::kernel::{Line, MarketSeries};
use crate::scenario::PowerContract;
use crate::units::Unit;

const BLOCKS: Expr = literal(crate::bitcoin::BLOCKS_PER_MONTH as f64, "4,383 blocks");
const BLOCKS_A_DAY: Expr = literal(crate::bitcoin::BLOCKS_PER_DAY, "144 blocks");

/// Formula of a line in a month after live.
fn live_line(case: &Case<'_>, line: Line, t: usize) -> Formula {
    case.is_live(t)?;
    let now = Moment::Month(t);
    let unless_idle = |expr: Expr| running(case, t, expr, ZERO);
    Ok(match line {
        Line::Revenue => {
            case.line(Line::BtcSales, t)
                + case.line(Line::BtcKeptValue, t)
                + case.line(Line::DemandResponse, t)
        }
        Line::BtcSales => sold(case, t),
        Line::BtcKeptValue if case.scenario.mining.treasury == Treasury::SellAll => {
            return Err("The treasury policy sells every coin".to_owned());
        }
        Line::BtcKeptValue => {
            case.line(Line::BtcMined, t) * case.market(MarketSeries::BtcPrice, t)
                - case.line(Line::BtcSales, t)
        }
        Line::DemandResponse => match credit(case, now) {
            Some(credit) => unless_idle(credit),
            None => return Err("There is no credit for power that is not taken".to_owned()),
        },
        Line::Power => unless_idle(-power(case, now)),
        Line::Opex => {
            let reduced = -(opex(case, now) * case.input(&rows::IDLE_OPEX_SHARE));
            running(case, t, -opex(case, now), reduced)
        }
        Line::EnergyMwh => unless_idle(times_run_share(case, full_energy(case, now), now)),
        Line::BtcMined => unless_idle(coins(case, now)),
        Line::FleetHashrate => unless_idle(fleet_formula(case, now)),
        Line::RunShare => unless_idle(run_share(case, now).unwrap_or(ONE)),
        Line::TreasuryBtc => {
            let kept = case.line(Line::BtcKeptValue, t) / case.market(MarketSeries::BtcPrice, t);
            if t == 0 { kept } else { case.line_before(Line::TreasuryBtc, t) + kept }
        }
        Line::TreasuryValue => case.line(Line::TreasuryBtc, t) * case.market(MarketSeries::BtcPrice, t),
        Line::Idle => {
            if !may_idle(case, t) {
                return Err("It may stand still only after the ramp, and only if that is allowed".to_owned());
            }
            margin(case, t).if_less(saved_idle(case, t), ONE, ZERO)
        }
        _ => return Err(case.has_no_line()),
    })
}

fn may_idle(case: &Case<'_>, t: usize) -> bool {
    case.timing().may_idle(t) && case.scenario.mining.idle_when_unprofitable
}

/// `run`, or in an idle month `idle` with the comparison that decides it.
fn running(case: &Case<'_>, t: usize, run: Expr, idle: Expr) -> Expr {
    if case.value(Line::Idle, t) > 0.0 {
        margin(case, t).if_less(saved_idle(case, t), idle, run)
    } else {
        run
    }
}

/// Margin of running: revenue less the costs that only running has.
fn margin(case: &Case<'_>, t: usize) -> Expr {
    let now = Moment::Month(t);
    let value = coins(case, now) * case.market(MarketSeries::BtcPrice, t);
    let value = step("Coins’ worth if running", Unit::Usd, value);
    let power = step("Electricity if running", Unit::Usd, power(case, now));
    let earned = match credit(case, now) {
        Some(credit) => value + step("Demand response if running", Unit::Usd, credit),
        None => value,
    };
    step("Margin if running", Unit::Usd, earned - power)
}

/// Costs saved by idling.
fn saved_idle(case: &Case<'_>, t: usize) -> Expr {
    let opex = step("Opex if running", Unit::Usd, opex(case, Moment::Month(t)));
    step("Saved standing still", Unit::Usd, opex * (ONE - case.input(&rows::IDLE_OPEX_SHARE)))
}

/// Fleet of the thresholds of month `t`; before live a new one.
fn fleet_at(case: &Case<'_>, t: usize) -> Moment {
    if t > case.live() { Moment::Month(t) } else { Moment::New(t) }
}

/// Number of machines.
fn machines(case: &Case<'_>) -> Expr {
    step("Machines", Unit::Count, machines_formula(case))
}

pub(super) fn machines_formula(case: &Case<'_>) -> Expr {
    let watts = case.input(&rows::PUE) * case.input(&rows::MACHINE_WATTS);
    (case.input(&site::CAPACITY_MW) * MILLION / watts).whole()
}

fn hardware(case: &Case<'_>) -> Expr {
    machines(case) * case.level(&rows::MACHINE_PRICE_USD, case.timing().hardware_month())
}

fn works(case: &Case<'_>) -> Expr {
    case.input(&rows::SITE_CAPEX_USD_PER_MW) * case.input(&site::CAPACITY_MW)
}

/// Share of the hashrate left after degradation.
fn left(case: &Case<'_>, moment: Moment) -> Expr {
    (ONE - case.input(&rows::DEGRADATION_PER_YEAR)).raised_to(case.age_years(moment))
}

fn fleet_formula(case: &Case<'_>, moment: Moment) -> Expr {
    let machines = machines(case) * case.input(&rows::MACHINE_HASHRATE_TH_S) * case.input(&rows::UPTIME);
    machines * case.ramp(moment) * left(case, moment) / MILLION
}

fn fleet(case: &Case<'_>, moment: Moment) -> Expr {
    step("Fleet hashrate", Unit::EhPerSecond, fleet_formula(case, moment))
}

fn full_energy(case: &Case<'_>, moment: Moment) -> Expr {
    let watts = machines(case) * case.input(&rows::MACHINE_WATTS) * case.input(&rows::PUE);
    let energy = watts * HOURS * case.input(&rows::UPTIME) * case.ramp(moment) / MILLION;
    step("Energy of every hour", Unit::Mwh, energy)
}

fn reward(case: &Case<'_>, t: usize) -> Expr {
    case.market(MarketSeries::Subsidy, t) + case.market(MarketSeries::Fees, t)
}

/// Network hashrate including the own fleet; not below the fleet where the network already includes it.
fn network(case: &Case<'_>, moment: Moment) -> Expr {
    let network = case.market(MarketSeries::NetworkHashrate, moment.market_month());
    if case.scenario.mining.fleet_counted_in_network {
        network.at_least(fleet(case, moment))
    } else {
        step("Network with the fleet", Unit::EhPerSecond, network + fleet(case, moment))
    }
}

/// Coins mined in a running month.
fn coins(case: &Case<'_>, moment: Moment) -> Expr {
    let t = moment.market_month();
    let share = fleet(case, moment) / network(case, moment);
    let coins = BLOCKS * reward(case, t) * share * (ONE - case.input(&rows::POOL_FEE));
    times_run_share(case, coins, moment)
}

fn times_run_share(case: &Case<'_>, expr: Expr, moment: Moment) -> Expr {
    match run_share(case, moment) {
        Some(share) => expr * step("Run share", Unit::Fraction, share),
        None => expr,
    }
}

/// Revenue per MWh of the facility after the pool fee: the power price at which a miner breaks even.
pub(super) fn revenue_per_mwh(case: &Case<'_>, moment: Moment) -> Expr {
    let t = moment.market_month();
    let coins = BLOCKS_A_DAY * reward(case, t) * (ONE - case.input(&rows::POOL_FEE)) * left(case, moment);
    let joules = case.input(&rows::MACHINE_WATTS) / case.input(&rows::MACHINE_HASHRATE_TH_S);
    let energy = THOUSAND * network(case, moment) * literal(0.024, "0.024") * joules * case.input(&rows::PUE);
    coins * case.market(MarketSeries::BtcPrice, t) / energy
}

fn revenue_step(case: &Case<'_>, moment: Moment) -> Expr {
    step("Revenue per MWh", Unit::UsdPerMwh, revenue_per_mwh(case, moment))
}

fn shutdown_price(case: &Case<'_>, t: usize) -> Expr {
    let revenue = revenue_step(case, fleet_at(case, t));
    case.market(MarketSeries::BtcPrice, t) * case.power_price(t) / revenue
}

/// Credit per MWh that is not taken.
fn credit_per_mwh(case: &Case<'_>) -> Option<Expr> {
    let power = &case.scenario.power;
    let is_paid = power.curtailment && power.demand_response_usd_per_mw_month > 0.0;
    let credit = || case.input(&site::DEMAND_RESPONSE_USD_PER_MW_MONTH) / HOURS;
    is_paid.then(|| step("Credit per MWh", Unit::UsdPerMwh, credit()))
}

/// Price below which a MWh is taken: its revenue less the demand-response credit.
fn worth(case: &Case<'_>, moment: Moment) -> Expr {
    match credit_per_mwh(case) {
        Some(credit) => step("Worth of a MWh", Unit::UsdPerMwh, revenue_step(case, moment) - credit),
        None => revenue_step(case, moment),
    }
}

/// Share of the hours in which machines run (φ); `None` without curtailment.
fn run_share(case: &Case<'_>, moment: Moment) -> Option<Expr> {
    hourly(case, moment, ONE, |case, log_ratio, half| {
        let price = case.power_price(moment.market_month());
        let below = (log_ratio + half).normal_cdf();
        if price.evaluate() > 0.0 { below } else { ONE }
    })
}

/// Power cost per MWh of the full month (φπ).
fn paid_price(case: &Case<'_>, moment: Moment) -> Expr {
    let price = case.power_price(moment.market_month());
    let paid = hourly(case, moment, price.clone(), |case, log_ratio, half| {
        let price = case.power_price(moment.market_month());
        if price.evaluate() > 0.0 { price * (log_ratio - half).normal_cdf() } else { ZERO }
    });
    match paid {
        Some(paid) => step("Price paid per MWh of the month", Unit::UsdPerMwh, paid),
        None => price,
    }
}

/// A quantity over the running hours: `whole` or 0 at a single price, else `share` of the standardised logarithm of
/// worth over price and half the volatility.
fn hourly(
    case: &Case<'_>,
    moment: Moment,
    whole: Expr,
    share: impl Fn(&Case<'_>, Expr, Expr) -> Expr,
) -> Option<Expr> {
    let power = &case.scenario.power;
    if !power.curtailment {
        return None;
    }
    let (price, worth) = (case.power_price(moment.market_month()), worth(case, moment));
    let PowerContract::Wholesale { hourly_sigma } = power.contract else {
        return Some(price.if_less(worth, whole, ZERO));
    };
    if hourly_sigma <= 0.0 {
        return Some(price.if_less(worth, whole, ZERO));
    }
    let sigma = || case.input(&site::HOURLY_SIGMA);
    let log_ratio = (worth.clone() / price).ln() / sigma();
    let expr = share(case, log_ratio, sigma() / literal(2.0, "2"));
    Some(if worth.evaluate() > 0.0 { expr } else { ZERO.if_less(worth, expr, ZERO) })
}

/// Power bill of a running month, positive.
fn power(case: &Case<'_>, moment: Moment) -> Expr {
    full_energy(case, moment) * paid_price(case, moment)
}

fn opex(case: &Case<'_>, moment: Moment) -> Expr {
    case.input(&rows::OPEX_USD_PER_MW_MONTH) * case.input(&site::CAPACITY_MW) * case.inflation(moment)
}

/// Demand-response credit of a running month.
fn credit(case: &Case<'_>, moment: Moment) -> Option<Expr> {
    let share = step("Run share", Unit::Fraction, run_share(case, moment)?);
    Some((ONE - share) * full_energy(case, moment) * credit_per_mwh(case)?)
}

fn sold(case: &Case<'_>, t: usize) -> Expr {
    let value = case.line(Line::BtcMined, t) * case.market(MarketSeries::BtcPrice, t);
    match case.scenario.mining.treasury {
        Treasury::SellAll => value,
        Treasury::Hold { .. } => value * (ONE - case.input(&rows::TREASURY_SHARE)),
        Treasury::SellToCoverCosts => {
            let costs = -case.line(Line::Power, t) - case.line(Line::Opex, t);
            let costs = costs - case.line(Line::DemandResponse, t);
            value.at_most(costs.at_least(ZERO))
        }
    }
}

fn end_proceeds(case: &Case<'_>) -> Expr {
    let t = case.horizon();
    let hardware = step("Hardware", Unit::Usd, hardware(case));
    let age = (t - case.live()) as f64;
    let mut resale = hardware * case.price_left(age, [&rows::RESALE_SHARE, &rows::LIFE_MONTHS]);
    let first = case.market(MarketSeries::Hashprice, 1);
    if case.scenario.mining.resale_hashprice_elasticity != 0.0 && first.evaluate() > 0.0 {
        let ratio = (case.market(MarketSeries::Hashprice, t) / first).at_most(ONE);
        resale = resale * ratio.raised_to(case.input(&rows::RESALE_HASHPRICE_ELASTICITY));
    }
    let resale = step("Resale of machines", Unit::Usd, resale);
    let coins = case.line(Line::TreasuryBtc, t) * case.market(MarketSeries::BtcPrice, t);
    let works = step("Site works", Unit::Usd, works(case));
    resale + case.works_value(t, works) + coins
}

/// The hashprice of a month.
pub(super) fn hashprice(case: &Case<'_>, t: usize) -> Expr {
    let earned = BLOCKS_A_DAY * reward(case, t) * case.market(MarketSeries::BtcPrice, t);
    earned / (THOUSAND * case.market(MarketSeries::NetworkHashrate, t))
}

/// Bitcoin price at which the revenue of new machines equals their power cost at the start.
pub(super) fn shutdown_price_today(case: &Case<'_>) -> Expr {
    let revenue = revenue_step(case, Moment::New(0));
    case.market(MarketSeries::BtcPrice, 0) * case.power_price(0) / revenue
}

/// The formulas of mining.
pub(crate) struct Formulas;

impl Explained for Formulas {
    fn operations(&self, case: &Case<'_>, line: Line, t: usize) -> Formula {
        match line {
            Line::ShutdownPower => Ok(revenue_per_mwh(case, fleet_at(case, t))),
            Line::ShutdownPrice => Ok(shutdown_price(case, t)),
            _ => live_line(case, line, t),
        }
    }

    fn end_proceeds(&self, case: &Case<'_>) -> Expr {
        end_proceeds(case)
    }

    fn works(&self, case: &Case<'_>) -> Formula {
        Ok(works(case))
    }

    fn hardware(&self, case: &Case<'_>) -> Formula {
        Ok(hardware(case))
    }

    fn cash_today(&self, case: &Case<'_>) -> Expr {
        let now = Moment::New(0);
        let mined =
            step("Bitcoin mined", Unit::Btc, coins(case, now)) * case.market(MarketSeries::BtcPrice, 0);
        let power = step("Electricity", Unit::Usd, power(case, now));
        let opex = step("Opex", Unit::Usd, opex(case, now));
        let mut costs = power + opex;
        if let Some(credit) = credit(case, now) {
            costs = costs - step("Demand response", Unit::Usd, credit);
        }
        let sold = match case.scenario.mining.treasury {
            Treasury::SellAll => mined,
            Treasury::Hold { .. } => mined * (ONE - case.input(&rows::TREASURY_SHARE)),
            Treasury::SellToCoverCosts => mined.at_most(costs.clone().at_least(ZERO)),
        };
        step("Coins sold", Unit::Usd, sold) - step("Costs", Unit::Usd, costs)
    }
}
