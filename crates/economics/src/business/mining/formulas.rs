//! Formulas of mining.

use crate::business::mining::Treasury;
use crate::explain::capital;
use crate::explain::case::{Case, Formula, Moment};
use crate::explain::expr::{Expr, HOURS, MILLION, ONE, THOUSAND, ZERO, literal, operand, step};
use crate::explain::measures::Told;
use crate::explain::own::Explained;
use crate::explain::payback::{Paid, Which};
use crate::kernel::{Line, Maybe};
use crate::scenario::PowerContract;
use crate::units::Unit;

const BLOCKS: Expr = literal(crate::bitcoin::BLOCKS_PER_MONTH as f64, "4,383 blocks");
const BLOCKS_A_DAY: Expr = literal(crate::bitcoin::BLOCKS_PER_DAY, "144 blocks");

fn live_line(case: &Case<'_>, line: Line, t: usize) -> Formula {
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
            case.line(Line::BtcMined, t) * case.market("btc_price_usd", t) - case.line(Line::BtcSales, t)
        }
        Line::DemandResponse => match credit(case, now) {
            Some(credit) => unless_idle(credit),
            None => return Err("There is no credit for power that is not taken".to_owned()),
        },
        Line::Power => unless_idle(-power(case, now)),
        Line::Opex => {
            let reduced = -(opex(case, now) * case.own("idle_opex_share"));
            running(case, t, -opex(case, now), reduced)
        }
        Line::EnergyMwh => unless_idle(times_run_share(case, full_energy(case, now), now)),
        Line::BtcMined => unless_idle(coins(case, now)),
        Line::FleetHashrate => unless_idle(fleet_formula(case, now)),
        Line::RunShare => unless_idle(run_share(case, now).unwrap_or(ONE)),
        Line::TreasuryBtc => {
            let kept = case.line(Line::BtcKeptValue, t) / case.market("btc_price_usd", t);
            if t == 0 { kept } else { case.line_before(Line::TreasuryBtc, t) + kept }
        }
        Line::TreasuryValue => case.line(Line::TreasuryBtc, t) * case.market("btc_price_usd", t),
        _ => {
            if !may_idle(case, t) {
                return Err("It may stand still only after the ramp, and only if that is allowed".to_owned());
            }
            margin(case, t).if_less(saved_idle(case, t), ONE, ZERO)
        }
    })
}

fn may_idle(case: &Case<'_>, t: usize) -> bool {
    case.timing().may_idle(t) && case.scenario.mining.idle_when_unprofitable
}

/// The formula of a running month, or in an idle one what is left and why.
fn running(case: &Case<'_>, t: usize, run: Expr, idle: Expr) -> Expr {
    if case.value(Line::Idle, t) > 0.0 {
        margin(case, t).if_less(saved_idle(case, t), idle, run)
    } else {
        run
    }
}

/// What running earns over what it alone costs.
fn margin(case: &Case<'_>, t: usize) -> Expr {
    let now = Moment::Month(t);
    let value = coins(case, now) * case.market("btc_price_usd", t);
    let value = step("Coins’ worth if running", Unit::Usd, value);
    let power = step("Electricity if running", Unit::Usd, power(case, now));
    let earned = match credit(case, now) {
        Some(credit) => value + step("Demand response if running", Unit::Usd, credit),
        None => value,
    };
    step("Margin if running", Unit::Usd, earned - power)
}

/// The costs that standing still saves.
fn saved_idle(case: &Case<'_>, t: usize) -> Expr {
    let opex = step("Opex if running", Unit::Usd, opex(case, Moment::Month(t)));
    step("Saved standing still", Unit::Usd, opex * (ONE - case.own("idle_opex_share")))
}

/// Before live the thresholds are those of a new fleet.
fn fleet_at(case: &Case<'_>, t: usize) -> Moment {
    if t > case.live() { Moment::Month(t) } else { Moment::New(t) }
}

/// Number of machines.
fn machines(case: &Case<'_>) -> Expr {
    step("Machines", Unit::Count, machines_formula(case))
}

