//! Figures of mining.

use super::Plan;
use crate::finance;
use crate::kernel::{Absent, Line, Maybe, PowerPrice, Run, Venture as _, ratio};

/// Figures of mining.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Figures {
    /// Number of machines.
    pub machines: f64,
    /// Bitcoins mined, BTC.
    pub btc_mined: f64,
    /// Bitcoins kept until the end, BTC.
    pub btc_kept: f64,
    /// Hashprice at the start, USD per PH and day.
    pub hashprice_usd_ph_day: f64,
    /// Power price at which new machines break even at the start, USD/MWh.
    pub shutdown_power_usd_per_mwh: f64,
    /// Bitcoin price at which the revenue of new machines equals their power cost at the start, USD.
    pub shutdown_price_usd: Maybe<f64>,
    /// Power per bitcoin mined, USD.
    pub power_cost_per_btc_usd: Maybe<f64>,
    /// Power and opex per bitcoin mined, USD.
    pub cash_cost_per_btc_usd: Maybe<f64>,
    /// Power, opex and capex less resale per bitcoin mined, USD.
    pub all_in_cost_per_btc_usd: Maybe<f64>,
    /// Payback counted in coins, months: mined coins less costs and capex, each at the price of its month.
    pub btc_payback_months: Maybe<f64>,
    /// Idle months.
    pub idle_months: f64,
    /// Power price at the start at which the net present value is zero, USD/kWh; of several, the nearest to the input.
    pub break_even_power_usd_per_kwh: Maybe<f64>,
}

impl Figures {
    pub(crate) fn new(plan: &Plan, run: &Run<'_>) -> Self {
        let (ledger, start) = (run.ledger, &run.levels[0]);
        let btc_mined = ledger.sum(Line::BtcMined);
        let per_btc = |cost: f64| ratio(cost, btc_mined, Absent::NothingMined);
        let power = -ledger.sum(Line::Power);
        let cash = power - ledger.sum(Line::Opex);
        let last = ledger.line(Line::TreasuryBtc).len() - 1;
        let coins = ledger.line(Line::TreasuryValue)[last];
        let resale = ledger.line(Line::EndProceeds)[last] - coins;
        let shutdown_power_usd_per_mwh = plan.shutdown_power_usd_per_mwh(start);
        let power_usd_per_mwh = start.power_usd_per_kwh * crate::units::KWH_PER_MWH;
        let shutdown_price =
            ratio(start.btc_price_usd * power_usd_per_mwh, shutdown_power_usd_per_mwh, Absent::EarnsNothing);
        Self {
            machines: plan.machines(),
            btc_mined,
            btc_kept: ledger.line(Line::TreasuryBtc)[last],
            hashprice_usd_ph_day: start.hashprice_usd_per_ph_day(),
            shutdown_power_usd_per_mwh,
            shutdown_price_usd: shutdown_price,
            power_cost_per_btc_usd: per_btc(power),
            cash_cost_per_btc_usd: per_btc(cash),
            all_in_cost_per_btc_usd: per_btc(cash + plan.capital().capex_usd() - resale),
            btc_payback_months: btc_payback(plan, run),
            idle_months: ledger.sum(Line::Idle),
            break_even_power_usd_per_kwh: PowerPrice { plan, run }.nearest(),
        }
    }
}

/// Payback counted in coins.
fn btc_payback(plan: &Plan, run: &Run<'_>) -> Maybe<f64> {
    if plan.capital().capex_usd() <= 0.0 {
        return Err(Absent::NoCapex);
    }
    let ledger = run.ledger;
    let (mined, credit) = (ledger.line(Line::BtcMined), ledger.line(Line::DemandResponse));
    let (power, opex) = (ledger.line(Line::Power), ledger.line(Line::Opex));
    let flows: Vec<f64> = (0..mined.len())
        .map(|t| {
            let dollars = credit[t] + power[t] + opex[t] - plan.capital().outlay(t).capex();
            mined[t] + dollars / run.levels[t].btc_price_usd
        })
        .collect();
    finance::payback(&flows, 0.0).map(|payback| payback.first).ok_or(Absent::Never)
}
