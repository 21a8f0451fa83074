//! Catalogue rows of the mining figures: label, unit, value and formula.

use super::{Figures, Plan, formulas};
use crate::explain::case::Moment;
use crate::explain::measures::Explain;
use crate::explain::readouts::break_even_power;
use crate::kernel::{Better, Figure, Line};
use crate::units::Unit;

/// One row per figure, in display order.
pub(crate) const FIGURES: &[Figure<Figures, Explain>] = &[
    Figure::new(
        "hashprice_usd_ph_day",
        "Hashprice",
        (Unit::UsdPerPhDay, Better::More),
        "What a petahash per second earns a day at the start",
        |r| Ok(r.hashprice_usd_ph_day),
        |case, _| formulas::hashprice(case, 0).into(),
    ),
    Figure::new(
        "shutdown_power_usd_per_mwh",
        "Shutdown power price",
        (Unit::UsdPerMwh, Better::More),
        "Power price at which new machines break even at the start",
        |r| Ok(r.shutdown_power_usd_per_mwh),
        |case, _| formulas::revenue_per_mwh(case, Moment::New(0)).into(),
    ),
    Figure::new(
        "break_even_power_usd_per_kwh",
        "Break-even power price",
        (Unit::UsdPerKwh, Better::More),
        "Power price to be put in at which the NPV before tax is zero; the nearest of several",
        |r| r.break_even_power_usd_per_kwh,
        break_even_power::<Plan>,
    ),
    Figure::new(
        "shutdown_price_usd",
        "Shutdown bitcoin price",
        (Unit::UsdPerBtc, Better::Less),
        "Bitcoin price at which new machines only pay their power at the start",
        |r| r.shutdown_price_usd,
        |case, _| formulas::shutdown_price_today(case).into(),
    ),
    Figure::new(
        "power_cost_per_btc_usd",
        "Power per bitcoin",
        (Unit::UsdPerBtc, Better::Less),
        "Power per bitcoin mined",
        |r| r.power_cost_per_btc_usd,
        |case, _| formulas::coins::power_cost_per_btc(case).into(),
    ),
    Figure::new(
        "cash_cost_per_btc_usd",
        "Cash cost per bitcoin",
        (Unit::UsdPerBtc, Better::Less),
        "Power and opex per bitcoin mined",
        |r| r.cash_cost_per_btc_usd,
        |case, _| formulas::coins::cash_cost_per_btc(case).into(),
    ),
    Figure::new(
        "all_in_cost_per_btc_usd",
        "All-in cost per bitcoin",
        (Unit::UsdPerBtc, Better::Less),
        "Power, opex and capex less resale per bitcoin mined",
        |r| r.all_in_cost_per_btc_usd,
        |case, _| formulas::coins::all_in_cost_per_btc(case).into(),
    ),
    Figure::new(
        "btc_mined",
        "Bitcoin mined",
        (Unit::Btc, Better::More),
        "Bitcoins mined over the plan",
        |r| Ok(r.btc_mined),
        |case, _| case.over_the_plan("Bitcoin mined in every month", Line::BtcMined).into(),
    ),
    Figure::new(
        "btc_kept",
        "Bitcoin kept",
        (Unit::Btc, Better::Neither),
        "Bitcoins kept until the end",
        |r| Ok(r.btc_kept),
        |case, _| case.line(Line::TreasuryBtc, case.horizon()).into(),
    ),
    Figure::new(
        "btc_payback_months",
        "Payback in bitcoin",
        (Unit::Months, Better::Less),
        "Months until mined coins less costs at each month's price make up for the capex in coins",
        |r| r.btc_payback_months,
        |case, _| formulas::coins::payback_in_coins(case),
    ),
    Figure::new(
        "machines",
        "Machines",
        (Unit::Count, Better::Neither),
        "Number of mining machines",
        |r| Ok(r.machines),
        |case, _| formulas::machines_formula(case).into(),
    ),
    Figure::new(
        "idle_months",
        "Months standing still",
        (Unit::Count, Better::Less),
        "Months in which running would lose more",
        |r| Ok(r.idle_months),
        |case, _| case.over_the_plan("Months of standing still", Line::Idle).into(),
    ),
];