fn machines_formula(case: &Case<'_>) -> Expr {
    let watts = case.own("pue") * case.own("machine.watts");
    (case.input("site.capacity_mw") * MILLION / watts).whole()
}

fn hardware(case: &Case<'_>) -> Expr {
    machines(case) * case.own("machine.price_usd")
}

fn works(case: &Case<'_>) -> Expr {
    case.own("site_capex_usd_per_mw") * case.input("site.capacity_mw")
}

/// What degradation has left of the hashrate.
fn left(case: &Case<'_>, moment: Moment) -> Expr {
    (ONE - case.own("degradation_per_year")).raised_to(case.age_years(moment))
}

fn fleet_formula(case: &Case<'_>, moment: Moment) -> Expr {
    let machines = machines(case) * case.own("machine.hashrate_th_s") * case.own("uptime");
    machines * case.ramp(moment) * left(case, moment) / MILLION
}

fn fleet(case: &Case<'_>, moment: Moment) -> Expr {
    step("Fleet hashrate", Unit::EhPerSecond, fleet_formula(case, moment))
}

fn full_energy(case: &Case<'_>, moment: Moment) -> Expr {
    let watts = machines(case) * case.own("machine.watts") * case.own("pue");
    let energy = watts * HOURS * case.own("uptime") * case.ramp(moment) / MILLION;
    step("Energy of every hour", Unit::Mwh, energy)
}

fn reward(case: &Case<'_>, t: usize) -> Expr {
    case.market("subsidy_btc", t) + case.market("fees_btc", t)
}

/// The own fleet cannot be larger than the network.
fn network(case: &Case<'_>, moment: Moment) -> Expr {
    case.market("network_hashrate_eh_s", moment.market_month()).at_least(fleet(case, moment))
}

/// Coins of a month that is not idle.
fn coins(case: &Case<'_>, moment: Moment) -> Expr {
    let t = moment.market_month();
    let share = fleet(case, moment) / network(case, moment);
    let coins = BLOCKS * reward(case, t) * share * (ONE - case.own("pool_fee"));
    times_run_share(case, coins, moment)
}

fn times_run_share(case: &Case<'_>, expr: Expr, moment: Moment) -> Expr {
    match run_share(case, moment) {
        Some(share) => expr * step("Run share", Unit::Fraction, share),
        None => expr,
    }
}

/// Revenue per MWh of the facility after the pool fee: the power price at which a miner breaks even.
fn revenue_per_mwh(case: &Case<'_>, moment: Moment) -> Expr {
    let t = moment.market_month();
    let coins = BLOCKS_A_DAY * reward(case, t) * (ONE - case.own("pool_fee")) * left(case, moment);
    let joules = case.own("machine.watts") / case.own("machine.hashrate_th_s");
    let energy = THOUSAND * network(case, moment) * literal(0.024, "0.024") * joules * case.own("pue");
    coins * case.market("btc_price_usd", t) / energy
}

fn revenue_step(case: &Case<'_>, moment: Moment) -> Expr {
    step("Revenue per MWh", Unit::UsdPerMwh, revenue_per_mwh(case, moment))
}

fn shutdown_price(case: &Case<'_>, t: usize) -> Expr {
    let revenue = revenue_step(case, fleet_at(case, t));
    let price = case.market("btc_price_usd", t) * case.power_price(t) / revenue.clone();
    if revenue.evaluate() > 0.0 { price } else { ZERO.if_less(revenue, price, ZERO) }
}

/// Credit per MWh that is not taken.
fn credit_per_mwh(case: &Case<'_>) -> Option<Expr> {
    let power = &case.scenario.power;
    let is_paid = power.curtailment && power.demand_response_usd_per_mw_month > 0.0;
    let credit = || case.input("power.demand_response_usd_per_mw_month") / HOURS;
    is_paid.then(|| step("Credit per MWh", Unit::UsdPerMwh, credit()))
}

