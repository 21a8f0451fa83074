//! Formulas of the figures that only one kind of business has.

use crate::explain::capital;
use crate::explain::case::{Case, Moment};
use crate::explain::expr::{Expr, ZERO, operand, step};
use crate::explain::measures::{Told, zero};
use crate::explain::operand::Source;
use crate::explain::payback::{Paid, Which};
use crate::business::hosting::formulas;
use crate::business::leasing::formulas;
use crate::business::mining::formulas;
use crate::kernel::finite;
use crate::kernel::{Maybe, npv};
use crate::business::{Business, Plan};
use crate::kernel::{Levels, Line, Venture, monthly_discount};
use crate::units::Unit;

/// What can be told of a figure with the value `result`.
pub(super) fn tell(case: &Case<'_>, id: &str, result: &Maybe<f64>) -> Told {
    if let Some(told) = break_even(case, id, result) {
        return told;
    }
    match case.business() {
        Business::Mining => mining_figure(case, id),
        Business::Hosting => hosting_figure(case, id, result),
        Business::Leasing => leasing_figure(case, id),
    }
}

fn mining_figure(case: &Case<'_>, id: &str) -> Told {
    let end = case.horizon();
    let power = || -case.lines("Electricity", Line::Power, 0, end);
    let cash = || power() - case.lines("Opex", Line::Opex, 0, end);
    Told::of(match id {
        "machines" => mining::machines_formula(case),
        "btc_mined" => case.lines("Bitcoin mined in every month", Line::BtcMined, 0, end),
        "btc_kept" => case.line(Line::TreasuryBtc, end),
        "hashprice_usd_ph_day" => mining::hashprice(case, 0),
        "shutdown_power_usd_per_mwh" => mining::revenue_per_mwh(case, Moment::New(0)),
        "shutdown_price_usd" => mining::shutdown_price_today(case),
        "power_cost_per_btc_usd" => mining::per_coin(case, step("Electricity", Unit::Usd, power())),
        "cash_cost_per_btc_usd" => mining::per_coin(case, step("Electricity and opex", Unit::Usd, cash())),
        "all_in_cost_per_btc_usd" => {
            let coins = case.line(Line::TreasuryValue, end);
            let resale = step("Resale", Unit::Usd, case.line(Line::EndProceeds, end) - coins);
            let costs = step("Electricity and opex", Unit::Usd, cash())
                + step("Own capex", Unit::Usd, capital::capex(case))
                - resale;
            mining::per_coin(case, step("All costs less resale", Unit::Usd, costs))
        }
        "btc_payback_months" => return payback_in_coins(case),
        "idle_months" => case.lines("Months of standing still", Line::Idle, 0, end),
        _ => return Told::default(),
    })
}

fn payback_in_coins(case: &Case<'_>) -> Told {
    let flows = (0..=case.horizon()).map(|t| mining::coin_flow(case, t).evaluate()).collect();
    let paid =
        Paid { flows, unit: Unit::Btc, flow: Line::BtcMined, name: "Coins less costs in coins of the month" };
    paid.tell(Which::First)
}

fn hosting_figure(case: &Case<'_>, id: &str, result: &Maybe<f64>) -> Told {
    let capex = || step("Own capex", Unit::Usd, capital::capex(case));
    if result.is_err() {
        return Told::default();
    }
    Told::of(match id {
        "it_mw" => hosting::it_mw(case),
        "yield_on_cost" => hosting::first_year_noi(case) / capex(),
        "noi_margin" => {
            hosting::first_year_noi(case)
                / hosting::first_year(case, Line::Fees, "Fees of the first full year")
        }
        "levelised_usd_per_kw_month" => {
            let costs = [Line::CapexWorks, Line::PowerBilledOn, Line::Power, Line::Opex, Line::EndProceeds];
            return levelised(case, &costs, Line::KwMonthsLet);
        }
        "credit_used_up_month" => match result {
            Ok(month) => hosting::credit_used_up(case, *month as usize),
            Err(_) => ZERO,
        },
        _ => return Told::default(),
    })
}