/// What a MWh must cost less than: its revenue, less the credit for standing by.
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

/// What a MWh of the full month costs in the hours that run (φπ).
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

/// A quantity of the hours in which machines run: `whole` or nothing at one price, else by `share` of the
/// standardised logarithm of worth over price, and half the volatility.
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
    let sigma = || case.input("power.contract.hourly_sigma");
    let log_ratio = (worth.clone() / price).ln() / sigma();
    let expr = share(case, log_ratio, sigma() / literal(2.0, "2"));
    Some(if worth.evaluate() > 0.0 { expr } else { ZERO.if_less(worth, expr, ZERO) })
}

/// The power bill of a month that is not idle, positive.
fn power(case: &Case<'_>, moment: Moment) -> Expr {
    full_energy(case, moment) * paid_price(case, moment)
}

fn opex(case: &Case<'_>, moment: Moment) -> Expr {
    case.own("opex_usd_per_mw_month") * case.input("site.capacity_mw") * case.inflation(moment)
}

/// Demand-response credit of a month that is not idle.
fn credit(case: &Case<'_>, moment: Moment) -> Option<Expr> {
    let share = step("Run share", Unit::Fraction, run_share(case, moment)?);
    Some((ONE - share) * full_energy(case, moment) * credit_per_mwh(case)?)
}

fn sold(case: &Case<'_>, t: usize) -> Expr {
    let value = case.line(Line::BtcMined, t) * case.market("btc_price_usd", t);
    match case.scenario.mining.treasury {
        Treasury::SellAll => value,
        Treasury::Hold { .. } => value * (ONE - case.own("treasury.share")),
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
    let mut resale = hardware * case.price_left(age);
    let first = case.market("hashprice_usd_ph_day", 1);
    if case.scenario.mining.resale_hashprice_elasticity != 0.0 && first.evaluate() > 0.0 {
        let ratio = (case.market("hashprice_usd_ph_day", t) / first).at_most(ONE);
        resale = resale * ratio.raised_to(case.own("resale_hashprice_elasticity"));
    }
    let resale = step("Resale of machines", Unit::Usd, resale);
    let coins = case.line(Line::TreasuryBtc, t) * case.market("btc_price_usd", t);
    let works = step("Site works", Unit::Usd, works(case));
    resale + case.works_value(t, works) + coins
}

/// The hashprice of a month.
fn hashprice(case: &Case<'_>, t: usize) -> Expr {
    let earned = BLOCKS_A_DAY * reward(case, t) * case.market("btc_price_usd", t);
    earned / (THOUSAND * case.market("network_hashrate_eh_s", t))
}

/// The bitcoin price at which new machines only pay their power at the start.
fn shutdown_price_today(case: &Case<'_>) -> Expr {
    let revenue = revenue_step(case, Moment::New(0));
    case.market("btc_price_usd", 0) * case.power_price(0) / revenue
}

/// A dollar amount of the ledger that is spread over the coins mined.
fn per_coin(case: &Case<'_>, cost: Expr) -> Expr {
    cost / case.lines("Bitcoin mined", Line::BtcMined, 0, case.horizon())
}

/// Payments in a month counted in coins: coins mined less dollars at the month's price.
fn coin_flow(case: &Case<'_>, t: usize) -> Expr {
    let dollars = case.line(Line::DemandResponse, t)
        + case.line(Line::Power, t)
        + case.line(Line::Opex, t)
        + case.line(Line::CapexWorks, t)
        + case.line(Line::CapexHardware, t);
    let price = case.market("btc_price_usd", t);
    let coins = operand(
        Line::BtcMined.label(),
        case.value(Line::BtcMined, t),
        Unit::Btc,
        crate::explain::operand::Source::Line(Line::BtcMined, t),
    );
    coins + dollars / price
}

fn payback_in_coins(case: &Case<'_>) -> Told {
    let flows = (0..=case.horizon()).map(|t| coin_flow(case, t).evaluate()).collect();
    let paid =
        Paid { flows, unit: Unit::Btc, flow: Line::BtcMined, name: "Coins less costs in coins of the month" };
    paid.tell(Which::First)
}

/// The formulas of mining.
pub(crate) struct Formulas;

impl Explained for Formulas {
    fn line(&self, case: &Case<'_>, line: Line, t: usize) -> Option<Formula> {
        let formula = match line {
            Line::ShutdownPower => Ok(revenue_per_mwh(case, fleet_at(case, t))),
            Line::ShutdownPrice => Ok(shutdown_price(case, t)),
            Line::Revenue
            | Line::BtcSales
            | Line::BtcKeptValue
            | Line::DemandResponse
            | Line::Power
            | Line::Opex
            | Line::EnergyMwh
            | Line::BtcMined
            | Line::TreasuryBtc
            | Line::TreasuryValue
            | Line::FleetHashrate
            | Line::RunShare
            | Line::Idle => case.is_live(t).and_then(|()| live_line(case, line, t)),
            Line::EndProceeds if t == case.horizon() => Ok(end_proceeds(case)),
            _ => return None,
        };
        Some(formula)
    }

    fn works(&self, case: &Case<'_>) -> Formula {
        Ok(works(case))
    }

    fn hardware(&self, case: &Case<'_>) -> Formula {
        Ok(hardware(case))
    }

    fn converts_site(&self, _: &Case<'_>) -> Result<(), String> {
        Err("Mining does not convert the site".to_owned())
    }

    fn cash_today(&self, case: &Case<'_>) -> Expr {
        let now = Moment::New(0);
        let mined = step("Bitcoin mined", Unit::Btc, coins(case, now)) * case.market("btc_price_usd", 0);
        let power = step("Electricity", Unit::Usd, power(case, now));
        let opex = step("Opex", Unit::Usd, opex(case, now));
        let mut costs = power + opex;
        if let Some(credit) = credit(case, now) {
            costs = costs - step("Demand response", Unit::Usd, credit);
        }
        let sold = match case.scenario.mining.treasury {
            Treasury::SellAll => mined,
            Treasury::Hold { .. } => mined * (ONE - case.own("treasury.share")),
            Treasury::SellToCoverCosts => mined.at_most(costs.clone().at_least(ZERO)),
        };
        step("Coins sold", Unit::Usd, sold) - step("Costs", Unit::Usd, costs)
    }

    fn figure(&self, case: &Case<'_>, id: &str, _: &Maybe<f64>) -> Told {
        let end = case.horizon();
        let power = || -case.lines("Electricity", Line::Power, 0, end);
        let cash = || power() - case.lines("Opex", Line::Opex, 0, end);
        Told::of(match id {
            "machines" => machines_formula(case),
            "btc_mined" => case.lines("Bitcoin mined in every month", Line::BtcMined, 0, end),
            "btc_kept" => case.line(Line::TreasuryBtc, end),
            "hashprice_usd_ph_day" => hashprice(case, 0),
            "shutdown_power_usd_per_mwh" => revenue_per_mwh(case, Moment::New(0)),
            "shutdown_price_usd" => shutdown_price_today(case),
            "power_cost_per_btc_usd" => per_coin(case, step("Electricity", Unit::Usd, power())),
            "cash_cost_per_btc_usd" => per_coin(case, step("Electricity and opex", Unit::Usd, cash())),
            "all_in_cost_per_btc_usd" => {
                let coins = case.line(Line::TreasuryValue, end);
                let resale = step("Resale", Unit::Usd, case.line(Line::EndProceeds, end) - coins);
                let costs = step("Electricity and opex", Unit::Usd, cash())
                    + step("Own capex", Unit::Usd, capital::capex(case))
                    - resale;
                per_coin(case, step("All costs less resale", Unit::Usd, costs))
            }
            "btc_payback_months" => return payback_in_coins(case),
            "idle_months" => case.lines("Months of standing still", Line::Idle, 0, end),
            _ => return Told::default(),
        })
    }
}