fn leasing_figure(case: &Case<'_>, id: &str) -> Told {
    Told::of(match id {
        "gpus" => leasing::gpus_formula(case),
        "it_mw" => leasing::it_mw(case),
        "levelised_usd_per_gpu_hour" => {
            let costs = [
                Line::CapexWorks,
                Line::CapexHardware,
                Line::Deposit,
                Line::Power,
                Line::Opex,
                Line::Maintenance,
                Line::Replacement,
                Line::Colocation,
                Line::EndProceeds,
            ];
            return levelised(case, &costs, Line::GpuHoursSold);
        }
        "idle_months" => case.lines("Months of standing still", Line::Idle, 0, case.horizon()),
        _ => return Told::default(),
    })
}

/// Present value of every cost line, over the present value of what is sold.
fn levelised(case: &Case<'_>, costs: &[Line], sold: Line) -> Told {
    let present = |line: &Line| case.present_value(line.label(), *line);
    let has = |line: &&Line| case.evaluation.ledger.has(**line);
    let costs = step(
        "Present value of costs",
        Unit::Usd,
        -step(
            "Present value of flows",
            Unit::Usd,
            Expr::Sum(costs.iter().filter(has).map(present).collect()),
        ),
    );
    let sold = case.present_value(&format!("Present value of {}", super::small(sold.label())), sold);
    Told::of(costs / sold).beside([case.input("finance.discount_rate")])
}

/// Break-evens: the value at which the net present value before tax changes its sign.
fn break_even(case: &Case<'_>, id: &str, result: &Maybe<f64>) -> Option<Told> {
    let (words, today) = match id {
        "break_even_power_usd_per_kwh" => ("electricity price at the start", "power.price_usd_per_kwh"),
        "break_even_rental_factor" => ("factor on the market rental", "leasing.rental_usd_per_gpu_hour"),
        "break_even_utilisation" => ("utilisation", "leasing.utilisation"),
        _ => return None,
    };
    let worth = worth(case, id)?;
    let now = match id {
        "break_even_rental_factor" => 1.0,
        _ => case.input(today).evaluate(),
    };
    let source = Source::Plan("the plan as it stands, before tax".to_owned());
    let context = [case.input(today), operand("NPV before tax of the plan", worth(now), Unit::Usd, source)];
    let told = match result {
        Ok(place) => {
            let source = Source::Plan("the plan run again at this value".to_owned());
            zero((words, "NPV before tax"), (*place, *place), &source, |place| finite(worth(place)))
        }
        Err(_) => Told::default(),
    };
    Some(told.beside(context))
}

/// The net present value before tax at a value of what is broken even.
fn worth<'a>(case: &Case<'a>, id: &str) -> Option<Box<dyn Fn(f64) -> f64 + 'a>> {
    let plan = Plan::compile(case.scenario);
    let levels = plan.market.deterministic();
    let discount = monthly_discount(case.scenario.finance.discount_rate);
    match id {
        "break_even_rental_factor" => {
            let leasing = plan.leasing.ok()?;
            Some(Box::new(move |factor| {
                npv(&leasing, &levels, discount, |level| level.rental_usd_per_gpu_hour *= factor)
            }))
        }
        "break_even_utilisation" => {
            let leasing = plan.leasing.ok()?;
            Some(Box::new(move |utilisation| {
                let mut changed = leasing.clone();
                changed.set_utilisation(utilisation);
                npv(&changed, &levels, discount, |_| ())
            }))
        }
        _ => match case.business() {
            Business::Mining => Some(at_power_price(plan.mining.ok()?, levels, discount)),
            Business::Hosting => Some(at_power_price(plan.hosting.ok()?, levels, discount)),
            Business::Leasing => None,
        },
    }
}

fn at_power_price<'a, P: Venture + 'a>(
    plan: P,
    levels: Vec<Levels<f64>>,
    discount: f64,
) -> Box<dyn Fn(f64) -> f64 + 'a> {
    let start = levels[0].power_usd_per_kwh;
    Box::new(move |price| {
        // The plan as it stands, even where power is free and no price can be scaled.
        let factor = if price == start { 1.0 } else { price / start };
        npv(&plan, &levels, discount, |level| level.power_usd_per_kwh *= factor)
    })
}
